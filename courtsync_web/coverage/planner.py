"""Where the autopilot computes: in a process of its own, so that nobody who scores waits for it.

It takes a good part of a second; in a thread it would hold up every other answer by turns. One
plans at a time, few wait, and the system gives everything else the way.
"""

import asyncio
import pickle
import sys
from collections.abc import Sequence
from subprocess import PIPE

from courtsync_web.coverage.autopilot.pilot import Flight
from courtsync_web.coverage.autopilot.task import Task
from courtsync_web.errors import Problem

AT_ONCE = 1
WAITING = 8
"""Who comes when so many wait is asked to come again."""
PATIENCE = 15
"""Seconds; it takes one, and more on a machine that is busy."""
COMMAND = (sys.executable, "-P", "-m", "courtsync_web.coverage.autopilot")


class Planner:
    """Plans for everybody, one after another."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def fly(self, tasks: Sequence[Task]) -> list[Flight]:
        """A plan for each photographer. Raises 503 ``busy``."""
        if self._waiting >= WAITING:
            raise busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(PATIENCE), self._turn:
                return await fly_apart(tasks)
        except TimeoutError:
            raise busy() from None
        finally:
            self._waiting -= 1


async def fly_apart(tasks: Sequence[Task]) -> list[Flight]:
    """In another process, which ends with whoever waits for it."""
    process = await asyncio.create_subprocess_exec(*COMMAND, stdin=PIPE, stdout=PIPE)
    try:
        answer, _ = await process.communicate(pickle.dumps(list(tasks)))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise RuntimeError(f"The autopilot's process ended with {process.returncode}.")
    flights: list[Flight] = pickle.loads(answer)  # noqa: S301 - from the process just started
    return flights


def busy() -> Problem:
    return Problem(
        503, "busy", "Many plan at this moment. Try again.", headers={"Retry-After": "3"}
    )
