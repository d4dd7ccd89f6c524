"""The first page: find an event, see what is running, try the demo; and the settings."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct

from courtsync_web.accounts.people import PERSONAS, Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.found import LONGEST_QUERY, find, running_now
from courtsync_web.web.page import fragment, page

AnyRequest = Request[Any, Any, Any]
THEMES = ("dark", "light", "contrast", "colour-blind")
TEXT_SIZES = ("large", "largest")
A_YEAR = 31_536_000


class Looks(Struct):
    """How this device wants its pages; empty: as the device has it."""

    theme: str = ""
    text: str = ""
    persona: str = ""


@get("/", include_in_schema=False)
async def home(
    request: AnyRequest,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Response[Any]:
    """One field that takes a name, an address, an AES link or an id; and what is running."""
    text = asked(request)
    async with db.read() as session:
        found = await find(session, viewer, text, now_ms()) if text else None
        if found and found.exact:
            return Redirect(f"/events/{found.exact}", status_code=303)
        listing = await running_now(session, viewer, now_ms())
    return page("web/home.html", viewer, text=text, found=found, listing=listing, now=now_ms())


@get("/f/find", include_in_schema=False)
async def found_fragment(
    request: AnyRequest,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Template:
    """What a text finds, while it is being typed."""
    text = asked(request)
    async with db.read() as session:
        found = await find(session, viewer, text, now_ms()) if text else None
    return fragment("web/found.html", viewer, text=text, found=found)


@get("/settings", include_in_schema=False)
async def settings_page(viewer: NamedDependency[Person | None]) -> Template:
    """How the pages look on this device."""
    return page("web/settings.html", viewer)


@post("/settings", status_code=303, include_in_schema=False)
async def keep_settings(data: URLEncodedBody[Looks]) -> Redirect:
    """The same without scripts: three cookies, kept for a year."""
    back = Redirect("/settings", status_code=303)
    for name, value, known in (
        ("theme", data.theme, THEMES),
        ("text", data.text, TEXT_SIZES),
        ("persona", data.persona, PERSONAS),
    ):
        kept = value if value in known else ""
        back.set_cookie(name, kept, max_age=A_YEAR if kept else 0, path="/", samesite="lax")
    return back


def asked(request: AnyRequest) -> str:
    """The text of the one field, without what no name or address holds."""
    text = request.query_params.get("q", "")
    return " ".join(text.replace("\0", "").split())[:LONGEST_QUERY]


routes = [home, found_fragment, settings_page, keep_settings]
