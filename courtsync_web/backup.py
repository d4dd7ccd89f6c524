"""``courtsync backup FILE``: a copy of the embedded database while it is in use."""

import os
import sqlite3
from pathlib import Path

import click

from courtsync_web.settings import Settings


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup_command(file: Path) -> None:
    """Copy the embedded database into FILE, whole and consistent, while the server runs."""
    url = Settings().effective_database_url
    if not url.startswith("sqlite"):
        raise click.ClickException("PostgreSQL is backed up with pg_dump: see docs/operating.md.")
    source = Path(url.partition(":///")[2])
    if not source.exists():
        raise click.ClickException(f"There is no database at {source}.")
    if file.exists():
        raise click.ClickException(f"{file} exists already: a backup replaces nothing.")
    pages = back_up(source, file)
    click.echo(f"backed up pages={pages} bytes={file.stat().st_size}")


def back_up(source: Path, target: Path) -> int:
    """Copy one moment of ``source``; ``target`` appears only when it is whole and on the disk."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("xb") as _:
            draft.chmod(0o600)  # it holds what people trusted us with
        pages = copied(source, draft)
        os.link(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return pages


def copied(source: Path, draft: Path) -> int:
    """All pages in one read transaction: writers go on meanwhile."""
    reading, writing = sqlite3.connect(source), sqlite3.connect(draft)
    try:
        reading.backup(writing)
        [fine] = writing.execute("PRAGMA integrity_check").fetchone()
        if fine != "ok":
            raise click.ClickException(f"The copy is damaged, and so may be {source}: {fine}")
        [pages] = writing.execute("PRAGMA page_count").fetchone()
    finally:
        writing.close()
        reading.close()
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    return int(pages)
