"""Push over JSON: our key, my devices, what I want to hear, and a test."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from courtsync_web.accounts.api import device_of
from courtsync_web.accounts.devices import device_words
from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.push import preferences, subscriptions
from courtsync_web.push.documents import (
    ActivationIn,
    BellDocument,
    EndpointIn,
    Preferences,
    PreferencesIn,
    PushKey,
    SubscriptionDocument,
    SubscriptionIn,
    SubscriptionList,
    TestDocument,
)
from courtsync_web.push.models import PushSubscription
from courtsync_web.push.pushing import Pushing
from courtsync_web.web.documented import also, problems
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId, MatchId, TeamId

AnyRequest = Request[Any, Any, Any]
LARGEST_BODY = 16 * 1024
PREFERENCES_BODY = 256 * 1024
SUBSCRIPTIONS = "/api/push/subscriptions"
TEAM_BELL = "/api/push/bells/{event_id:str}/teams/{team_id:int}"
MATCH_BELL = "/api/push/bells/{event_id:str}/matches/{match_id:int}"
NO_STORE = {"Cache-Control": "no-store"}


@get("/api/push/key", responses=problems())
async def push_key(pushing: NamedDependency[Pushing]) -> Response[PushKey]:
    """The public key that a browser subscribes with (VAPID, uncompressed point in base64url)."""
    return Response(PushKey(pushing.vapid.public_key), headers={"Cache-Control": "no-cache"})


@get(SUBSCRIPTIONS, responses=problems(401))
async def my_subscriptions(
    db: NamedDependency[Database], person: NamedDependency[Person]
) -> Response[SubscriptionList]:
    """My devices that may be pushed to."""
    async with db.read() as session:
        rows = await subscriptions.subscriptions_of(session, person.id)
    return Response(SubscriptionList([described(row, person) for row in rows]), headers=NO_STORE)


@post(
    SUBSCRIPTIONS,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=also(200, SubscriptionDocument, "Known already.")
    | problems(400, 401, 409, 410, 413, 415, 422),
)
async def subscribe(
    data: JSONBody[SubscriptionIn],
    request: AnyRequest,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
    pushing: NamedDependency[Pushing],
) -> Response[SubscriptionDocument]:
    """Let this browser be pushed to. Guests may too.

    It stays inactive until it answers `/activate` with the token of the first push
    (`{kind: "activate", token, title, body}`). A browser that offers itself again without
    anybody's tap says `renew`, and with a new endpoint which one it `replaces`; once its owner
    has removed it, 410 `removed` is the answer until somebody turns it on there.
    """
    row, is_new = await subscriptions.subscribe(
        db,
        pushing.services,
        person,
        data,
        key_id=pushing.vapid.key_id,
        device=device_of(request),
    )
    return Response(described(row, person), status_code=201 if is_new else 200, headers=NO_STORE)


@delete(
    SUBSCRIPTIONS,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=also(204, None, "This browser is pushed to no longer, or never was.")
    | problems(400, 401, 413, 415),
)
async def unsubscribe(
    data: JSONBody[EndpointIn],
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Push to one of my browsers no longer."""
    await subscriptions.unsubscribe(db, person, endpoint=data.endpoint)


@post(
    SUBSCRIPTIONS + "/activate",
    status_code=204,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=also(204, None, "Active.") | problems(400, 401, 404, 413, 415),
)
async def activate(
    data: JSONBody[ActivationIn],
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Bring back the token that came by push."""
    await subscriptions.activate(db, person, data.token)


@post(
    "/api/push/test",
    status_code=202,
    guards=[json_only],
    responses=problems(401, 409, 415),
)
async def push_test(
    db: NamedDependency[Database], person: NamedDependency[Person]
) -> Response[TestDocument]:
    """Send myself a test, to all my active devices."""
    devices, delivered_at = await subscriptions.send_test(db, person)
    return Response(TestDocument(devices, delivered_at), status_code=202, headers=NO_STORE)


@get("/api/push/preferences", responses=problems(401))
async def my_preferences(
    db: NamedDependency[Database], person: NamedDependency[Person]
) -> Response[Preferences]:
    """What I want to hear, how early, and when not."""
    async with db.read() as session:
        chosen = await preferences.preferences_of(session, person.id)
    return Response(chosen, headers=NO_STORE)


@put(
    "/api/push/preferences",
    guards=[json_only],
    request_max_body_size=PREFERENCES_BODY,
    responses=problems(400, 401, 404, 413, 415, 422),
)
async def change_preferences(
    data: JSONBody[PreferencesIn],
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Response[Preferences]:
    """Change what I want to hear. What is left out stays; a list that is given replaces mine."""
    return Response(await preferences.change_preferences(db, person, data), headers=NO_STORE)


@get(TEAM_BELL, responses=problems(400, 401, 404))
async def team_bell(
    event_id: EventId,
    team_id: TeamId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Response[BellDocument]:
    """Whether I am told about a team."""
    async with db.read() as session:
        on = await preferences.team_bell(session, person, event_id, team_id)
        muted = await preferences.is_muted(session, person, event_id)
    return Response(BellDocument(on, muted), headers=NO_STORE)


@put(TEAM_BELL, status_code=204, responses=problems(400, 401, 404))
async def ring_team(
    event_id: EventId,
    team_id: TeamId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Tell me about a team, and follow it."""
    await preferences.ring_team(db, person, event_id, team_id, on=True)


@delete(TEAM_BELL, responses=problems(400, 401, 404))
async def still_team(
    event_id: EventId,
    team_id: TeamId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Tell me nothing about a team; I may follow it all the same."""
    await preferences.ring_team(db, person, event_id, team_id, on=False)


@get(MATCH_BELL, responses=problems(400, 401, 404))
async def match_bell(
    event_id: EventId,
    match_id: MatchId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Response[BellDocument]:
    """Whether I am told about a match for its own sake."""
    async with db.read() as session:
        on = await preferences.match_bell(session, person, event_id, match_id)
        muted = await preferences.is_muted(session, person, event_id)
    return Response(BellDocument(on, muted), headers=NO_STORE)


@put(MATCH_BELL, status_code=204, responses=problems(400, 401, 404))
async def ring_match(
    event_id: EventId,
    match_id: MatchId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Tell me about one match, whoever plays it."""
    await preferences.ring_match(db, person, event_id, match_id, on=True)


@delete(MATCH_BELL, responses=problems(400, 401, 404))
async def still_match(
    event_id: EventId,
    match_id: MatchId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Ring the bell of a match no longer."""
    await preferences.ring_match(db, person, event_id, match_id, on=False)


def described(row: PushSubscription, person: Person) -> SubscriptionDocument:
    """A subscription as its owner is shown it: without its endpoint and keys."""
    return SubscriptionDocument(
        id=row.id,
        device=device_words(row.device),
        service=urlsplit(row.endpoint).hostname or "",
        active=row.active_at is not None,
        created_at=row.created_at,
        last_delivered_at=row.delivered_at,
        current=row.session_id is not None and row.session_id == person.session_id,
    )


routes = (
    push_key,
    my_subscriptions,
    subscribe,
    unsubscribe,
    activate,
    push_test,
    my_preferences,
    change_preferences,
    team_bell,
    ring_team,
    still_team,
    match_bell,
    ring_match,
    still_match,
)
