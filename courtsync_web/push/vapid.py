"""Who we are to push services: a key pair that is made once, and a signature per origin.

The public key is bound into every subscription: losing the pair loses them all.
"""

import base64
import hashlib
import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from courtsync_web.settings import Settings
from courtsync_web.web.secrets import drafted

KEY_FILE = "vapid-key.pem"
LASTS = 12 * 3600
"""Seconds a signature says it is good for; services allow at most a day."""
REUSED = 10 * 3600
"""Seconds for which it is used again: with two hours to spare for clocks that are wrong."""
MAILTO = re.compile(r"mailto:[^@\s:/]+@((?:[\w-]+\.)+[A-Za-z]{2,})")
HTTPS = re.compile(r"https://((?:[\w-]+\.)+[A-Za-z]{2,})(?::\d+)?(?:/\S*)?")
NOBODYS = (".local", ".localhost", ".localdomain", ".invalid", ".internal")


@dataclass(slots=True)
class Vapid:
    """The key pair and whom to write to when our pushes misbehave."""

    key: ec.EllipticCurvePrivateKey
    subject: str | None
    signed: dict[str, tuple[float, str]] = field(default_factory=dict)

    @property
    def public_key(self) -> str:
        """The public half as browsers take it: the uncompressed point in base64url."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    @property
    def key_id(self) -> str:
        """Tells one key of ours from the next."""
        return hashlib.sha256(self.public_key.encode()).hexdigest()[:16]

    def authorization(self, origin: str) -> str:
        """The ``Authorization`` header for a push service; signed once and reused."""
        now = time.time()
        until, header = self.signed.get(origin, (0.0, ""))
        if until <= now:
            claims: dict[str, str | int] = {"aud": origin, "exp": int(now) + LASTS}
            if self.subject:
                claims["sub"] = self.subject
            header = f"vapid t={jwt.encode(claims, self.key, 'ES256')}, k={self.public_key}"
            self.signed[origin] = (now + REUSED, header)
        return header

    def forget(self, origin: str) -> None:
        """Sign anew next time: the service did not like this one."""
        self.signed.pop(origin, None)


def vapid_of(settings: Settings) -> Vapid:
    """The pair in the data directory, made at first start. Raises ``ValueError`` for a subject
    that push services refuse."""
    return Vapid(kept_key(settings.data_dir / KEY_FILE), subject_of(settings))


def subject_of(settings: Settings) -> str | None:
    """The contact that services see: as set, else our public address, else nobody."""
    subject = settings.vapid_subject.strip()
    if subject:
        if not is_subject(subject):
            raise ValueError(
                "COURTSYNC_VAPID_SUBJECT must be mailto:you@example.org or https://example.org,"
                " with a real domain: push services refuse localhost."
            )
        return subject
    if is_subject(settings.public_url):
        return settings.public_url
    by_mail = f"mailto:{settings.mail_from}"
    return by_mail if is_subject(by_mail) else None


def is_subject(text: str) -> bool:
    """An address that a push service's operators could use."""
    found = MAILTO.fullmatch(text) or HTTPS.fullmatch(text)
    return found is not None and not f".{found[1].lower()}".endswith(NOBODYS)


def kept_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """The key in ``path``; one is made if there is none. Two first starts agree."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        made = ec.generate_private_key(ec.SECP256R1())
        pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        draft = drafted(path, [pem.rstrip()])
        try:
            os.link(draft, path)  # fails when another process was first: its key stands
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise ValueError(f"{path} holds no P-256 key.")
    return key
