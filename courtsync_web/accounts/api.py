"""Accounts over JSON."""

from typing import Any, TypeVar

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from courtsync_web.accounts import actions, sessions
from courtsync_web.accounts.cookies import REFRESH_COOKIE, clear_cookies, set_cookies
from courtsync_web.accounts.documents import (
    Credentials,
    GuestEntry,
    Registration,
    SignedInDocument,
    Tokens,
    signed_in_document,
)
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.sessions import SignIn, refused
from courtsync_web.accounts.signed_in import bearer_token
from courtsync_web.accounts.tokens import Keys, TokenFault, session_of
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.limits.patience import Patience
from courtsync_web.limits.subjects import address_of
from courtsync_web.live.bus import Bus
from courtsync_web.settings import Settings
from courtsync_web.web.documented import also, problems
from courtsync_web.web.json_only import json_only

AnyRequest = Request[Any, Any, Any]
Body = TypeVar("Body")
LARGEST_BODY = 16 * 1024
"""Bytes; every body here is a handful of short fields."""


@post(
    "/api/auth/register",
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(400, 403, 409, 413, 415, 422, 503),
)
async def register(
    data: JSONBody[Registration],
    request: AnyRequest,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    viewer: NamedDependency[Person | None],
) -> Response[SignedInDocument]:
    """Make an account and sign in. A guest who registers keeps what they did."""
    sign_in = await actions.register(
        db,
        keys,
        email=data.email,
        password=data.password,
        display_name=data.display_name,
        role=data.role,
        viewer=viewer,
        device=device_of(request),
    )
    return welcomed(signed_in_document(sign_in), sign_in, request, settings, status=201)


@post(
    "/api/auth/login", status_code=200, guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(400, 401, 413, 415, 503),
)  # fmt: skip
async def login(
    data: JSONBody[Credentials],
    request: AnyRequest,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    patience: NamedDependency[Patience],
    bus: NamedDependency[Bus],
    viewer: NamedDependency[Person | None],
) -> Response[SignedInDocument]:
    """Sign in with an account. A guest's scores and claims become the account's."""
    async with patience.trying(data.email, address_of(request.scope)):
        sign_in = await actions.sign_in(
            db,
            keys,
            bus,
            email=data.email,
            password=data.password,
            device=device_of(request),
            viewer=viewer,
        )
    return welcomed(signed_in_document(sign_in), sign_in, request, settings, status=200)


@post(
    "/api/auth/guest",
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(400, 413, 415, 422),
)
async def guest(
    request: AnyRequest,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    data: JSONBody[GuestEntry | None] = None,
) -> Response[SignedInDocument]:
    """Go on as a guest: a spectator without an account."""
    sign_in = await actions.sign_in_guest(
        db, keys, display_name=data.display_name if data else None, device=device_of(request)
    )
    return welcomed(signed_in_document(sign_in), sign_in, request, settings, status=201)


@post(
    "/api/auth/refresh",
    status_code=200,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(401, 413, 415),
)
async def refresh(
    request: AnyRequest,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
) -> Response[Tokens]:
    """The next pair of tokens, for the refresh token as bearer or cookie.

    The former refresh token stays good until its successor is first used; after that, using
    it again signs the device out (`token-reused`).
    """
    presented = bearer_token(request) or request.cookies.get(REFRESH_COOKIE)
    if not presented:
        raise refused(TokenFault.MISSING)
    sign_in = await sessions.refresh(db, keys, presented, now=now_ms())
    return welcomed(Tokens(sign_in.token, sign_in.refresh_token), sign_in, request, settings, 200)


@post(
    "/api/auth/logout",
    status_code=204,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=also(204, None, "Signed out.") | problems(415),
)
async def logout(
    request: AnyRequest,
    db: NamedDependency[Database],
    settings: NamedDependency[Settings],
    viewer: NamedDependency[Person | None],
) -> Response[None]:
    """Sign this device out. Signing out twice is no error."""
    await leave(request, db, viewer)
    response = Response(None, status_code=204)
    clear_cookies(response, request, settings)
    return response


async def leave(request: AnyRequest, db: Database, viewer: Person | None) -> None:
    """End this device's session, also when only its refresh cookie is still good."""
    session_id = (
        viewer.session_id if viewer else session_of(request.cookies.get(REFRESH_COOKIE, ""))
    )
    if session_id:
        await sessions.end_session(db, session_id, now=now_ms())


def device_of(request: AnyRequest) -> str:
    """What the browser calls itself."""
    return request.headers.get("user-agent", "").replace("\0", "")


def welcomed(
    body: Body, sign_in: SignIn, request: AnyRequest, settings: Settings, status: int
) -> Response[Body]:
    """The answer that signs a device in; no cache may keep it."""
    response = Response(body, status_code=status, headers={"Cache-Control": "no-store"})
    set_cookies(response, sign_in, request, settings)
    return response


routes = (register, login, guest, refresh, logout)
