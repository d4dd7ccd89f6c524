"""AES's answers as a draft: every quirk of theirs ends here."""

import re
from dataclasses import replace
from datetime import date, datetime

from courtsync_web.schedule.aes.gather import Gathered
from courtsync_web.schedule.aes.grid import courts_of, drawn_matches
from courtsync_web.schedule.aes.keys import number_of
from courtsync_web.schedule.aes.matches import call_teams, grid_match, matches_of
from courtsync_web.schedule.aes.plays import Play
from courtsync_web.schedule.aes.results import result_of
from courtsync_web.schedule.aes.roll import Roll
from courtsync_web.schedule.aes.stages import stage_of
from courtsync_web.schedule.aes.texts import reference
from courtsync_web.schedule.aes.times import day
from courtsync_web.schedule.aes.zone import guessed_zone
from courtsync_web.schedule.draft import (
    Draft,
    DraftDivision,
    DraftEvent,
    DraftMatch,
    DraftResult,
    DraftStage,
    DraftTeam,
    Unread,
)
from courtsync_web.schedule.words import folded, tidy

TO_FOLLOW = datetime.fromisoformat("9999-12-31")
"""Where matches without a time stand in order: after all others."""
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


class Reading:
    """One reading of what was gathered."""

    def __init__(self, gathered: Gathered) -> None:
        self._all = gathered
        self._roll = Roll()
        self._matches: dict[int, DraftMatch] = {}
        self._notes = list(gathered.missing)

    def draft(self, *, name: str, zone: str | None) -> Draft:
        """``name`` is used where the answers have none; ``zone`` none: guessed, and said."""
        divisions = self._divisions()
        self._call_the_roll()
        for play in self._plays():
            alias = divisions[play.division_id].code if play.division_id in divisions else ""
            for match in matches_of(play, self._roll, alias):
                self._matches.setdefault(match.match_id, match)
        self._add_from_grids()
        matches = sorted(self._matches.values(), key=in_order)
        return Draft(
            event=self._event(name, zone, matches),
            divisions=tuple(divisions.values()),
            clubs=tuple(self._roll.clubs.values()),
            teams=tuple(self._named_teams()),
            courts=tuple(self._roll.courts.values()),
            stages=tuple(self._stages(matches)),
            matches=tuple(matches),
            results=tuple(self._results()),
            notes=tuple(self._notes),
            unread=self._unread(),
        )

    def _results(self) -> list[DraftResult]:
        """Published results by match, whichever answer came first."""
        found = (result_of(match) for play in self._plays() for match in play.matches())
        return sorted((one for one in found if one), key=lambda result: result.match_id)

    def _plays(self) -> list[Play]:
        return list(self._all.plays.values())

    def _divisions(self) -> dict[int, DraftDivision]:
        divisions = {}
        for number, given in self._all.divisions.items():
            color = given.get("ColorHex")
            division = DraftDivision(
                number,
                tidy(given.get("Name"), 120) or f"Division {number}",
                tidy(given.get("CodeAlias"), 120),
                color if isinstance(color, str) and COLOR.fullmatch(color) else None,
            )
            divisions[number] = division
            for alias in (division.code, division.name):
                if alias:
                    self._roll.aliases.setdefault(folded(alias), number)
        return divisions

    def _call_the_roll(self) -> None:
        for club in self._all.event.get("Clubs") or ():
            self._roll.club(club)
        for play in self._plays():
            call_teams(play, self._roll)
        for team in self._all.assignments:
            self._roll.team(team, None)
        for _, _, grid in self._all.grids:
            for court in courts_of(grid):
                self._roll.court(court)

    def _add_from_grids(self) -> None:
        """Matches whose play could not be read are taken from the court grid."""
        known = {number: match.start for number, match in self._matches.items() if match.start}
        read = {play.play_id for play in self._plays() if play.matches()}
        named = {
            (play.division_id, reference(str(play.fact("CompleteShortName")))): play
            for play in self._plays()
            if play.fact("CompleteShortName")
        }
        for day_of_grid, asked, grid in self._all.grids:
            drawn, sure = drawn_matches(day_of_grid, asked, grid, known)
            added = []
            for one in drawn:
                match = grid_match(one, named, self._roll)
                if match.match_id not in self._matches and match.stage_id not in read:
                    self._matches[match.match_id] = match
                    added.append(match)
            if added:
                doubt = "" if sure else "; their times could not be checked against other answers"
                self._notes.append(
                    f"{len(added)} matches of {day_of_grid} are known from the court grid only: "
                    f"no results, teams by name{doubt}"
                )

    def _named_teams(self) -> list[DraftTeam]:
        return [
            team if team.name else replace(team, name=f"Team {team.team_id}")
            for team in self._roll.teams.values()
        ]

    def _stages(self, matches: list[DraftMatch]) -> list[DraftStage]:
        """Plays that have matches; the season's list names many that are not drawn yet."""
        drawn = {match.stage_id for match in matches}
        waiting = sum(play.play_id not in drawn for play in self._plays())
        if waiting:
            self._notes.append(f"{waiting} pools and brackets have no matches yet")
        return [stage_of(play, self._roll) for play in self._plays() if play.play_id in drawn]

    def _event(self, name: str, zone: str | None, matches: list[DraftMatch]) -> DraftEvent:
        given = self._all.event
        days = sorted(match.start.date() for match in matches if match.start)
        told = tidy(given.get("Name"), 200) or name
        if not told:
            number = number_of(self._all.key)
            told = f"AES event {number or self._all.key}"
            self._notes.append(f'the event\'s name is not known; it is called "{told}" for now')
        if zone is None:
            zone, why = guessed_zone(self._roll.regions.values())
            self._notes.append(why)
        return DraftEvent(
            event_id=self._all.key,
            name=told,
            timezone=zone,
            start_date=first_of(day(given.get("StartDate")), days[:1]),
            end_date=first_of(day(given.get("EndDate")), days[-1:]),
            location=tidy(given.get("Location"), 200),
            source="aes",
        )

    def _unread(self) -> Unread:
        return Unread(
            everything=not self._all.divisions,
            divisions=frozenset(self._all.unread_divisions),
            stages=frozenset(play.play_id for play in self._plays() if play.unread),
        )


def in_order(match: DraftMatch) -> tuple[datetime, int, int]:
    """By time, then by court and id; without a time: last."""
    return match.start or TO_FOLLOW, -(match.court_id or 0), -match.match_id


def first_of(told: date | None, days: list[date]) -> date | None:
    return told or (days[0] if days else None)


def read_aes(gathered: Gathered, *, name: str = "", zone: str | None = None) -> Draft:
    """What was gathered, as a draft."""
    return Reading(gathered).draft(name=name, zone=zone)
