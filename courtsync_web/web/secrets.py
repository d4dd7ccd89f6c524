"""The keys that sign sign-ins: given by the settings, or made once and kept.

There may be several, newest first: the first signs, all of them are believed. So a key can be
changed without signing anybody out.
"""

import os
import secrets
from pathlib import Path

import click

from courtsync_web.settings import Settings

KEY_FILE = "secret-key"
SHORTEST = 32
"""Bytes; a shorter HMAC key is weaker than its SHA-256."""
ACTIVE = 2
"""Keys kept by rotating: yesterday's tokens are still good for a day, older ones for none."""


def load_secrets(settings: Settings) -> list[bytes]:
    """The signing keys, newest first. Without a setting, those kept in the data directory."""
    given = given_secrets(settings)
    if any(len(secret) < SHORTEST for secret in given):
        raise ValueError(f"COURTSYNC_SECRET_KEY must have at least {SHORTEST} bytes.")
    return given or kept_secrets(settings.data_dir / KEY_FILE)


def given_secrets(settings: Settings) -> list[bytes]:
    """The keys of the settings, separated by commas. A comma that would leave a part too short
    to be a key belongs to the key."""
    given = settings.secret_key.get_secret_value()
    parts = [part.strip().encode() for part in given.split(",")]
    if all(len(part) >= SHORTEST for part in parts):
        return parts
    return [given.encode()] if given else []


def kept_secrets(path: Path) -> list[bytes]:
    """The keys in ``path``, one a line; one is made if there is none. Two first starts agree."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = drafted(path, [new_secret()])
        try:
            os.link(draft, path)  # fails when another process was first: its key stands
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return [line.encode() for line in path.read_text().split()]


def rotate(path: Path) -> None:
    """Put a new key before the kept ones; all but the newest two go."""
    former = kept_secrets(path)
    drafted(path, [new_secret(), *former][:ACTIVE]).replace(path)


def drafted(path: Path, keys: list[bytes]) -> Path:
    """A file beside ``path`` that holds ``keys``, safely on the disk, mode 0600."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b"\n".join(keys) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return draft


def new_secret() -> bytes:
    return secrets.token_hex(32).encode()


@click.command("rotate-key")
def rotate_key_command() -> None:
    """Make a new signing key. The former one is believed until the next time; nobody notices."""
    settings = Settings()
    if given_secrets(settings):
        raise click.ClickException(
            "The key comes from COURTSYNC_SECRET_KEY: put the new one there, a comma, then the old."
        )
    rotate(settings.data_dir / KEY_FILE)
    click.echo("A new key signs from the next start on. Restart the server.")
    click.echo("Rotate again no sooner than a day later, or whoever was away signs in again.")
