"""For the camera's pictures: the page that names them, on the device they lie on."""

from typing import Any

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from courtsync_web.accounts.people import Person
from courtsync_web.coverage.pages import own_plan
from courtsync_web.db import Database
from courtsync_web.events.cards import Card
from courtsync_web.events.names import Names, names_of
from courtsync_web.events.queries import event_for
from courtsync_web.sharing.entries import DONE
from courtsync_web.sharing.pictures import moment_of
from courtsync_web.sharing.planned import cards_of
from courtsync_web.web.page import page
from courtsync_web.web.params import EventId

BEGUN = DONE | {"live"}


@get("/events/{event_id:str}/coverage/photos", include_in_schema=False)
async def photos_page(
    request: Request[Any, Any, Any],
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Template:
    """The matches of my plan that have begun, for pictures to be matched with."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        plan = await own_plan(session, request, event.id, viewer)
        names, moment = await names_of(session, event.id), moment_of(request, event)
        cards = await cards_of(session, event, plan.planned, names, moment)
    begun = [card for card in cards if is_begun(card, moment.now)]
    told = msgspec.json.encode([told_of(card, names) for card in begun]).decode()
    return page(
        "sharing/photos.html",
        viewer,
        event=event,
        planned=len(cards),
        begun=begun,
        facts=told.replace("<", "\\u003c"),
        now=moment.now,
    )


def is_begun(card: Card, now: int) -> bool:
    """Being played or over; or past its time, though nobody keeps its score."""
    return card.status in BEGUN or (card.starts_at is not None and card.starts_at <= now)


def told_of(card: Card, names: Names) -> dict[str, Any]:
    """What the script knows of a match (``static/js/photos/page.js``)."""
    return {
        "id": card.match_id,
        "court": (names.courts.get(card.court_id or 0) or ("",))[0],
        "division": card.division,
        "one": card.one.name,
        "two": card.two.name,
        "start": card.starts_at,
        "end": card.ends_at,
        "status": "over" if card.status in DONE else card.status,
    }


routes = (photos_page,)
