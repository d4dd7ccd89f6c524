"""The scorer's pad, and the practice match on the same screen.

Everything after the first paint happens in the browser: the page carries the match's names,
its format and who asks, and works on without the server.
"""

from typing import Any
from urllib.parse import quote

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.response import Template
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.formats_in_force import wire_format
from courtsync_web.events.models import Court, Division, Match, Stage, Team
from courtsync_web.events.queries import event_for
from courtsync_web.scoring.queries import claim_of, score_of
from courtsync_web.scoring.scorers import match_in
from courtsync_web.volleyball.formats import DEFAULT, PRESETS, format_to_wire
from courtsync_web.web.page import page
from courtsync_web.web.params import EventId, MatchId


@get("/events/{event_id:str}/matches/{match_id:int}/score", include_in_schema=False)
async def pad_page(
    event_id: EventId,
    match_id: MatchId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Template:
    """The pad of one match. Whoever may see the match may open it; scoring needs the claim."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        match = await match_in(session, event.id, match_id)
        court, division, stage = await place_of(session, match)
        names = await names_of(session, match)
        claim = await claim_of(session, event.id, match_id, now_ms())
        score = await score_of(session, event.id, match_id)
    back = f"/events/{event.id}/matches/{match_id}"
    place = " · ".join(part.name for part in (court, division) if part)
    boot = {
        "eventId": event.id,
        "matchId": match_id,
        "seq": event.seq,
        "names": names,
        "format": wire_format(
            match.format,
            stage.format if stage else None,
            division.format if division else None,
            event.format,
        ),
        "person": viewer and {"id": viewer.id, "name": viewer.display_name},
        "claim": msgspec.to_builtins(claim),
        "score": msgspec.to_builtins(score),
        "practice": False,
        "presets": [],
        "place": place,
    }
    sign_in = f"/sign-in?next={quote(back)}/score"
    return pad(viewer, boot, back=back, sign_in=sign_in, onward=after_on_court(match))


@get("/practice", include_in_schema=False)
async def practice_page(viewer: NamedDependency[Person | None]) -> Template:
    """A match that is never sent: any format, the same pad."""
    presets = [
        {"id": name, "label": said(wire), "usual": name == DEFAULT, "format": wire}
        for name, wire in ((name, format_to_wire(preset)) for name, preset in PRESETS.items())
    ]
    boot = {
        "eventId": "practice",
        "matchId": 1,
        "seq": 0,
        "names": ["Home", "Guests"],
        "format": format_to_wire(PRESETS[DEFAULT]),
        "person": {"id": "practice", "name": viewer.display_name if viewer else ""},
        "claim": None,
        "score": None,
        "practice": True,
        "presets": presets,
        "place": "Practice",
    }
    return pad(viewer, boot, back="/", sign_in="/sign-in?next=/practice")


@get("/pad", include_in_schema=False)
async def pad_shell(viewer: NamedDependency[Person | None]) -> Template:
    """The pad without a match: kept on the phone, it begins from what the phone itself knows
    (``/pad#eventId/matchId``, or in the place of a pad that cannot be fetched)."""
    boot = {
        "shell": True,
        "names": ["Team 1", "Team 2"],
        "claim": None,
        "score": None,
        "practice": False,
        "presets": [],
        "place": "",
    }
    return pad(viewer, boot, back="/", sign_in="/sign-in")


def pad(
    viewer: Person | None,
    boot: dict[str, Any],
    *,
    back: str,
    sign_in: str,
    onward: str | None = None,
) -> Template:
    return page(
        "scoring/pad.html",
        viewer,
        boot=boot,
        now=0 if boot.get("shell") else now_ms(),  # a shell is older than it can know
        names=boot["names"],
        match_id=None if boot["practice"] else boot.get("matchId"),
        place=boot["place"],
        back=back,
        sign_in=sign_in,
        onward=onward,
    )


def after_on_court(match: Match) -> str | None:
    """The way to the pad of the match that follows on this court, whichever it will be then."""
    if match.court_id is None:
        return None
    return f"/events/{match.event_id}/courts/{match.court_id}/score?after={match.match_id}"


def said(wire: dict[str, object]) -> str:
    """A preset in a list: its words, and its name where two sound alike."""
    return f"{wire['label']} ({wire['id']})"


async def place_of(
    session: AsyncSession, match: Match
) -> tuple[Court | None, Division | None, Stage | None]:
    """Where a match is played and what it belongs to."""
    court, division, stage = (match.court_id, match.division_id, match.stage_id)
    return (
        await session.get(Court, (match.event_id, court)) if court is not None else None,
        await session.get(Division, (match.event_id, division)) if division is not None else None,
        await session.get(Stage, (match.event_id, stage)) if stage is not None else None,
    )


async def names_of(session: AsyncSession, match: Match) -> list[str]:
    """What to call both teams: their names, else what the schedule prints in their place."""
    ids = [match.team1_id, match.team2_id]
    found = await session.exec(
        select(Team).where(
            col(Team.event_id) == match.event_id,
            col(Team.team_id).in_([team for team in ids if team is not None]),
        )
    )
    known = {team.team_id: team.name for team in found}
    texts = [match.team1_text or "Team 1", match.team2_text or "Team 2"]
    return [
        known.get(team, text) if team is not None else text
        for team, text in zip(ids, texts, strict=True)
    ]


routes = [pad_page, practice_page, pad_shell]
