"""A private Caddy with the configuration that ``deploy/`` shows, on a free port, with TLS."""

import os
import shutil
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from courtsync_web.web.places import TEMPLATES
from tests.servers.ports import free_port

EXAMPLE = TEMPLATES.parent / "deploy" / "caddy" / "Caddyfile"
STARTS_WITHIN = 20.0


class NoCaddy(Exception):
    """Caddy cannot be had here; the text says why."""


def configuration(folder: Path, machines: Sequence[str]) -> str:
    """``deploy/caddy/Caddyfile`` before these machines, after what keeps it private."""
    example = EXAMPLE.read_text()
    assert example.count("to courtsync:8000\n") == 1
    return (
        "{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n"
        f"\tdefault_bind 127.0.0.1\n\tstorage file_system {folder}/storage\n}}\n"
        + example.replace("to courtsync:8000\n", f"to {' '.join(machines)}\n")
    )


class Caddy:
    """A private Caddy before these machines (``host:port``), with a certificate of its own."""

    def __init__(self, program: str, folder: Path, machines: Sequence[str]) -> None:
        port = free_port()
        self.host = f"localhost:{port}"
        self.url = f"https://{self.host}"
        self._log = folder / "log"
        self._root = folder / "storage" / "pki" / "authorities" / "local" / "root.crt"
        (folder / "Caddyfile").write_text(configuration(folder, machines))
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                [program, "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"],
                env=os.environ | {"COURTSYNC_HOST": self.host, "HOME": str(folder)},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def trust(self) -> ssl.SSLContext:
        """What a client needs to believe its certificate."""
        return ssl.create_default_context(cafile=self._root)

    def _wait(self) -> None:
        """Until it hands on what is asked of it."""
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            with suppress(OSError, httpx.TransportError):
                httpx.get(f"{self.url}/healthz", verify=self.trust(), timeout=2)
                return
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)
                raise AssertionError(self.said())
        self.stop()
        raise AssertionError(f"Caddy does not start: {self.said()}")

    def said(self) -> str:
        """Its whole log."""
        return self._log.read_text()

    def stop(self) -> None:
        """At once: what it keeps is thrown away."""
        self._process.kill()
        self._process.wait()


@contextmanager
def private_caddy(machines: Sequence[str]) -> Iterator[Caddy]:
    """A running Caddy before these machines; raises :class:`NoCaddy`."""
    program = shutil.which("caddy")
    if program is None:
        raise NoCaddy("Caddy is not installed")
    folder = Path(tempfile.mkdtemp(prefix="courtsync-caddy-"))
    try:
        caddy = Caddy(program, folder, machines)
        try:
            yield caddy
        finally:
            caddy.stop()
    finally:
        shutil.rmtree(folder)
