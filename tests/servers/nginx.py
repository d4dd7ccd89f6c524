"""A private nginx with the configuration that ``deploy/`` shows, on free ports."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from courtsync_web.web.places import TEMPLATES
from tests.servers.ports import free_port

EXAMPLE = TEMPLATES.parent / "deploy" / "nginx" / "courtsync.conf"
STARTS_WITHIN = 20.0


class NoNginx(Exception):
    """nginx cannot be had here; the text says why."""


def configuration(folder: Path, port: int, machines: Sequence[str]) -> str:
    """``deploy/nginx/courtsync.conf`` inside the least that a private nginx needs.

    The example stands as it is but for its addresses: without TLS, on ``port``, before
    ``machines`` (``host:port``).
    """
    example = EXAMPLE.read_text()
    before, _, rest = example.partition("    # machines\n")
    after = rest.partition("    # end of machines\n")[2]
    servers = "".join(f"    server {one} max_fails=1 fail_timeout=1s;\n" for one in machines)
    site = before + servers + after
    tls = "    # tls\n"
    start, _, rest = site.partition(tls)
    site = start + f"    listen 127.0.0.1:{port};\n" + rest.partition("    # end of tls\n")[2]
    return (
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log warn;\nworker_processes 1;\n"
        "events { worker_connections 4096; }\n"
        f"http {{\naccess_log off;\nclient_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy;\nfastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u;\nscgi_temp_path {folder}/s;\n{site}}}\n"
    )


class Nginx:
    """A private nginx before these machines (``host:port``)."""

    def __init__(self, program: str, folder: Path, machines: Sequence[str]) -> None:
        self._command: list[str | Path] = [program, "-p", folder, "-c", folder / "nginx.conf"]
        self._errors = folder / "error.log"
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        (folder / "nginx.conf").write_text(configuration(folder, self._port, machines))
        self.start()

    def start(self) -> None:
        """Up, and handing on what is asked of it."""
        self._process = subprocess.Popen(
            [*self._command, "-e", self._errors],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                httpx.get(f"{self.url}/healthz", timeout=2)
                return
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.02)
                raise NoNginx(self._errors.read_text()[-400:])
        raise NoNginx("nginx does not start")

    def kill(self) -> None:
        """SIGKILL to it and its worker: every connection through it breaks at once."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


@contextmanager
def private_nginx(machines: Sequence[str]) -> Iterator[Nginx]:
    """A running nginx before these machines; raises :class:`NoNginx`."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise NoNginx("nginx is not installed")
    folder = Path(tempfile.mkdtemp(prefix="courtsync-nginx-"))
    nginx = Nginx(program, folder, machines)
    try:
        yield nginx
    finally:
        nginx.stop()
        shutil.rmtree(folder)
