"""How every refusal looks: problem details for programs, a page in human words for people."""

import logging
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Redirect, Template

from courtsync_web.errors import Problem
from courtsync_web.web.faults import fault_of

log = logging.getLogger(__name__)

FOR_PROGRAMS = ("/api/", "/live/", "/schema", "/healthz", "/readyz", "/metrics")
FILES = (".ics", ".png")
"""Ends of addresses that calendars and previews of messengers ask for."""
CODES = {
    400: "validation",
    401: "sign-in-required",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
    429: "rate-limited",
}

AnyRequest = Request[Any, Any, Any]


def refuse(request: AnyRequest, problem: Problem) -> Response[Any]:
    """One problem, in the form that fits who asked."""
    if is_for_programs(request.url.path):
        return Response(
            problem.document(),
            status_code=problem.status,
            media_type="application/problem+json",
            headers={**problem.headers, "Cache-Control": "no-store"},
        )
    if problem.status == 401 and request.method == "GET":
        return Redirect(f"/sign-in?next={quote(request.url.path)}")
    return Template(
        "web/error.html",
        context={"problem": problem, "viewer": request.scope.get("user")},
        status_code=problem.status,
        headers={**problem.headers, "Cache-Control": "no-store"},
        media_type=MediaType.HTML,
    )


GONE = "client disconnected prematurely"
"""Litestar's words for a caller who hangs up in mid-body: nobody's mistake, and nobody must be
able to fill the log with it."""


def is_for_programs(path: str) -> bool:
    return path.endswith(FILES) or any(
        path == prefix.rstrip("/") or path.startswith(prefix) for prefix in FOR_PROGRAMS
    )


def on_problem(request: AnyRequest, problem: Problem) -> Response[Any]:
    return refuse(request, problem)


def on_validation(request: AnyRequest, error: ValidationException) -> Response[Any]:
    """Bad input, as Litestar found it: every field it names, none of the input echoed."""
    named = error.extra if isinstance(error.extra, list) else []
    errors = [fault_of(item) for item in named if isinstance(item, dict)]
    return refuse(request, Problem(400, "validation", "Some of this cannot be used.", errors))


def on_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """Anything Litestar refuses by itself: unknown path, method, body too large, …"""
    status = error.status_code
    if status >= 500 and error.detail == GONE:
        return refuse(request, Problem(400, "refused", "The body of this request did not arrive."))
    if status >= 500:
        return on_bug(request, error)
    detail = error.detail if status != 404 else "There is nothing at this address."
    headers = dict(error.headers or {})
    return refuse(request, Problem(status, CODES.get(status, "refused"), detail, headers=headers))


def on_recursion(request: AnyRequest, error: RecursionError) -> Response[Any]:
    """JSON that is nested for mischief; any other endless recursion is our own bug."""
    if "deserializing" not in str(error):
        return on_bug(request, error)
    return refuse(request, Problem(400, "validation", "This JSON is nested too deeply."))


def on_bug(request: AnyRequest, error: Exception) -> Response[Any]:
    """Our mistake: the log gets the trace, the caller an id to name it by."""
    request_id = request.scope.get("state", {}).get("request_id", "")
    log.error("unhandled error in request %s %s", request_id, request.url.path, exc_info=error)
    detail = f"Something went wrong on our side. Tell us the number {request_id}."
    return refuse(request, Problem(500, "internal", detail))


exception_handlers: dict[Any, Any] = {
    Problem: on_problem,
    ValidationException: on_validation,
    HTTPException: on_http,
    RecursionError: on_recursion,
    Exception: on_bug,
}
