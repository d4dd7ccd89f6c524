"""``courtsync doctor``: is everything in order, and if not, what to do."""

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from courtsync_web.accounts.letters import relay
from courtsync_web.db import with_async_driver
from courtsync_web.migrate import is_current
from courtsync_web.push.services import Services
from courtsync_web.push.vapid import KEY_FILE as VAPID_FILE
from courtsync_web.push.vapid import kept_key, subject_of
from courtsync_web.settings import Settings
from courtsync_web.web.secrets import KEY_FILE, SHORTEST, given_secrets


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``advice`` is empty where it is well."""

    what: str
    advice: str = ""


@click.command("doctor")
def doctor_command() -> None:
    """Check settings, keys, folder and database, and say what to do."""
    settings = Settings()
    with_async_driver(settings.effective_database_url)
    for name, value in shown(settings):
        click.echo(f"{name}={value}")
    findings = [check(settings) for check in CHECKS]
    for finding in findings:
        click.echo(f"{'!!' if finding.advice else 'ok'}  {finding.what}")
        if finding.advice:
            click.echo(f"    {finding.advice}")
    if any(finding.advice for finding in findings):
        raise click.ClickException("Something needs attention; see above.")


def shown(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every setting with its value; of secrets only whether they are set."""
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            value = "(set)" if value.get_secret_value() else ""
        elif name == "database_url":
            value = without_password(settings.effective_database_url)
        yield f"COURTSYNC_{name.upper()}", str(value)


def without_password(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    who, at, where = rest.rpartition("@")
    return f"{scheme}{separator}{who.partition(':')[0]}{at}{where}"


def check_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    what = f"data directory {folder}"
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not os.access(existing, os.W_OK):
        return Finding(what, f"It cannot be written: run `chown` on {existing}, or set another.")
    return Finding(what)


def check_key(settings: Settings) -> Finding:
    given = given_secrets(settings)
    if given:
        short = any(len(secret) < SHORTEST for secret in given)
        what = f"signing keys from the settings: {len(given)}"
        return Finding(what, key_advice() if short else "")
    path = settings.data_dir / KEY_FILE
    if not path.exists():
        return Finding("signing key: will be made at first start")
    return Finding(f"signing key {path}", open_to_others(path))


def key_advice() -> str:
    return f"It is shorter than {SHORTEST} bytes; `openssl rand -hex 32` makes a good one."


def open_to_others(path: Path) -> str:
    return f"Others can read it: run `chmod 600 {path}`." if path.stat().st_mode & 0o077 else ""


def check_database(settings: Settings) -> Finding:
    url = settings.effective_database_url
    what = f"database {without_password(url)}"
    if url.startswith("sqlite") and not Path(url.partition(":///")[2]).exists():
        return Finding(f"{what}: will be made at first start")
    try:
        current = asyncio.run(is_current(url))
    except (SQLAlchemyError, OSError) as error:
        return Finding(what, f"It does not answer ({type(error).__name__}): check the address.")
    return Finding(what, "" if current else "Its schema is behind: run `courtsync migrate`.")


def check_address(settings: Settings) -> Finding:
    if settings.public_url and not settings.public_url.startswith("https://"):
        return Finding(
            f"public address {settings.public_url}",
            "Phones install the app and work offline only over https.",
        )
    return Finding(f"public address {settings.public_url or '(not set: as each request says)'}")


def check_mail(settings: Settings) -> Finding:
    if not settings.smtp_url.get_secret_value():
        return Finding("e-mail: not sent (`courtsync reset-link` makes links by hand)")
    what = "e-mail"
    try:
        relay(settings.smtp_url.get_secret_value())
    except ValueError as error:
        return Finding(what, str(error))
    if not settings.mail_from or not settings.public_url:
        return Finding(what, "Set COURTSYNC_MAIL_FROM and COURTSYNC_PUBLIC_URL too.")
    return Finding(f"{what} goes out")


def check_push(settings: Settings) -> Finding:
    path = settings.data_dir / VAPID_FILE
    try:
        subject = subject_of(settings)
        Services.of(settings.push_hosts)
        if path.exists():
            kept_key(path)
    except ValueError as error:
        return Finding("push", str(error))
    if path.exists() and (advice := open_to_others(path)):
        return Finding(f"push key {path}", advice)
    if subject is None:
        return Finding(
            "push: no contact (Apple's phones take none without one; set COURTSYNC_VAPID_SUBJECT)"
        )
    kept = f"key {path}" if path.exists() else "its key will be made at first start"
    return Finding(f"push as {subject}; {kept}")


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    check_folder,
    check_key,
    check_database,
    check_address,
    check_mail,
    check_push,
)
