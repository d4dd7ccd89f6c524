"""The app reduced to some routes: for tests that run on both databases and need no more."""

from typing import Any

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.middleware import DefineMiddleware

from courtsync_web.accounts.known_sessions import KnownSessions
from courtsync_web.accounts.letters import Letters
from courtsync_web.accounts.recovery import Recovery
from courtsync_web.accounts.signed_in import SignedIn, signed_in_person, viewer_of
from courtsync_web.accounts.tokens import Keys
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.limits.memory import MemoryTally
from courtsync_web.limits.patience import Patience
from courtsync_web.live.bus import MemoryBus
from courtsync_web.remembered import Remembered
from courtsync_web.settings import Settings
from courtsync_web.web.refusals import exception_handlers
from courtsync_web.web.strict_request import StrictRequest

KEYS = Keys.of(b"the tests' own key, long enough for SHA-256")


def small_house(
    db: Database, *routes: Any, settings: Settings | None = None, **more: object
) -> Litestar:
    """An app of ``routes`` with sign-in, problems and the shared dependencies, but no pages."""
    settings = settings or Settings(_env_file=None)
    bus = MemoryBus()
    shared: dict[str, object] = {
        "db": db,
        "keys": KEYS,
        "bus": bus,
        "remembered": Remembered(db, bus),
        "patience": Patience(MemoryTally()),
        "recovery": Recovery(db, Letters(settings)),
        "settings": settings,
        "recent": RecentEstimates(),
    } | more
    return Litestar(
        route_handlers=[Router("/", route_handlers=[*routes])],
        dependencies={name: given(value) for name, value in shared.items()}
        | {
            "viewer": Provide(viewer_of, sync_to_thread=False),
            "person": Provide(signed_in_person, sync_to_thread=False),
        },
        middleware=[DefineMiddleware(SignedIn, known=KnownSessions(db), keys=KEYS)],
        request_class=StrictRequest,
        exception_handlers=exception_handlers,
        openapi_config=None,
    )


def given(value: object) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)
