"""My teams."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.words import twelve_hours
from courtsync_web.following.device import teams_in
from courtsync_web.following.my_teams import my_teams
from courtsync_web.following.queries import follows_of
from courtsync_web.web.page import page


@get("/my-teams", include_in_schema=False)
async def my_teams_page(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
) -> Template:
    """The teams I follow on this device or with my account: now, next, duties, results."""
    teams = teams_in(request.cookies.get("follows", ""))
    twelve = twelve_hours(request.headers.get("accept-language", ""))
    now = now_ms()
    async with db.read() as session:
        if viewer is not None:
            mine = await follows_of(session, viewer)
            teams += [(one.event_id, one.team_id) for one in mine.teams]
        teams = list(dict.fromkeys(teams))
        view = await my_teams(session, teams, viewer, now, recent, twelve=twelve)
    return page("following/my_teams.html", viewer, view=view, now=now)


routes = (my_teams_page,)
