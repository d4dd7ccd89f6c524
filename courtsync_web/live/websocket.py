"""The stream of an event as a WebSocket, which also takes scores and claims."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec
from litestar import WebSocket, websocket
from litestar.di import NamedDependency

from courtsync_web.accounts.sessions import refused
from courtsync_web.accounts.signed_in import bearer_token
from courtsync_web.accounts.tokens import Claims, TokenFault
from courtsync_web.errors import Problem
from courtsync_web.live.asgi_line import AsgiLine
from courtsync_web.live.asked import seq_of, wish_of
from courtsync_web.live.conversation import Conversation, House, TooMany, error
from courtsync_web.live.dialects import CLOSE_CODES, JSON_FRAMES, JSON_TEXTS, Texts, frames
from courtsync_web.live.doorkeeper import ticket_for
from courtsync_web.live.hub import Hub, Place
from courtsync_web.live.readers import Reader
from courtsync_web.live.wire import SocketWire, socket_wire_in
from courtsync_web.web.params import EventId

AnySocket = WebSocket[Any, Any, Any]

LARGEST_MESSAGE = 64 * 1024
"""Bytes; the server closes with 1009 beyond. A score has a few hundred."""
SIGNS_IN_WITHIN = 10.0
"""Seconds for the first message that says who is there, where nobody else may follow."""


@websocket("/api/events/{event_id:str}/ws")
async def talk(
    socket: AnySocket, event_id: EventId, hub: NamedDependency[Hub], house: NamedDependency[House]
) -> None:
    """Follow an event and keep its scores: docs/live.md."""
    try:
        refuse_stranger(socket)
        place = place_asked(socket, event_id)
        if hub.closing:
            raise Problem(503, "closing", "This server is just ending.")
        await house.count_arrival(socket.scope)
    except Problem as problem:
        await refuse(socket, problem)
        return
    await socket.accept()
    claims = socket.scope.get("auth")
    conversation = Conversation(house, event_id, claims if isinstance(claims, Claims) else None)
    if await admitted(socket, conversation):
        wire = socket_wire_in(socket.scope)
        if wire is not None:
            await Exchange(hub, conversation, wire).begin(place)
        else:
            await keep_talking(hub, place, conversation, socket)


def refuse_stranger(socket: AnySocket) -> None:
    """Another site's page may not use a cookie that the browser sends along; nor may anybody
    who does not say where they come from. A token that is no good is said to be so."""
    by_token = bearer_token(socket) is not None
    fault = socket.scope.get("auth")
    if by_token and isinstance(fault, TokenFault):
        raise refused(fault)
    origin = socket.headers.get("origin")
    if origin is None:
        if by_token or socket.scope.get("user") is None:
            return
    elif urlsplit(origin).netloc == socket.headers.get("host"):
        return
    raise Problem(403, "foreign-origin", "This request came from another site's page.")


def place_asked(socket: AnySocket, event_id: str) -> Place:
    """What the address asks for: ``?matches=``, ``?courts=``, ``?since=``."""
    asked = socket.query_params
    wish = wish_of(asked.get("matches", "")[:4000], asked.get("courts", "")[:4000])
    return Place(event_id, wish, seq_of(asked.get("since", "")))


async def refuse(socket: AnySocket, problem: Problem) -> None:
    """Before the handshake: an ordinary answer where the server can, else its 403."""
    send: Any = socket.send
    if "websocket.http.response" not in (socket.scope.get("extensions") or {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"application/problem+json"), (b"cache-control", b"no-store")]
    start = {"type": "websocket.http.response.start", "status": problem.status, "headers": headers}
    await send(start)
    body = msgspec.json.encode(problem.document())
    await send({"type": "websocket.http.response.body", "body": body, "more_body": False})


async def admitted(socket: AnySocket, conversation: Conversation) -> bool:
    """Whether the client may follow; where it may not, its first message may say who it is."""
    refusal = await conversation.why_not()
    if refusal is not None and conversation.claims is None:
        first = await first_message(socket)
        if first is None:
            return False
        await socket.send_data((await conversation.answer(first)).decode())
        refusal = await conversation.why_not()
    if refusal is None:
        return True
    await socket.send_data(msgspec.json.encode(error(refusal)).decode())
    await socket.close(code=4401 if refusal.status == 401 else 4404, reason=refusal.code)
    return False


async def first_message(socket: AnySocket) -> str | None:
    """The first text; none: the client has left. Empty: it said nothing in time."""
    try:
        async with asyncio.timeout(SIGNS_IN_WITHIN):
            message: Any = await socket.receive()
    except TimeoutError:
        return ""
    return message.get("text") or "" if message["type"] == "websocket.receive" else None


class Exchange:
    """A conversation straight on the connection: a task only while something is answered."""

    __slots__ = ("answering", "conversation", "hub", "pending", "reader", "wire")

    def __init__(self, hub: Hub, conversation: Conversation, wire: SocketWire) -> None:
        self.hub = hub
        self.conversation = conversation
        self.wire = wire
        self.pending: list[str] = []
        self.answering: asyncio.Task[None] | None = None
        self.reader: Reader | None = None

    async def begin(self, place: Place) -> None:
        """What is said meanwhile is answered after the first state."""
        if not self.wire.take_over(self.hear):
            return
        ticket = ticket_for(self.conversation.claims)
        self.reader = await self.hub.join([place], self.wire, JSON_FRAMES, ticket)
        self._begin_to_answer(self.reader)

    def hear(self, text: str) -> None:
        """A message: answered in turn; until then the client is not read on."""
        self.pending.append(text)
        self.wire.hold(still=True)
        if self.reader is not None:
            self._begin_to_answer(self.reader)

    def _begin_to_answer(self, reader: Reader) -> None:
        if self.pending and self.answering is None:
            self.answering = asyncio.create_task(self._answer(reader))

    async def _answer(self, reader: Reader) -> None:
        try:
            while self.pending and self.wire.is_open:
                said = await self.conversation.answer(self.pending.pop(0))
                reader.ticket = ticket_for(self.conversation.claims)
                if self.wire.is_open:
                    self.wire.write(frames([said]))
        except TooMany:
            if self.wire.reader is reader:
                reader.dismiss("too-many-messages")
        finally:
            self.answering = None
            if self.wire.is_open:
                self.wire.hold(still=False)


async def keep_talking(
    hub: Hub, place: Place, conversation: Conversation, socket: AnySocket
) -> None:
    """The same through ASGI, in the request's own task."""
    line = AsgiLine(sender(socket))
    try:
        reader = await hub.join([place], line, JSON_TEXTS, ticket_for(conversation.claims))
        try:
            while (message := await socket.receive())["type"] == "websocket.receive":
                said = await conversation.answer(message.get("text") or "")
                reader.ticket = ticket_for(conversation.claims)
                await socket.send_data(said.decode())
        except TooMany:
            reader.dismiss("too-many-messages")
            await asyncio.sleep(0)  # where the cancellation arrives
        finally:
            if line.reader is reader:
                reader.leave()
    except asyncio.CancelledError:
        # The hub ended this stream: say so properly, and let the request end as usual.
        if (task := asyncio.current_task()) is not None:
            task.uncancel()
        await socket.close(code=CLOSE_CODES.get(line.reason, 1013), reason=line.reason)


def sender(socket: AnySocket) -> Callable[[Texts], Any]:
    """Sends several texts as one step, as far as the server takes them."""
    send: Any = socket.send

    async def texts(messages: Texts) -> None:
        for text in messages:
            await send({"type": "websocket.send", "text": text})

    return texts


routes = [talk]
