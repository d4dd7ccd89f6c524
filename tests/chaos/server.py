"""The server under torture: a process that is killed, stopped and started on the same address."""

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx

from courtsync_web.accounts.actions import create_user
from courtsync_web.db import Database
from courtsync_web.migrate import migrate
from tests.servers.app import Server, clean_environment, wait_until_ready
from tests.servers.ports import free_port

EMAIL, PASSWORD = "desk@example.org", "a long enough password"
ROOT = Path(__file__).parents[2]


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
        self.start()
        body = {"email": EMAIL, "password": PASSWORD}
        self.token: str = httpx.post(f"{self.url}/api/auth/login", json=body).json()["token"]

    async def make_organizer(self) -> None:
        db = Database(self.database_url)
        await create_user(db, email=EMAIL, password=PASSWORD, role="organizer")
        await db.close()

    def start(self) -> None:
        """Up, and ready to answer."""
        log = self.data_dir / "server.log"
        ours = {
            "COURTSYNC_DATA_DIR": str(self.data_dir),
            "COURTSYNC_LIMITS": "off",
            "CHAOS_BUG": self.bug,
        }
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.house", "serve", "--port", str(self.port)],
                env=clean_environment() | ours,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        wait_until_ready(Server(self.process, self.url, self.data_dir, log))

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """SIGSTOP: it holds its sockets and says nothing."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.process.pid, signal.SIGCONT)

    def said(self) -> str:
        return (self.data_dir / "server.log").read_text(errors="replace")

    def sign_in_desk(self) -> str:
        """The organizer's token, fresh: they last seconds here."""
        answer = httpx.post(
            f"{self.url}/api/auth/login", json={"email": EMAIL, "password": PASSWORD}
        )
        self.token = answer.json()["token"]
        return self.token
