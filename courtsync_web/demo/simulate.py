"""Simulated scorers on a running CourtSync, through its public API alone.

Each is a guest on a phone of their own. Which matches they play is decided as in a hall:
what should have begun by now, one match to a court, nobody's match that somebody else keeps.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

from courtsync_web.clock import now_ms
from courtsync_web.demo.names import PLACES
from courtsync_web.demo.phone import Json, Phone, Refused, SignedOut, Stopped
from courtsync_web.demo.scorer import SCORER, Scorer

DUE = 10 * 60_000
"""Milliseconds before its printed start from which a match may begin: courts run early too."""
NOTHING_DUE = 15.0
"""Seconds until a scorer without a match looks again."""


class NoSuchEvent(Refused):
    """The server has no such event that a guest may see."""


@dataclass(slots=True)
class Hall:
    """Who plays where, and which matches are left."""

    event_id: str
    playing: dict[int, Any] = field(default_factory=dict)  # court by match
    left_alone: set[int] = field(default_factory=set)  # matches nobody here may score

    async def next_match(self, phone: Phone) -> Json | None:
        """The match that should begin first on a free court, now taken; none if none is due."""
        path = f"/api/events/{self.event_id}"
        listed = await phone.get(f"{path}/matches")
        if listed is None:
            raise NoSuchEvent(f"there is no event {self.event_id} here")
        claims = {claim["matchId"] for claim in await phone.get(f"{path}/claims") or ()}
        now = now_ms()
        busy = {match["courtId"] for match in listed if match["matchId"] in claims}
        for match in sorted(self._open(listed, claims), key=lambda match: _turn(match, now)):
            court = match["courtId"]
            taken = court is not None and (court in busy or court in self.playing.values())
            if not taken and match["matchId"] not in self.playing:
                self.playing[match["matchId"]] = court
                return match
        return None

    def _open(self, listed: Iterable[Json], claims: set[int]) -> Iterable[Json]:
        """Matches that could be played: both teams known, not over, kept by nobody."""
        for match in listed:
            known = match["team1"] and match["team2"] and match["startsAt"] is not None
            free = match["matchId"] not in claims | self.left_alone
            if known and free and match["status"] != "completed" and not match["vanished"]:
                yield match


def _turn(match: Json, now: int) -> tuple[bool, bool, float, int]:
    """Begun ones first, then the latest due one, then the soonest that is to come.

    Only the present round is wanted: what was due hours ago has been forgotten by everybody.
    """
    wait = match["startsAt"] - now
    due = wait <= DUE
    return match["status"] != "in-progress", not due, abs(wait), match["matchId"]


async def simulate(
    base_url: str,
    event_id: str,
    *,
    speed: float = 20,
    courts: int = 8,
    seconds: float | None = 60,
    rng: Random | None = None,
    say: Callable[[str], None] = lambda _: None,
    stop: asyncio.Event | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> dict[str, int]:
    """Play matches on up to ``courts`` courts at once; what was done, counted.

    ``speed`` is how many times faster than people; ``seconds`` none: until ``stop`` is set.
    Matches still going on at the end stay as they are, their claims are released. Raises
    :class:`NoSuchEvent`, :class:`Refused`, and ``ConnectionError`` if nobody ever answered.
    """
    rng = rng or Random()  # noqa: S311 - rallies, no secrets
    stop = stop or asyncio.Event()
    counts: Counter[str] = Counter()
    hall = Hall(event_id)
    timer = asyncio.get_running_loop().call_later(seconds, stop.set) if seconds else None
    limits = httpx.Limits(max_connections=courts + 2, max_keepalive_connections=courts + 2)
    async with httpx.AsyncClient(
        base_url=base_url, timeout=10, limits=limits, transport=transport
    ) as http:
        phones = [
            Phone(http, SCORER + place, Random(rng.random()), stop, counts)  # noqa: S311
            for place in rng.sample(PLACES, min(courts, len(PLACES)))
        ]
        try:
            async with asyncio.TaskGroup() as group:
                for phone in phones:
                    group.create_task(_shift(phone, hall, speed, say))
        except* Refused as refusals:
            raise refusals.exceptions[0] from None
        finally:
            if timer is not None:
                timer.cancel()
    if counts["retries"] and not counts["guests"]:
        raise ConnectionError(f"no CourtSync answers at {base_url}")
    return dict(sorted(counts.items()))


async def _shift(phone: Phone, hall: Hall, speed: float, say: Callable[[str], None]) -> None:
    """One scorer's day: match after match until the simulation ends."""
    scorer = Scorer(phone, hall.event_id, speed)
    with suppress(Stopped):
        await phone.rest(phone.rng.uniform(0, 2.0 / speed))
        await phone.sign_in()
        while True:
            match = await hall.next_match(phone)
            if match is None:
                await phone.rest(NOTHING_DUE)
                continue
            try:
                await _one_match(scorer, hall, match, say)
            except SignedOut:
                await phone.sign_in()
            finally:
                hall.playing.pop(match["matchId"], None)


async def _one_match(scorer: Scorer, hall: Hall, match: Json, say: Callable[[str], None]) -> None:
    words = f"{match['courtName'] or 'no court'}: {_name(match, 1)} – {_name(match, 2)}"
    say(f"{words}: {scorer.phone.name} keeps score")
    if await scorer.keep_score(match):
        say(f"{words}: final")
    else:
        hall.left_alone.add(match["matchId"])
        say(f"{words}: left to somebody else")


def _name(match: Json, team: int) -> str:
    return str((match[f"team{team}"] or {}).get("name", "?"))
