"""The page of notifications: this device, all devices, what to tell and when, what was sent."""

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.words import age_in_words
from courtsync_web.following.documents import FollowedTeam
from courtsync_web.following.queries import follows_of
from courtsync_web.push import preferences, subscriptions
from courtsync_web.push.api import described
from courtsync_web.push.documents import Preferences
from courtsync_web.push.form import preferences_from
from courtsync_web.push.history import sent_to
from courtsync_web.push.kinds import CHOSEN
from courtsync_web.web.page import page

AnyRequest = Request[Any, Any, Any]
PAGE = "/settings/notifications"
DONE = {"saved": "Saved.", "removed": "That device is told nothing more."}


class Device(Struct):
    """Which device to remove."""

    device: str = ""


@get(PAGE, include_in_schema=False)
async def notifications_page(
    request: AnyRequest,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Template:
    """Everything about notifications; for nobody yet, what they are."""
    if viewer is None:
        return page("push/nobody.html", None)
    return await shown(db, viewer, done=DONE.get(request.query_params.get("done", "")))


@post(PAGE, status_code=303, include_in_schema=False)
async def save(
    request: AnyRequest, db: NamedDependency[Database], person: NamedDependency[Person]
) -> Redirect | Template:
    """Save what to tell, how early, and when not."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    try:
        await preferences.change_preferences(db, person, preferences_from(form))
    except Problem as problem:
        if problem.status != 422:
            raise
        return await shown(db, person, problem=problem)
    return back("saved")


@post(PAGE + "/remove", status_code=303, include_in_schema=False)
async def remove_device(
    data: URLEncodedBody[Device], db: NamedDependency[Database], person: NamedDependency[Person]
) -> Redirect:
    """Push to one of my devices no longer."""
    await subscriptions.unsubscribe(db, person, id_=data.device)
    return back("removed")


async def shown(
    db: Database, person: Person, *, done: str | None = None, problem: Problem | None = None
) -> Template:
    now = now_ms()
    async with db.read() as session:
        chosen = await preferences.preferences_of(session, person.id)
        devices = await subscriptions.subscriptions_of(session, person.id)
        follows = (await follows_of(session, person)).teams
        sent = await sent_to(session, person.id)
    differing = {(team.event_id, team.team_id): team for team in chosen.teams}
    template = page(
        "push/notifications.html",
        person,
        status=problem.status if problem else 200,
        chosen=chosen,
        kinds=CHOSEN,
        devices=[
            (row, age_in_words(now - row.last_delivered_at) if row.last_delivered_at else "")
            for row in (described(one, person) for one in devices)
        ],
        teams=[(team, differing.get((team.event_id, team.team_id))) for team in follows],
        events=events_of(follows, chosen),
        sent=[(one, age_in_words(now - one.at)) for one in sent],
        done=done,
        refusal=problem.detail if problem else None,
    )
    template.headers["Cache-Control"] = "no-store"
    return template


def events_of(follows: list[FollowedTeam], chosen: Preferences) -> list[tuple[str, str]]:
    """Events to mute: those of my teams, and those that are muted already."""
    names = dict.fromkeys(chosen.muted_events, "A tournament I follow no team of")
    names |= {team.event_id: team.event_name for team in follows}
    return sorted(names.items(), key=lambda one: one[1])


def back(done: str) -> Redirect:
    return Redirect(f"{PAGE}?done={done}", status_code=303)


routes = (notifications_page, save, remove_device)
