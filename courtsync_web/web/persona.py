"""As whom a page is made: what the device chose, else the account, else the person's role."""

from typing import Any

from litestar import Request

from courtsync_web.accounts.people import PERSONAS, Person


def persona_of(request: Request[Any, Any, Any], viewer: Person | None) -> str:
    """``spectator``, ``coach`` or ``media``; an organizer without a choice watches."""
    told = (
        request.cookies.get("persona", ""),
        viewer.persona if viewer else "",
        viewer.role if viewer else "",
    )
    return next((one for one in told if one in PERSONAS), "spectator")
