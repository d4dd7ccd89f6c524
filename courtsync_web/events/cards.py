"""One match as a card: who, where, when, and how it stands.

Plain objects from plain rows: a day has hundreds, and an ORM entity for each would cost more
than the page itself.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from courtsync_web.clock import venue
from courtsync_web.events.names import Names
from courtsync_web.events.words import NEUTRAL, age_in_words, clock_time

STATUS_WORDS = {
    "upcoming": "",
    "called": "Called",
    "live": "Live",
    "final": "Final",
    "result": "Result only",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When and for whom a page is made: the instant, the venue's zone, the reader's clock."""

    now: int
    zone: str
    twelve: bool = True
    """Whether the reader writes 8:00 PM rather than 20:00."""


@dataclass(slots=True)
class Side:
    """One team's row on a card: its name, or what the schedule prints instead."""

    team_id: int | None
    name: str
    cells: list[tuple[int, int, str]]
    """``(set number, points, class)``; the class is ``won``, ``now`` or empty."""
    won: bool = False


@dataclass(slots=True)
class Card:
    """A match as lists show it."""

    match_id: int
    status: str
    """upcoming, called, live, final or result; see STATUS_WORDS."""
    tag: str
    hall: str
    court: str
    court_id: int | None
    division: str
    division_id: int | None
    color: str
    stage: str
    one: Side
    two: Side
    work: str
    work_id: int | None
    clubs: str
    teams: str
    wave: str
    serving: int | None
    provenance: str
    changed_at: int | None
    starts_at: int | None
    ends_at: int | None
    vanished: bool
    outcome: str
    revision: int
    time: str
    age: str
    order: int = 0
    hidden: bool = False
    expected_at: int | None = None
    """When the first ball was or will be served, as far as today's matches tell."""
    late_by: int = 0
    est: str = ""
    """The expected start in words, where it is not the printed one."""


def card_of(row: Any, names: Names, moment: Moment) -> Card:
    """One row of :func:`match_rows` as a card."""
    (
        match_id, name, division_id, stage_id, court_id, team1_id, team2_id, work_id,
        text1, text2, work_text, starts_at, ends_at, vanished_at,
        score_status, sets, winner, outcome, serving, provenance, revision, changed_at,
        holder_id, expires_at,
    ) = row  # fmt: skip
    division = names.divisions.get(division_id) or ("", NEUTRAL)
    court = names.courts.get(court_id) or ("", 0, "", "–")
    stage = names.stages.get(stage_id)
    held = holder_id is not None and expires_at > moment.now
    status = status_of(score_status, sets, provenance, revision, held)
    live = status == "live"
    begun = status not in {"upcoming", "called"}
    cells1, cells2, running = cells_of((sets or ()) if begun else (), live=live)
    team1, team2 = names.teams.get(team1_id), names.teams.get(team2_id)
    work = names.teams.get(work_id)
    return Card(
        match_id=match_id,
        status=status,
        tag=f"Set {running}" if live and running else STATUS_WORDS[status],
        hall=court[2],
        court=court[3],
        court_id=court_id,
        division=division[0],
        division_id=division_id,
        color=division[1],
        stage=" · ".join(part for part in (stage[0] if stage else "", name) if part),
        one=Side(team1_id, team1[0] if team1 else text1 or "To be decided", cells1, winner == 1),
        two=Side(team2_id, team2[0] if team2 else text2 or "To be decided", cells2, winner == 2),
        work=work[0] if work else work_text,
        work_id=work_id if work else None,
        clubs=joined(team1[1] if team1 else None, team2[1] if team2 else None),
        teams=joined(team1_id, team2_id),
        wave=wave_of(starts_at, moment.zone),
        serving=serving if live else None,
        provenance=provenance or "",
        changed_at=changed_at,
        starts_at=starts_at,
        ends_at=ends_at,
        vanished=vanished_at is not None,
        outcome=outcome or "undecided",
        revision=revision or 0,
        time="" if starts_at is None else clock_time(starts_at, moment.zone, moment.twelve),
        age="" if changed_at is None else age_in_words(moment.now - changed_at),
    )


def status_of(
    score: str | None,
    sets: list[Any] | None,
    provenance: str | None,
    revision: int | None,
    held: bool,
) -> str:
    """Upcoming; called (someone is at the table); live; final; or a result nobody followed."""
    if score == "in-progress":
        return "live"
    if score == "completed":
        followed = provenance == "official" or (revision or 0) > 1
        return "final" if sets and followed else "result"
    return "called" if held else "upcoming"


def cells_of(
    sets: Any, *, live: bool
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]], int]:
    """Both teams' set scores, and the number of the set that is running (0: none).

    A set runs when the match is live, it is the last one, and nobody has closed it.
    """
    one: list[tuple[int, int, str]] = []
    two: list[tuple[int, int, str]] = []
    running = 0
    last = len(sets)
    for number, (first, second, completed_at) in enumerate(sets, 1):
        if live and number == last and completed_at is None:
            running = number
            one.append((number, first, "now"))
            two.append((number, second, "now"))
        else:
            one.append((number, first, "won" if first > second else ""))
            two.append((number, second, "won" if second > first else ""))
    return one, two, running or (last if live else 0)


@lru_cache(maxsize=4096)
def wave_of(starts_at: int | None, zone: str) -> str:
    """Morning or afternoon at the venue; empty while no time is set."""
    if starts_at is None:
        return ""
    return "am" if venue(starts_at, zone).hour < 12 else "pm"


def joined(one: int | None, two: int | None) -> str:
    """Ids as a space-separated attribute, each once."""
    if one == two or two is None:
        return "" if one is None else str(one)
    return str(two) if one is None else f"{one} {two}"
