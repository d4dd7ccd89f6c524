"""AES without AES: every answer the service would give for a generated tournament.

    tournament = make_tournament(first_day=date(2026, 1, 31), divisions=2)
    answers = aes_answers(tournament, play_results(tournament, Random(1)))
    write_answers(tmp_path, answers)

``answers`` maps file names to JSON, named as recorded answers are: ``event.json``,
``playdays.json``, ``plays.json``, ``pools_2026-01-31.json``, ``brackets_….json``,
``poolsheet_-60001.json`` (one per pool), ``courts_2026-01-31_300.json`` (one per day) and
``nextassignments_4001.json`` (one per club). With several divisions the per-division files
carry it in their names: ``plays_div199001.json``, ``pools_2026-01-31_div199001.json``, …

Ids: an AES match, play or court is minus the tournament's own (match 50001 is -50001);
teams, clubs and divisions are the same. A retirement looks like a plain win. The answers are
plain dicts and lists, made anew on each call, so a test may bend them; ``aes_quirks`` bends
them in all the ways real events do, each ``quirk_…(answers, …)`` in place, and tells what it
bent.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from courtsync_web.demo.results import Progress, Results
from courtsync_web.demo.world import Club, Division, Match, Play, Tournament
from tests.aes_shapes import Json, Shapes
from tests.aes_tree import appointment, bracket, pool_futures

Answers = dict[str, Any]

EVENT_NUMBER = 49001


def aes_answers(
    tournament: Tournament, results: Results | None = None, *, grid_offset: int = 300
) -> Answers:
    """Every answer about the tournament; ``grid_offset`` is the ``{n}`` of the court grids."""
    shapes = Shapes(tournament, Progress(tournament, results))
    answers: Answers = {"event.json": _event(shapes)}
    for division in tournament.divisions:
        answers |= _of_division(shapes, division)
    for play in tournament.plays:
        if play.kind == "pool":
            answers[f"poolsheet_{-play.play_id}.json"] = _sheet(shapes, play)
    for day in days_of(tournament):
        answers[f"courts_{day}_{grid_offset}.json"] = _grid(shapes, day, grid_offset)
    for club in tournament.clubs:
        answers[f"nextassignments_{club.club_id}.json"] = _assignments(shapes, club)
    # Through JSON and back: nothing in it is shared, so a test may bend one place alone.
    bent_freely: Answers = json.loads(json.dumps(answers))
    return bent_freely


def write_answers(directory: Path, answers: Mapping[str, object]) -> Path:
    """Write each answer to its file; a text (HTML, nothing) goes there as it is."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, answer in answers.items():
        text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def event_key(number: int) -> str:
    """The key in AES's addresses: base64 without padding, then how much padding there was."""
    encoded = urlsafe_b64encode(f"={number:010}=".encode()).decode()
    return f"{encoded.rstrip('=')}{encoded.count('=')}"


def days_of(tournament: Tournament, division_id: int | None = None) -> list[date]:
    """The days on which there are matches (of one division)."""
    return sorted(
        {
            match.start.date()
            for match in tournament.matches
            if division_id in (None, match.division_id)
        }
    )


def _event(shapes: Shapes) -> Json:
    tournament = shapes.tournament
    return {
        "Key": event_key(EVENT_NUMBER),
        "EventId": EVENT_NUMBER,
        "Name": tournament.name,
        "StartDate": f"{tournament.first_day}T00:00:00",
        "EndDate": f"{tournament.last_day}T23:59:59.9999999",
        "Location": tournament.location,
        "CustomEventType": None,
        "IsOver": False,
        "Clubs": [shapes.club(club) for club in tournament.clubs],
        "Divisions": [{"IsFinished": False} | one for one in shapes.divisions.values()],
        "HasNotes": False,
        "HasFlowCharts": False,
        "IsUsavQualifierEvent": False,
    }


