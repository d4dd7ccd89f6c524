"""What a push says, made when it is sent: from the ledger's facts and the names of the day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from courtsync_web.events.names import Names
from courtsync_web.events.words import clock_time
from courtsync_web.push.models import PushJob

TITLE, BODY = 90, 220
"""Characters; phones show less, and four bytes each still stay below the payload's limit."""
TWELVE_HOUR_ZONES = ("America/", "US/", "Canada/", "Australia/", "Pacific/Honolulu")
MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """A match's row as far as words need it."""

    court_id: int | None
    division_id: int | None
    team1_id: int | None
    team2_id: int | None
    team1_text: str
    team2_text: str
    work_team_id: int | None
    work_team_text: str
    starts_at: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A push in words. ``url`` is a path of ours; ``tag`` replaces what had the same."""

    title: str
    body: str
    tag: str
    url: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Knows an event's names and its clock. ``now``: when it speaks."""

    event_id: str
    event_name: str
    zone: str
    names: Names
    matches: dict[int, MatchFacts]
    now: int

    def about(self, job: PushJob) -> Told | None:
        """A job in words; none where its match is no longer there."""
        match = self.matches.get(job.match_id)
        say = SAYINGS.get(job.kind)
        if match is None or say is None:
            return None
        title, body = say(self, job, match)
        page = "coverage" if job.kind == "planConflict" else f"matches/{job.match_id}"
        place = MOVES if is_of_many(job) else f"{job.match_id}{BESIDE.get(job.kind, '')}"
        url = "/my-teams" if is_of_many(job) else f"/events/{self.event_id}/{page}"
        return Told(cut(title, TITLE), cut(body, BODY), f"{self.event_id}.{place}", url)

    def at(self, ms: int) -> str:
        return clock_time(ms, self.zone, self.zone.startswith(TWELVE_HOUR_ZONES))

    def court(self, court_id: int | None) -> str:
        known = self.names.courts.get(court_id or 0)
        return known[0] if known else "a court to follow"

    def team(self, team_id: int | None, text: str) -> str:
        known = self.names.teams.get(team_id or 0) if team_id is not None else None
        return known[0] if known else text or "To be decided"

    def teams(self, match: MatchFacts) -> str:
        one = self.team(match.team1_id, match.team1_text)
        return f"{one} – {self.team(match.team2_id, match.team2_text)}"

    def division(self, match: MatchFacts) -> str:
        known = self.names.divisions.get(match.division_id or 0)
        return f"{known[0]}: " if known else ""

    def expected(self, job: PushJob, match: MatchFacts) -> int | None:
        """When the match is expected to start, as far as the job knows; else as printed."""
        told: int | None = job.facts.get("expected")
        return told or match.starts_at

    def when(self, job: PushJob, match: MatchFacts) -> str:
        """``expected 10:35 AM (printed 10:20 AM)``; once where the two are the same."""
        expected = self.expected(job, match)
        if expected is None or match.starts_at is None:
            return "time to follow"
        if abs(expected - match.starts_at) < 3 * MINUTE:
            return f"at {self.at(match.starts_at)}"
        return f"expected {self.at(expected)} (printed {self.at(match.starts_at)})"

    def in_minutes(self, job: PushJob, match: MatchFacts) -> str:
        expected = self.expected(job, match)
        left = round(((expected or self.now) - self.now) / MINUTE)
        return f"In {left} min" if left > 0 else "Now"


def soon(speaker: Speaker, job: PushJob, match: MatchFacts) -> tuple[str, str]:
    court, teams = speaker.court(match.court_id), speaker.division(match) + speaker.teams(match)
    said = job.facts.get("said")
    if said == "started":
        return f"Started on {court}", teams
    if said == "called":
        return f"Called on {court}", f"{teams}, {speaker.when(job, match)}"
    body = f"{teams}, {speaker.when(job, match)}"
    if job.reason == "plan":
        walk = job.facts.get("walk")
        return f"Leave now for {court}" + (f" ({walk} min walk)" if walk else ""), body
    return f"{speaker.in_minutes(job, match)} on {court}", body


def moved_estimate(speaker: Speaker, job: PushJob, match: MatchFacts) -> tuple[str, str]:
    court = speaker.court(match.court_id)
    expected = speaker.expected(job, match)
    when = speaker.at(expected) if expected is not None else "later"
    return f"{court}: now expected {when}", speaker.division(match) + speaker.teams(match)


