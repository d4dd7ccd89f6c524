"""Several worker processes behind one open door.

The parent holds the listening socket and does nothing but see to its workers: one that ends
is started again, a signal to the parent ends them all, and workers whose parent is gone (even
by SIGKILL) notice it at their standard input and end in order.
"""

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prometheus_client.multiprocess import mark_process_dead

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0
"""Seconds before a worker is started again, after a first end and at most."""
STEADY = 10.0
"""Seconds that a worker must live for its end not to count as the last one's again."""
PATIENCE = 10.0
"""Seconds that workers get to end in order."""
LOOK_EVERY = 0.1


@dataclass
class Place:
    """One worker's place, whoever fills it."""

    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    ends: int = 0
    """Quick ends in a row."""
    start_at: float = 0.0


class Crew:
    """``count`` processes of ``command``, which finds the door at the number that is added."""

    def __init__(self, command: Sequence[str], count: int, door: socket.socket) -> None:
        self._command = [*command, "--door", str(door.fileno())]
        self._door = door.fileno()
        self._places = [Place() for _ in range(count)]
        self._over = threading.Event()

    def run(self) -> None:
        """Until SIGTERM or SIGINT."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._over.set())
        try:
            while not self._over.wait(LOOK_EVERY):
                for place in self._places:
                    self._see_to(place)
        finally:
            self._end()

    def _see_to(self, place: Place) -> None:
        now = time.monotonic()
        if place.process is not None and place.process.poll() is not None:
            self._has_ended(place, place.process, now)
        if place.process is None and now >= place.start_at:
            place.started_at = now
            place.process = subprocess.Popen(  # noqa: S603  # our own words
                self._command, stdin=subprocess.PIPE, pass_fds=[self._door]
            )

    def _has_ended(self, place: Place, process: subprocess.Popen[bytes], now: float) -> None:
        place.ends = 1 if now - place.started_at > STEADY else place.ends + 1
        wait = 0.0 if place.ends == 1 else min(LONGEST_WAIT, FIRST_WAIT * 2**place.ends)
        log.error("worker %s ended with %s; another one starts", process.pid, process.returncode)
        close(process)
        place.process, place.start_at = None, now + wait

    def _end(self) -> None:
        alive = [place.process for place in self._places if place.process is not None]
        for process in alive:
            process.terminate()
        until = time.monotonic() + PATIENCE
        for process in alive:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            close(process)


def close(process: subprocess.Popen[bytes]) -> None:
    """Forget a process that has ended."""
    if process.stdin is not None:
        process.stdin.close()
    mark_process_dead(process.pid)  # type: ignore[no-untyped-call]


def command_of(*options: str) -> list[str]:
    """How a worker is started."""
    return [sys.executable, "-m", "courtsync_web", "serve", *options]


def prepare_figures(folder: Path) -> None:
    """An empty folder in which the workers' metrics meet."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
