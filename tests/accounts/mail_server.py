"""A mail server small enough to read: it takes letters and keeps them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What arrived, and where to send more. ``arrivals`` wakes whoever waits for a letter."""

    url: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    arrivals: asyncio.Event = field(default_factory=asyncio.Event)
    offers: tuple[str, ...] = ()
    """Extensions it announces, such as ``AUTH PLAIN``."""


@asynccontextmanager
async def mail_server(*offers: str) -> AsyncIterator[Mailbox]:
    """A server on a free port of this machine."""
    mailbox = Mailbox(offers=offers)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await converse(mailbox, reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    mailbox.url = f"smtp://127.0.0.1:{port}"
    async with server:
        yield mailbox


async def converse(
    mailbox: Mailbox, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """One connection, from its greeting to QUIT."""

    def say(*lines: str) -> None:
        writer.write("".join(f"{line}\r\n" for line in lines).encode())

    say("220 mail.test ready")
    while line := (await reader.readline()).decode().strip():
        mailbox.commands.append(line)
        word = line.split()[0].upper()
        if word == "EHLO":
            names = ("mail.test", *mailbox.offers)
            say(*(f"250-{name}" for name in names[:-1]), f"250 {names[-1]}")
        elif word == "AUTH":
            say("235 welcome")
        elif word == "DATA":
            say("354 go on")
            text = await reader.readuntil(b"\r\n.\r\n")
            letter = message_from_bytes(text[:-5], policy=policy.default)
            mailbox.letters.append(letter)
            mailbox.arrivals.set()
            say("250 kept")
        elif word == "QUIT":
            say("221 bye")
            return
        else:
            say("250 yes")
