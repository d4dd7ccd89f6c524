"""About myself, over JSON: profile, password, devices, everything held, and going."""

from typing import Annotated, Any

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter

from courtsync_web.accounts import actions, devices, leaving
from courtsync_web.accounts.api import LARGEST_BODY, AnyRequest
from courtsync_web.accounts.belongings import everything_about
from courtsync_web.accounts.cookies import clear_cookies
from courtsync_web.accounts.documents import (
    DeviceList,
    Farewell,
    PasswordChange,
    PersonDocument,
    ProfileChange,
    device_document,
    person_document,
)
from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.signed_in import bearer_token
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.limits.patience import Patience
from courtsync_web.limits.subjects import address_of
from courtsync_web.live.bus import Bus
from courtsync_web.settings import Settings
from courtsync_web.web.documented import also, problems
from courtsync_web.web.json_only import json_only

NO_STORE = {"Cache-Control": "no-store"}


@get("/api/me", responses=problems(401))
async def me(person: NamedDependency[Person]) -> Response[PersonDocument]:
    """Who I am."""
    return Response(person_document(person), headers=NO_STORE)


@patch(
    "/api/me",
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(400, 401, 403, 413, 415, 422),
)
async def change_me(
    data: JSONBody[ProfileChange], db: NamedDependency[Database], person: NamedDependency[Person]
) -> PersonDocument:
    """Change my display name, my role, or as whom I look at the app."""
    changed = await actions.change_profile(
        db,
        person,
        display_name=data.display_name or None,
        role=data.role or None,
        persona=data.persona or None,
    )
    return person_document(changed)


@post(
    "/api/me/password",
    status_code=204,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=also(204, None, "Changed; my other devices are signed out.")
    | problems(400, 401, 403, 413, 415, 422, 503),
)
async def change_password(
    data: JSONBody[PasswordChange],
    request: AnyRequest,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
    patience: NamedDependency[Patience],
) -> None:
    """Change my password. All my other devices are signed out."""
    async with patience.trying(person.email or person.id, address_of(request.scope)):
        await actions.change_password(db, person, current=data.current, new=data.new)


@get("/api/me/devices", responses=problems(401))
async def my_devices(
    db: NamedDependency[Database], person: NamedDependency[Person]
) -> Response[DeviceList]:
    """Where I am signed in, with the last use of each."""
    rows = await devices.devices_of(db, person, now_ms())
    return Response(DeviceList([device_document(row, person) for row in rows]), headers=NO_STORE)


@delete(
    "/api/me/devices",
    guards=[json_only],
    responses=also(204, None, "Only this device is signed in.") | problems(401, 415),
)
async def sign_out_others(db: NamedDependency[Database], person: NamedDependency[Person]) -> None:
    """Sign me out everywhere else."""
    await devices.sign_out_others(db, person, now=now_ms())


@delete(
    "/api/me/devices/{device_id:str}",
    guards=[json_only],
    responses=also(204, None, "That device is signed out.") | problems(400, 401, 404, 415),
)
async def sign_out_device(
    device_id: Annotated[str, PathParameter(pattern="^[0-9a-f]{32}$")],
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Sign one of my devices out."""
    await devices.sign_out_device(db, person, device_id, now=now_ms())


@get(
    "/api/me/export",
    responses=also(200, dict[str, Any], "Everything held about me.") | problems(401),
)
async def export_me(
    db: NamedDependency[Database], person: NamedDependency[Person]
) -> Response[dict[str, Any]]:
    """Everything that is held about me, as one JSON document.

    Only what would let somebody in (hashes of passwords and tokens) is left out.
    """
    async with db.read() as session:
        user = await session.get_one(User, person.id)
        held = await everything_about(session, user)
    named = {"Content-Disposition": 'attachment; filename="courtsync-my-data.json"'}
    return Response({"exportedAt": now_ms(), **held}, headers=NO_STORE | named)


@delete(
    "/api/me",
    status_code=204,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=also(204, None, "Erased.") | problems(400, 401, 409, 413, 415, 503),
)
async def erase_me(
    request: AnyRequest,
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
    patience: NamedDependency[Patience],
    data: JSONBody[Farewell | None] = None,
) -> Response[None]:
    """Erase me. What I scored stays, without my name.

    A page confirms it with the account's password; a program shows its token. As long as I am
    the organizer of events, I am not erased (409 `owns-events`, which names them).
    """
    password = data.password if data else None
    if password is None and bearer_token(request) is None:
        password = ""  # a phone left on the table has the cookie: who holds it must know more
    async with patience.trying(person.email or person.id, address_of(request.scope)):
        await leaving.erase(db, bus, person, password)
    response = Response(None, status_code=204)
    clear_cookies(response, request, settings)
    return response


routes = (
    me,
    change_me,
    change_password,
    my_devices,
    sign_out_others,
    sign_out_device,
    export_me,
    erase_me,
)
