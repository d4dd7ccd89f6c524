"""The application, made from its settings: the one list of domains and of what they share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from courtsync_web import __version__
from courtsync_web.accounts import account_pages, my_api, recovery_api, recovery_pages
from courtsync_web.accounts import api as accounts_api
from courtsync_web.accounts import pages as accounts_pages
from courtsync_web.accounts.known_sessions import KnownSessions
from courtsync_web.accounts.letters import Letters
from courtsync_web.accounts.recovery import Recovery
from courtsync_web.accounts.signed_in import SignedIn, signed_in_person, viewer_of
from courtsync_web.accounts.staying import StaySignedIn
from courtsync_web.accounts.tokens import Keys
from courtsync_web.coverage import api as coverage_api
from courtsync_web.coverage import pages as coverage_pages
from courtsync_web.coverage.crew import api as crew_api
from courtsync_web.coverage.planner import Planner
from courtsync_web.coverage.proposing import api as proposing_api
from courtsync_web.db import Database
from courtsync_web.estimates.queries import estimates_of
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events import api as events_api
from courtsync_web.events import pages as events_pages
from courtsync_web.following import api as following_api
from courtsync_web.following import pages as following_pages
from courtsync_web.limits.patience import Patience
from courtsync_web.limits.tallies import tally_of
from courtsync_web.limits.turnstile import Turnstile
from courtsync_web.live import snapshots, sse, websocket
from courtsync_web.live.buses import bus_of
from courtsync_web.live.conversation import House
from courtsync_web.live.distant_bus import DistantBus
from courtsync_web.live.doorkeeper import Doorkeeper
from courtsync_web.live.hub import Hub
from courtsync_web.live.snapshots import Snapshots
from courtsync_web.organizing import api as organizing_api
from courtsync_web.organizing import pages as organizing_pages
from courtsync_web.organizing.addresses import address_of
from courtsync_web.push import api as push_api
from courtsync_web.push import pages as push_pages
from courtsync_web.push import walks
from courtsync_web.push.pushing import Pushing
from courtsync_web.remembered import Remembered
from courtsync_web.scoring import api as scoring_api
from courtsync_web.scoring import match_page, pad_page
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.desk import ScoringDesk
from courtsync_web.scoring.feed import EventFeed
from courtsync_web.settings import Settings
from courtsync_web.sharing import api as sharing_api
from courtsync_web.sharing import calendar_files, photos_page, pictures
from courtsync_web.sharing import pages as sharing_pages
from courtsync_web.sharing.pictures import Pictures
from courtsync_web.supervised import Supervised
from courtsync_web.sync import api as sync_api
from courtsync_web.web import health, home, metrics, pwa
from courtsync_web.web.assets import Assets, build_assets
from courtsync_web.web.envelope import Envelope
from courtsync_web.web.measured import Measured
from courtsync_web.web.metrics import report
from courtsync_web.web.one_by_one import resolve_one_by_one
from courtsync_web.web.persona import persona_of
from courtsync_web.web.places import STATIC, TEMPLATES
from courtsync_web.web.refusals import exception_handlers
from courtsync_web.web.route_table import limit_of
from courtsync_web.web.same_origin import refuse_foreign_origin
from courtsync_web.web.schema_page import ReadableSchema
from courtsync_web.web.secrets import load_secrets
from courtsync_web.web.slow_bodies import BodyInTime
from courtsync_web.web.static_files import static_route
from courtsync_web.web.strict_request import StrictRequest

DOMAINS = (
    home,
    accounts_api,
    accounts_pages,
    my_api,
    recovery_api,
    account_pages,
    recovery_pages,
    events_api,
    events_pages,
    scoring_api,
    sync_api,
    match_page,
    pad_page,
    following_api,
    following_pages,
    coverage_api,
    coverage_pages,
    proposing_api,
    crew_api,
    sharing_api,
    calendar_files,
    pictures,
    sharing_pages,
    photos_page,
    organizing_api,
    organizing_pages,
    push_api,
    push_pages,
    walks,
    sse,
    websocket,
    snapshots,
    pwa,
    health,
    metrics,
)
LARGEST_BODY = 10 * 1024 * 1024
"""Bytes; a schedule may be this large, everything else asks for less."""


def create_app(settings: Settings) -> Litestar:
    """The whole application. It owns its database engines and closes them at shutdown."""
    db = Database(settings.effective_database_url, settings.database_read_url)
    bus = bus_of(settings)
    supervised = Supervised()
    hub = Hub(EventFeed(db), bus)
    claims = Claims(db, bus)
    remembered = Remembered(db, bus)
    keys = Keys.of(*load_secrets(settings))
    recovery = Recovery(db, Letters(settings))
    tally = tally_of(settings)
    pushing = Pushing(db, settings, estimates_of)
    if isinstance(bus, DistantBus):
        supervised.add("bus", bus.run)
    supervised.add("takeovers", claims.look_after_takeovers)
    supervised.add("doorkeeper", Doorkeeper(db, hub).keep)
    pushing.work_under(supervised)
    supervised.add("remembered reads", remembered.look)
    supervised.add("metrics", lambda: report(hub, supervised))
    known = KnownSessions(db)
    counted = tally if settings.limits == "on" else None
    desk = ScoringDesk(db, bus, claims, counted)
    assets = build_assets(STATIC, settings.data_dir / "assets")
    shared = {
        "db": db,
        "bus": bus,
        "hub": hub,
        "house": House(db, known, keys, desk, counted),
        "snapshots": Snapshots(db, bus, hub.feed),
        "claims": claims,
        "keys": keys,
        "recovery": recovery,
        "patience": Patience(tally),
        "pushing": pushing,
        "assets": assets,
        "worker": pwa.worker_script(assets, settings),
        "recent": RecentEstimates(),
        "pictures": Pictures(),
        "planner": Planner(),
        "settings": settings,
        "supervised": supervised,
        "remembered": remembered,
    }

    @asynccontextmanager
    async def running(_app: Litestar) -> AsyncIterator[None]:
        try:
            async with hub.running(), supervised.running():
                yield
        finally:
            claims.close()
            await pushing.close()
            remembered.close()
            await recovery.close()
            await tally.close()
            await db.close()

    app = Litestar(
        route_handlers=[
            static_route(assets),
            *(handler for domain in DOMAINS for handler in domain.routes),
        ],
        dependencies={name: given(value) for name, value in shared.items()}
        | {
            "viewer": Provide(viewer_of, sync_to_thread=False),
            "person": Provide(signed_in_person, sync_to_thread=False),
        },
        middleware=[
            StaySignedIn(db, keys, settings),
            DefineMiddleware(SignedIn, known=known, keys=keys),
            *([Turnstile(counted, limit_of)] if counted is not None else []),
        ],
        request_class=StrictRequest,
        before_request=refuse_foreign_origin,
        exception_handlers=exception_handlers,
        template_config=TemplateConfig(
            engine=JinjaTemplateEngine.from_environment(jinja_environment(assets, settings))
        ),
        compression_config=CompressionConfig(
            backend="brotli",
            brotli_quality=4,
            gzip_compress_level=5,
            exclude=["^/static/", "/stream$"],
        ),
        openapi_config=OpenAPIConfig(
            title="CourtSync",
            version=__version__,
            description="Volleyball tournaments: schedules, scores, claims and live streams.",
            path="/schema",
            components=Components(
                security_schemes={
                    "bearer": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")
                }
            ),
            security=[{}, {"bearer": []}],
            render_plugins=[ReadableSchema(), JsonRenderPlugin()],
            use_handler_docstrings=True,
        ),
        request_max_body_size=LARGEST_BODY,
        lifespan=[running],
        logging_config=None,  # whoever runs the app decides where its log goes
    )
    resolve_one_by_one(app)
    app.state.update(shared)
    app.asgi_handler = Envelope(Measured(BodyInTime(app.asgi_handler)))
    return app


def given(value: object) -> Provide:
    """A dependency that is the same for every request."""

    def provide() -> object:
        return value

    return Provide(provide, use_cache=True, sync_to_thread=False)


def jinja_environment(assets: Assets, settings: Settings) -> Environment:
    """Templates escape everything and fail on an undefined name."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        persona_of=persona_of,
        absolute=lambda request, path: address_of(request, settings)(path),
        asset=assets.url,
        courtsync_version=__version__,
        service_worker=settings.service_worker,
        sync_mode=settings.sync_mode,
    )
    return environment
