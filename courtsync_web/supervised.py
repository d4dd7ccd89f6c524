"""Background tasks that do not die in silence.

A task that ends or fails is started again after a while, longer each time; its fault is
logged once, not at every attempt. ``/readyz`` and the metrics tell which are down.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from courtsync_web.figures import TASK_RESTARTS, TASK_UP

log = logging.getLogger(__name__)

Run = Callable[[], Awaitable[None]]
FIRST_WAIT, LONGEST_WAIT = 0.25, 5.0
"""Seconds before a task is started again, after its first fault in a row and at most."""
STEADY = 2.0
"""Seconds that a restarted task must run to count as up again."""


@dataclass
class Watched:
    """One task, and how it is."""

    name: str
    run: Run
    faults: int = 0
    """In a row."""
    started_at: float = 0.0

    @property
    def is_up(self) -> bool:
        """It runs, and has not just been started again after a fault."""
        steady = time.monotonic() - self.started_at > STEADY
        return self.faults == 0 or (self.started_at > 0 and steady)


class Supervised:
    """The background tasks of one process."""

    def __init__(self) -> None:
        self._tasks: list[Watched] = []

    def add(self, name: str, run: Run) -> None:
        """Have ``run`` running for as long as the application runs."""
        self._tasks.append(Watched(name, run))

    def down(self) -> list[str]:
        """The names of those that do not work just now."""
        return [one.name for one in self._tasks if not one.is_up]

    def report(self) -> None:
        """Tell the metrics."""
        for one in self._tasks:
            TASK_UP.labels(one.name).set(one.is_up)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """All tasks; cancelled on leaving."""
        running = [asyncio.create_task(self._watch(one), name=one.name) for one in self._tasks]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _watch(self, one: Watched) -> None:
        while True:
            one.started_at = time.monotonic()
            try:
                await one.run()
                fault: Exception = RuntimeError("it ended by itself")
            except Exception as error:  # noqa: BLE001  # whatever it was, it must not end the task
                fault = error
            one.faults = 1 if one.is_up else one.faults + 1
            one.started_at = 0.0
            TASK_RESTARTS.labels(one.name).inc()
            if one.faults == 1:
                log.error("%s does not work: %s; it will be tried again", one.name, in_short(fault))
            await asyncio.sleep(min(LONGEST_WAIT, FIRST_WAIT * 2 ** (one.faults - 1)))


def in_short(fault: BaseException) -> str:
    """The first fault of a group, by its kind and words."""
    while isinstance(fault, BaseExceptionGroup):
        fault = fault.exceptions[0]
    return f"{type(fault).__name__}: {fault}"
