"""How AES names an event: a key, an address that holds it, or a number it is made from."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from urllib.parse import urlsplit

KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
IN_PATH = re.compile(r"/(?:api/)?event/([A-Za-z0-9_-]+)|/odata/([A-Za-z0-9_-]+)/")
NUMBERED = re.compile(r"=(\d{10})=")
NO_KEY = "odata", "events"


class NotAnEvent(ValueError):
    """What was given names no event; says what would."""


def event_key(given: str) -> str:
    """The key in a key, a number, or any address of an event's page or API.

    Takes ``41831``, ``PTAwMDAwNDE4MzE90``, ``https://…/event/KEY/divisions/1/overview?_gl=…``.
    """
    given = given.strip()
    if given.isascii() and given.isdigit() and len(given) <= 10:
        return key_of(int(given))
    if KEY.fullmatch(given):
        return given
    found = IN_PATH.search(urlsplit(given).path + "/")
    key = (found.group(1) or found.group(2)) if found else ""
    if not KEY.fullmatch(key) or key in NO_KEY:
        raise NotAnEvent(
            f"{given[:80]!r} names no AES event: give its key (letters and digits), its number, "
            "or the address of its page (…/event/KEY)."
        )
    return key


def key_of(number: int) -> str:
    """The key of a numbered event: .NET's ``UrlTokenEncode`` of ``=0000041831=``.

    Url-safe base64 whose padding is replaced by one digit that counts it.
    """
    padded = urlsafe_b64encode(f"={number:010d}=".encode()).decode()
    bare = padded.rstrip("=")
    return f"{bare}{len(padded) - len(bare)}"


def number_of(key: str) -> int | None:
    """The number inside a key, if there is one: some events go by a name instead."""
    bare, pad = key[:-1], key[-1:]
    if pad not in ("0", "1", "2"):
        return None
    try:
        text = urlsafe_b64decode(bare + "=" * int(pad)).decode("ascii")
    except (BadBase64, ValueError):
        return None
    found = NUMBERED.fullmatch(text)
    return int(found.group(1)) if found else None
