"""Scores and their history over JSON."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.events.queries import event_for
from courtsync_web.live.bus import Bus
from courtsync_web.remembered import SCORES, Remembered, with_copy
from courtsync_web.scoring import claims_api, conflicts_api
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.queries import history_of, score_of, scores_of
from courtsync_web.scoring.recorder import Outcome
from courtsync_web.scoring.scorers import match_in
from courtsync_web.scoring.updates import History, ScoreDocument, ScoreUpdateIn
from courtsync_web.web.documented import also, not_modified, problems
from courtsync_web.web.etags import with_etag
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId, MatchId, query_id

AnyRequest = Request[Any, Any, Any]


@post(
    "/api/events/{event_id:str}/scores",
    guards=[json_only],
    request_max_body_size=64 * 1024,
    responses=also(200, ScoreDocument, "Recorded: the score as it stands now.")
    | problems(400, 401, 403, 404, 409, 413, 415, 422),
)
async def post_score(
    event_id: EventId,
    data: JSONBody[ScoreUpdateIn],
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> Response[ScoreDocument]:
    """Record what the scorer did: 201 for a match's first score, else 200."""
    [outcome] = await record_updates(db, bus, person, event_id, [data])
    return answer(outcome)


def answer(outcome: Outcome) -> Response[ScoreDocument]:
    """One verdict as a single call's answer."""
    if outcome.problem is not None:
        if outcome.score is not None:
            outcome.problem.extra["score"] = outcome.score
        raise outcome.problem
    assert outcome.score is not None
    return Response(outcome.score, status_code=201 if outcome.first else 200)


@get("/api/events/{event_id:str}/scores", responses=problems(400, 404) | not_modified())
async def get_scores(
    request: AnyRequest,
    event_id: EventId,
    remembered: NamedDependency[Remembered],
    viewer: NamedDependency[Person | None],
    team_id: Annotated[int | None, query_id("teamId")] = None,
    division: Annotated[int | None, query_id("division")] = None,
) -> Response[list[ScoreDocument]]:
    """All scores of an event; ``?teamId=`` and ``?division=`` narrow."""

    async def read(session: AsyncSession, event: Event) -> list[ScoreDocument]:
        return await scores_of(session, event.id, team_id=team_id, division_id=division)

    copy = await remembered.copy(event_id, viewer, ("scores", team_id, division), SCORES, read)
    return with_copy(request, copy, "score")


@get(
    "/api/events/{event_id:str}/scores/{match_id:int}",
    responses=problems(400, 404) | not_modified(),
)
async def get_score(
    request: AnyRequest,
    event_id: EventId,
    match_id: MatchId,
    remembered: NamedDependency[Remembered],
    viewer: NamedDependency[Person | None],
) -> Response[ScoreDocument]:
    """The score of one match; 404 while nothing was scored."""

    async def read(session: AsyncSession, event: Event) -> ScoreDocument | None:
        return await score_of(session, event.id, match_id)

    copy = await remembered.copy(event_id, viewer, ("score", match_id), SCORES, read)
    return with_copy(request, copy, "score")


@get(
    "/api/events/{event_id:str}/scores/{match_id:int}/history",
    responses=problems(400, 404) | not_modified(),
)
async def get_history(
    request: AnyRequest,
    event_id: EventId,
    match_id: MatchId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    limit: Annotated[int, QueryParameter(ge=1, le=1000)] = 100,
    offset: Annotated[int, QueryParameter(ge=0, le=1_000_000)] = 0,
) -> Response[History]:
    """A match's accepted updates, newest last."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        await match_in(session, event.id, match_id)
        history = await history_of(session, event.id, match_id, limit=limit, offset=offset)
    return with_etag(request, history)


routes = [
    post_score,
    get_scores,
    get_score,
    get_history,
    *claims_api.routes,
    *conflicts_api.routes,
]
