"""Claims over JSON."""

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import UNSET

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.queries import event_for
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.queries import claim_of, claims_of
from courtsync_web.scoring.scorers import match_in
from courtsync_web.scoring.updates import ClaimDocument, ClaimIn
from courtsync_web.web.documented import also, not_modified, problems
from courtsync_web.web.etags import with_etag
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId, MatchId

AnyRequest = Request[Any, Any, Any]
CLAIM = "/api/events/{event_id:str}/claims/{match_id:int}"


@get("/api/events/{event_id:str}/claims", responses=problems(400, 404) | not_modified())
async def get_claims(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Response[list[ClaimDocument]]:
    """All claims of an event that hold now."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        claims = await claims_of(session, event.id, now_ms())
    return with_etag(request, claims)


@get(CLAIM, responses=problems(400, 404) | not_modified())
async def get_claim(
    request: AnyRequest,
    event_id: EventId,
    match_id: MatchId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Response[ClaimDocument]:
    """Who keeps the score of a match, or ``claimed: false``."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        await match_in(session, event.id, match_id)
        claim = await claim_of(session, event.id, match_id, now_ms())
    return with_etag(request, claim)


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
