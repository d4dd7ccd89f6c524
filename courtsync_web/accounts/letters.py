"""E-mail, where the server has somebody to hand it to.

Sending is slow and may fail; nobody who waits for an answer waits for that, and no answer
tells whether a letter went out.
"""

import asyncio
import logging
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from courtsync_web.settings import Settings

log = logging.getLogger(__name__)

PATIENCE = 20
"""Seconds a mail server may take for one step."""
PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Relay:
    """The mail server that letters are handed to."""

    host: str
    port: int
    encrypted: bool
    """From the first byte; otherwise by STARTTLS where the server offers it."""
    user: str
    password: str


def relay(url: str) -> Relay:
    """What ``COURTSYNC_SMTP_URL`` says. Raises :class:`ValueError`, without its password."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("COURTSYNC_SMTP_URL: write smtp://user:password@host:587 or smtps://….")
    return Relay(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        encrypted=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class Letters:
    """Hands letters to the mail server that the settings name."""

    def __init__(self, settings: Settings) -> None:
        url = settings.smtp_url.get_secret_value()
        self._relay = relay(url) if url else None
        self._sender = settings.mail_from
        self._link_base = settings.public_url.rstrip("/")

    @property
    def go_out(self) -> bool:
        """Whether letters can be sent. Links in them need the server's public address: what a
        request calls the server may be what an attacker calls it."""
        return bool(self._relay and self._sender and self._link_base)

    def address(self, path: str) -> str:
        """A path of ours as a link in a letter."""
        return self._link_base + path

    async def send(self, to: str, subject: str, text: str) -> None:
        """Send one letter; a failure is logged, without whom it was for."""
        if self._relay is None:
            return
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._sender, to, subject
        letter.set_content(text)
        try:
            await asyncio.to_thread(hand_in, self._relay, letter)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            log.warning("A letter could not be sent (%s).", type(error).__name__)


def hand_in(to: Relay, letter: EmailMessage) -> None:
    """Give one letter to the mail server; blocking. A password only travels encrypted."""
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(to.host, to.port, timeout=PATIENCE, context=context)
        if to.encrypted
        else smtplib.SMTP(to.host, to.port, timeout=PATIENCE)
    ) as server:
        server.ehlo()
        secured = to.encrypted
        if not secured and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
            secured = True
        if to.user:
            if not secured and not is_this_machine(to.host):
                raise smtplib.SMTPNotSupportedError("no encryption, so no password")
            server.login(to.user, to.password)
        server.send_message(letter)


def is_this_machine(host: str) -> bool:
    """Whether what we say there does not leave the machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
