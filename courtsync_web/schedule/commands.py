"""``courtsync import``, ``import-aes`` and ``export``."""

import codecs
import sys
from pathlib import Path

import click
import msgspec

from courtsync_web.db import Database
from courtsync_web.schedule.aes.gather import Gathered, Say, gather
from courtsync_web.schedule.aes.keys import KEY, NotAnEvent, event_key
from courtsync_web.schedule.aes.live import LiveAes
from courtsync_web.schedule.aes.read import read_aes
from courtsync_web.schedule.aes.recorded import Recorded
from courtsync_web.schedule.document import read_document
from courtsync_web.schedule.draft import Draft
from courtsync_web.schedule.export import document
from courtsync_web.schedule.export_files import table
from courtsync_web.schedule.jobs import known_zone, note, owner_called, progress, run, store
from courtsync_web.schedule.limits import LARGEST_FILE
from courtsync_web.schedule.tables.read import event_id_of, read_table
from courtsync_web.schedule.zones import ZONES
from courtsync_web.settings import Settings
from courtsync_web.sharing.calendars import calendar


def zone_given(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and value not in ZONES:
        raise click.BadParameter(f"{value!r} is no IANA time zone such as America/Chicago.")
    return value


def event_given(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not KEY.fullmatch(value):
        raise click.BadParameter("may hold only letters, digits, - and _, 64 at most.")
    return value


owner_option = click.option("--owner", "email", required=True, help="E-mail of the organizer.")
zone_option = click.option(
    "--timezone", "zone", callback=zone_given, help="The venue's IANA time zone."
)
name_option = click.option("--name", default="", help="The event's name, where none is given.")
preview_option = click.option(
    "--preview",
    "only_preview",
    is_flag=True,
    help="Print what would change (JSON); import nothing.",
)


@click.command("import-aes")
@click.argument("key_or_url")
@owner_option
@click.option(
    "--from",
    "directory",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A directory of recorded AES answers, instead of the live service.",
)
@zone_option
@name_option
@preview_option
def import_aes(
    key_or_url: str,
    email: str,
    directory: Path | None,
    zone: str | None,
    name: str,
    only_preview: bool,
) -> None:
    """Import an event that AES publishes, live or from a directory of recorded answers.

    KEY_OR_URL is the event's key, its number, or the address of any of its pages. It may be
    repeated as often as you like: scores, claims and plans stay.
    """
    try:
        key = event_key(key_or_url)
    except NotAnEvent as error:
        raise click.BadParameter(str(error), param_hint="KEY_OR_URL") from None

    async def job(db: Database, settings: Settings) -> None:
        owner = await owner_called(db, email)
        known = await known_zone(db, key)
        with progress("Asking AES") as say:
            if directory is not None:
                gathered = await gather(Recorded(directory, key), say)
            else:
                gathered = await gather_live(key, settings, say)
        draft = read_aes(gathered, name=name, zone=zone or known)
        if draft.unread.everything and not draft.matches:
            raise click.ClickException("nothing to import; " + "; ".join(gathered.missing))
        await store(db, draft, owner, only_preview=only_preview)

    run(job)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@owner_option
@click.option("--event", "event_id", callback=event_given, help="The event's id, for a table.")
@zone_option
@name_option
@preview_option
def import_file(
    file: Path,
    email: str,
    event_id: str | None,
    zone: str | None,
    name: str,
    only_preview: bool,
) -> None:
    """Import a schedule: a CourtSync document (JSON), or a CSV or XLSX table of matches.

    A table has no place for the event's own facts: its id is --event (else the file's name),
    its name --name, its time zone --timezone. Importing again keeps scores, claims and plans.
    """

    async def job(db: Database, _: Settings) -> None:
        owner = await owner_called(db, email)
        with progress("Reading"):
            data = read_file(file)
            if is_document(data):
                draft = read_document(data, event_id=event_id)
            else:
                number = event_id or event_id_of(file.name)
                draft = await table_draft(db, data, number, name or file.stem, zone)
        await store(db, draft, owner, only_preview=only_preview)

    run(job)


@click.command("export")
@click.argument("event_id")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "ics"]),
    default="json",
    show_default=True,
    help="A whole schedule document, a table, or a calendar.",
)
def export(event_id: str, form: str) -> None:
    """Write an event's schedule and results to standard output."""

    async def job(db: Database, _: Settings) -> bytes:
        async with db.read() as session:
            if form == "csv":
                return (await table(session, event_id)).encode()
            if form == "ics":
                return await calendar(session, event_id)
            return (
                msgspec.json.format(
                    msgspec.json.encode(await document(session, event_id)), indent=2
                )
                + b"\n"
            )

    sys.stdout.buffer.write(run(job))


def read_file(file: Path) -> bytes:
    """A file's bytes, unless there are too many."""
    if file.stat().st_size > LARGEST_FILE:
        raise click.ClickException(f"{file.name} is larger than {LARGEST_FILE // 1024**2} MB")
    return file.read_bytes()


def is_document(data: bytes) -> bool:
    """Does it begin like JSON? A file's name is not asked."""
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")


async def table_draft(
    db: Database, data: bytes, event_id: str, name: str, zone: str | None
) -> Draft:
    """A table's draft; the event's stored name and zone are kept when it is known."""
    known = await known_zone(db, event_id)
    draft = read_table(
        data, event_id=event_id, name="" if known else name, zone=zone or known or ""
    )
    if not draft.event.timezone:
        note(
            "no time zone was given: times are taken as UTC, which is almost surely wrong. "
            "Import again with --timezone ZONE"
        )
    return draft


async def gather_live(key: str, settings: Settings, say: Say | None) -> Gathered:
    """Ask the service itself, saying who asks if the settings tell."""
    contact = settings.public_url or settings.vapid_subject
    async with LiveAes(settings.aes_base_url, key, contact=contact) as source:
        return await gather(source, say)
