"""What real AES events do to their answers, on demand.

Each ``quirk_…`` bends ``aes_world.aes_answers`` in place, everywhere a match or play appears
(sheet, tree with its repeated nodes, grid, listings). Match and play ids are AES's own:
negative. What needs no quirk, because every generated event has it: ``"NaN"`` ratios and
null teams in pools nobody has reached, ``ScoreText`` from the winner's side, ends of
``….9999999``, several roots that share matches, "Pool 1" in two rounds, both forms of
``MatchDescription``, outcomes 1 to 3.
"""

import re
from copy import deepcopy

from tests.aes_find import Answers, below, dated_matches, plays, reword, tree_matches
from tests.aes_shapes import Json

NEVER = "0001-01-01T00:00:00"
HTML = "<!doctype html>\n<html><head><title>Results</title></head><body></body></html>\n"


# --- answers that are not data ----------------------------------------------------------


def quirk_html(answers: Answers, name: str) -> None:
    """200 with a web page: unknown route or unpublished schedule."""
    answers[name] = HTML


def quirk_empty(answers: Answers, name: str) -> None:
    """204, an empty body."""
    answers[name] = ""


# --- times and courts -------------------------------------------------------------------


def quirk_no_time(answers: Answers, match_id: int, *, null: bool = False) -> None:
    """A match "to follow": the year 1, or null."""
    for match in dated_matches(answers, match_id):
        match["ScheduledStartDateTime"] = match["ScheduledEndDateTime"] = None if null else NEVER


def quirk_moved(answers: Answers, match_id: int, court: Json, start: str, end: str) -> None:
    """The desk moves a match to another court and time; its id stays."""
    for match in dated_matches(answers, match_id):
        match["Court"] = dict(court)
        match["ScheduledStartDateTime"], match["ScheduledEndDateTime"] = start, end


def quirk_no_courts(answers: Answers, play_id: int) -> None:
    """A play without courts: not scheduled yet."""
    for play in plays(answers, play_id):
        play["Courts"] = []


def quirk_unscheduled(answers: Answers, play_id: int) -> None:
    """A future pool: no courts, no matches, nobody in it."""
    quirk_no_courts(answers, play_id)
    gone = [match["MatchId"] for match in answers[f"poolsheet_{play_id}.json"]["Matches"]]
    for match_id in gone:
        quirk_vanished(answers, match_id)


def quirk_two_days(answers: Answers, play_id: int, day: str) -> None:
    """A pool that goes on another day is listed under both dates."""
    listed = next(p for p in plays(answers, play_id) if "Teams" in p)
    name = next(n for n, a in answers.items() if n.startswith("pools_") and listed in a)
    other = re.sub(r"\d{4}-\d{2}-\d{2}", day, name)
    answers.setdefault(other, []).append(deepcopy(listed))


def quirk_vanished(answers: Answers, match_id: int) -> None:
    """A match removed upstream is simply no longer there."""
    for name, answer in answers.items():
        if name.startswith("poolsheet_"):
            _drop(answer["Matches"], match_id)
        elif name.startswith("courts_"):
            for court in answer["CourtSchedules"]:
                _drop(court["CourtMatches"], match_id)
        elif name.startswith("brackets_"):
            for play in answer:
                _prune(play["Roots"], match_id)


def _drop(matches: list[Json], match_id: int) -> None:
    matches[:] = [match for match in matches if match["MatchId"] != match_id]


def _prune(roots: list[Json], match_id: int) -> None:
    roots[:] = [node for node in roots if node["Match"]["MatchId"] != match_id]
    for node in list(below(list(roots))):
        for key in ("TopSource", "BottomSource"):
            if node[key] and node[key]["Match"]["MatchId"] == match_id:
                node[key] = None


# --- texts ------------------------------------------------------------------------------


def quirk_stray_spaces(answers: Answers) -> None:
    """Names with blanks before, after and doubled within."""

    def spaced(key: str, text: str) -> str:
        if key not in ("Name", "TeamName", "FirstTeamName", "SecondTeamName") or not text:
            return text
        return " " + text.replace(" ", "  ", 1) + " "

    reword(answers, spaced)


def quirk_loose_spacing(answers: Answers) -> None:
    """References to plays and matches spaced unlike the play's own short name."""

    def loose(_key: str, text: str) -> str:
        return re.sub(r"(\bof R\d|-R\d)(\w+?)(M\d+)?( \(\d+\))?$", r"\1 \2 \3\4", text)

    reword(answers, loose)


