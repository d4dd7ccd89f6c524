"""The API's description for people: one page, made on the server, no script from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.openapi.plugins import OpenAPIRenderPlugin

from courtsync_web.accounts.signed_in import viewer_of

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program can do: how it is asked, and what may come back."""

    method: str
    path: str
    summary: str
    parameters: list[tuple[str, str, str]]
    """``(name, where, type)``."""
    body: dict[str, str]
    """Field to type; a ``?`` at the end of a name: it may be left out."""
    answers: list[tuple[str, str]]


class ReadableSchema(OpenAPIRenderPlugin):
    """``/schema``: every operation of the JSON API in plain HTML."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        template = request.app.template_engine.get_template("web/schema.html")  # type: ignore[union-attr]
        text: str = template.render(
            request=request, viewer=viewer_of(request), operations=list(operations(openapi_schema))
        )
        return text.encode()


def operations(schema: dict[str, Any]) -> Iterator[Operation]:
    """Every operation under ``/api``, in the order of the paths."""
    for path, item in sorted(schema["paths"].items()):
        for method in METHODS:
            if method in item and path.startswith(("/api/", "/live/")):
                yield operation(schema, method, path, item[method])


def operation(schema: dict[str, Any], method: str, path: str, item: dict[str, Any]) -> Operation:
    content = item.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Operation(
        method=method.upper(),
        path=path,
        summary=item.get("description") or item.get("summary", ""),
        parameters=[
            (each["name"], each["in"], type_of(each.get("schema", {})))
            for each in item.get("parameters", [])
        ],
        body=fields_of(schema, content.get("schema", {})),
        answers=[
            (status, answer.get("description", ""))
            for status, answer in sorted(item["responses"].items())
        ],
    )


def fields_of(schema: dict[str, Any], body: dict[str, Any]) -> dict[str, str]:
    """The fields of a request's body."""
    options = [body, *body.get("oneOf", []), *body.get("anyOf", [])]
    named = next((option["$ref"] for option in options if "$ref" in option), None)
    if named is None:
        return {}
    component = schema["components"]["schemas"][named.rpartition("/")[2]]
    required = component.get("required", [])
    return {
        name if name in required else f"{name}?": type_of(field)
        for name, field in component.get("properties", {}).items()
    }


def type_of(field: dict[str, Any]) -> str:
    """A type in a word or two: ``integer``, ``point | undo``, ``array of SetScore``."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "enum" in field:
        return " | ".join(str(value) for value in field["enum"])
    for choice in ("oneOf", "anyOf"):
        if choice in field:
            return " | ".join(type_of(option) for option in field[choice])
    kind = field.get("type", "any")
    if kind == "array":
        return f"array of {type_of(field.get('items', {}))}"
    return " | ".join(kind) if isinstance(kind, list) else str(kind)
