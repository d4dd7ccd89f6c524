"""The pieces of AES's answers, field by field as the service publishes them.

Matches, plays, rounds, groups and courts have negative ids in AES: minus a generated
tournament's own. Teams, clubs and divisions keep theirs.
"""

from datetime import datetime, timedelta
from functools import cached_property
from re import findall
from typing import Any

from courtsync_web.demo.results import Progress, Result
from courtsync_web.demo.world import Club, Division, Match, Play, Source, Tournament, ordinal

Json = dict[str, Any]

OUTCOMES = {
    "first-won": 1,
    "second-won": 2,
    "split": 3,
    "first-forfeits": 4,
    "second-forfeits": 5,
    # AES has no word for a retirement: the other team has simply won.
    "first-retires": 2,
    "second-retires": 1,
}


class Shapes:
    """A tournament with its results, spoken in AES's shapes."""

    def __init__(self, tournament: Tournament, progress: Progress) -> None:
        self.tournament = tournament
        self.progress = progress

    def club(self, club: Club) -> Json:
        return {"ClubId": club.club_id, "Name": club.name}

    def division(self, division: Division) -> Json:
        teams = sum(t.division_id == division.division_id for t in self.tournament.teams)
        return {
            "DivisionId": division.division_id,
            "Name": division.name,
            "TeamCount": teams,
            "CodeAlias": division.alias,
            "ColorHex": division.color,
        }

    @cached_property
    def divisions(self) -> dict[int, Json]:
        return {d.division_id: self.division(d) for d in self.tournament.divisions}

    def court(self, court_id: int) -> Json:
        return {
            "CourtId": -court_id,
            "Name": self.tournament.court[court_id].name,
            "VideoLink": "",
        }

    def play(self, play: Play) -> Json:
        """The fields every play has, wherever it appears."""
        full = f"{play.group_name} {play.name}".strip()
        used = {match.court_id for match in self.tournament.matches_of[play.play_id]}
        return {
            "Type": 0 if play.kind == "pool" else 1,
            "PlayId": -play.play_id,
            "FullName": play.name,
            "ShortName": play.short,
            "CompleteShortName": play.code,
            "CompleteFullName": f"{play.round_name} {full}",
            "Order": 0,
            "Courts": [self.court(court_id) for court_id in sorted(used)],
        }

    def play_meta(self, play: Play) -> Json:
        """A play as the division's ``plays`` list it, with its round and group."""
        return {
            "RoundId": -play.round_id,
            "RoundName": play.round_name,
            "GroupId": -play.group_id,
            "GroupName": play.group_name,
        } | self.play(play)

    def pool(self, play: Play) -> Json:
        entrants = enumerate(play.entrants, 1)
        return {
            "Teams": [self.pool_team(play, source, place) for place, source in entrants],
            "PlayType": 0,
            "MatchDescription": play.format,
            "Notes": "",
        } | self.play(play)

    def pool_team(self, play: Play, source: Source, place: int) -> Json:
        team_id = self.progress.team(source)
        if team_id is None:
            return self._nobody(f"{self.tournament.words(source)} ({place})")
        order = self.progress.standings(play.play_id)
        mine = next(row for row in order if row.team_id == team_id)
        rank = order.index(mine) + 1 if self.progress.finished(play.play_id) else None
        team = self.tournament.team[team_id]
        return {
            "TeamId": team.team_id,
            "TeamName": team.name,
            "TeamCode": team.code,
            "TeamText": self.tournament.team_text(team_id),
            "MatchesWon": mine.matches_won,
            "MatchesLost": mine.matches_lost,
            "MatchPercent": _ratio(mine.matches_won, mine.matches_won + mine.matches_lost),
            "SetsWon": mine.sets_won,
            "SetsLost": mine.sets_lost,
            "SetPercent": _ratio(mine.sets_won, mine.sets_won + mine.sets_lost),
            "PointRatio": _ratio(mine.points_for, mine.points_against),
            "FinishRank": rank,
            "OverallRank": None,
            "FinishRankText": ordinal(rank) if rank else "",
            "Club": self.club(self.tournament.club[team.club_id]),
            "Division": self.divisions[team.division_id],
            "SearchableTeamName": team.name.lower(),
            "BidIdentification": {"BidStatus": 0, "DivisionAlias": "None", "DivisionId": 0},
        }

    def _nobody(self, text: str) -> Json:
        """A pool's place that no team has reached yet."""
        empty = dict.fromkeys(("TeamId", "TeamName"))
        numbers: Json = dict.fromkeys(("MatchesWon", "MatchesLost", "SetsWon", "SetsLost"), 0)
        numbers |= dict.fromkeys(("MatchPercent", "SetPercent", "PointRatio"), "NaN")
        return (
            empty
            | {"TeamCode": "", "TeamText": text}
            | numbers
            | {"FinishRank": None, "OverallRank": None, "FinishRankText": ""}
            | dict.fromkeys(("Club", "Division", "SearchableTeamName", "BidIdentification"))
        )

    def pool_match(self, match: Match) -> Json:
        """A match as pool sheets and team schedules have it: flat, teams by id and text."""
        row: Json = {}
        for word, source in (("First", match.first), ("Second", match.second)):
            team = self.progress.team(source)
            row |= {
                f"{word}TeamId": team,
                f"{word}TeamName": self.tournament.team[team].name if team else None,
                f"{word}TeamText": self.text(source, match),
            }
        return (
            row
            | {"MatchFullName": f"Match {match.number}", "MatchShortName": f"M{match.number}"}
            | {"WorkTeamId": self.progress.team(match.work)}
            | self._outcome(match)
            | self._slot(match, "")
        )

    def bracket_match(self, match: Match) -> Json:
        """A match as bracket trees have it: nested, with whole teams."""
        sides = self.progress.sides(match)
        return (
            {
                "FirstTeam": self.team(sides.first),
                "SecondTeam": self.team(sides.second),
                "FirstTeamText": self.text(match.first, match),
                "SecondTeamText": self.text(match.second, match),
                "FullName": f"Match {match.number}",
                "ShortName": f"M{match.number}",
                "WorkTeam": self.team(sides.work),
            }
            | self._outcome(match)
            | self._slot(match, ".9999999")
        )

    def team(self, team_id: int | None) -> Json | None:
        if team_id is None:
            return None
        team = self.tournament.team[team_id]
        return {
            "TeamId": team.team_id,
            "Name": team.name,
            "Code": team.code,
            "Club": self.club(self.tournament.club[team.club_id]),
            "Division": self.divisions[team.division_id],
            "BidIdentification": {"BidStatus": 0, "DivisionId": 0, "Alias": "None"},
        }

    def text(self, source: Source | None, match: Match) -> str:
        """A side in words: the team once it is known, else where it comes from."""
        if source is None:
            return "No Work Team"
        team = self.progress.team(source)
        if team is not None:
            return self.tournament.team_text(team)
        return self.tournament.words(source, self.tournament.play[match.play_id])

    def _outcome(self, match: Match) -> Json:
        result = self.progress.results.get(match.match_id)
        winner = result.winner if result else None
        play = self.tournament.play[match.play_id]
        return {
            "HasScores": result is not None,
            "FirstTeamWon": winner == 1,
            "SecondTeamWon": winner == 2,
            "Sets": set_slots(play.format, result),
            "TypeOfOutcome": OUTCOMES[result.outcome] if result else 0,
            "WorkTeamText": self.text(match.work, match),
        }

    def _slot(self, match: Match, fraction: str) -> Json:
        return {
            "FirstTeamWorkTeamCourtAssignmentFlag": 0,
            "SecondTeamWorkTeamCourtAssignmentFlag": 0,
            "MatchId": -match.match_id,
            "Court": self.court(match.court_id),
            "ScheduledStartDateTime": match.start.isoformat(),
            "ScheduledEndDateTime": last_second(match.end) + fraction,
        }


def set_slots(description: str, result: Result | None) -> list[Json]:
    """All set slots of a match; ``ScoreText`` is written from the match winner's side."""
    numbers = [int(number) for number in findall(r"\d+", description)]
    best_of = " of " in description
    slots = numbers[1] if best_of else numbers[0]
    played = result.sets if result else ()
    turned = result is not None and result.winner == 2
    sets = []
    for number in range(slots):
        a, b = played[number] if number < len(played) else (None, None)
        text = "" if a is None else f"{b}-{a}" if turned else f"{a}-{b}"
        sets.append(
            {
                "FirstTeamScore": a,
                "SecondTeamScore": b,
                "ScoreText": text,
                "IsDecidingSet": best_of and number + 1 == slots,
            }
        )
    return sets


def last_second(end: datetime) -> str:
    """AES ends a slot one second before the next begins."""
    return (end - timedelta(seconds=1)).isoformat()


def _ratio(part: int, whole: int) -> float | str:
    return part / whole if whole else "NaN"
