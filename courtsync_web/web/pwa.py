"""What makes the pages an installable app: manifest, service worker, offline page."""

import json
from typing import Any

from litestar import MediaType, Response, get
from litestar.di import NamedDependency
from litestar.response import Template

from courtsync_web.settings import Settings
from courtsync_web.web.assets import Assets
from courtsync_web.web.joining import join
from courtsync_web.web.page import page
from courtsync_web.web.places import HOME

SHELL = (
    "css/base.css",
    "css/event.css",
    "css/match.css",
    "css/pad.css",
    "js/web/app.js",
    "js/web/offline.js",
    "js/events/event.js",
    "js/events/match.js",
    "js/scoring/pad.js",
    "icons/icon.svg",
    "icons/sprite.svg",
)
"""What the offline page needs, and what every kept event, match and pad does; on the phone from the
first visit on. A kept page brings whatever else it needs."""
WORKER = "service-worker.js"
RETIRED_WORKER = "static/js/worker/retired.js"


def worker_script(assets: Assets, settings: Settings) -> str:
    """The service worker of this build; switched off, one that goes and leaves no cache behind."""
    entry = WORKER if settings.service_worker == "on" else RETIRED_WORKER
    script = join(entry, lambda path: (HOME / path).read_text())
    told = {
        "version": assets.folder.name,
        "files": [assets.url(path) for path in SHELL],
        "icon": assets.url("icons/icon-192.png"),
    }
    return f"self.SHELL={json.dumps(told)};\n{script}"


@get("/manifest.webmanifest", include_in_schema=False)
async def manifest(assets: NamedDependency[Assets]) -> Response[dict[str, Any]]:
    """How the app looks on a home screen."""
    icons = [
        {
            "src": assets.url(f"icons/icon-{name}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
        }
        | ({"purpose": "maskable"} if "maskable" in name else {})
        for name, size in (("192", 192), ("512", 512), ("maskable-512", 512))
    ]
    return Response(
        {
            "id": "/",
            "name": "CourtSync",
            "short_name": "CourtSync",
            "description": "Volleyball tournaments: score on a phone, watch live.",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#111316",
            "theme_color": "#111316",
            "icons": icons,
        },
        media_type="application/manifest+json",
        headers={"Cache-Control": "no-cache"},
    )


@get("/service-worker.js", include_in_schema=False)
async def service_worker(worker: NamedDependency[str]) -> Response[str]:
    """The service worker, told which files its shell has in this build."""
    return Response(
        worker,
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"},
    )


@get("/offline", include_in_schema=False)
async def offline() -> Template:
    """What a phone shows when it has no network and does not know the page."""
    return page("web/offline.html", None)


@get("/.well-known/assetlinks.json", include_in_schema=False)
async def assetlinks() -> Response[list[Any]]:
    """No Android app is linked; an empty list says so properly."""
    return Response([], media_type=MediaType.JSON, headers={"Cache-Control": "max-age=3600"})


routes = [manifest, service_worker, offline, assetlinks]
