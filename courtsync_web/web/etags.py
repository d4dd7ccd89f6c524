"""Reads that are cheap to repeat: a strong ``ETag``, and 304 for whoever has the copy."""

import hashlib
from typing import Any

import msgspec
from litestar import Request, Response

REVALIDATE = "private, no-cache"
"""A copy may be kept, and is asked about each time: scores change, and people differ."""


def with_etag(
    request: Request[Any, Any, Any],
    document: Any,
    *,
    media_type: str = "application/json",
    headers: dict[str, str] | None = None,
    cache_control: str = REVALIDATE,
) -> Response[Any]:
    """``document`` (a struct, or bytes as they are) as the answer, or 304 without a body."""
    body = document if isinstance(document, bytes) else msgspec.json.encode(document)
    return with_known_etag(
        request, body, etag_of(body), media_type=media_type, headers=headers,
        cache_control=cache_control,
    )  # fmt: skip


def etag_of(body: bytes) -> str:
    """By content: the same bytes have the same one, whichever process made them."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def with_known_etag(
    request: Request[Any, Any, Any],
    body: bytes,
    etag: str,
    *,
    media_type: str = "application/json",
    headers: dict[str, str] | None = None,
    cache_control: str = REVALIDATE,
) -> Response[Any]:
    """The same for an answer whose tag is known already."""
    carried = {"ETag": etag, "Cache-Control": cache_control}
    if names(request.headers.get("if-none-match", ""), etag):
        return Response(None, status_code=304, headers=carried)
    return Response(body, media_type=media_type, headers=carried | (headers or {}))


def names(if_none_match: str, etag: str) -> bool:
    """Whether the header names this copy. A proxy may have weakened ours by ``W/``."""
    copies = {copy.strip().removeprefix("W/") for copy in if_none_match.split(",")}
    return "*" in copies or etag in copies
