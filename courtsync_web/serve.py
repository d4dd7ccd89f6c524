"""Running the web server: the database brought up to date, uvicorn, and an orderly end."""

import asyncio
import gc
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
from courtsync_web.live.websocket import LARGEST_MESSAGE
from courtsync_web.live.wire import HttpWire, WebSocketWire
from courtsync_web.migrate import prepare
from courtsync_web.push.vapid import vapid_of
from courtsync_web.settings import Settings
from courtsync_web.web.assets import build_assets
from courtsync_web.web.logs import start_log
from courtsync_web.web.places import STATIC
from courtsync_web.web.secrets import load_secrets
from courtsync_web.web.slow_requests import in_time

GRACE = 4
"""Seconds that requests under way get at shutdown; streams are ended at once."""

ON_CONNECTIONS = {"TCP_USER_TIMEOUT": 45_000, "TCP_NOTSENT_LOWAT": 32 * 1024}
"""A phone that vanished without a word is given up after so many milliseconds without an
answer to what was sent (the streams' beat sees to that); and a slow one's news waits here,
where newer news replaces it, rather than by the megabyte in the kernel."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--door", type=int, hidden=True, help="The open socket that a parent hands on.")
@click.option("--demo", is_flag=True, help="Load the demo tournament and play its matches.")
def serve_command(host: str, port: int, workers: int, demo: bool, door: int | None) -> None:
    """Serve the pages, the API and the live streams."""
    if door is None:
        start(Settings(), host, port, workers=workers, demo=demo)
    else:
        work(Settings(), host, port, socket.socket(fileno=door))


def start(settings: Settings, host: str, port: int, *, workers: int, demo: bool) -> None:
    """Serve until SIGTERM or SIGINT; with ``demo`` the demo tournament plays meanwhile."""
    if workers > 1:
        refuse_alone(settings)
    address = f"http://{host}:{port}"
    door = listening(host, port)
    start_log(settings)
    prepare(settings.effective_database_url)
    if demo:
        from courtsync_web.demo.load import load_demo_once

        click.echo(asyncio.run(load_demo_once(settings)))
    players: AbstractContextManager[None] = playing(address) if demo else nullcontext()
    with players:
        if workers > 1:
            lead(settings, host, port, workers, door)
        else:
            run(Server(create_app(settings), host, port, settings), door)


def refuse_alone(settings: Settings) -> None:
    """SQLite has one writer and no bell between processes: a second worker would bring little,
    and every spectator of the other one would wait for the next look."""
    if settings.effective_database_url.startswith("sqlite"):
        raise click.UsageError(
            "Several workers need PostgreSQL: set COURTSYNC_DATABASE_URL (docs/operating.md)."
        )


def lead(settings: Settings, host: str, port: int, workers: int, door: socket.socket) -> None:
    """Make once what all workers share, then see to them."""
    from courtsync_web.workers import Crew, command_of, prepare_figures

    load_secrets(settings)
    vapid_of(settings)
    build_assets(STATIC, settings.data_dir / "assets")
    prepare_figures(settings.data_dir / "metrics")
    if not settings.redis_url:
        click.echo("Without COURTSYNC_REDIS_URL each worker counts request limits by itself.")
    options = ["--host", host, "--port", str(port)]
    click.echo(f"CourtSync is at http://{host}:{port}, with {workers} workers")
    Crew(command_of(*options), workers, door).run()


def work(settings: Settings, host: str, port: int, door: socket.socket) -> None:
    """One worker of several: the parent has prepared everything."""
    start_log(settings)
    run(Server(create_app(settings), host, port, settings, parent=sys.stdin.fileno()), door)


def run(server: "Server", door: socket.socket) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, obeyed)
    server.run(sockets=[door])


def listening(host: str, port: int) -> socket.socket:
    """The open door; a port in use is known before anything else is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise click.ClickException(
            f"Could not listen on {host}:{port} ({error.strerror}): is something running there?"
        ) from None
    for option, value in ON_CONNECTIONS.items():  # accepted connections inherit them
        if hasattr(socket, option):
            door.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
    return door


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

    def __init__(
        self, app: Litestar, host: str, port: int, settings: Settings, parent: int | None = None
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=in_time(HttpWire),
                host=host,
                port=port,
                log_config=None,  # uvicorn's own would write beside ours, less discreetly
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=settings.trusted_proxies or None,
                ws=WebSocketWire,
                ws_max_size=LARGEST_MESSAGE,
                ws_per_message_deflate=False,  # small messages to many: a window each, no gain
                ws_ping_interval=None,  # the hub's beat is one ping for all
            )
        )
        self.app = app
        self.parent = parent

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What is there by now stays: looking through it again and again for garbage would stop
        # everybody for 200 ms each time (docs/benchmarks.md, score updates at a steady pace).
        gc.collect()
        gc.freeze()
        if self.started and self.parent is None:
            click.echo(f"CourtSync is at http://{self.config.host}:{self.config.port}")
        elif self.parent is not None:
            # Nothing is ever said there: what can be read is the end, and the parent's.
            asyncio.get_running_loop().add_reader(self.parent, self.orphaned)

    def orphaned(self) -> None:
        """Whoever saw to this worker is gone."""
        assert self.parent is not None
        asyncio.get_running_loop().remove_reader(self.parent)
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # uvicorn waits for open streams before the application hears of the shutdown.
        self.app.state.hub.close()
        await super().shutdown(sockets)
