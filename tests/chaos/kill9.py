"""``make kill9``: the server's power is cut again and again; no acknowledged point may be gone.

``python -m tests.chaos.kill9 200``: so many SIGKILLs, each 5 to 500 ms after the first answer,
while four phones send, two of them against each other. Every acknowledgement is on a phone's
own disk, fsynced, before the next op is made.
"""

import argparse
import asyncio
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.chaos.__main__ import a_house
from tests.chaos.checker import faults
from tests.chaos.phones import BATCH, Phone
from tests.chaos.run import Run

say = partial(print, flush=True)
PER_EVENT, PER_PHONE = 10, 20
"""Kills in one event, and ops of a phone between two: no list that the checker reads is cut off."""
ANSWERS_WITHIN = 60
"""Seconds for the first of four phones, on a busy machine."""
A_SET = 20
"""Points one way before a phone takes them back: a match must not end here."""


class Killing(Run):
    """No fault but one."""

    async def cut(self, cycles: int) -> list[str]:
        """So many kills, then the checker."""
        self.make_event()
        await self.enter()
        self.network.calm = True
        async with self.watched() as watchers:
            for _ in range(cycles):
                await self.cycle()
            await self.peace()
            seen = await self.look(watchers)
        return faults(self.phones, seen, self.network.faults)

    async def cycle(self) -> None:
        """All phones send as fast as they can; the power goes; it comes back."""
        self.answered = asyncio.Event()
        self.over = False
        sending = [asyncio.create_task(self.send(phone)) for phone in self.phones]
        await asyncio.wait_for(self.answered.wait(), ANSWERS_WITHIN)
        await asyncio.sleep(self.dice.uniform(0.005, 0.5))
        self.network.expected_faults = self.over = True
        self.house.kill()
        await asyncio.gather(*sending)
        self.house.start()
        self.network.expected_faults = False

    async def send(self, phone: Phone) -> None:
        """Tap and send until the power is gone."""
        enough = len(phone.made) + PER_PHONE
        while not self.over:
            if len(phone.box.waiting) < BATCH and len(phone.made) < enough:
                self.taps_of(phone)
            if await phone.drain():
                self.answered.set()
            elif not phone.box.waiting:
                await self.network.rest()

    def taps_of(self, phone: Phone) -> None:
        for _ in range(self.dice.randint(1, 3)):
            if max(phone.sets[-1]) < A_SET:
                phone.tap(self.dice.randrange(2))
            else:
                phone.sets = [[0, 0]]
                phone.say("correction")


def cycles(wanted: int, seed: int) -> tuple[int, list[str]]:
    """So many kills of one server: how many ops were acknowledged, and what is wrong."""
    acknowledged, left = 0, wanted
    with a_house() as house:
        while left > 0:
            run = Killing(house, house.data_dir / "phones", seed + left)
            found = asyncio.run(run.cut(min(PER_EVENT, left)))
            left -= PER_EVENT
            acknowledged += sum(len(phone.box.verdicts) for phone in run.phones)
            if found:
                return acknowledged, found
            say(f"{wanted - max(left, 0)} of {wanted} kills, {acknowledged} acknowledged")
    return acknowledged, []


def main() -> int:
    """0 where every acknowledged point is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cycles", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parallel", type=int, default=1, help="so many servers")
    options = parser.parse_args()
    share, more = divmod(options.cycles, options.parallel)
    shares = [share + (n < more) for n in range(options.parallel)]
    seeds = [options.seed + 1000 * n for n in range(options.parallel)]
    with ProcessPoolExecutor(options.parallel) as pool:
        told = list(pool.map(cycles, shares, seeds))
    if found := [fault for _, faults in told for fault in faults]:
        say("\n".join(found[:20]))
        return 1
    acknowledged = sum(one for one, _ in told)
    say(f"{options.cycles} kills, {acknowledged} acknowledged, none lost, none doubled")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
