"""How a page is made: a template, who looks at it, and what it shows."""

from hashlib import sha256
from typing import Any

from litestar.response import Template

from courtsync_web.accounts.people import Person


def page(name: str, viewer: Person | None, *, status: int = 200, **context: Any) -> Template:
    """An HTML page. It may differ from person to person, so no shared cache keeps it.

    Back shows what the browser's own cache holds without asking; ``Vary`` makes it ask once
    somebody has signed in or out in between.
    """
    return Template(
        name,
        context={"viewer": viewer, **context},
        status_code=status,
        headers={
            "Cache-Control": "private, no-cache",
            "Vary": "Cookie",
            "X-Page-Of": whose(viewer),
        },
    )


def whose(viewer: Person | None) -> str:
    """Tells the service worker one person's pages from another's, and nothing else."""
    return sha256(viewer.id.encode()).hexdigest()[:16] if viewer else "nobody"


def fragment(name: str, viewer: Person | None, **context: Any) -> Template:
    """A piece of a page, at an address of its own under ``/f/``; never stored anywhere."""
    return Template(
        name, context={"viewer": viewer, **context}, headers={"Cache-Control": "no-store"}
    )
