"""A private Redis on a Unix socket: it keeps nothing, and can be killed and started again."""

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STARTS_WITHIN = 20.0


class NoRedis(Exception):
    """Redis cannot be had here; the text says why."""


class RedisServer:
    """One Redis in ``folder``; at the same ``url`` after a restart, and empty then."""

    def __init__(self, folder: Path, program: str) -> None:
        self._socket = folder / "redis.sock"
        self._folder = folder
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._socket}"

    def start(self) -> None:
        """Start it, and return when it answers."""
        self._socket.unlink(missing_ok=True)
        options = {"port": "0", "unixsocket": self._socket, "dir": self._folder, "appendonly": "no"}
        arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        self._process = subprocess.Popen(
            [self._program, *arguments, "--save", ""],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise NoRedis("redis-server does not start")
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.01)  # its end, or the next look

    def kill(self) -> None:
        """SIGKILL, as when its machine is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """It takes connections and answers nothing, as behind a broken network."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection, suppress(OSError):
            connection.settimeout(1)
            connection.connect(str(self._socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        return False


@contextmanager
def private_redis() -> Iterator[RedisServer]:
    """A running Redis of one's own; raises :class:`NoRedis`."""
    program = shutil.which("redis-server")
    if program is None:
        raise NoRedis("redis-server is not installed")
    folder = Path(tempfile.mkdtemp(prefix="courtsync-redis-"))
    server = RedisServer(folder, program)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder)
