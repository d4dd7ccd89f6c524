"""``/metrics``, for whoever watches over this server and nobody else."""

import asyncio
import hmac
import os
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from courtsync_web.accounts.signed_in import bearer_token
from courtsync_web.errors import not_found
from courtsync_web.figures import READERS
from courtsync_web.live.hub import Hub
from courtsync_web.settings import Settings
from courtsync_web.supervised import Supervised

REPORT_EVERY = 2.0
"""Seconds between two looks at what is not counted as it happens."""
HERE = ("127.0.0.1", "::1")
PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


@get("/metrics", opt={"exclude_from_auth": True}, include_in_schema=False)
async def metrics(
    request: Request[Any, Any, Any], settings: NamedDependency[Settings]
) -> Response[bytes]:
    """All figures of all workers, in Prometheus' format; 404 for whom it does not concern."""
    if not may_watch(request, settings):
        raise not_found("page")
    body = await asyncio.to_thread(generate_latest, registry())
    return Response(
        body, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
    )


def may_watch(request: Request[Any, Any, Any], settings: Settings) -> bool:
    """Who shows the token; where none is set, who asks from this machine and through no proxy."""
    token = settings.metrics_token.get_secret_value()
    if token:
        return hmac.compare_digest((bearer_token(request) or "").encode(), token.encode())
    client = request.client
    passed_on = any(name in request.headers for name in PASSED_ON)
    return client is not None and client.host in HERE and not passed_on


def registry() -> CollectorRegistry:
    """This process's figures, or those of all workers together."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


async def report(hub: Hub, supervised: Supervised) -> None:
    """A background task: says every two seconds how things stand."""
    while True:
        READERS.set(hub.reader_count())
        supervised.report()
        await asyncio.sleep(REPORT_EVERY)


routes = [metrics]
"""What ``app.py`` takes from here."""
