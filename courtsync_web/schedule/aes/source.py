"""Where AES's answers come from: the service itself or a directory of recordings."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeGuard

import msgspec

from courtsync_web.schedule.aes.endpoints import Endpoint

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question brought: a value, or in ``missing`` why there is none.

    ``shared``: a file that may hold several divisions' plays; each then tells its own.
    """

    value: Any = None
    missing: str = ""
    shared: bool = False

    def object(self) -> Json:
        """The value if it is an object, else an empty one."""
        return self.value if isinstance(self.value, dict) else {}

    def objects(self) -> list[Json]:
        """The objects in the value if it is a list (or OData's ``{value: […]}``)."""
        listed = self.value.get("value") if isinstance(self.value, dict) else self.value
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


@dataclass(frozen=True, slots=True)
class Offered:
    """What a source holds without being asked: the contents of a directory."""

    divisions: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    sheets: tuple[int, ...] = ()
    grids: tuple[tuple[date, int], ...] = ()
    clubs: tuple[int, ...] = ()


NOTHING_OFFERED = Offered()


class Source(Protocol):
    """Anything that answers AES's questions about one event."""

    key: str
    offered: Offered

    async def ask(self, endpoint: Endpoint) -> Answer:
        """The answer; never raises for what the service or a file may do wrong."""
        ...


def judged(text: str) -> Answer:
    """An answer's text as a value, or in words why it is none.

    AES answers 200 to unknown addresses and to unpublished schedules alike, with the HTML of
    its web page: so the text is looked at before it is parsed.
    """
    body = text.lstrip("\ufeff \t\r\n")
    if not body:
        return Answer(missing="the answer is empty (nothing is published, or the event is over)")
    if body.startswith("<"):
        return Answer(
            missing="a web page came instead of data (not published yet, or no such thing)"
        )
    if body.rstrip() == "null":
        return Answer(missing="the answer is null (AES knows nothing of it)")
    if body[0] not in "{[":
        return Answer(missing="the answer is neither data nor a web page")
    try:
        return Answer(msgspec.json.decode(body))
    except (msgspec.DecodeError, RecursionError):
        return Answer(missing="the answer is broken off or is not JSON")


def is_id(value: object) -> TypeGuard[int]:
    """An id that the database can keep; 0 stands for none."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < abs(value) < 2**63
