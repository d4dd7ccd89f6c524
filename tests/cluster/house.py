"""The whole house: PostgreSQL, Redis, two machines with two workers each, and nginx before them."""

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from courtsync_web.db import Database
from courtsync_web.migrate import migrate
from tests.servers.app import Server, start_server
from tests.servers.nginx import Nginx, private_nginx
from tests.servers.ports import free_port
from tests.servers.postgres import Cluster, start_cluster
from tests.servers.redis import RedisServer, private_redis
from tests.world import build_world

SECRET = "the cluster's own key, long enough for SHA-256"
WORKERS = 2


@dataclass
class Machine:
    """One ``courtsync serve --workers 2`` with a data directory of its own."""

    folder: Path
    port: int
    environment: dict[str, str]
    server: Server | None = None

    def start(self) -> None:
        self.server = start_server(
            self.folder, "--workers", str(WORKERS), port=self.port, environment=self.environment
        )

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        assert self.server is not None
        pid = self.server.process.pid
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(one) for one in told.split()]

    def kill_worker(self) -> None:
        """SIGKILL to one of them; the parent starts another."""
        os.kill(self.workers()[0], signal.SIGKILL)

    def kill(self) -> None:
        """The whole machine loses its power: the parent first, so that it starts nobody anew."""
        assert self.server is not None
        workers = self.workers()
        self.server.kill()
        for one in workers:
            os.kill(one, signal.SIGKILL)

    def stop(self) -> None:
        if self.server is not None and self.server.process.poll() is None:
            self.server.stop()


@dataclass
class House:
    """Everything, running. ``url`` is nginx' address."""

    nginx: Nginx
    postgres: Cluster
    redis: RedisServer
    machines: list[Machine]
    database_url: str

    @property
    def url(self) -> str:
        return self.nginx.url


@asynccontextmanager
async def running_house() -> AsyncIterator[House]:
    """Raises ``NoPostgres``, ``NoRedis`` or ``NoNginx`` where one of them cannot be had."""
    postgres = start_cluster(durable=True)
    try:
        url = await postgres.fresh(migrated=False)
        await asyncio.to_thread(migrate, url)
        db = Database(url)
        await build_world(db)
        await db.close()
        with private_redis() as redis, tempfile.TemporaryDirectory() as name:
            environment = {
                "COURTSYNC_DATABASE_URL": url,
                "COURTSYNC_REDIS_URL": redis.url,
                "COURTSYNC_SECRET_KEY": SECRET,
                "COURTSYNC_LIMITS": "off",
                "COURTSYNC_TRUSTED_PROXIES": "127.0.0.1",
            }
            machines = [
                Machine(Path(name) / f"machine{number}", free_port(), environment)
                for number in (1, 2)
            ]
            try:
                for machine in machines:
                    machine.start()
                with private_nginx([f"127.0.0.1:{one.port}" for one in machines]) as nginx:
                    yield House(nginx, postgres, redis, machines, url)
            finally:
                for machine in machines:
                    machine.stop()
    finally:
        postgres.stop()
