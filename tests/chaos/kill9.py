"""``make kill9``: the server's power is cut again and again; no acknowledged point may be gone.

``python -m tests.chaos.kill9 200``: so many SIGKILLs, each at a random instant while two phones
send. Every acknowledgement is on a phone's own disk, fsynced, before the next op is made.
"""

import argparse
import asyncio
import tempfile
from functools import partial
from pathlib import Path

from tests.chaos.checker import faults
from tests.chaos.phones import Phone
from tests.chaos.run import Run
from tests.chaos.server import House
from tests.chaos.watching import Watcher

say = partial(print, flush=True)
A_SET = 20
"""Points one way before a phone takes them back: a match must not end here."""


class Killing(Run):
    """No fault but one."""

    async def cut(self, cycles: int) -> list[str]:
        """So many kills, then the checker."""
        self.make_event()
        await self.enter()
        self.network.calm = True
        watcher = Watcher(self.house.url, self.event_id)
        try:
            for _ in range(cycles):
                await self.cycle()
            self.network.expected_faults = False
            await self.peace()
            seen = await self.look(watcher)
        finally:
            await watcher.close()
            await self.network.close()
        return faults(self.phones, seen, self.network.faults)

    async def cycle(self) -> None:
        """Two phones send as fast as they can; the power goes; it comes back."""
        self.network.expected_faults = True
        senders = (self.phones[0], self.phones[2])
        sending = [asyncio.create_task(self.send(phone)) for phone in senders]
        await asyncio.sleep(self.dice.uniform(0.005, 0.5))
        self.house.kill()
        await asyncio.gather(*sending)
        self.house.start()

    async def send(self, phone: Phone) -> None:
        """Tap and send until nobody answers."""
        answered = True
        while answered:
            for _ in range(self.dice.randint(1, 3)):
                if max(phone.sets[-1]) < A_SET:
                    phone.tap(self.dice.randrange(2))
                else:
                    phone.sets = [[0, 0]]
                    phone.say("correction")
            answered = await phone.drain()


def main() -> int:
    """0 where every acknowledged point is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cycles", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    per_event, left, acknowledged = 20, options.cycles, 0
    with tempfile.TemporaryDirectory(prefix="courtsync-kill9-") as folder:
        house = House(Path(folder) / "data")
        try:
            while left > 0:
                run = Killing(house, Path(folder), options.seed + left)
                found = asyncio.run(run.cut(min(per_event, left)))
                left -= per_event
                acknowledged += sum(len(phone.box.verdicts) for phone in run.phones)
                if found:
                    say("\n".join(found[:20]))
                    return 1
        finally:
            house.kill()
    say(f"{options.cycles} kills, {acknowledged} acknowledged, none lost, none doubled")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
