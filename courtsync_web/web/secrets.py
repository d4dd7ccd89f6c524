"""The key that signs sign-ins: given by the settings, or made once and kept."""

import os
import secrets
from pathlib import Path

from courtsync_web.settings import Settings

KEY_FILE = "secret-key"
SHORTEST = 32
"""Bytes; a shorter HMAC key is weaker than its SHA-256."""


def load_secret(settings: Settings) -> bytes:
    """The signing key. Without a setting it is made in the data directory, mode 0600."""
    given = settings.secret_key.get_secret_value()
    if given:
        if len(given.encode()) < SHORTEST:
            raise ValueError(f"COURTSYNC_SECRET_KEY must have at least {SHORTEST} bytes.")
        return given.encode()
    return kept_key(settings.data_dir / KEY_FILE)


def kept_key(path: Path) -> bytes:
    """The key in ``path``, made if it is not there; two first starts agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # fails when another process was first: its key stands
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip().encode()
