"""Every route in one table: who may, what caches may do, how often.

tests/test_routes.py holds it against the application: a route that is missing here, or whose
answers say otherwise, fails the build. Counting (``limits/turnstile.py``) and the answers'
default ``Cache-Control`` follow it.
"""

from dataclasses import dataclass
from enum import Enum

from courtsync_web.limits import rates
from courtsync_web.limits.rates import LimitClass


class Who(Enum):
    """Who gets an answer that is no refusal. Who is not among them: 401, 403, or 404 where
    already the existence is nobody's business."""

    ANYONE = "anyone"
    VIEWER = "anyone who may see the event"
    SIGNED_IN = "anyone signed in, guests too"
    ACCOUNT = "anyone with an account"
    SCORER = "whoever holds the match's claim"
    CLAIMANT = "anyone signed in whom the event's scoring policy lets score"
    HOLDER = "the claim's holder, or the event's organizer"
    HOLDER_OR_ASKER = "the claim's holder, or whoever asks to take over"
    SETTLER = "the event's organizer, and the match's scorer for updates of their own"
    ORGANIZER = "people with the role organizer"
    OWNER = "the event's organizer"
    SUBSCRIBER = "whose browser was just pushed the token"
    CREW = "who is in a crew of the event"
    OWNER_OR_SELF = "the event's organizer, and the member it is about"


class Cache(Enum):
    """What caches, the browser's among them, may do with an answer; the value is the header."""

    NEVER = "no-store"
    ASK = "private, no-cache"
    """Kept on the device, asked about each time; JSON has an ETag."""
    SHARED = "no-cache"
    """The same for everybody, asked about each time."""
    HOUR = "max-age=3600"
    CDN = "public, s-maxage=1, stale-while-revalidate=5"
    """For caches that stand before the server and serve everybody."""
    IMMUTABLE = "max-age=315360000, public, immutable"
    """Named by content."""


@dataclass(frozen=True, slots=True)
class Line:
    """One route. ``limit`` none: not counted."""

    method: str
    path: str
    who: Who
    cache: Cache
    limit: LimitClass | None


ME = "/api/me"
EVENT = "/api/events/{event_id}"
MATCH_PAGE = "/events/{event_id}/matches/{match_id}"
SCORES = EVENT + "/scores"
CLAIM = EVENT + "/claims/{match_id}"
CONFLICTS = EVENT + "/conflicts"
FOLLOWS = ME + "/follows"
PLANS = EVENT + "/coverage-plans"
CREW = EVENT + "/crew"
SHARED_LINKS = EVENT + "/shared-links"
COURT_CODES = EVENT + "/court-codes"
NOTIFICATIONS = "/settings/notifications"
BELLS = "/api/push/bells/{event_id}"
SUBSCRIPTIONS = "/api/push/subscriptions"
ORGANIZE = "/events/{event_id}/organize"

