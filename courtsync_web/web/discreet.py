"""A log that names nobody: secrets, e-mail addresses and half of every network address go out.

Nothing of ours writes them there. But a traceback quotes what a library was told, and a
database names the row that it refused; so the finished text is looked over once more.
"""

import logging
import re
from ipaddress import IPv4Address, IPv6Address, ip_address

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
MASK = "[…]"

CALLED_SO = (
    r"(?i)\b(\w*(?:token|password|secret|authorization|cookie))(['\"]?\s*[:=]\s*)"
    r"(?:Bearer\s+)?(?:'[^']*'|\"[^\"]*\"|[^\s,;&)]+)"
)
HIDDEN = (
    (r"eyJ[\w-]+\.[\w-]+\.[\w-]+", MASK),  # access tokens
    (r"\b[0-9a-f]{32}\.[\w-]{43,64}", MASK),  # refresh tokens
    (r"\$argon2\S+", MASK),  # hashed passwords
    (CALLED_SO, rf"\1\2{MASK}"),
    (r"/([cCiIpP]|cal)/[\w-]{16,}", rf"/\1/{MASK}"),  # a court's code, an invitation, a plan
    (r"(\w+://)[^\s/@]+:[^\s/@]+@", rf"\1{MASK}@"),  # a password in an address
    (r"https://[^\s'\"]*(?:push|fcm|notify|wns)[^\s'\"]*", MASK),  # endpoints of push services
    (r"[^\s@'\"<>(=,:]+@[\w.-]+\.\w+", MASK),  # e-mail addresses
    (r"(DETAIL:\s).*", rf"\1{MASK}"),  # the values of a row that PostgreSQL refused
)  # fmt: skip
"""What is masked, in this order."""
PATTERNS = tuple((re.compile(pattern), instead) for pattern, instead in HIDDEN)
CONTROL = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]"
)
"""Whatever moves a terminal's cursor, ends a line, or turns its letters about."""
ADDRESS = re.compile(
    r"(?<![\w.:])(?:[\d.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F.]*)(?!\w)"
)


class Discreet(logging.Formatter):
    """Formats a record, and then masks what must not be in a log.

    A record's first line begins at the margin and every further one does not, so that no text
    of a request or a name can pass for a record of its own.
    """

    def format(self, record: logging.LogRecord) -> str:
        text = CONTROL.sub(escaped, masked(super().format(record)))
        return text.replace("\n", "\n  ")


def escaped(found: re.Match[str]) -> str:
    """A control character as one can read it."""
    return found[0].encode("unicode_escape").decode()


def masked(text: str) -> str:
    """``text`` without secrets and without what names a person."""
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return ADDRESS.sub(shortened, text)


def shortened(found: re.Match[str]) -> str:
    """The network's half of an address, which tells a hall from an attack; no other text."""
    try:
        address: IPv4Address | IPv6Address = ip_address(found[0].rstrip(".:"))
    except ValueError:
        return found[0]
    if address.is_loopback or address.is_unspecified:
        return found[0]
    if isinstance(address, IPv4Address):
        return ".".join(found[0].split(".")[:2]) + ".x.x"
    return ":".join(address.exploded.split(":")[:3]) + "::x"
