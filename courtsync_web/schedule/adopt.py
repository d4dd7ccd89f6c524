"""Finding again what a source without ids has named before."""

from courtsync_web.schedule.draft import Draft
from courtsync_web.schedule.rows import Rows


def adopted(draft: Draft, stored: Rows) -> Draft:
    """The draft with stored ids in place of those it had to make from names."""
    return draft
