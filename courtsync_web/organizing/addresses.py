"""Paths of ours as addresses that can be sent, printed and scanned."""

from typing import Any

from litestar import Request

from courtsync_web.organizing.queries import AddressOf
from courtsync_web.settings import Settings


def address_of(request: Request[Any, Any, Any], settings: Settings) -> AddressOf:
    """The address people type, if it is set; else the one this organizer uses just now."""
    origin = settings.public_url or str(request.base_url)
    return lambda path: origin.rstrip("/") + path
