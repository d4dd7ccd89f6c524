"""A forgotten password, as pages."""

from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter, URLEncodedBody
from litestar.response import Template
from msgspec import Struct

from courtsync_web.accounts.people import Person
from courtsync_web.accounts.recovery import Recovery, is_good, reset_password
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.web.page import page

SECRETIVE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
"""The page's address is the key: no copy of it, and no word of it to the next page."""


class Forgotten(Struct):
    """Whose password."""

    email: str = ""


class Chosen(Struct):
    """The new password, and the link's secret."""

    token: str = ""
    password: str = ""


@get("/forgot", include_in_schema=False)
async def forgot_page(
    viewer: NamedDependency[Person | None], recovery: NamedDependency[Recovery]
) -> Template:
    """Ask for a link."""
    return page("accounts/forgot.html", viewer, asked=None, by_letter=recovery.by_letter)


@post("/forgot", status_code=200, include_in_schema=False)
async def forgot(
    data: URLEncodedBody[Forgotten],
    viewer: NamedDependency[Person | None],
    recovery: NamedDependency[Recovery],
) -> Template:
    """The same words for every address."""
    recovery.ask(data.email)
    asked = data.email.strip()[:254]
    return page("accounts/forgot.html", viewer, asked=asked, by_letter=recovery.by_letter)


@get("/reset", include_in_schema=False)
async def reset_page(
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    token: Annotated[str, QueryParameter(required=False)] = "",
) -> Template:
    """Choose a new password. Opening the link uses nothing up: mail programs look at links."""
    return form_page(viewer, token, good=await is_good(db, token))


@post("/reset", status_code=200, include_in_schema=False)
async def reset(
    data: URLEncodedBody[Chosen],
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Template:
    """Set it. Whoever holds the link does not get in by it: they sign in with the password."""
    try:
        await reset_password(db, data.token, data.password)
    except Problem as problem:
        return form_page(viewer, data.token, good=problem.status != 403, problem=problem)
    return form_page(viewer, "", good=True, done=True)


def form_page(
    viewer: Person | None,
    token: str,
    *,
    good: bool,
    done: bool = False,
    problem: Problem | None = None,
) -> Template:
    """The page; ``good`` tells whether the link may still be used."""
    template = page(
        "accounts/reset.html",
        viewer,
        status=problem.status if problem else 200,
        token=token,
        good=good,
        done=done,
        wrong=problem.errors[0].detail if problem and problem.errors else None,
        refusal=problem.detail if problem and good and not problem.errors else None,
    )
    template.headers.update(SECRETIVE | (problem.headers if problem else {}))
    return template


routes = (forgot_page, forgot, reset_page, reset)
