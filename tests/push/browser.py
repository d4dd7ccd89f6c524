"""A browser's half of web push, from the RFCs alone: its keys, and opening what was sealed.

RFC 8291 (message encryption), RFC 8188 (aes128gcm). Nothing of the sender's libraries is used,
so that the two judge each other.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LARGEST_RECORD = 4096


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hkdf(salt: bytes, key: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256, for one block of output (RFC 5869)."""
    derived = hmac.new(salt, key, hashlib.sha256).digest()
    return hmac.new(derived, info + b"\x01", hashlib.sha256).digest()[:length]


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def opened(private: ec.EllipticCurvePrivateKey, auth: bytes, body: bytes) -> bytes:
    """The plaintext of a push message's body; raises for anything a browser would not show."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender, record = body[21 : 21 + length], body[21 + length :]
    assert length == 65, "the key id is the sender's public key"
    assert len(body) <= LARGEST_RECORD, "a push service must take no more"
    assert len(record) <= size, "one record only"
    shared = private.exchange(
        ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    )
    ikm = hkdf(auth, shared, b"WebPush: info\x00" + point_of(private.public_key()) + sender, 32)
    key = hkdf(salt, ikm, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = hkdf(salt, ikm, b"Content-Encoding: nonce\x00", 12)
    padded = AESGCM(key).decrypt(nonce, record, None)
    plain, _, padding = padded.rpartition(b"\x02")
    assert padding.strip(b"\x00") == b"", "the last record ends with 2 and zeros"
    return plain


@dataclass
class Browser:
    """One browser that has subscribed at a push service."""

    origin: str = "https://fcm.googleapis.com"
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def endpoint(self) -> str:
        return f"{self.origin}/send/{self.name}"

    def subscription(self) -> dict[str, Any]:
        """As ``PushSubscription.toJSON()`` has it."""
        keys = {"p256dh": b64(point_of(self.private.public_key())), "auth": b64(self.auth)}
        return {"endpoint": self.endpoint, "keys": keys}

    def open(self, body: bytes) -> dict[str, Any]:
        """The payload of a message to this browser."""
        payload: dict[str, Any] = json.loads(opened(self.private, self.auth, body))
        return payload


def subscription(origin: str = "https://fcm.googleapis.com") -> dict[str, Any]:
    """Some browser's subscription."""
    return Browser(origin).subscription()
