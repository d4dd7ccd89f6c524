"""A log that names nobody: secrets, e-mail addresses and half of every network address go out.

Nothing of ours writes them there. But a traceback quotes what a library was told, and a
database names the value that it refused; so the finished text is looked over once more.
"""

import logging
import re

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
MASK = "[…]"

HIDDEN = (
    (re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+"), MASK),  # access tokens
    (re.compile(r"\b[0-9a-f]{32}\.[\w-]{43,64}"), MASK),  # refresh tokens
    (re.compile(r"\$argon2\S+"), MASK),  # hashed passwords
    (re.compile(r"(?i)\b(token|password|secret|code|authorization|cookie)(\W{1,4})[^\s,;&'\")]+"),
     rf"\1\2{MASK}"),  # whatever is called one
    (re.compile(r"(?i)/(c|i)/[\w-]{16,}"), rf"/\1/{MASK}"),  # a court's code, an invitation
    (re.compile(r"(\w+://)[^\s/@]+:[^\s/@]+@"), rf"\1{MASK}@"),  # a password in an address
    (re.compile(r"https?://\S*(?:push|fcm|notify|wns)\S*"), MASK),  # push endpoints
    (re.compile(r"[^\s@'\"<>(=,]+@[\w.-]+\.\w+"), MASK),  # e-mail addresses
    (re.compile(r"(?<![\w.])(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}(?![\w.]\d)"), r"\1.x.x"),
    (re.compile(r"(?<![\w:])((?:[0-9a-fA-F]{1,4}:){2})(?:[0-9a-fA-F]{0,4}:){1,5}[0-9a-fA-F]{0,4}"),
     r"\1:x"),
)  # fmt: skip
"""What is masked, in this order. Of an address the network stays: that tells halls apart."""


class Discreet(logging.Formatter):
    """Formats a record, and then masks what must not be in a log."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


def masked(text: str) -> str:
    """``text`` without secrets and without what names a person."""
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return text


def start_log() -> None:
    """Write warnings and worse to stderr, discreetly, whoever in this process has them."""
    to_stderr = logging.StreamHandler()
    to_stderr.setFormatter(Discreet(LINE))
    logging.basicConfig(level=logging.WARNING, handlers=[to_stderr])
