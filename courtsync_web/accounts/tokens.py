"""What a signed-in device holds: a short-lived access token and a refresh token.

The access token is a JWT (HS256 and nothing else) that names its session, so that signing
out ends it. The refresh token is opaque: ``<session id>.<secret>``; only its hash is kept.
"""

import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass, field
from enum import StrEnum

import jwt
import msgspec

ACCESS_SECONDS = 24 * 3600
ALGORITHM = "HS256"
LONGEST_TOKEN = 2048
"""Ours are about 450 characters; anything longer is not worth decoding."""
MOST_SEEN = 4096
"""Verified tokens remembered at once: about 4 MB."""

REFRESH_TOKEN = re.compile(r"[0-9a-f]{32}\.[A-Za-z0-9_-]{43,64}")


class TokenFault(StrEnum):
    """Why a token signs nobody in; the value is the problem's ``code``."""

    MISSING = "sign-in-required"
    INVALID = "token-invalid"
    EXPIRED = "token-expired"
    ENDED = "session-ended"


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets that sign access tokens, by key id. The first signs, all of them verify."""

    by_id: dict[str, bytes]
    seen: dict[str, "Claims"] = field(default_factory=dict, compare=False, repr=False)
    """Tokens these keys have verified lately: a scorer shows the same one with every point."""

    @classmethod
    def of(cls, *signing: bytes) -> "Keys":
        """Keys from secrets of at least 32 bytes, newest first."""
        return cls({hashlib.sha256(secret).hexdigest()[:8]: secret for secret in signing})

    @property
    def newest(self) -> tuple[str, bytes]:
        """Key id and secret for signing."""
        return next(iter(self.by_id.items()))


class Claims(msgspec.Struct, frozen=True):
    """What an access token says. Times in Unix seconds."""

    sub: str
    """The person's id."""
    role: str
    """Role when it was signed; whoever decides looks at the person, not at this."""
    sid: str
    """The session it belongs to."""
    iat: int
    exp: int
    jti: str


def access_token(keys: Keys, *, person_id: str, role: str, session_id: str, now: int) -> str:
    """A signed access token, good for 24 hours from ``now`` (ms)."""
    issued = now // 1000
    claims = Claims(
        sub=person_id,
        role=role,
        sid=session_id,
        iat=issued,
        exp=issued + ACCESS_SECONDS,
        jti=secrets.token_hex(16),
    )
    key_id, secret = keys.newest
    return jwt.encode(
        msgspec.to_builtins(claims), secret, algorithm=ALGORITHM, headers={"kid": key_id}
    )


def read_access_token(keys: Keys, token: str) -> Claims | TokenFault:
    """What a token says, or why it says nothing. A signature stays good; time goes on."""
    claims: Claims | TokenFault | None = keys.seen.get(token)
    if isinstance(claims, Claims) and claims.exp > time.time():
        return claims
    claims = verified(keys, token)
    if isinstance(claims, Claims):
        if len(keys.seen) >= MOST_SEEN:
            keys.seen.clear()
        keys.seen[token] = claims
    return claims


def verified(keys: Keys, token: str) -> Claims | TokenFault:
    """The same, asked of the token itself."""
    if len(token) > LONGEST_TOKEN:
        return TokenFault.INVALID
    try:
        key_id = jwt.get_unverified_header(token).get("kid", "")
        payload = jwt.decode(
            token,
            keys.by_id[key_id],
            algorithms=[ALGORITHM],
            options={"require": list(Claims.__struct_fields__)},
        )
        return msgspec.convert(payload, Claims)
    except jwt.ExpiredSignatureError:
        return TokenFault.EXPIRED
    except (jwt.PyJWTError, KeyError, TypeError, ValueError, RecursionError):
        return TokenFault.INVALID


def first_refresh_token(session_id: str) -> str:
    """A fresh session's refresh token: 256 random bits behind the session's id."""
    return f"{session_id}.{secrets.token_urlsafe(32)}"


def next_refresh_token(keys: Keys, token: str, newest_hash: str) -> str:
    """The one successor of a refresh token.

    It follows from the token and our secret alone. Two tabs that refresh at once, and a
    phone that asks again because it lost the answer, are handed the same successor, though
    the database holds nothing but hashes. ``newest_hash`` is the one stored: if a former key
    made the successor it belongs to, that one stands, though the key has changed meanwhile.
    """
    successors = [_successor(secret, token) for secret in keys.by_id.values()]
    return next((one for one in successors if token_hash(one) == newest_hash), successors[0])


def _successor(secret: bytes, token: str) -> str:
    digest = hmac.new(secret, b"refresh:" + token.encode(), hashlib.sha256).hexdigest()
    return f"{session_of(token)}.{digest}"


def session_of(refresh_token: str) -> str:
    """The session a refresh token claims to belong to; empty when it has not our shape."""
    return refresh_token.partition(".")[0] if REFRESH_TOKEN.fullmatch(refresh_token) else ""


def token_hash(refresh_token: str) -> str:
    """What is stored of a refresh token. It has full entropy, so plain SHA-256 is enough."""
    return hashlib.sha256(refresh_token.encode()).hexdigest()
