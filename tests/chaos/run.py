"""One run: a seed, four phones at two matches, everything that can go wrong; then peace."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import httpx

from tests.chaos.checker import Seen, faults
from tests.chaos.network import Network
from tests.chaos.phones import Phone
from tests.chaos.server import House
from tests.chaos.watching import SocketWatcher, StreamWatcher, Watcher

MATCHES = (-101, -102)
STEPS = 90
HOUR = 3_600_000
PEACE = 60
"""Rounds in which every outbox must be empty once nothing goes wrong any more."""
READERS, WRITES = "courtsync_live_readers", "courtsync_writes_waiting"
"""What of the server grows with those who are there (``/metrics``)."""
DEEDS = {
    "tap": 34, "burst": 6, "drain": 22, "two tabs": 4, "undo": 3, "poison": 1, "app killed": 4,
    "clock jumps": 2, "gets up": 2, "late ones arrive": 5, "takeover": 2, "time passes": 2,
    "token runs out": 1, "somebody else signed in": 1, "server stopped": 1, "server killed": 0.15,
    "killed in mid-drain": 0.2, "killed after the answer": 0.2,
}  # fmt: skip
"""What may happen next, and how often."""


@dataclass
class Told:
    """How a run ended."""

    seed: int
    faults: list[str]
    story: list[str]
    ops: int

    def __str__(self) -> str:
        tail = "\n  ".join(self.story[-60:])
        found = "\n  ".join(self.faults[:12])
        return f"seed {self.seed}: {len(self.faults)} broken promises\n  {found}\nstory:\n  {tail}"


class Run:
    """One seed's story in one event of its own."""

    def __init__(self, house: House, folder: Path, seed: int, bug: str = "") -> None:
        self.house = house
        self.dice = Random(seed)
        self.seed = seed
        self.event_id = f"chaos-{seed}-{time.time_ns() % 1_000_000_000}"
        self.folder = folder / self.event_id
        self.folder.mkdir(parents=True)
        self.network = Network(house.url, self.dice)
        self.story = self.network.story
        self.bug = bug
        self.phones: list[Phone] = []

    async def play(self) -> Told:
        """The whole story, and what was wrong with it in the end."""
        self.make_event()
        await self.enter()
        async with self.watched() as watchers:
            for _ in range(STEPS):
                await self.deed()
                await self.network.rest()
            await self.peace()
            seen = await self.look(watchers)
        found = faults(self.phones, seen, self.network.faults) + await self.left_behind()
        return Told(self.seed, found, self.story, sum(len(one.made) for one in self.phones))

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[dict[str, Watcher]]:
        """Meanwhile two spectators read; then everybody has gone."""
        watchers: dict[str, Watcher] = {
            "who watched": StreamWatcher(self.house.url, self.event_id),
            "who watched by WebSocket": SocketWatcher(self.house.url, self.event_id),
        }
        try:
            yield watchers
        finally:
            for watcher in watchers.values():
                await watcher.close()
            await self.network.close()

    def make_event(self) -> None:
        teams = [{"teamId": n, "name": f"Team {n}"} for n in range(1, 5)]
        courts = [{"courtId": -n, "name": f"Court {n}"} for n in (1, 2)]
        when = {"start": "2026-01-31T08:00:00", "end": "2026-01-31T09:00:00"}
        matches = [
            {"matchId": match_id, "courtId": -n, "team1Id": 2 * n - 1, "team2Id": 2 * n, **when}
            for n, match_id in enumerate(MATCHES, start=1)
        ]
        days = {"startDate": "2026-01-31", "endDate": "2026-01-31", "timezone": "UTC"}
        document = {
            "eventId": self.event_id, "name": "Chaos", **days, "clubs": [], "divisions": [],
            "courts": courts, "teams": teams, "matches": matches,
        }  # fmt: skip
        self.desk("POST", "/api/events", document)

    def desk(self, method: str, path: str, body: Any = None) -> Any:
        """A call of the organizer's, who sits at the server."""
        for _ in range(2):
            headers = {"Authorization": f"Bearer {self.house.token}"}
            url = self.house.url + path
            answer = httpx.request(method, url, json=body, headers=headers, timeout=30)
            if answer.status_code != 401:
                break
            self.house.sign_in_desk()
        assert answer.status_code in (200, 201, 404), answer.text
        return answer.json() if answer.status_code != 404 else None

    async def enter(self) -> None:
        """Two phones at the first match, one at the second, one that comes late to both."""
        where = (MATCHES[0], MATCHES[0], MATCHES[1], MATCHES[1])
        for name, match_id in zip(("ann", "bob", "cleo", "dan"), where, strict=True):
            answer = await self.network.client.post(
                f"{self.house.url}/api/auth/guest", json={"displayName": name}
            )
            phone = Phone(
                name, self.network, self.dice, self.folder, self.event_id, match_id,
                answer.json(), self.bug, self.dice.choice((0, 0, HOUR, -HOUR)),
            )  # fmt: skip
            self.phones.append(phone)

    async def deed(self) -> None:
        """Whatever happens next."""
        phone = self.dice.choice((*self.phones, self.phones[0], self.phones[2]))
        [deed] = self.dice.choices(list(DEEDS), list(DEEDS.values()))
        self.story.append(f"{phone.name}: {deed}")
        await {
            "tap": self.taps, "burst": self.taps, "drain": self.drains, "two tabs": self.drains,
            "undo": self.by_hand, "poison": self.by_hand, "app killed": self.by_hand,
            "clock jumps": self.by_hand, "gets up": self.by_hand,
        }.get(deed, self.worse)(deed, phone)  # fmt: skip

    async def taps(self, deed: str, phone: Phone) -> None:
        for _ in range(1 if deed == "tap" else self.dice.randint(3, 12)):
            phone.tap(self.dice.randrange(2))

    async def drains(self, deed: str, phone: Phone) -> None:
        await asyncio.gather(*(phone.drain() for _ in range(2 if deed == "two tabs" else 1)))

    async def by_hand(self, deed: str, phone: Phone) -> None:
        """What a person does, or the phone by itself."""
        match deed:
            case "undo":
                phone.undo()
            case "poison":
                phone.poison()
            case "app killed":
                phone.begin()
            case "clock jumps":
                phone.jump(self.dice.randint(-HOUR, HOUR))
            case "gets up":
                phone.get_up()

    async def worse(self, deed: str, phone: Phone) -> None:
        """What needs the server, or another person."""
        match deed:
            case "late ones arrive":
                await self.network.deliver_late()
            case "time passes":
                await asyncio.sleep(self.dice.choice((0.2, 1.6)))
            case "token runs out":
                phone.person["token"] = "a.token.of-yesterday"
            case "takeover":
                path = f"/api/events/{self.event_id}/claims/{phone.match_id}/takeover"
                if await self.quietly(self.network.post(path, {}, phone.person["token"])):
                    phone.give_way(None)
            case "somebody else signed in":
                mine, other = phone.person, self.dice.choice(self.phones).person
                phone.person = {**mine, "token": other["token"]}
                await phone.drain()
                phone.person = mine
            case _:
                await self.to_the_server(deed, phone)

    async def to_the_server(self, deed: str, phone: Phone) -> None:
        """It is stopped, or its power is gone, while somebody sends."""
        match deed:
            case "server stopped":
                self.house.freeze()
                sending = asyncio.create_task(phone.drain())
                await asyncio.sleep(self.dice.uniform(0.02, 0.15))
                self.house.thaw()
                await sending
            case "server killed":
                self.killed()
            case "killed in mid-drain":
                sending = asyncio.create_task(phone.drain())
                await asyncio.sleep(self.dice.uniform(0, 0.02))
                self.network.expected_faults = True
                self.killed()
                await sending
                self.network.expected_faults = False
            case "killed after the answer":
                await phone.drain()
                self.killed()

    def killed(self) -> None:
        self.house.kill()
        self.house.start()

    async def quietly(self, call: Any) -> bool:
        """Whether somebody answered at all."""
        try:
            await call
        except Exception as error:  # noqa: BLE001  # the network's faults are the story
            self.story.append(f"  {type(error).__name__}")
            return False
        return True

    async def peace(self) -> None:
        """Nothing goes wrong any more; every outbox empties."""
        self.story.append("peace")
        await self.network.deliver_late()
        self.network.calm = True
        for _ in range(PEACE):
            waiting = [phone for phone in self.phones if phone.box.waiting]
            if not waiting:
                return
            for phone in waiting:
                await phone.drain()

    async def look(self, watchers: Mapping[str, Watcher]) -> dict[int, Seen]:
        """What everybody sees now."""
        base = f"/api/events/{self.event_id}"
        conflicts = self.desk("GET", f"{base}/conflicts")[::-1]
        shown = {one["matchId"]: one for one in await self.snapshot()}
        seen: dict[int, Seen] = {}
        for match_id in MATCHES:
            history = self.desk("GET", f"{base}/scores/{match_id}/history?limit=1000")["items"]
            kept = [one for one in conflicts if one["matchId"] == match_id]
            score = self.desk("GET", f"{base}/scores/{match_id}")
            seen[match_id] = Seen(history, kept, score, shown.get(match_id))
        newest = {n: one.history[-1]["revision"] for n, one in seen.items() if one.history}
        for name, watcher in watchers.items():
            await watcher.has_seen(newest)
            for match_id, one in seen.items():
                one.watched[name] = watcher.states.get(match_id, [])
        return seen

    async def left_behind(self) -> list[str]:
        """(8) Once everybody has gone, the server holds nothing for anybody.

        It counts now and then: one more reader comes, until that is seen, and goes.
        """
        url = f"{self.house.url}/api/events/{self.event_id}/stream"
        async with httpx.AsyncClient(timeout=10) as client, client.stream("GET", url):
            await self.queues_become(lambda held: held[READERS] > 0)
        held = await self.queues_become(lambda held: not any(held.values()))
        return [f"everybody has gone, and {name} is {n:g}" for name, n in held.items() if n]

    async def queues_become(self, wanted: Callable[[dict[str, float]], bool]) -> dict[str, float]:
        """Wait for it; not for ever."""
        held: dict[str, float] = {}
        for _ in range(250):
            held = self.house.gauges(READERS, WRITES)
            if wanted(held):
                break
            await asyncio.sleep(0.02)
        return held

    async def snapshot(self) -> list[dict[str, Any]]:
        """The first message of a fresh stream."""
        url = f"{self.house.url}/api/events/{self.event_id}/stream"
        async with httpx.AsyncClient(timeout=10) as client, client.stream("GET", url) as answer:
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    scores: list[dict[str, Any]] = json.loads(line[6:])["scores"]
                    return scores
        return []