def _of_division(shapes: Shapes, division: Division) -> Answers:
    tournament = shapes.tournament
    several = len(tournament.divisions) > 1
    suffix = f"_div{division.division_id}.json" if several else ".json"
    plays = [p for p in tournament.plays if p.division_id == division.division_id]
    meta = {
        "Division": shapes.divisions[division.division_id],
        "Plays": [shapes.play_meta(play) for play in plays],
    }
    answers: Answers = {f"plays{suffix}": meta}
    playdays = []
    for day in days_of(tournament, division.division_id):
        today = [p for p in plays if day in _days(tournament, p)]
        pools = [shapes.pool(play) for play in today if play.kind == "pool"]
        brackets = [bracket(shapes, play) for play in today if play.kind == "bracket"]
        if pools:
            answers[f"pools_{day}{suffix}"] = pools
        if brackets:
            answers[f"brackets_{day}{suffix}"] = brackets
        playdays.append(
            {
                "HasPools": bool(pools),
                "HasBrackets": bool(brackets),
                "DateTime": f"{day}T00:00:00",
                "IsCurrent": day == tournament.last_day,
            }
        )
    answers[f"playdays{suffix}"] = playdays
    return answers


def _days(tournament: Tournament, play: Play) -> set[date]:
    return {match.start.date() for match in tournament.matches_of[play.play_id]}


def _sheet(shapes: Shapes, play: Play) -> Json:
    return {
        "Pool": shapes.pool(play),
        "Matches": [shapes.pool_match(m) for m in shapes.tournament.matches_of[play.play_id]],
        "FutureRoundMatches": pool_futures(shapes, play),
    }


def _grid(shapes: Shapes, day: date, offset: int) -> Json:
    tournament = shapes.tournament
    today = [match for match in tournament.matches if match.start.date() == day]
    return {
        "EarliestStartTime": _grid_ms(min(match.start for match in today), offset),
        "LatestEndTime": _grid_ms(max(match.end for match in today), offset),
        "CourtSchedules": [
            shapes.court(court.court_id)
            | {
                "CourtMatches": [
                    _grid_match(shapes, match, offset)
                    for match in today
                    if match.court_id == court.court_id
                ]
            }
            for court in tournament.courts
        ],
    }


def _grid_match(shapes: Shapes, match: Match, offset: int) -> Json:
    play = shapes.tournament.play[match.play_id]
    return {
        "MatchId": -match.match_id,
        "Division": shapes.divisions[match.division_id],
        "ScoreKioskCode": str(match.match_id),
        "ScheduledVideoLink": "",
        "FirstTeamText": shapes.text(match.first, match),
        "SecondTeamText": shapes.text(match.second, match),
        "WorkTeamText": shapes.text(match.work, match),
        "CompleteShortName": f"{play.code}M{match.number}",
        "ScheduledStartDateTime": _grid_ms(match.start, offset),
        "ScheduledEndDateTime": _grid_ms(match.end, offset) - 1,
        "HasOutcome": match.match_id in shapes.progress.results,
    }


def _grid_ms(wall: datetime, offset: int) -> int:
    """Wall clock plus the viewer's offset, read as UTC: how the grid writes its times."""
    shifted = wall.replace(tzinfo=UTC) + timedelta(minutes=offset)
    return int(shifted.timestamp() * 1000)


def _assignments(shapes: Shapes, club: Club) -> Json:
    teams = [team for team in shapes.tournament.teams if team.club_id == club.club_id]
    return {"value": [_assignment(shapes, team.team_id) for team in teams]}


def _assignment(shapes: Shapes, team_id: int) -> Json:
    """A team's next match and duties among those without a result."""
    team = shapes.tournament.team[team_id]
    open_ = [m for m in shapes.tournament.matches if m.match_id not in shapes.progress.results]
    sides = [(m, shapes.progress.sides(m)) for m in open_ if m.division_id == team.division_id]
    playing = [m for m, side in sides if team_id in (side.first, side.second)]
    working = [m for m, side in sides if team_id == side.work]
    return {
        "TeamId": team.team_id,
        "TeamName": team.name,
        "TeamCode": team.code,
        "TeamText": shapes.tournament.team_text(team_id),
        "Club": shapes.club(shapes.tournament.club[team.club_id]),
        "Division": shapes.divisions[team.division_id],
        "NextMatch": appointment(shapes, playing[0]) if playing else None,
        "WorkMatchs": [appointment(shapes, match) for match in working],
        "NextWorkMatchDate": f"{working[0].start:%m/%d/%Y %H:%M:%S}" if working else None,
    }
