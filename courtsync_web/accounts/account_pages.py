"""My account as pages: plain forms, each says afterwards what it did."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter, URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct

from courtsync_web.accounts import actions, devices, leaving
from courtsync_web.accounts.api import AnyRequest
from courtsync_web.accounts.belongings import events_owned
from courtsync_web.accounts.cookies import clear_cookies
from courtsync_web.accounts.devices import used_words
from courtsync_web.accounts.documents import device_document
from courtsync_web.accounts.people import CHOSEN_ROLES, Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.limits.patience import Patience
from courtsync_web.limits.subjects import address_of
from courtsync_web.live.bus import Bus
from courtsync_web.settings import Settings
from courtsync_web.web.page import page

DONE = {
    "profile": "Saved.",
    "password": "Your password is changed, and your other devices are signed out.",
    "device": "That device is signed out.",
    "others": "You are signed out everywhere else.",
}
"""What a form did, by the word that its redirect carries."""


class Profile(Struct):
    """How others see me."""

    name: str = ""
    role: str = ""


class NewPassword(Struct):
    """The password form."""

    current: str = ""
    new: str = ""


class Device(Struct):
    """Which device to sign out."""

    device: str = ""


class Confirmation(Struct):
    """My password, once more."""

    password: str = ""


@get("/account", include_in_schema=False)
async def account_page(
    db: NamedDependency[Database],
    person: NamedDependency[Person],
    done: Annotated[str, QueryParameter(required=False)] = "",
) -> Template:
    """Who I am, where I am signed in, and what I can do about it."""
    return await shown(db, person, done=DONE.get(done))


@post("/account", status_code=303, include_in_schema=False)
async def change_profile(
    data: URLEncodedBody[Profile], db: NamedDependency[Database], person: NamedDependency[Person]
) -> Response[Any]:
    """A new name or role."""
    try:
        await actions.change_profile(db, person, display_name=data.name, role=data.role or None)
    except Problem as problem:
        return await shown(db, person, form="profile", problem=problem, name=data.name)
    return back("profile")


@post("/account/password", status_code=303, include_in_schema=False)
async def change_password(
    data: URLEncodedBody[NewPassword],
    request: AnyRequest,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
    patience: NamedDependency[Patience],
) -> Response[Any]:
    """A new password."""
    try:
        async with patience.trying(person.email or person.id, address_of(request.scope)):
            await actions.change_password(db, person, current=data.current, new=data.new)
    except Problem as problem:
        return await shown(db, person, form="password", problem=problem)
    return back("password")


@post("/account/sign-out-device", status_code=303, include_in_schema=False)
async def sign_out_device(
    data: URLEncodedBody[Device], db: NamedDependency[Database], person: NamedDependency[Person]
) -> Redirect:
    """Sign one device out; one that is signed out already is no error here."""
    try:
        await devices.sign_out_device(db, person, data.device, now=now_ms())
    except Problem:
        return back("")
    return back("device")


@post("/account/sign-out-others", status_code=303, include_in_schema=False)
async def sign_out_others(
    db: NamedDependency[Database], person: NamedDependency[Person]
) -> Redirect:
    """Sign out everywhere else."""
    await devices.sign_out_others(db, person, now=now_ms())
    return back("others")


@get("/account/erase", include_in_schema=False)
async def erase_page(db: NamedDependency[Database], person: NamedDependency[Person]) -> Template:
    """What erasing means, before it is done."""
    return await farewell(db, person)


@post("/account/erase", status_code=303, include_in_schema=False)
async def erase(
    data: URLEncodedBody[Confirmation],
    request: AnyRequest,
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
    patience: NamedDependency[Patience],
) -> Response[Any]:
    """Erase me, and show the home page as anybody sees it."""
    try:
        async with patience.trying(person.email or person.id, address_of(request.scope)):
            await leaving.erase(db, bus, person, data.password)
    except Problem as problem:
        return await farewell(db, person, problem)
    response = Redirect("/", status_code=303)
    clear_cookies(response, request, settings)
    return response


@get("/privacy", include_in_schema=False)
async def privacy_page(viewer: NamedDependency[Person | None]) -> Template:
    """What is kept about people, why, and for how long."""
    return page("accounts/privacy.html", viewer)


async def shown(
    db: Database,
    person: Person,
    *,
    done: str | None = None,
    form: str = "",
    problem: Problem | None = None,
    name: str | None = None,
) -> Template:
    """The account page; ``form`` is the one that was refused, with ``problem``."""
    now = now_ms()
    rows = [device_document(row, person) for row in await devices.devices_of(db, person, now)]
    return unstored(
        page(
            "accounts/account.html",
            person,
            status=problem.status if problem else 200,
            person=person,
            shown_name=person.display_name if name is None else name,
            devices=[(row, used_words(row.last_used_at, now)) for row in rows],
            roles_to_choose=CHOSEN_ROLES if person.role in CHOSEN_ROLES else (),
            done=done,
            form=form,
            refusal=problem.detail if problem and not problem.errors else None,
            wrong={one.pointer.removeprefix("/"): one.detail for one in problem.errors}
            if problem
            else {},
        ),
        problem,
    )


async def farewell(db: Database, person: Person, problem: Problem | None = None) -> Template:
    """The page that asks once more."""
    async with db.read() as session:
        owned = await events_owned(session, person.id)
    return unstored(
        page(
            "accounts/erase.html",
            person,
            status=problem.status if problem else 200,
            person=person,
            owned=owned,
            refusal=problem.detail if problem else None,
        ),
        problem,
    )


def unstored(template: Template, problem: Problem | None = None) -> Template:
    """What is private leaves no copy, also not for the back button of whoever comes next."""
    template.headers["Cache-Control"] = "no-store"
    template.headers.update(problem.headers if problem else {})
    return template


def back(done: str) -> Redirect:
    """To the account page, which says what was done."""
    return Redirect(f"/account?done={done}" if done else "/account", status_code=303)


routes = (
    account_page,
    change_profile,
    change_password,
    sign_out_device,
    sign_out_others,
    erase_page,
    erase,
    privacy_page,
)
