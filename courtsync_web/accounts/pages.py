"""Signing in and out on pages: plain forms that need no script."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter, URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct

from courtsync_web.accounts import actions
from courtsync_web.accounts.api import device_of, leave
from courtsync_web.accounts.cookies import clear_cookies, set_cookies
from courtsync_web.accounts.people import CHOSEN_ROLES, Person
from courtsync_web.accounts.sessions import SignIn
from courtsync_web.accounts.tokens import Keys
from courtsync_web.accounts.way_back import safe_path
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.limits.patience import Patience
from courtsync_web.limits.subjects import address_of
from courtsync_web.live.bus import Bus
from courtsync_web.settings import Settings
from courtsync_web.web.page import page

AnyRequest = Request[Any, Any, Any]


class Filled(Struct):
    """What the page's forms hold together; each of the three sends its part."""

    email: str = ""
    password: str = ""
    name: str = ""
    role: str = CHOSEN_ROLES[0]
    next: str = "/"


Form = URLEncodedBody[Filled]


@get("/sign-in", include_in_schema=False)
async def sign_in_page(
    viewer: NamedDependency[Person | None],
    wanted: Annotated[str, QueryParameter(name="next")] = "/",
) -> Template:
    """Sign in, go on as a guest, or make an account: one page."""
    return form_page(viewer, "sign-in", Filled(next=wanted))


@post("/sign-in", status_code=303, include_in_schema=False)
async def sign_in(
    data: Form,
    request: AnyRequest,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    viewer: NamedDependency[Person | None],
    patience: NamedDependency[Patience],
    bus: NamedDependency[Bus],
) -> Response[Any]:
    """Sign in by password and go on to where one wanted to go."""
    try:
        async with patience.trying(data.email, address_of(request.scope)):
            signed_in = await actions.sign_in(
                db,
                keys,
                bus,
                email=data.email,
                password=data.password,
                device=device_of(request),
                viewer=viewer,
            )
    except Problem as problem:
        return form_page(viewer, "sign-in", data, problem)
    return onward(signed_in, data, request, settings)


@post("/sign-in/account", status_code=303, include_in_schema=False)
async def make_account(
    data: Form,
    request: AnyRequest,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    viewer: NamedDependency[Person | None],
) -> Response[Any]:
    """Make an account; a guest keeps what they did."""
    try:
        signed_in = await actions.register(
            db,
            keys,
            email=data.email,
            password=data.password,
            display_name=data.name.strip() or None,
            role=data.role,
            viewer=viewer,
            device=device_of(request),
        )
    except Problem as problem:
        return form_page(viewer, "account", data, problem)
    return onward(signed_in, data, request, settings)


@post("/sign-in/guest", status_code=303, include_in_schema=False)
async def go_on_as_guest(
    data: Form,
    request: AnyRequest,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    viewer: NamedDependency[Person | None],
) -> Response[Any]:
    """Go on with nothing but a name."""
    try:
        signed_in = await actions.sign_in_guest(
            db, keys, display_name=data.name.strip() or None, device=device_of(request)
        )
    except Problem as problem:
        return form_page(viewer, "guest", data, problem)
    return onward(signed_in, data, request, settings)


@post("/sign-out", status_code=303, include_in_schema=False)
async def sign_out(
    request: AnyRequest,
    db: NamedDependency[Database],
    settings: NamedDependency[Settings],
    viewer: NamedDependency[Person | None],
) -> Redirect:
    """Sign this device out."""
    await leave(request, db, viewer)
    response = Redirect("/", status_code=303)
    clear_cookies(response, request, settings)
    return response


def form_page(
    viewer: Person | None, form: str, filled: Filled, problem: Problem | None = None
) -> Template:
    """The page, with what was typed (never the password) and what was wrong with it.

    ``form`` is the one that was sent: ``sign-in``, ``account`` or ``guest``.
    """
    wrong = (
        {error.pointer.removeprefix("/"): error.detail for error in problem.errors}
        if problem
        else {}
    )
    shown = page(
        "accounts/sign_in.html",
        viewer,
        status=problem.status if problem else 200,
        form=form,
        filled=filled,
        next_path=safe_path(filled.next),
        refusal=problem.detail if problem and not wrong else None,
        wrong=wrong,
    )
    if problem:
        shown.headers.update(problem.headers)
    return shown


def onward(signed_in: SignIn, filled: Filled, request: AnyRequest, settings: Settings) -> Redirect:
    """Signed in: on to the page one came for."""
    response = Redirect(safe_path(filled.next), status_code=303)
    set_cookies(response, signed_in, request, settings)
    return response


routes = (sign_in_page, sign_in, make_account, go_on_as_guest, sign_out)
