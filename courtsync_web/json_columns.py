"""How JSON columns are written and read: by msgspec, which is quick and knows our structs."""

from typing import Any

import msgspec


def written(value: Any) -> str:
    return msgspec.json.encode(value).decode()


AS_JSON: dict[str, Any] = {"json_serializer": written, "json_deserializer": msgspec.json.decode}
"""For every engine."""
