"""The server as the torture bench starts it: the real one, with short leases and tokens.

``CHAOS_BUG`` names a fault that is patched in here, and nowhere else, to see whether the
checker would find it.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from courtsync_web.accounts import tokens
from courtsync_web.scoring import lease

lease.LEASE = 1500
lease.REFUSAL_TIME = 200
lease.ASK_AGAIN_AFTER = 300
tokens.ACCESS_SECONDS = 20

from courtsync_web import together  # noqa: E402  # after the times are set: others take them by value
from courtsync_web.cli import main  # noqa: E402
from courtsync_web.scoring import recorder  # noqa: E402
from courtsync_web.scoring.authority import Authority  # noqa: E402
from courtsync_web.sync import actions, doing  # noqa: E402


def put(place: Any, name: str, wrong: Any) -> Any:
    """Put something wrong in its place; what was right is answered."""
    right = getattr(place, name)
    setattr(place, name, wrong)
    return right


def forget_ids() -> None:
    """No dedup: every op is a new one."""

    async def nothing(*_: Any) -> Any:
        return {}

    async def none_used(*_: Any) -> Any:
        return set()

    def another(*given: Any, **more: Any) -> Any:
        return row(*given, **more) | {"update_id": str(uuid4()), "device_seq": None}

    put(doing, "known_verdicts", nothing)
    put(doing, "numbers_used", none_used)
    row = put(actions, "verdict_row", another)


def believe_clocks() -> None:
    """The phone's clock wins."""
    put(recorder.Recorder, "time_of", lambda _self, told: told)
    put(Authority, "clamp", lambda _self, at, now: now if at is None else at)


def ignore_fences() -> None:
    """A former holder's points count like the present one's."""

    def only_older(*given: Any) -> str | None:
        reason: str | None = judge(*given)
        return reason if reason == "older" else None

    judge = put(recorder, "why_it_loses", only_older)


def answer_first() -> None:
    """Whoever waits is answered before the commit."""
    unbroken = together.unbroken  # type: ignore[attr-defined]  # ours to break

    async def too_soon(self: Any, group: list[Any]) -> None:
        async def late(work: Any) -> None:
            for one in group:
                one.answer()
            await asyncio.sleep(0.25)
            await unbroken(work)

        put(together, "unbroken", late)
        await commit(self, group)

    commit = put(together.Together, "_commit", too_soon)


def refuse_all_for_one() -> None:
    """A batch with a bad op is refused whole."""

    def all_or_nothing(batch: Any) -> Any:
        given = read(batch)
        for one in given:
            if one.fault is not None:
                raise one.fault
        return given

    read = put(actions, "read_ops", all_or_nothing)


BUGS: dict[str, Callable[[], None]] = {
    "no-dedup": forget_ids,
    "client-clock-wins": believe_clocks,
    "fence-ignored": ignore_fences,
    "announce-before-commit": answer_first,
    "poison-blocks": refuse_all_for_one,
}

if __name__ == "__main__":
    if bug := os.environ.get("CHAOS_BUG"):
        BUGS[bug]()
    main()
