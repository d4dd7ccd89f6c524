"""The API keeps to its own description, whatever it is asked, by nobody and by somebody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.servers.app import Server, run_command, start_server

AnyCase = Case[Any]
AnyOperation = APIOperation[Any, Any, Any, Any]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ENDLESS = r"/(stream|ws)$"
"""Live connections never end; tests/live covers them."""
EXAMPLES = 15


@dataclass
class World:
    """A server with the demo tournament, and ids that exist there."""

    server: Server
    event_id: str
    match_id: int


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server of this module's own: what follows is not kind to its data."""
    folder = tmp_path_factory.mktemp("openapi")
    run_command(folder / "data", "demo", cwd=folder)
    server = start_server(folder / "data", cwd=folder)
    listed = httpx.get(f"{server.url}/api/events/demo/matches").raise_for_status().json()
    yield World(server, "demo", listed["matches"][0]["matchId"])
    server.stop()


@pytest.fixture(scope="module")
def description(world: World) -> OpenApiSchema:
    """Its OpenAPI document, read as any client would."""
    address = f"{world.server.url}/schema/openapi.json"
    whole: OpenApiSchema = schemathesis.openapi.from_url(address)
    return cast(OpenApiSchema, whole.exclude(path_regex=ENDLESS))


def test_asked_by_nobody(
    description: OpenApiSchema, world: World, subtests: pytest.Subtests
) -> None:
    def ask(case: AnyCase) -> None:
        case.call_and_validate(checks=CHECKS)

    for operation in operations(description):
        with subtests.test(operation.label):
            many(operation, ask)


def test_asked_by_somebody_about_what_exists(
    description: OpenApiSchema, world: World, subtests: pytest.Subtests
) -> None:
    def ask(case: AnyCase) -> None:
        aim(case, world)
        case.call_and_validate(checks=CHECKS, headers=newcomer(world))

    for operation in operations(description):
        with subtests.test(operation.label):
            many(operation, ask)


def operations(description: OpenApiSchema) -> list[AnyOperation]:
    """Everything the API can be asked."""
    found = [read.ok() for read in description.get_all_operations() if isinstance(read, Ok)]
    assert found, "the description names no operation"
    return found


def many(operation: AnyOperation, ask: Callable[[AnyCase], None]) -> None:
    """Ask well-formed and malformed questions, the same ones on every run."""
    has_rules_to_break = bool(operation.body or operation.query)
    modes = list(GenerationMode) if has_rules_to_break else [GenerationMode.POSITIVE]
    for mode in modes:
        bounded = settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        bounded(given(operation.as_strategy(generation_mode=mode))(ask))()


def newcomer(world: World) -> dict[str, str]:
    """Signed in for this one call; what it does to the account (sign out, erase) ends with it."""
    guest = httpx.post(f"{world.server.url}/api/auth/guest", json={"displayName": "Robin"})
    return {"Authorization": f"Bearer {guest.raise_for_status().json()['token']}"}


def aim(case: AnyCase, world: World) -> None:
    """Replace made-up ids by real ones, so that the question gets past the first lookup."""
    real = {"event_id": world.event_id, "match_id": world.match_id}
    for name in case.path_parameters.keys() & real.keys():
        case.path_parameters[name] = real[name]
    if isinstance(case.body, dict) and "matchId" in case.body:
        case.body["matchId"] = world.match_id
