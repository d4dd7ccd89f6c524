"""The ``courtsync`` command: which subcommands there are, and how they fail."""

import sys
from importlib import import_module

import click
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from courtsync_web import __version__
from courtsync_web.errors import Problem

COMMANDS = {
    "serve": "courtsync_web.serve:serve_command",
    "migrate": "courtsync_web.migrate:migrate_command",
    "doctor": "courtsync_web.doctor:doctor_command",
    "backup": "courtsync_web.backup:backup_command",
    "create-user": "courtsync_web.accounts.commands:create_user_command",
    "reset-link": "courtsync_web.accounts.commands:reset_link_command",
    "hand-over": "courtsync_web.accounts.commands:hand_over_command",
    "rotate-key": "courtsync_web.web.secrets:rotate_key_command",
    "import": "courtsync_web.schedule.commands:import_file",
    "import-aes": "courtsync_web.schedule.commands:import_aes",
    "export": "courtsync_web.schedule.commands:export",
    "demo": "courtsync_web.demo.commands:demo",
    "simulate": "courtsync_web.demo.commands:simulate_command",
}


class Courtsync(click.Group):
    """Finds a subcommand where its domain keeps it, and loads only that domain."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _colon, name = place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Courtsync, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="courtsync")
def courtsync() -> None:
    """Volleyball tournaments: imported, scored on a phone, watched live."""


def main() -> None:
    """Entry point: exit 0 on success, 2 on bad usage, 1 on a failed job with one clear line."""
    try:
        courtsync.main(prog_name="courtsync", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except (Problem, ValueError, OSError, SQLAlchemyError) as error:
        click.echo(f"courtsync: {in_one_line(error)}", err=True)
        sys.exit(1)


def in_one_line(error: Exception) -> str:
    """What failed, for somebody at a terminal."""
    if isinstance(error, Problem):
        return error.detail
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        return f"COURTSYNC_{name}: {first['msg']}."
    if isinstance(error, ConnectionError):
        return f"The database does not answer ({error.strerror}): check COURTSYNC_DATABASE_URL."
    if isinstance(error, SQLAlchemyError):
        return f"The database refused: {str(error).splitlines()[0]}"
    return str(error)
