"""One shape for every refusal: RFC 9457 problem details with a stable ``code``.

A domain raises :class:`Problem`; nothing else decides how an error looks. The mapping of
everything that others raise (Litestar's exceptions, a bug) is in ``web/refusals.py``.
"""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """One bad field: where (JSON pointer, or ``line 7, column "court"``) and what."""

    pointer: str
    detail: str


@dataclass(slots=True)
class Problem(Exception):
    """A refusal that a person can read and a program can branch on.

    ``code`` never changes once published; ``detail`` is for people. ``headers`` travel with
    the answer (``Retry-After``); ``extra`` joins the document (who holds the claim).
    """

    status: int
    code: str
    detail: str
    errors: list[FieldError] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The body of the answer."""
        document: dict[str, Any] = {
            "type": f"urn:courtsync:problem:{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.errors:
            document["errors"] = [
                {"pointer": error.pointer, "detail": error.detail} for error in self.errors
            ]
        return document | self.extra


def not_found(what: str) -> Problem:
    """Not there, or not yours: from outside the two look the same."""
    return Problem(404, "not-found", f"There is no {what} here.")


def sign_in_first() -> Problem:
    """The caller is nobody, and this needs somebody."""
    return Problem(
        401, "sign-in-required", "Sign in first.", headers={"WWW-Authenticate": "Bearer"}
    )
