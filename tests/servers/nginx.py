"""A private nginx with the configuration that ``deploy/`` shows, on free ports."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


@contextmanager
def private_nginx(machines: Sequence[str]) -> Iterator[str]:
    """The address of a running nginx before these machines; raises :class:`NoNginx`."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise NoNginx("nginx is not installed")
    folder, port = Path(tempfile.mkdtemp(prefix="courtsync-nginx-")), free_port()
    (folder / "nginx.conf").write_text(configuration(folder, port, machines))
    process = subprocess.Popen(
        [program, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_up(process, port, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def wait_until_up(process: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NoNginx((folder / "error.log").read_text()[-400:])
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2)
            return
        except httpx.TransportError:
            pass
        try:
            process.wait(0.02)
        except subprocess.TimeoutExpired:
            continue
    raise NoNginx("nginx does not start")
