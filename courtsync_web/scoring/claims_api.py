"""Claims over JSON."""

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import UNSET
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.events.models import Event
from courtsync_web.remembered import CLAIMS, Remembered, with_copy
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.queries import claim_of, claims_of
from courtsync_web.scoring.scorers import match_in
from courtsync_web.scoring.updates import ClaimDocument, ClaimIn
from courtsync_web.web.documented import also, not_modified, problems
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId, MatchId

AnyRequest = Request[Any, Any, Any]
CLAIM = "/api/events/{event_id:str}/claims/{match_id:int}"


@get("/api/events/{event_id:str}/claims", responses=problems(400, 404) | not_modified())
async def get_claims(
    request: AnyRequest,
    event_id: EventId,
    remembered: NamedDependency[Remembered],
    viewer: NamedDependency[Person | None],
) -> Response[list[ClaimDocument]]:
    """All claims of an event that hold now."""

    async def read(session: AsyncSession, event: Event) -> list[ClaimDocument]:
        return await claims_of(session, event.id, now_ms())

    copy = await remembered.copy(event_id, viewer, "claims", as_long_as_they_hold, read)
    return with_copy(request, copy, "claim")


def as_long_as_they_hold(told: ClaimDocument | list[ClaimDocument]) -> float:
    """Seconds until the first of these claims ends or changes hands by itself."""
    claims = told if isinstance(told, list) else [told]
    ends = [one.expires_at for one in claims if one.expires_at is not None]
    ends += [one.takeover.until for one in claims if one.takeover is not None]
    return min([CLAIMS, *((end - now_ms()) / 1000 for end in ends)])


@get(CLAIM, responses=problems(400, 404) | not_modified())
async def get_claim(
    request: AnyRequest,
    event_id: EventId,
    match_id: MatchId,
    remembered: NamedDependency[Remembered],
    viewer: NamedDependency[Person | None],
) -> Response[ClaimDocument]:
    """Who keeps the score of a match, or ``claimed: false``."""

    async def read(session: AsyncSession, event: Event) -> ClaimDocument:
        await match_in(session, event.id, match_id)
        return await claim_of(session, event.id, match_id, now_ms())

    copy = await remembered.copy(event_id, viewer, ("claim", match_id), as_long_as_they_hold, read)
    return with_copy(request, copy, "claim")


@post(
    CLAIM,
    guards=[json_only],
    request_max_body_size=4096,
    responses=also(200, ClaimDocument, "Extended: it was the caller's already.")
    | problems(400, 401, 403, 404, 409, 413, 415, 422),
)
async def post_claim(
    event_id: EventId,
    match_id: MatchId,
    claims: NamedDependency[Claims],
    person: NamedDependency[Person],
    data: JSONBody[ClaimIn | None] = None,
) -> Response[ClaimDocument]:
    """Claim a match for scorekeeping (201), or extend the claim one holds (200)."""
    asked = None if data is None or data.expires_at is UNSET else data.expires_at
    claim, taken = await claims.claim(event_id, match_id, person, asked)
    return Response(claim, status_code=201 if taken else 200)


@delete(CLAIM, responses=problems(400, 401, 403, 404))
async def delete_claim(
    event_id: EventId,
    match_id: MatchId,
    claims: NamedDependency[Claims],
    person: NamedDependency[Person],
) -> None:
    """Let go of a claim: its holder, or the event's organizer."""
    await claims.release(event_id, match_id, person)


@post(
    CLAIM + "/takeover",
    guards=[json_only],
    responses=also(202, ClaimDocument, "Asked: the holder may still refuse.")
    | problems(400, 401, 403, 404, 409, 413, 415),
)
async def post_takeover(
    event_id: EventId,
    match_id: MatchId,
    claims: NamedDependency[Claims],
    person: NamedDependency[Person],
) -> Response[ClaimDocument]:
    """Ask the holder for the claim (202); it is the asker's at ``takeover.until`` unless refused.

    201 where nobody held it: it is the asker's at once.
    """
    claim, mine = await claims.ask_takeover(event_id, match_id, person)
    return Response(claim, status_code=201 if mine else 202)


@delete(CLAIM + "/takeover", responses=problems(400, 401, 403, 404))
async def delete_takeover(
    event_id: EventId,
    match_id: MatchId,
    claims: NamedDependency[Claims],
    person: NamedDependency[Person],
) -> None:
    """The holder refuses the takeover, or who asked withdraws."""
    await claims.refuse_takeover(event_id, match_id, person)


routes = [get_claims, get_claim, post_claim, delete_claim, post_takeover, delete_takeover]
