"""Running the web server: the database brought up to date, uvicorn, and an orderly end."""

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import FrameType

import click
import uvicorn
from litestar import Litestar

from courtsync_web.app import create_app
from courtsync_web.migrate import prepare
from courtsync_web.settings import Settings
from courtsync_web.web.discreet import start_log
from courtsync_web.web.slow_requests import in_time

GRACE = 4
"""Seconds that requests under way get at shutdown; streams are ended at once."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--demo", is_flag=True, help="Load the demo tournament and play its matches.")
def serve_command(host: str, port: int, workers: int, demo: bool) -> None:
    """Serve the pages, the API and the live streams."""
    start(Settings(), host, port, workers=workers, demo=demo)


def start(settings: Settings, host: str, port: int, *, workers: int, demo: bool) -> None:
    """Serve until SIGTERM or SIGINT; with ``demo`` the demo tournament plays meanwhile."""
    if workers > 1:
        raise click.UsageError("This version serves with one worker.")
    address = f"http://{host}:{port}"
    door = listening(host, port)
    start_log()
    prepare(settings.effective_database_url)
    if demo:
        from courtsync_web.demo.load import load_demo_once

        click.echo(asyncio.run(load_demo_once(settings)))
    players: AbstractContextManager[None] = playing(address) if demo else nullcontext()
    server = Server(create_app(settings), host, port, settings)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, obeyed)
    with players:
        server.run(sockets=[door])


def listening(host: str, port: int) -> socket.socket:
    """The open door; a port in use is known before anything else is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise click.ClickException(
            f"Could not listen on {host}:{port} ({error.strerror}): is something running there?"
        ) from None


def obeyed(_number: int, _frame: FrameType | None) -> None:
    """uvicorn ends on a signal and then raises it anew: by now it has been obeyed."""


@contextmanager
def playing(address: str) -> Iterator[None]:
    """Simulated scorers on the demo tournament, in a process of their own."""
    command = [sys.executable, "-m", "courtsync_web", "simulate", "demo"]
    options = ["--url", address, "--speed", "4", "--courts", "8", "--seconds", "0"]
    scorers = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)  # noqa: S603  # our own words
    try:
        yield
    finally:
        scorers.terminate()
        try:
            scorers.wait(5)
        except subprocess.TimeoutExpired:
            scorers.kill()


class Server(uvicorn.Server):
    """uvicorn, told to let its streams go before it waits for them."""

    def __init__(self, app: Litestar, host: str, port: int, settings: Settings) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=in_time(),
                host=host,
                port=port,
                log_config=None,  # uvicorn's own would write beside ours, less discreetly
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=settings.trusted_proxies or None,
                ws_max_size=64 * 1024,
            )
        )
        self.app = app

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            click.echo(f"CourtSync is at http://{self.config.host}:{self.config.port}")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # uvicorn waits for open streams before the application hears of the shutdown.
        self.app.state.hub.close()
        await super().shutdown(sockets)
