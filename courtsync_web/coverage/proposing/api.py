"""Proposals over JSON."""

from typing import Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.coverage.planner import Planner
from courtsync_web.coverage.proposing.propose import propose
from courtsync_web.coverage.proposing.wishes import Proposal, Wishes
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.web.documented import problems
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId

LARGEST_BODY = 384 * 1024
"""Bytes: all teams and a whole plan, with the longest ids."""


@post(
    "/api/events/{event_id:str}/coverage-plans/proposal",
    status_code=200,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(400, 404, 413, 415, 422, 503),
)
async def post_proposal(
    request: Request[Any, Any, Any],
    event_id: EventId,
    data: JSONBody[Wishes],
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    planner: NamedDependency[Planner],
    recent: NamedDependency[RecentEstimates],
) -> Proposal:
    """Let the autopilot propose a day: most of the teams I want, no clashes, little walking.

    Nothing is changed by it. Who has not signed in sends what they have planned.
    """
    twelve = writes_twelve_hours(request)
    return await propose(db, planner, recent, event_id, viewer, data, now_ms(), twelve=twelve)


routes = (post_proposal,)
