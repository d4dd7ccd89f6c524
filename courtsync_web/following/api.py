"""Followed teams over JSON."""

from typing import Any

from litestar import Request, Response, delete, get, put
from litestar.di import NamedDependency

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.following.actions import choose_team
from courtsync_web.following.documents import FollowList
from courtsync_web.following.queries import follows_of
from courtsync_web.web.documented import not_modified, problems
from courtsync_web.web.etags import with_etag
from courtsync_web.web.params import EventId, TeamId

FOLLOWS = "/api/me/follows"
ONE = FOLLOWS + "/{event_id:str}/{team_id:int}"


@get(FOLLOWS, responses=problems(401) | not_modified())
async def get_follows(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Response[FollowList]:
    """The teams I follow, over all events."""
    async with db.read() as session:
        return with_etag(request, await follows_of(session, person))


@put(ONE, status_code=204, responses=problems(400, 401, 404))
async def put_follow(
    event_id: EventId,
    team_id: TeamId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Follow a team; again changes nothing."""
    await choose_team(db, person, event_id, team_id, following=True)


@delete(ONE, responses=problems(400, 401, 404))
async def delete_follow(
    event_id: EventId,
    team_id: TeamId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Follow a team no longer; one that was not followed stays so."""
    await choose_team(db, person, event_id, team_id, following=False)


routes = (get_follows, put_follow, delete_follow)
