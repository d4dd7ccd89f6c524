"""The commands ``demo`` and ``simulate``."""

import asyncio
import signal
from random import Random

import click

from courtsync_web.demo.simulate import simulate
from courtsync_web.migrate import prepare
from courtsync_web.settings import Settings


@click.command("demo")
def demo() -> None:
    """Load the demo tournament, or reset it: its scores, claims and plans are forgotten."""
    from courtsync_web.demo.load import load_demo

    settings = Settings()
    prepare(settings.effective_database_url)
    click.echo(asyncio.run(load_demo(settings)))


@click.command("simulate")
@click.argument("event_id")
@click.option("--url", help="Address of a running CourtSync.  [default: its public address]")
@click.option("--speed", default=20.0, show_default=True, type=click.FloatRange(0.1, 1000))
@click.option("--courts", default=8, show_default=True, type=click.IntRange(1, 60))
@click.option("--seconds", default=60.0, show_default=True, help="0: until interrupted.")
@click.option("--seed", type=int, help="The same rallies again.")
@click.option("--quiet", is_flag=True, help="Say only the sums at the end.")
def simulate_command(
    event_id: str,
    url: str | None,
    speed: float,
    courts: int,
    seconds: float,
    seed: int | None,
    quiet: bool,
) -> None:
    """Play matches of EVENT_ID through the public API, as real scorers would.

    Every scorer is a guest with a phone who claims a match, taps points (sometimes wrong ones)
    and signs the match off. SPEED is how many times faster than people they are.
    """
    base_url = url or Settings().public_url or "http://127.0.0.1:8000"

    async def run() -> dict[str, int]:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        return await simulate(
            base_url,
            event_id,
            speed=speed,
            courts=courts,
            seconds=seconds or None,
            rng=Random(seed),  # noqa: S311 - rallies, no secrets
            say=(lambda _: None) if quiet else click.echo,
            stop=stop,
        )

    counts = asyncio.run(run())
    click.echo(" ".join(f"{what}={count}" for what, count in counts.items()))
