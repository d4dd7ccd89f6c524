"""Those who have connected and not finished a request's head: only so many, the newest."""

import resource
from typing import Protocol

MOST = 1000
"""A head of an honest visitor is whole one round trip after connecting: with a thousand places
nobody honest loses one unless thousands of connections are made within that time."""


class Waiting(Protocol):
    """Who can be told to go."""

    def give_up(self) -> None:
        """The place is needed by somebody who came later."""
        ...


class HalfRequests:
    """Places for those who have not finished a head; the one that has waited longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: dict[Waiting, None] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def enter(self, one: Waiting) -> None:
        """Take a place; who has one already keeps it, and its age."""
        if one not in self._waiting and len(self._waiting) >= self._most:
            next(iter(self._waiting)).give_up()
        self._waiting[one] = None

    def leave(self, one: Waiting) -> None:
        """The head is whole, or the connection gone."""
        self._waiting.pop(one, None)


def places() -> int:
    """As many as a process should spare: a quarter of the files it may have open at most."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST if files == resource.RLIM_INFINITY else min(MOST, files // 4)