def quirk_alias_suffix(answers: Answers, match_id: int, alias: str) -> None:
    """A work team from another division carries that division's code alias."""
    for match in dated_matches(answers, match_id):
        match["WorkTeamText"] += f" ({alias})"
        match.update({key: None for key in ("WorkTeam", "WorkTeamId") if key in match})


def quirk_no_work_team(answers: Answers, match_id: int, text: str | None = "No Work Team") -> None:
    """Nobody works: the words, an empty text or null."""
    for match in dated_matches(answers, match_id):
        match["WorkTeamText"] = text
        match.update({key: None for key in ("WorkTeam", "WorkTeamId") if key in match})


def quirk_slot_text(answers: Answers, match_id: int) -> None:
    """An address of AES's own where a team's name should be."""
    for match in dated_matches(answers, match_id):
        match["FirstTeamText"] = "asc_slot://pool/54281/place/1"
        match.update({key: None for key in ("FirstTeam", "FirstTeamId") if key in match})


def quirk_seeds_changed(answers: Answers, by: int = 7) -> None:
    """Another day: the number behind every team's name has changed."""

    def reseeded(_key: str, text: str) -> str:
        return re.sub(r"(\([A-Z]{2}\)) \((\d+)\)$", lambda m: f"{m[1]} ({int(m[2]) + by})", text)

    reword(answers, reseeded)


def quirk_unseeded_text(answers: Answers) -> None:
    """Team texts without the number: "Name (RR)"."""
    reword(answers, lambda _key, text: re.sub(r"(\([A-Z]{2}\)) \(\d+\)$", r"\1", text))


def quirk_description(answers: Answers, play_id: int, text: str) -> None:
    """Another format in words: "3 Sets to 25", "2 of 3 to 25(15)", "1 Set to 25"."""
    for play in plays(answers, play_id):
        if "MatchDescription" in play:
            play["MatchDescription"] = text


# --- results ----------------------------------------------------------------------------


def quirk_won_flags_only(answers: Answers, match_id: int, winner: int = 1) -> None:
    """The winner arrives before the scores: flags set, nothing else."""
    for match in dated_matches(answers, match_id):
        match["HasScores"], match["TypeOfOutcome"] = False, 0
        match["FirstTeamWon"], match["SecondTeamWon"] = winner == 1, winner == 2
        for one in match["Sets"]:
            one.update(FirstTeamScore=None, SecondTeamScore=None, ScoreText="")


def quirk_set_score(answers: Answers, match_id: int, number: int, first: int, second: int) -> None:
    """A set as the desk typed it: 25–25 and 24–22 are in real results."""
    for match in dated_matches(answers, match_id):
        text = f"{second}-{first}" if match["SecondTeamWon"] else f"{first}-{second}"
        match["Sets"][number - 1].update(
            FirstTeamScore=first, SecondTeamScore=second, ScoreText=text
        )


def quirk_outcome(answers: Answers, match_id: int, code: int, *, sets: bool = True) -> None:
    """Tie (3), forfeit of the first (4) or second team (5), with or without the sets."""
    for match in dated_matches(answers, match_id):
        match["TypeOfOutcome"] = code
        match["FirstTeamWon"], match["SecondTeamWon"] = code == 5, code == 4
        if not sets:
            match["HasScores"] = False
            for one in match["Sets"]:
                one.update(FirstTeamScore=None, SecondTeamScore=None, ScoreText="")


# --- trees ------------------------------------------------------------------------------


def quirk_sources_lost(answers: Answers) -> None:
    """Sources are null though the text says "Winner of Match 6" of the same tree.

    Every match of a bracket becomes a root of its own, in any order.
    """
    for name, answer in answers.items():
        if name.startswith("brackets_"):
            for play in answer:
                play["Roots"] = [
                    node | {"TopSource": None, "BottomSource": None}
                    for node in reversed(list(below(play["Roots"])))
                ]


def quirk_teams_cleared(answers: Answers) -> None:
    """After the event AES empties the teams of its brackets and the next assignments."""
    for match in tree_matches(answers):
        match.update(FirstTeam=None, SecondTeam=None, WorkTeam=None)
    for name in list(answers):
        if name.startswith("nextassignments_"):
            answers[name] = {"value": []}
