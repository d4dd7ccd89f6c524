"""Passwords tried: the more fail, the longer the next attempt waits. Nobody is locked out.

Three counts are kept. Somebody who mistypes meets the first; somebody who tries one account
from many addresses the second; somebody who tries many accounts from one address the third,
whose delays stay short, because a whole hall may lie behind that address.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from courtsync_web.errors import Problem
from courtsync_web.limits.failures import Attempt, Forbearance
from courtsync_web.limits.refusal import too_many
from courtsync_web.limits.subjects import account_of
from courtsync_web.limits.tally import Tally

HERE = Forbearance(free=5, first=2, longest=300, forgets=600)
"""One account from one address."""
ANYWHERE = Forbearance(free=20, first=2, longest=60, forgets=120)
"""One account. Its owner waits at most a minute, whatever others do to it."""
THIS_ADDRESS = Forbearance(free=60, first=1, longest=10, forgets=10)
"""One address. A success takes back its own attempt only: having an account of one's own
does not make guessing at others free."""


class Patience:
    """Counts attempts that check a secret: sign-in now, whatever else asks for one later."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    @asynccontextmanager
    async def trying(self, account: str, address: str) -> AsyncIterator[None]:
        """Around the check of a secret; a refusal (401) from inside counts as a failure.

        Raises 429 ``rate-limited`` while the last failures are too fresh. Every other fault is
        nobody's guess and costs nothing.
        """
        attempts = attempts_on(account, address)
        wait = await self._tally.attempt(attempts)
        if wait:
            raise too_many(wait, "Too many attempts have failed.")
        try:
            yield
        except Problem as problem:
            if problem.status != 401:
                await self._tally.succeeded([one_only(attempt) for attempt in attempts])
            raise
        await self._tally.succeeded(attempts)


def attempts_on(account: str, address: str) -> list[Attempt]:
    """What one attempt counts against."""
    name = account_of(account)
    return [
        Attempt(f"failed:{name}:{address}", HERE),
        Attempt(f"failed:{name}", ANYWHERE),
        Attempt(f"failed:{address}", THIS_ADDRESS, whole=False),
    ]


def one_only(attempt: Attempt) -> Attempt:
    return Attempt(attempt.key, attempt.bear, whole=False)
