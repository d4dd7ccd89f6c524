"""Refusals in the OpenAPI description: one line per handler, one shape for all."""

from http import HTTPStatus

from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct, field


class FieldErrorDocument(Struct):
    """One bad field."""

    pointer: str
    detail: str


class ProblemDocument(Struct):
    """RFC 9457 problem details. ``code`` is stable, ``detail`` is for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldErrorDocument] = field(default_factory=list)


MEANINGS = {
    400: "The request cannot be read: a wrong type, an unknown field, a malformed id.",
    401: "Nobody is signed in, or the token is no longer good; `code` says which.",
    403: "This person may not do this.",
    404: "Not there, or not visible to this person.",
    409: "It collides with what is there.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "Understood, but it cannot be so; `errors` names the fields.",
    429: "Too many requests; see `Retry-After`.",
    503: "Busy; see `Retry-After`.",
}


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """The ``responses`` of a handler that may refuse with these, or with 429 as any may."""
    return {status: refusal(status) for status in sorted({*statuses, 429})}


def refusal(status: int) -> ResponseSpec:
    return ResponseSpec(
        data_container=ProblemDocument,
        description=MEANINGS.get(status, HTTPStatus(status).phrase),
        media_type="application/problem+json",
        generate_examples=False,
    )


def also(status: int, document: type | None, description: str) -> dict[int, ResponseSpec]:
    """A success that the handler's signature does not tell: another status, or no body."""
    return {status: ResponseSpec(document, description=description, generate_examples=False)}


def not_modified() -> dict[int, ResponseSpec]:
    """For reads with an ``ETag``: nothing has changed since the copy that was named."""
    return also(304, None, "Unchanged since the copy you have.")
