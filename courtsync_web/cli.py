"""The ``courtsync`` command."""

import sys

import click

from courtsync_web import __version__
from courtsync_web.errors import Problem
from courtsync_web.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="courtsync")
def courtsync() -> None:
    """Volleyball tournaments: imported, scored on a phone, watched live."""


@courtsync.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--demo", is_flag=True, help="Load the demo tournament and play its matches.")
def serve(host: str, port: int, workers: int, demo: bool) -> None:
    """Serve the pages, the API and the live streams."""
    from courtsync_web.serve import start

    start(Settings(), host, port, workers=workers, demo=demo)


@courtsync.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    from courtsync_web.migrate import migrate as bring_up_to_date

    bring_up_to_date(Settings().effective_database_url)
    click.echo("The database is up to date.")


def main() -> None:
    """Entry point: exit 0 on success, 2 on bad usage, 1 on a failed job with one clear line."""
    try:
        courtsync.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except Problem as problem:
        click.echo(f"courtsync: {problem.detail}", err=True)
        sys.exit(1)
