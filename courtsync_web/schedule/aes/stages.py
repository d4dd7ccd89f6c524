"""Pools and brackets as stages: their round, their format and the desk's order of teams."""

import re

from courtsync_web.schedule.aes.formats import seen_format, told_format
from courtsync_web.schedule.aes.plays import Play
from courtsync_web.schedule.aes.roll import Roll
from courtsync_web.schedule.aes.source import is_id
from courtsync_web.schedule.draft import DraftStage, Wire
from courtsync_web.schedule.words import tidy

RANK_TEXT = re.compile(r"(\d+)\s*-\s*(.+)")
NAME = 120


def stage_of(play: Play, roll: Roll) -> DraftStage:
    """A play as a stage."""
    size = len(play.teams() or play.body.get("FutureRoundMatches") or ())
    ranks = pool_ranks(play) if play.is_pool else bracket_ranks(play, roll)
    return DraftStage(
        stage_id=play.play_id,
        division_id=play.division_id,
        round=round_of(play),
        name=tidy(play.fact("FullName"), NAME) or f"Play {abs(play.play_id)}",
        kind="pool" if play.is_pool else "bracket",
        format=format_of(play),
        finished=bool(ranks) and len(ranks) == size,
        ranks=ranks or None,
    )


def round_of(play: Play) -> str:
    """Round and group in one: what the complete name says before the play's own name.

    Several rounds may have a "Pool 3" each, so the group belongs to the round's name.
    """
    whole, own = tidy(play.fact("CompleteFullName"), 400), tidy(play.fact("FullName"), NAME)
    if own and whole.endswith(own):
        return whole.removesuffix(own).strip()[:NAME]
    told = f"{play.meta.get('RoundName') or ''} {play.meta.get('GroupName') or ''}"
    return tidy(told, NAME)


def format_of(play: Play) -> Wire | None:
    """In a pool as described, in a bracket as its set slots show."""
    told = told_format(play.pool.get("MatchDescription"))
    return told or seen_format(play.matches())


def pool_ranks(play: Play) -> list[list[int]]:
    """``[[teamId, rank], …]`` as far as the desk has ranked the pool."""
    return [
        [team["TeamId"], team["FinishRank"]]
        for team in play.teams()
        if is_id(team.get("TeamId")) and is_id(team.get("FinishRank"))
    ]


def bracket_ranks(play: Play, roll: Roll) -> list[list[int]]:
    """Final places, where ``RankText`` ("3 - Name (NC) (32)") names teams for them."""
    ranks = []
    for entry in play.body.get("FutureRoundMatches") or ():
        text = entry.get("RankText") if isinstance(entry, dict) else None
        found = RANK_TEXT.fullmatch(text.strip()) if isinstance(text, str) else None
        team = roll.called(found.group(2), play.division_id) if found else None
        if found and team is not None:
            ranks.append([team, int(found.group(1))])
    return ranks
