"""A payload encrypted for one browser (RFC 8291, by pywebpush), small enough for every service."""

import base64
import hashlib
from typing import Any

import msgspec

LARGEST = 2048
"""Bytes of a payload; services must take 3993, and a phone on a bad network takes less gladly."""


class TooLarge(ValueError):
    """A payload that no service should be asked to take: a bug of ours."""


def warm() -> None:
    """Load what seals; it takes half a second, so not while anybody waits."""
    import pywebpush  # noqa: F401  # pulls in two HTTP clients that nobody uses here


def sealed(p256dh: str, auth: str, payload: dict[str, Any]) -> bytes:
    """The body of the request. Raises :class:`TooLarge`, and ``ValueError`` for keys that are
    none (they are checked when they are given)."""
    from pywebpush import WebPusher

    plain = msgspec.json.encode(payload)
    if len(plain) > LARGEST:
        raise TooLarge(f"a payload of {len(plain)} bytes")
    subscription = {"endpoint": "-", "keys": {"p256dh": p256dh, "auth": auth}}
    body: bytes = WebPusher(subscription).encode(plain)["body"]
    return body


def topic_of(tag: str) -> str:
    """The ``Topic`` of a tag: at most 32 characters of base64url, and it tells nothing."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()[:18]).decode()
