"""What is made of one update before it is written: checks, who wins, how it is kept. Pure."""

from typing import Any

import msgspec

from courtsync_web.errors import FieldError, Problem
from courtsync_web.scoring.authority import Authority
from courtsync_web.scoring.models import Score
from courtsync_web.scoring.sheet import Standing
from courtsync_web.scoring.updates import ScoreDocument, ScoreUpdateIn
from courtsync_web.volleyball.check import Checked, check_score
from courtsync_web.volleyball.formats import Format


def checked_or_refused(format_: Format, update: ScoreUpdateIn) -> Checked:
    """The rules' view of what was sent; impossible scores are refused, odd ones kept."""
    checked = check_score(
        format_,
        [(item.set_number, item.team1_score, item.team2_score) for item in update.sets],
        update.status,
        update.outcome,
    )
    if checked.errors:
        errors = [FieldError(error.pointer, error.detail) for error in checked.errors]
        raise Problem(422, "validation", "This cannot be a volleyball score.", errors)
    return checked


def why_it_loses(
    update: ScoreUpdateIn,
    former: Score | Standing | None,
    authority: Authority,
    happened_at: int,
    author_id: str,
) -> str | None:
    """``late``, ``fenced``, ``older`` or none: may the update replace the score that stands?

    Whoever saw the newest score, or names no time of their own, comes after it. Else the
    later one wins, and on a tie the one the server already has.
    """
    if authority.late:
        return "late"  # made after the claim had passed to somebody else
    if former is None:
        return None
    if (former.fence or 0) > authority.fence and former.author_id != author_id:
        return "fenced"  # made under a claim that somebody else has scored after
    if update.last_updated is None or update.base_revision == former.revision:
        return None
    return "older" if happened_at <= former.changed_at else None


def rows_of(
    update: ScoreUpdateIn, former: Score | Standing | None, checked: Checked, happened_at: int
) -> list[list[int | None]]:
    """Sets as they are stored; a completed one keeps the time at which it first was."""
    known = {number: row[2] for number, row in enumerate(former.sets if former else [], start=1)}
    rows: list[list[int | None]] = []
    for item, over in zip(update.sets, checked.over, strict=True):
        completed = (
            (known.get(item.set_number) or item.completed_at or happened_at) if over else None
        )
        rows.append([item.team1_score, item.team2_score, completed])
    return rows


def detail_of(update: ScoreUpdateIn) -> dict[str, Any]:
    detail = {"team": update.team, "reason": update.reason}
    return {name: value for name, value in detail.items() if value is not None}


def without_format(score: ScoreDocument | None) -> ScoreDocument | None:
    """An answer as it is remembered; the format is the match's and need not be."""
    return score and msgspec.structs.replace(score, format={})
