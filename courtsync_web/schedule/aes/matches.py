"""A match of a pool (flat), of a bracket (nested) or of the court grid (words only)."""

from courtsync_web.schedule.aes.grid import GridMatch
from courtsync_web.schedule.aes.plays import Play, feeders
from courtsync_web.schedule.aes.roll import Roll
from courtsync_web.schedule.aes.source import Json
from courtsync_web.schedule.aes.texts import readable, reference
from courtsync_web.schedule.aes.times import wall, wall_end
from courtsync_web.schedule.draft import DraftMatch, Side
from courtsync_web.schedule.words import tidy

NAME = 80


def call_teams(play: Play, roll: Roll) -> None:
    """Put every team, club and court of a play on the roll."""
    for team in play.teams():
        roll.team(team, play.division_id)
        roll.region(team.get("TeamId"), team.get("TeamText"))
    for court in (*play.meta.get("Courts", ()), *play.pool.get("Courts", ())):
        roll.court(court)
    for match in play.matches():
        roll.court(match.get("Court"))
        for place in ("First", "Second"):
            call_side(match, f"{place}Team", play.division_id, roll)
        call_side(match, "WorkTeam", None, roll)


def call_side(match: Json, place: str, division: int | None, roll: Roll) -> None:
    """A side's team: nested where the answer has an object, else by its id and text."""
    text = match.get(f"{place}Text")
    team = match.get(place)
    if roll.team(team, division) is None:
        roll.mention(match.get(f"{place}Id"), match.get(f"{place}Name"), text, division)
    roll.region(team_id_of(match, place), text)


def matches_of(play: Play, roll: Roll, alias: str) -> list[DraftMatch]:
    """A play's matches; ``alias`` is how other divisions' texts call its division."""
    tree = feeders(play.body) if not play.is_pool else {}
    return [match_of(one, play, roll, alias, tree) for one in play.matches()]


def match_of(
    match: Json, play: Play, roll: Roll, alias: str, tree: dict[int, tuple[str, str]]
) -> DraftMatch:
    """One match of a sheet or a tree; a side the answer leaves blank is read off the tree."""
    top, bottom = tree.get(match["MatchId"], ("", ""))
    sides = [
        side if not side.blank else Side(None, words, inferred=bool(words))
        for side, words in (
            (side_of(match, "FirstTeam", play, roll, alias), top),
            (side_of(match, "SecondTeam", play, roll, alias), bottom),
        )
    ]
    return DraftMatch(
        match_id=match["MatchId"],
        name=tidy(match.get("MatchFullName") or match.get("FullName"), NAME),
        division_id=play.division_id,
        stage_id=play.play_id,
        court_id=roll.court(match.get("Court")),
        team1=sides[0],
        team2=sides[1],
        work_team=side_of(match, "WorkTeam", play, roll, alias),
        start=wall(match.get("ScheduledStartDateTime")),
        end=wall_end(match.get("ScheduledEndDateTime")),
    )


def side_of(match: Json, place: str, play: Play, roll: Roll, alias: str) -> Side:
    text = str(match.get(f"{place}Text") or match.get(f"{place}Name") or "")
    team = match.get(place)
    code = team.get("Code") if isinstance(team, dict) else None
    found = roll.side(team_id_of(match, place), code, text, play.division_id)
    return Side(None, readable(text, alias)) if found is None else Side(found)


def team_id_of(match: Json, place: str) -> object:
    team = match.get(place)
    return team.get("TeamId") if isinstance(team, dict) else match.get(f"{place}Id")


def grid_match(
    drawn: GridMatch, plays: dict[tuple[int | None, str], Play], roll: Roll
) -> DraftMatch:
    """A match that only the court grid has: in words, except for texts that name one team.

    ``plays``: by division (each has a "R1P1" of its own) and complete short name.
    """
    name, division = drawn.play_and_match, drawn.division_id
    cuts = ((division, name[:cut]) for cut in range(len(name), 0, -1))
    play = next((plays[cut] for cut in cuts if cut in plays), None)
    short = name.removeprefix(reference(str(play.fact("CompleteShortName")))) if play else ""
    sides = []
    for place in ("FirstTeam", "SecondTeam", "WorkTeam"):
        text = str(drawn.match.get(f"{place}Text") or "")
        found = roll.called(text, division)
        sides.append(Side(None, readable(text)) if found is None else Side(found))
    return DraftMatch(
        match_id=drawn.match["MatchId"],
        name=f"Match {short[1:]}" if short[1:].isdecimal() else short.upper()[:NAME],
        division_id=division,
        stage_id=play.play_id if play else None,
        court_id=roll.court(drawn.court),
        team1=sides[0],
        team2=sides[1],
        work_team=sides[2],
        start=drawn.start,
        end=drawn.end,
    )
