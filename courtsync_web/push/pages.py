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
from courtsync_web.events.words import age_in_words, twelve_hours
from courtsync_web.following.documents import FollowedTeam
from courtsync_web.following.queries import follows_of
from courtsync_web.push import preferences, subscriptions
from courtsync_web.push.api import described
from courtsync_web.push.form import FIELDS, filled_with, preferences_from
from courtsync_web.push.history import sent_to
from courtsync_web.push.kinds import CHOSEN
from courtsync_web.push.offered import events_to_mute, matches_rung
from courtsync_web.push.shown import change_shown
from courtsync_web.push.zones import zones_offered
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
    return await shown(request, db, viewer, done=DONE.get(request.query_params.get("done", "")))


@post(PAGE, status_code=303, include_in_schema=False)
async def save(
    request: AnyRequest, db: NamedDependency[Database], person: NamedDependency[Person]
) -> Redirect | Template:
    """Save what to tell, how early, and when not."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    try:
        await change_shown(db, person, *preferences_from(form))
    except Problem as problem:
        if problem.status not in (404, 422):
            raise
        return await shown(request, db, person, sent=form, problem=problem)
    return back("saved")


@post(PAGE + "/remove", status_code=303, include_in_schema=False)
async def remove_device(
    data: URLEncodedBody[Device], db: NamedDependency[Database], person: NamedDependency[Person]
) -> Redirect:
    """Push to one of my devices no longer."""
    await subscriptions.unsubscribe(db, person, id_=data.device)
    return back("removed")


async def shown(
    request: AnyRequest,
    db: Database,
    person: Person,
    *,
    done: str | None = None,
    sent: dict[str, str] | None = None,
    problem: Problem | None = None,
) -> Template:
    """The page; with the form as it was ``sent`` and what was wrong with it, if it was."""
    now = now_ms()
    twelve = twelve_hours(request.headers.get("accept-language", ""))
    async with db.read() as session:
        chosen = await preferences.preferences_of(session, person.id)
        devices = await subscriptions.subscriptions_of(session, person.id)
        follows = (await follows_of(session, person)).teams
        rung = await matches_rung(session, person, now, twelve=twelve)
        events = await events_to_mute(session, person)
        pushes = await sent_to(session, person.id)
    filled = filled_with(chosen) if sent is None else sent
    wrong = wrong_fields(problem)
    template = page(
        "push/notifications.html",
        person,
        status=problem.status if problem else 200,
        filled=filled,
        kinds=CHOSEN,
        devices=[
            (row, age_in_words(now - row.last_delivered_at) if row.last_delivered_at else "")
            for row in (described(one, person) for one in devices)
        ],
        teams=[(team, standing(team, filled)) for team in follows],
        rung=rung,
        events=events,
        zones=zones_offered(),
        sent=[(one, age_in_words(now - one.at)) for one in pushes],
        done=done,
        refusal=refusal_of(problem, wrong),
        wrong=wrong,
        first=next(iter(wrong), None),
    )
    template.headers["Cache-Control"] = "no-store"
    return template


def standing(team: FollowedTeam, filled: dict[str, str]) -> str:
    """How a team stands on the form, in a word."""
    field = f"team:{team.event_id}:{team.team_id}:"
    if filled.get(field + "bell") == "off":
        return "nothing"
    return "differs" if any(filled.get(field + kind.name) for kind in CHOSEN) else "as above"


def wrong_fields(problem: Problem | None) -> dict[str, str]:
    """What is wrong by field, in the order of the page."""
    errors = {error.pointer: error.detail for error in problem.errors} if problem else {}
    return {field: errors[pointer] for pointer, field in FIELDS.items() if pointer in errors}


def refusal_of(problem: Problem | None, wrong: dict[str, str]) -> str | None:
    if wrong:
        return "Nothing is saved yet. See what is marked below."
    return problem.detail if problem else None


def back(done: str) -> Redirect:
    return Redirect(f"{PAGE}?done={done}", status_code=303)


routes = (notifications_page, save, remove_device)
