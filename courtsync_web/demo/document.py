"""A generated tournament as a schedule document, ready for ``POST /api/events`` or a file."""

from courtsync_web.demo.results import Progress, Result, Results
from courtsync_web.demo.world import Match, Play, Source, Team, Tournament

Json = dict[str, object]


def schedule_document(
    tournament: Tournament, results: Results | None = None, *, visibility: str = "public"
) -> Json:
    """The whole event as people would send it: wall-clock times, sets as pairs.

    Sides that ``results`` decide are team ids; the others keep their text ("1st-R1P5").
    ``stages`` (an extension that importers accept) tells kind, format and finish of each
    pool and bracket.
    """
    progress = Progress(tournament, results)
    return {
        "eventId": tournament.event_id,
        "name": tournament.name,
        "timezone": tournament.timezone,
        "location": tournament.location,
        "startDate": tournament.first_day.isoformat(),
        "endDate": tournament.last_day.isoformat(),
        "visibility": visibility,
        "clubs": [{"clubId": club.club_id, "name": club.name} for club in tournament.clubs],
        "divisions": [
            {
                "divisionId": division.division_id,
                "name": division.name,
                "color": division.color,
                "format": division.format,
            }
            for division in tournament.divisions
        ],
        "courts": [{"courtId": court.court_id, "name": court.name} for court in tournament.courts],
        "teams": [_team(team) for team in tournament.teams],
        "stages": [_stage(play, progress) for play in tournament.plays],
        "matches": [_match(match, progress) for match in tournament.matches],
    }


def round_label(play: Play) -> str:
    """Round and group in one, since several groups of a round may have a "1 v 1" each."""
    return f"{play.round_name} {play.group_name}".strip()


def _team(team: Team) -> Json:
    return {
        "teamId": team.team_id,
        "name": team.name,
        "code": team.code,
        "clubId": team.club_id,
        "divisionId": team.division_id,
    }


def _stage(play: Play, progress: Progress) -> Json:
    return {
        "divisionId": play.division_id,
        "round": round_label(play),
        "pool": play.name,
        "kind": play.kind,
        "format": play.format,
        "finished": progress.finished(play.play_id),
    }


def _match(match: Match, progress: Progress) -> Json:
    play = progress.tournament.play[match.play_id]
    row: Json = {
        "matchId": match.match_id,
        "name": f"Match {match.number}",
        "divisionId": match.division_id,
        "courtId": match.court_id,
        "start": match.start.isoformat(),
        "end": match.end.isoformat(),
        "round": round_label(play),
        "pool": play.name,
    }
    for key, source in (("team1", match.first), ("team2", match.second), ("workTeam", match.work)):
        row |= _side(key, source, play, progress)
    result = progress.results.get(match.match_id)
    if result is not None:
        row["result"] = _result(result)
    return row


def _side(key: str, source: Source | None, play: Play, progress: Progress) -> Json:
    if source is None:
        return {}
    team = progress.team(source)
    if team is not None:
        return {f"{key}Id": team}
    return {f"{key}Text": progress.tournament.words(source, play)}


def _result(result: Result) -> Json:
    return {"sets": [list(points) for points in result.sets], "outcome": result.outcome}