TABLE = (
    # accounts
    Line("POST", "/api/auth/register", Who.ANYONE, Cache.NEVER, rates.REGISTER),
    Line("POST", "/api/auth/login", Who.ANYONE, Cache.NEVER, rates.SIGN_IN),
    Line("POST", "/api/auth/guest", Who.ANYONE, Cache.NEVER, rates.GUEST),
    Line("POST", "/api/auth/refresh", Who.ANYONE, Cache.NEVER, rates.REFRESH),
    Line("POST", "/api/auth/logout", Who.ANYONE, Cache.NEVER, rates.SIGN_OUT),
    Line("GET", ME, Who.SIGNED_IN, Cache.NEVER, rates.MYSELF),
    Line("PATCH", ME, Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("DELETE", ME, Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("POST", ME + "/password", Who.ACCOUNT, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("GET", ME + "/devices", Who.SIGNED_IN, Cache.NEVER, rates.MYSELF),
    Line("DELETE", ME + "/devices", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("DELETE", ME + "/devices/{device_id}", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("GET", ME + "/export", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("POST", "/api/auth/forgot", Who.ANYONE, Cache.NEVER, rates.FORGOT),
    Line("POST", "/api/auth/reset", Who.ANYONE, Cache.NEVER, rates.SIGN_IN),
    # events and schedule
    Line("GET", "/api/events", Who.ANYONE, Cache.ASK, rates.READ),
    Line("POST", "/api/events", Who.ORGANIZER, Cache.NEVER, rates.ORGANIZE),
    Line("GET", EVENT, Who.VIEWER, Cache.ASK, rates.READ),
    Line("PUT", EVENT + "/schedule", Who.OWNER, Cache.NEVER, rates.ORGANIZE),
    Line("GET", EVENT + "/matches", Who.VIEWER, Cache.ASK, rates.READ),
    Line("GET", EVENT + "/teams", Who.VIEWER, Cache.ASK, rates.READ),
    Line("GET", EVENT + "/standings", Who.VIEWER, Cache.ASK, rates.READ),
    Line("GET", EVENT + "/export", Who.VIEWER, Cache.ASK, rates.EXPORT),
    # scores, claims, conflicts, live
    Line("POST", SCORES, Who.SCORER, Cache.NEVER, rates.POST_SCORE),
    Line("GET", SCORES, Who.VIEWER, Cache.ASK, rates.SCORES),
    Line("GET", SCORES + "/{match_id}", Who.VIEWER, Cache.ASK, rates.SCORE),
    Line("GET", SCORES + "/{match_id}/history", Who.VIEWER, Cache.ASK, rates.HISTORY),
    Line("GET", EVENT + "/claims", Who.VIEWER, Cache.ASK, rates.CLAIMS),
    Line("GET", CLAIM, Who.VIEWER, Cache.ASK, rates.CLAIM),
    Line("POST", CLAIM, Who.CLAIMANT, Cache.NEVER, rates.POST_CLAIM),
    Line("DELETE", CLAIM, Who.HOLDER, Cache.NEVER, rates.DELETE_CLAIM),
    Line("POST", CLAIM + "/takeover", Who.CLAIMANT, Cache.NEVER, rates.TAKEOVER),
    Line("DELETE", CLAIM + "/takeover", Who.HOLDER_OR_ASKER, Cache.NEVER,
         rates.REFUSE_TAKEOVER),
    Line("GET", CONFLICTS, Who.SIGNED_IN, Cache.ASK, rates.CONFLICTS),
    Line("POST", CONFLICTS + "/{conflict_id}/restore", Who.SETTLER, Cache.NEVER, rates.RESTORE),
    Line("POST", CONFLICTS + "/{conflict_id}/set-aside", Who.SETTLER, Cache.NEVER, rates.RESTORE),
    Line("POST", "/api/sync", Who.SIGNED_IN, Cache.NEVER, rates.SYNC),
    Line("GET", EVENT + "/stream", Who.VIEWER, Cache.NEVER, rates.STREAM),
    # teams followed, matches planned
    Line("GET", FOLLOWS, Who.SIGNED_IN, Cache.ASK, rates.FOLLOWS),
    Line("PUT", FOLLOWS + "/{event_id}/{team_id}", Who.SIGNED_IN, Cache.NEVER, rates.FOLLOW),
    Line("DELETE", FOLLOWS + "/{event_id}/{team_id}", Who.SIGNED_IN, Cache.NEVER, rates.FOLLOW),
    Line("GET", PLANS, Who.SIGNED_IN, Cache.ASK, rates.PLAN),
    Line("PUT", PLANS, Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PLAN),
    Line("DELETE", PLANS, Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PLAN),
    Line("POST", PLANS + "/proposal", Who.VIEWER, Cache.NEVER, rates.PROPOSAL),
    Line("GET", CREW, Who.SIGNED_IN, Cache.NEVER, rates.PLAN),
    Line("POST", CREW, Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_CREW),
    Line("DELETE", CREW, Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_CREW),
    Line("POST", CREW + "/join", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_CREW),
    Line("POST", CREW + "/link", Who.CREW, Cache.NEVER, rates.CHANGE_CREW),
    Line("DELETE", CREW + "/link", Who.CREW, Cache.NEVER, rates.CHANGE_CREW),
    Line("PUT", CREW + "/matches/{match_id}", Who.CREW, Cache.NEVER, rates.CHANGE_PLAN),
    Line("DELETE", CREW + "/matches/{match_id}", Who.CREW, Cache.NEVER, rates.CHANGE_PLAN),
    Line("GET", PLANS + "/export", Who.SIGNED_IN, Cache.ASK, rates.EXPORT),
    # calendars and links that were given out
    Line("GET", SHARED_LINKS, Who.SIGNED_IN, Cache.NEVER, rates.SHARED_LINK),
    Line("PUT", SHARED_LINKS + "/{kind}", Who.SIGNED_IN, Cache.NEVER, rates.SHARED_LINK),
    Line("DELETE", SHARED_LINKS + "/{kind}", Who.SIGNED_IN, Cache.NEVER, rates.SHARED_LINK),
    Line("GET", "/events/{event_id}/calendar.ics", Who.VIEWER, Cache.ASK, rates.CALENDAR),
    Line("GET", "/events/{event_id}/teams/{team_id}/calendar.ics", Who.VIEWER, Cache.ASK,
         rates.CALENDAR),
    Line("GET", "/cal/{file}", Who.ANYONE, Cache.ASK, rates.CALENDAR),
    Line("GET", "/p/{code}", Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("GET", "/f/p/{code}", Who.ANYONE, Cache.NEVER, rates.PAGE),
    Line("GET", "/p/{code}/card.png", Who.ANYONE, Cache.ASK, rates.PICTURE),
    Line("GET", "/events/{event_id}/card.png", Who.VIEWER, Cache.ASK, rates.PICTURE),
    Line("GET", MATCH_PAGE + "/card.png", Who.VIEWER, Cache.ASK, rates.PICTURE),
    Line("GET", "/events/{event_id}/teams/{team_id}/card.png", Who.VIEWER, Cache.ASK,
         rates.PICTURE),
    Line("GET", "/events/{event_id}/coverage/photos", Who.VIEWER, Cache.ASK, rates.PAGE),
    Line("GET", "/events/{event_id}/coverage/sheet", Who.VIEWER, Cache.ASK, rates.PAGE),
    Line("WEBSOCKET", EVENT + "/ws", Who.VIEWER, Cache.NEVER, rates.STREAM),
    Line("GET", "/api/stream", Who.VIEWER, Cache.NEVER, rates.STREAM),
    Line("GET", "/live/{file}", Who.ANYONE, Cache.CDN, rates.PAGE),
    # organizing
    Line("PATCH", EVENT, Who.OWNER, Cache.ASK, rates.ORGANIZE),
    Line("GET", EVENT + "/members", Who.OWNER, Cache.NEVER, rates.READ),
    Line("POST", EVENT + "/members", Who.OWNER, Cache.NEVER, rates.ORGANIZE),
    Line("DELETE", EVENT + "/members/{user_id}", Who.OWNER_OR_SELF, Cache.NEVER, rates.ORGANIZE),
    Line("DELETE", EVENT + "/invitations/{invitation_id}", Who.OWNER, Cache.NEVER, rates.ORGANIZE),
    Line("POST", "/api/invitations/accept", Who.ACCOUNT, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("GET", COURT_CODES, Who.OWNER, Cache.NEVER, rates.READ),
    Line("POST", COURT_CODES, Who.OWNER, Cache.NEVER, rates.ORGANIZE),
    Line("DELETE", COURT_CODES + "/{code_id}", Who.OWNER, Cache.NEVER, rates.ORGANIZE),
    Line("POST", "/api/auth/court-code", Who.ANYONE, Cache.NEVER, rates.GUEST),
    Line("GET", ORGANIZE, Who.OWNER, Cache.ASK, rates.PAGE),
    Line("POST", ORGANIZE, Who.OWNER, Cache.ASK, rates.ORGANIZE),
    Line("POST", ORGANIZE + "/conflicts/{conflict_id}/restore", Who.SETTLER, Cache.NEVER,
         rates.RESTORE),
    Line("POST", ORGANIZE + "/conflicts/{conflict_id}/set-aside", Who.SETTLER, Cache.NEVER,
         rates.RESTORE),
    Line("GET", ORGANIZE + "/members", Who.OWNER, Cache.NEVER, rates.PAGE),
    Line("POST", ORGANIZE + "/members", Who.OWNER, Cache.NEVER, rates.ORGANIZE),
    Line("POST", ORGANIZE + "/members/{user_id}/remove", Who.OWNER_OR_SELF, Cache.NEVER,
         rates.ORGANIZE),
    Line("POST", ORGANIZE + "/invitations/{invitation_id}/withdraw", Who.OWNER, Cache.NEVER,
         rates.ORGANIZE),
    Line("GET", ORGANIZE + "/codes", Who.OWNER, Cache.NEVER, rates.PAGE),
    Line("POST", ORGANIZE + "/codes", Who.OWNER, Cache.NEVER, rates.ORGANIZE),
    Line("POST", ORGANIZE + "/codes/court", Who.OWNER, Cache.NEVER, rates.ORGANIZE),
    Line("POST", ORGANIZE + "/codes/{code_id}/revoke", Who.OWNER, Cache.NEVER, rates.ORGANIZE),
    Line("GET", ORGANIZE + "/walks", Who.OWNER, Cache.ASK, rates.PAGE),
    Line("POST", ORGANIZE + "/walks", Who.OWNER, Cache.NEVER, rates.ORGANIZE),
    Line("GET", "/c/{code}", Who.ANYONE, Cache.NEVER, rates.PAGE),
    Line("POST", "/c/{code}", Who.ANYONE, Cache.NEVER, rates.GUEST),
    Line("GET", "/i/{code}", Who.ANYONE, Cache.NEVER, rates.PAGE),
    Line("POST", "/i/{code}", Who.ACCOUNT, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("GET", "/events/{event_id}/courts/{court_id}/score", Who.VIEWER, Cache.NEVER, rates.PAGE),
    # pages
    Line("GET", "/", Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("GET", "/events/{event_id}", Who.VIEWER, Cache.ASK, rates.PAGE),
    Line("GET", MATCH_PAGE, Who.VIEWER, Cache.ASK, rates.PAGE),
    Line("GET", MATCH_PAGE + "/score", Who.VIEWER, Cache.ASK, rates.PAGE),
    Line("GET", "/events/{event_id}/teams/{team_id}", Who.VIEWER, Cache.ASK, rates.PAGE),
    Line("GET", "/events/{event_id}/standings", Who.VIEWER, Cache.ASK, rates.PAGE),
    Line("GET", "/events/{event_id}/coverage", Who.VIEWER, Cache.ASK, rates.PAGE),
    Line("GET", "/my-teams", Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("GET", "/pad", Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("GET", "/practice", Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("GET", "/settings", Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("POST", "/settings", Who.ANYONE, Cache.NEVER, rates.PAGE),
    Line("GET", NOTIFICATIONS, Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("POST", NOTIFICATIONS, Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PUSH),
    Line("POST", NOTIFICATIONS + "/remove", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PUSH),
    Line("GET", "/sign-in", Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("POST", "/sign-in", Who.ANYONE, Cache.ASK, rates.SIGN_IN),
    Line("POST", "/sign-in/account", Who.ANYONE, Cache.ASK, rates.REGISTER),
    Line("POST", "/sign-in/guest", Who.ANYONE, Cache.ASK, rates.GUEST),
    Line("GET", "/forgot", Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("POST", "/forgot", Who.ANYONE, Cache.ASK, rates.FORGOT),
    Line("GET", "/reset", Who.ANYONE, Cache.NEVER, rates.PAGE),
    Line("POST", "/reset", Who.ANYONE, Cache.NEVER, rates.SIGN_IN),
    Line("GET", "/account", Who.SIGNED_IN, Cache.NEVER, rates.PAGE),
    Line("POST", "/account", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("POST", "/account/password", Who.ACCOUNT, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("POST", "/account/sign-out-device", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("POST", "/account/sign-out-others", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("GET", "/account/erase", Who.SIGNED_IN, Cache.NEVER, rates.PAGE),
    Line("POST", "/account/erase", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_MYSELF),
    Line("GET", "/privacy", Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("POST", "/sign-out", Who.ANYONE, Cache.NEVER, rates.SIGN_OUT),
    Line("GET", "/f/events/{event_id}/day", Who.VIEWER, Cache.NEVER, rates.PAGE),
    Line("GET", "/f/events/{event_id}/standings", Who.VIEWER, Cache.NEVER, rates.PAGE),
    Line("GET", "/f" + MATCH_PAGE + "/story", Who.VIEWER, Cache.NEVER, rates.PAGE),
    Line("GET", "/f/find", Who.ANYONE, Cache.NEVER, rates.PAGE),
    # push
    Line("GET", "/api/push/key", Who.ANYONE, Cache.SHARED, rates.READ),
    Line("GET", SUBSCRIPTIONS, Who.SIGNED_IN, Cache.NEVER, rates.PUSH),
    Line("POST", SUBSCRIPTIONS, Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PUSH),
    Line("DELETE", SUBSCRIPTIONS, Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PUSH),
    Line("POST", SUBSCRIPTIONS + "/activate", Who.SUBSCRIBER, Cache.NEVER, rates.CHANGE_PUSH),
    Line("POST", "/api/push/test", Who.SIGNED_IN, Cache.NEVER, rates.PUSH_TEST),
    Line("GET", "/api/push/preferences", Who.SIGNED_IN, Cache.NEVER, rates.PUSH),
    Line("PUT", "/api/push/preferences", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PUSH),
    Line("GET", BELLS + "/teams/{team_id}", Who.SIGNED_IN, Cache.NEVER, rates.PUSH),
    Line("GET", BELLS + "/matches/{match_id}", Who.SIGNED_IN, Cache.NEVER, rates.PUSH),
    Line("PUT", BELLS + "/teams/{team_id}", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PUSH),
    Line("DELETE", BELLS + "/teams/{team_id}", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PUSH),
    Line("PUT", BELLS + "/matches/{match_id}", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PUSH),
    Line("DELETE", BELLS + "/matches/{match_id}", Who.SIGNED_IN, Cache.NEVER, rates.CHANGE_PUSH),
    # the house
    Line("GET", "/static", Who.ANYONE, Cache.IMMUTABLE, None),
    Line("GET", "/manifest.webmanifest", Who.ANYONE, Cache.SHARED, None),
    Line("GET", "/service-worker.js", Who.ANYONE, Cache.SHARED, None),
    Line("GET", "/offline", Who.ANYONE, Cache.ASK, None),
    Line("GET", "/.well-known/assetlinks.json", Who.ANYONE, Cache.HOUR, None),
    Line("GET", "/healthz", Who.ANYONE, Cache.NEVER, None),
    Line("HEAD", "/healthz", Who.ANYONE, Cache.NEVER, None),
    Line("GET", "/metrics", Who.ANYONE, Cache.NEVER, None),  # see web/metrics.py
    Line("GET", "/readyz", Who.ANYONE, Cache.NEVER, None),
    Line("HEAD", "/readyz", Who.ANYONE, Cache.NEVER, None),
    Line("GET", "/schema", Who.ANYONE, Cache.ASK, rates.PAGE),
    Line("GET", "/schema/openapi.json", Who.ANYONE, Cache.SHARED, rates.PAGE),
    Line("GET", "/schema/{path}", Who.ANYONE, Cache.NEVER, rates.PAGE),
)  # fmt: skip
BY_ROUTE = {(line.path, line.method): line for line in TABLE}


def limit_of(path: str, method: str) -> LimitClass | None:
    """How often a route may be asked; what the table forgot is counted like any read."""
    line = BY_ROUTE.get((path, method))
    if line is not None:
        return line.limit
    return None if method == "OPTIONS" else rates.READ
