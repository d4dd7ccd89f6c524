"""Bodies are taken at their word: a number in quotation marks is not a number.

Litestar converts a body leniently, as it must for queries and paths, whose values are all
text. JSON has types of its own, so a body is converted here, strictly, before Litestar sees it.
"""

import re
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import ValidationException

PLACE = re.compile(r"^(?P<message>.*?)(?: - at `\$\.?(?P<place>[^`]*)`)?$", re.DOTALL)
FIELD_FAULTS = ("Object missing required", "Object contains unknown")
"""These name their field in the message; the place stays with it (see ``web/faults.py``)."""


class StrictRequest(Request[Any, Any, Any]):
    """A request whose JSON body has exactly the types its handler declares."""

    async def json(self) -> Any:
        value = await super().json()
        wanted = self.route_handler.parsed_data_field
        if wanted is None or not is_struct(wanted.annotation):
            return value
        try:
            return msgspec.convert(value, wanted.annotation)
        except msgspec.ValidationError as error:
            raise ValidationException(extra=[named(str(error))]) from error


def is_struct(annotation: Any) -> bool:
    """Is it one of our message types, perhaps with ``None`` beside it?"""
    options = getattr(annotation, "__args__", (annotation,))
    return any(
        isinstance(option, type) and issubclass(option, msgspec.Struct) for option in options
    )


def named(words: str) -> dict[str, str]:
    """msgspec's complaint in the shape of Litestar's: the place apart from the words."""
    if words.startswith(FIELD_FAULTS):
        return {"key": "data", "message": words}
    found = PLACE.match(words)
    assert found is not None
    return {"key": found["place"] or "data", "message": found["message"]}