def set_won(speaker: Speaker, job: PushJob, match: MatchFacts) -> tuple[str, str]:
    (one, two), (won1, won2) = job.facts["points"], job.facts["setsWon"]
    title = f"Set {job.facts['set']}: {speaker.teams(match)} {one}–{two}"
    return title, f"Sets {won1}–{won2} · {speaker.court(match.court_id)}"


def final(speaker: Speaker, job: PushJob, match: MatchFacts) -> tuple[str, str]:
    won1, won2 = job.facts["setsWon"]
    sets = ", ".join(f"{one}–{two}" for one, two in job.facts["sets"])
    where = speaker.court(match.court_id)
    return f"Final: {speaker.teams(match)} {won1}–{won2}", f"{sets} · {where}" if sets else where


def schedule_changed(speaker: Speaker, job: PushJob, match: MatchFacts) -> tuple[str, str]:
    facts, body = job.facts, speaker.division(match) + speaker.teams(match)
    if is_of_many(job):
        first = "" if facts["gone"] else f": {speaker.when(job, match)}"
        return f"{facts['moves']} of your matches have moved", f"First {body}{first}"
    if facts["gone"]:
        return "No longer in the schedule", body
    parts = []
    if facts["from"] != facts["to"]:
        new = speaker.at(facts["to"]) if facts["to"] else "to follow"
        was = f" (was {speaker.at(facts['from'])})" if facts["from"] else ""
        parts.append(f"New time {new}{was}")
    if facts["courtFrom"] != facts["court"]:
        parts.append(f"Now on {speaker.court(facts['court'])}")
    return ", ".join(parts) or "The schedule has changed", body


def clash(speaker: Speaker, job: PushJob, match: MatchFacts) -> tuple[str, str]:
    other = speaker.matches.get(job.occasion)
    first = f"{speaker.court(other.court_id)} {speaker.teams(other)}" if other else "Another match"
    second = f"{speaker.court(match.court_id)} {speaker.teams(match)}"
    return "Clash in your plan", f"{first} will overlap {second}, {speaker.when(job, match)}"


def ref_duty(speaker: Speaker, job: PushJob, match: MatchFacts) -> tuple[str, str]:
    court = speaker.court(match.court_id)
    worker = speaker.team(match.work_team_id, match.work_team_text)
    title = f"Ref duty: {speaker.in_minutes(job, match).lower()} on {court}"
    return title, f"{worker} works {speaker.teams(match)}, {speaker.when(job, match)}"


def moved_duty(speaker: Speaker, job: PushJob, match: MatchFacts) -> tuple[str, str]:
    title, _ = moved_estimate(speaker, job, match)
    worker = speaker.team(match.work_team_id, match.work_team_text)
    return f"Ref duty on {title}", f"{worker} works {speaker.teams(match)}"


def no_scorer(speaker: Speaker, _job: PushJob, match: MatchFacts) -> tuple[str, str]:
    court = speaker.court(match.court_id)
    worker = speaker.team(match.work_team_id, match.work_team_text)
    return f"Nobody keeps score on {court}", f"{worker} has the duty for {speaker.teams(match)}"


SAYINGS: dict[str, Callable[[Speaker, PushJob, MatchFacts], tuple[str, str]]] = {
    "matchSoon": soon,
    "matchMoved": moved_estimate,
    "setWon": set_won,
    "matchFinal": final,
    "scheduleChanged": schedule_changed,
    "planConflict": clash,
    "refDuty": ref_duty,
    "dutyMoved": moved_duty,
    "workTeam": no_scorer,
}


BESIDE = {"planConflict": ".clash", "refDuty": ".duty", "dutyMoved": ".duty", "workTeam": ".duty"}
"""Ends of tags: what does not take the place of what was last said of the match itself."""


MOVES = "moves"
"""The end of the tag for many moved matches at once."""


def is_of_many(job: PushJob) -> bool:
    """Whether a job tells of several matches: its own is the first of them."""
    return MOVES in job.facts


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def plain_payload(told: Told, kind: str) -> dict[str, Any]:
    return {"title": told.title, "body": told.body, "tag": told.tag, "url": told.url, "kind": kind}
