"""Links that let somebody in: a court's code, an invitation, a plan that is shown to others.

A code is 130 bits of HMAC over its row's id, so the database holds nothing that opens a door:
only the hash by which a code is found, and the id of the key it follows from. With that key at
hand the code can be shown again, for the sheet on the wall; once the key is retired, a code
still works and just cannot be shown any more.
"""

import hashlib
import hmac
import re
import secrets
from enum import StrEnum

from courtsync_web.accounts.tokens import Keys

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's 32: whoever must type a code cannot mistake one letter for another."""
LENGTH = 26
CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
MISREAD = str.maketrans({"i": "1", "l": "1", "o": "0", "-": None, " ": None})
LONGEST_TYPED = 64


class Door(StrEnum):
    """What a code opens; a code for one opens no other."""

    COURT = "court-code"
    INVITATION = "invitation"
    SHARED = "shared"
    CREW = "crew"


def code_for(keys: Keys, key_id: str, door: Door, row_id: str) -> str | None:
    """The code of a row; none when the key it follows from is no longer ours."""
    secret = keys.by_id.get(key_id)
    if secret is None:
        return None
    digest = hmac.new(secret, f"{door}:{row_id}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def new_door(keys: Keys, door: Door) -> tuple[str, str, str]:
    """``id, code_hash, key_id`` of a row with a code of its own; ``code_for`` tells the code."""
    key_id, _ = keys.newest
    row_id = secrets.token_hex(16)
    code = code_for(keys, key_id, door, row_id)
    assert code is not None
    return row_id, hash_of(code), key_id


def hash_of(code: str) -> str:
    """What is stored of a code. It has full entropy, so plain SHA-256 is enough."""
    return hashlib.sha256(code.encode()).hexdigest()


def read_code(typed: str) -> str | None:
    """The code meant by what was scanned or typed; none if it cannot be one."""
    if len(typed) > LONGEST_TYPED:
        return None
    code = typed.lower().translate(MISREAD)
    return code if CODE.fullmatch(code) else None


def for_reading(code: str) -> str:
    """The code in four groups, as it is printed under the QR."""
    return "-".join((code[:7], code[7:13], code[13:20], code[20:]))
