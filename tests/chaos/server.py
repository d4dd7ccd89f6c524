"""The server under torture: a process that is killed, stopped and started on the same address."""

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from courtsync_web.accounts.actions import create_user
from courtsync_web.db import Database
from courtsync_web.migrate import migrate
from tests.servers.app import STARTS_WITHIN, clean_environment
from tests.servers.ports import free_port

EMAIL, PASSWORD = "desk@example.org", "a long enough password"
ROOT = Path(__file__).parents[2]


class Cradle:
    """The process that servers are forked from (``house.py``): loaded once, it bears in no time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.house"],
            env=clean_environment(),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def bear(self, wanted: dict[str, Any]) -> int:
        """A server's process id."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "nothing bears servers any more: what it said last is on stderr"
        return int(answer)

    def close(self) -> None:
        self._process.communicate()


def ends(pid: int, within: float | None = None) -> bool:
    """Wait for a process to end, so many seconds at most; whether it has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], within)[0])
    finally:
        os.close(handle)


@dataclass
class House:
    """One data directory and its server. ``bug`` names a fault of ``house.py``."""

    data_dir: Path
    bug: str = ""

    def __post_init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.database_url = f"sqlite:///{self.data_dir / 'courtsync.db'}"
        migrate(self.database_url)
        asyncio.run(self.make_organizer())
        self.cradle = Cradle()
        self.asking = httpx.Client(timeout=STARTS_WITHIN)
        self.start()
        body = {"email": EMAIL, "password": PASSWORD}
        self.token: str = httpx.post(f"{self.url}/api/auth/login", json=body).json()["token"]

    async def make_organizer(self) -> None:
        db = Database(self.database_url)
        await create_user(db, email=EMAIL, password=PASSWORD, role="organizer")
        await db.close()

    def start(self) -> None:
        """Up, and ready to answer."""
        ours = {"COURTSYNC_DATA_DIR": str(self.data_dir), "COURTSYNC_LIMITS": "off"}
        wanted = {
            "arguments": ["serve", "--port", str(self.port)],
            "environment": ours,
            "log": str(self.data_dir / "server.log"),
            "bug": self.bug,
        }
        self.pid = self.cradle.bear(wanted)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Nothing is asked of it before it listens; then the first answer is waited for."""
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                if self.asking.get(f"{self.url}/readyz").status_code == 200:
                    return
            # Its end, or the next look.
            assert not ends(self.pid, 0.01), f"the server ended at once:\n{self.said()}"
        raise AssertionError(f"the server was not ready in time:\n{self.said()}")

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        ends(self.pid)

    def freeze(self) -> None:
        """SIGSTOP: it holds its sockets and says nothing."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def ail(self, bug: str) -> None:
        """The next server has this fault (none where it is empty), on the same data."""
        if bug != self.bug:
            self.bug = bug
            self.kill()
            self.start()

    def close(self) -> None:
        """No more servers here."""
        self.kill()
        self.asking.close()
        self.cradle.close()

    def gauges(self, *names: str) -> dict[str, float]:
        """What it says of itself now; every name must be among it."""
        lines = self.asking.get(f"{self.url}/metrics").raise_for_status().text.splitlines()
        told = dict(line.split(" ", 1) for line in lines if not line.startswith("#"))
        return {name: float(told[name]) for name in names}

    def said(self) -> str:
        return (self.data_dir / "server.log").read_text(errors="replace")

    def sign_in_desk(self) -> str:
        """The organizer's token, fresh: they last seconds here."""
        answer = httpx.post(
            f"{self.url}/api/auth/login", json={"email": EMAIL, "password": PASSWORD}
        )
        self.token = answer.json()["token"]
        return self.token
