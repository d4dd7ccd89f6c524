"""The server as the torture bench starts it: the real one, with short leases and tokens.

This process reads what a server needs and forks it, each a process of its own that has only to
open its database: to import everything anew took ten times as long as a story does. ``bug``
names a fault that is patched in here, and nowhere else, to see whether the checker would find it.
"""

import asyncio
import gc
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn
from uuid import uuid4

from courtsync_web.accounts import tokens
from courtsync_web.scoring import lease

if __name__ != "__main__":
    raise ImportError("It changes the product's times: only a process of its own may read it.")

lease.LEASE = 1500
lease.REFUSAL_TIME = 200
lease.ASK_AGAIN_AFTER = 300
tokens.ACCESS_SECONDS = 20

from courtsync_web import together  # noqa: E402  # after the times are set: others take them by value
from courtsync_web.app import create_app  # noqa: E402
from courtsync_web.cli import main  # noqa: E402
from courtsync_web.live import readers  # noqa: E402
from courtsync_web.scoring import recorder  # noqa: E402
from courtsync_web.scoring.authority import Authority  # noqa: E402
from courtsync_web.settings import Settings  # noqa: E402
from courtsync_web.sync import actions, doing  # noqa: E402
from courtsync_web.web import metrics  # noqa: E402

metrics.REPORT_EVERY = 0.05


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


def keep_who_left() -> None:
    """Who has gone is written to for ever."""
    put(readers.Reader, "leave", lambda _self: None)


BUGS: dict[str, Callable[[], None]] = {
    "no-dedup": forget_ids,
    "client-clock-wins": believe_clocks,
    "fence-ignored": ignore_fences,
    "announce-before-commit": answer_first,
    "poison-blocks": refuse_all_for_one,
    "leaked-reader": keep_who_left,
}


def warm_up() -> None:
    """What every server would otherwise load for itself."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURTSYNC_DATA_DIR"] = folder
        create_app(Settings())
        import_module("courtsync_web.serve")
    gc.collect()
    gc.freeze()


def live(wanted: dict[str, Any]) -> NoReturn:
    """The forked process: ``courtsync serve`` as if it had been started by itself."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(wanted["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for kept, instead in ((0, nothing), (1, log), (2, log)):
        os.dup2(instead, kept)
    os.environ.update(wanted["environment"])
    if wanted["bug"]:
        BUGS[wanted["bug"]]()
    sys.argv = ["courtsync", *wanted["arguments"]]
    try:
        main()
    finally:
        os._exit(1)


def bear() -> None:
    """A line of JSON on stdin: a server. Its process id goes to stdout. The end: none is left."""
    living: set[int] = set()

    def bury(*_: Any) -> None:
        """The dead are gone at once, and what they cost is counted."""
        with suppress(ChildProcessError):
            while dead := os.waitpid(-1, os.WNOHANG)[0]:
                living.discard(dead)

    signal.signal(signal.SIGCHLD, bury)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            live(json.loads(line))
        living.add(child)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
    for left in tuple(living):
        os.kill(left, signal.SIGKILL)


if __name__ == "__main__":
    warm_up()
    bear()
