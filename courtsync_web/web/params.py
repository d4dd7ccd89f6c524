"""Ids as they come in addresses, checked before any handler sees them."""

from typing import Annotated

from litestar.params import PathParameter, QueryParameter

from courtsync_web.numbers import INT64

EventId = Annotated[str, PathParameter(pattern="^[A-Za-z0-9_-]{1,64}$")]
"""Opaque; an AES key fits."""
MatchId = Annotated[int, PathParameter(ge=-INT64 - 1, le=INT64)]
TeamId = Annotated[int, PathParameter(ge=-INT64 - 1, le=INT64)]
CourtId = Annotated[int, PathParameter(ge=-INT64 - 1, le=INT64)]
ConflictId = Annotated[int, PathParameter(ge=0, le=INT64)]
RowId = Annotated[str, PathParameter(pattern="^[0-9A-Za-z]{1,32}$")]
"""Of a person, an invitation, a court code: ours, and random."""
LinkCode = Annotated[str, PathParameter(pattern="^[0-9A-Za-z-]{1,64}$")]
"""The part of a link that lets somebody in, as it was scanned or typed."""


def query_id(name: str) -> QueryParameter:
    """An optional id in a query, under its camelCase name."""
    return QueryParameter(name=name, ge=-INT64 - 1, le=INT64, required=False)
