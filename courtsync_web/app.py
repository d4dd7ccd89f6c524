"""The application, made from its settings: the one list of domains, and what serves them."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar, Router
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
from courtsync_web.accounts.signed_in import SignedIn, signed_in_person, viewer_of
from courtsync_web.accounts.staying import StaySignedIn
from courtsync_web.coverage import api as coverage_api
from courtsync_web.coverage import pages as coverage_pages
from courtsync_web.coverage.crew import api as crew_api
from courtsync_web.coverage.proposing import api as proposing_api
from courtsync_web.events import api as events_api
from courtsync_web.events import pages as events_pages
from courtsync_web.following import api as following_api
from courtsync_web.following import pages as following_pages
from courtsync_web.limits.turnstile import Turnstile
from courtsync_web.live import snapshots, sse, websocket
from courtsync_web.organizing import api as organizing_api
from courtsync_web.organizing import pages as organizing_pages
from courtsync_web.organizing.addresses import address_of
from courtsync_web.parts import Parts
from courtsync_web.push import api as push_api
from courtsync_web.push import pages as push_pages
from courtsync_web.push import walks
from courtsync_web.scoring import api as scoring_api
from courtsync_web.scoring import match_page, pad_page
from courtsync_web.settings import Settings
from courtsync_web.sharing import api as sharing_api
from courtsync_web.sharing import calendar_files, photos_page, pictures
from courtsync_web.sharing import pages as sharing_pages
from courtsync_web.sync import api as sync_api
from courtsync_web.web import health, home, metrics, pwa
from courtsync_web.web.assets import Assets
from courtsync_web.web.envelope import Envelope
from courtsync_web.web.measured import Measured
from courtsync_web.web.one_by_one import resolve_one_by_one
from courtsync_web.web.persona import persona_of
from courtsync_web.web.places import TEMPLATES
from courtsync_web.web.refusals import exception_handlers
from courtsync_web.web.route_table import limit_of
from courtsync_web.web.same_origin import refuse_foreign_origin
from courtsync_web.web.schema_page import ReadableSchema
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
    parts = Parts(settings)
    shared = parts.shared()
    app = Litestar(
        route_handlers=[everything(parts.assets)],
        dependencies={name: given(value) for name, value in shared.items()}
        | {
            "viewer": Provide(viewer_of, sync_to_thread=False),
            "person": Provide(signed_in_person, sync_to_thread=False),
        },
        middleware=[
            StaySignedIn(parts.db, parts.keys, settings),
            DefineMiddleware(SignedIn, known=parts.known, keys=parts.keys),
            *([Turnstile(parts.counted, limit_of)] if parts.counted is not None else []),
        ],
        request_class=StrictRequest,
        before_request=refuse_foreign_origin,
        exception_handlers=exception_handlers,
        template_config=TemplateConfig(
            engine=JinjaTemplateEngine.from_environment(jinja_environment(parts.assets, settings))
        ),
        compression_config=CompressionConfig(
            backend="brotli",
            brotli_quality=4,
            gzip_compress_level=5,
            exclude=["^/static/", "/stream$"],
        ),
        openapi_config=described(),
        request_max_body_size=LARGEST_BODY,
        lifespan=[parts.running],
        logging_config=None,  # whoever runs the app decides where its log goes
    )
    resolve_one_by_one(app)
    app.state.update(shared)
    app.asgi_handler = Envelope(Measured(BodyInTime(app.asgi_handler)))
    return app


def everything(assets: Assets) -> Router:
    """All routes in one: given one by one, Litestar builds its tree of them anew for each."""
    routes = (handler for domain in DOMAINS for handler in domain.routes)
    return Router("/", route_handlers=[static_route(assets), *routes])


def described() -> OpenAPIConfig:
    """What ``/schema`` says of the whole."""
    bearer = SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")
    return OpenAPIConfig(
        title="CourtSync",
        version=__version__,
        description="Volleyball tournaments: schedules, scores, claims and live streams.",
        path="/schema",
        components=Components(security_schemes={"bearer": bearer}),
        security=[{}, {"bearer": []}],
        render_plugins=[ReadableSchema(), JsonRenderPlugin()],
        use_handler_docstrings=True,
    )


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
