"""The API keeps to its own description, whatever it is asked, by nobody and by its organizer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
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

from courtsync_web.demo.document import schedule_document
from courtsync_web.demo.tournament import make_tournament
from tests.servers.app import Server, run_command, start_server

AnyCase = Case[Any]
AnyOperation = APIOperation[Any, Any, Any, Any]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
pytestmark = pytest.mark.timeout(600)
ENDLESS = r"/(stream|ws)$"
"""Live connections never end; tests/live covers them."""
EXAMPLES = 15
FOR_EACH_ROLE = 3
"""Examples: what a role changes is who may, not what can be said."""
NUMBERS = count(1)
ORGANIZER = {"email": "organizer@example.org", "password": "a long enough password"}


@dataclass
class World:
    """A server with one event, its organizer, and matches that nobody has claimed yet."""

    server: Server
    event_id: str
    unclaimed: Iterator[int]
    court_id: int
    match_id: int
    """A match, and the court it is on."""

    def call(self, path: str, body: object, headers: dict[str, str] | None = None) -> Any:
        """The JSON of a call that must succeed."""
        answer = httpx.post(self.server.url + path, json=body, headers=headers, timeout=30)
        return answer.raise_for_status().json()

    def sign_in(self, path: str) -> dict[str, str]:
        """Who asks there: the organizer, or for account routes a guest, who may be erased."""
        if path.startswith(("/api/auth", "/api/me")):
            return self.enter("guest", {"displayName": "Robin"})
        return self.enter("login", ORGANIZER)

    def somebody(self, role: str) -> dict[str, str]:
        """A new person of this role, who may be erased; ``court`` came by a court's code."""
        if role == "guest":
            return self.enter("guest", {"displayName": "Robin"})
        if role == "court":
            entry = {"courtId": self.court_id}
            codes = f"/api/events/{self.event_id}/court-codes"
            code = self.call(codes, entry, self.sign_in(codes))["code"]
            return self.enter("court-code", {"code": code, "displayName": "Kim"})
        account = {"email": f"{role}{next(NUMBERS)}@example.org", "role": role}
        return self.enter("register", account | {"password": ORGANIZER["password"]})

    def enter(self, how: str, body: dict[str, str]) -> dict[str, str]:
        """The header of a new sign-in."""
        return {"Authorization": f"Bearer {self.call(f'/api/auth/{how}', body)['token']}"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server of this module's own: what follows is not kind to its data."""
    folder = tmp_path_factory.mktemp("openapi")
    run_command(
        folder, "create-user", "--role", "organizer",
        "--email", ORGANIZER["email"], "--password", ORGANIZER["password"],
    )  # fmt: skip
    server = start_server(folder, cwd=folder, environment={"COURTSYNC_LIMITS": "off"})
    tournament = make_tournament(5, first_day=date(2026, 1, 31), matches=90, event_id="cup")
    known = [match.match_id for match in tournament.matches]
    court = tournament.matches[0].court_id
    here = World(server, "cup", iter(known[1:]), court, known[0])
    here.call("/api/events", schedule_document(tournament), here.sign_in("/api/events"))
    yield here
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


def test_asked_by_the_organizer_who_also_scores(
    description: OpenApiSchema, world: World, subtests: pytest.Subtests
) -> None:
    for operation in operations(description):
        with subtests.test(operation.label):
            match_id = next(world.unclaimed)
            who = world.sign_in(operation.path)
            if operation.method not in LAST:
                world.call(f"/api/events/{world.event_id}/claims/{match_id}", {}, who)
            many(operation, about(world.event_id, match_id, who))


@pytest.mark.parametrize("role", ["guest", "spectator", "coach", "media", "court"])
def test_asked_by_somebody_of_each_role(
    description: OpenApiSchema, world: World, subtests: pytest.Subtests, role: str
) -> None:
    who = world.somebody(role)
    for operation in operations(description):
        if operation.path.startswith(("/api/auth", "/api/me")):
            who = world.somebody(role)  # the last question may have signed them out
        with subtests.test(operation.label):
            many(operation, about(world.event_id, world.match_id, who), examples=FOR_EACH_ROLE)


LAST = ("put", "patch")
"""These change who may ask what about the event, so nothing is asked after them."""


def operations(description: OpenApiSchema) -> list[AnyOperation]:
    """Everything the API can be asked."""
    found = [read.ok() for read in description.get_all_operations() if isinstance(read, Ok)]
    assert found, "the description names no operation"
    return sorted(found, key=lambda operation: operation.method in LAST)


def many(
    operation: AnyOperation, ask: Callable[[AnyCase], None], *, examples: int = EXAMPLES
) -> None:
    """Ask well-formed and malformed questions, the same ones on every run."""
    has_rules_to_break = bool(operation.body or operation.query)
    modes = list(GenerationMode) if has_rules_to_break else [GenerationMode.POSITIVE]
    for mode in modes:
        bounded = settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        bounded(given(operation.as_strategy(generation_mode=mode))(ask))()


def about(event_id: str, match_id: int, who: dict[str, str]) -> Callable[[AnyCase], None]:
    """Asks about what exists: made-up ids would not get past the first lookup."""
    real = {"event_id": event_id, "match_id": match_id}

    def ask(case: AnyCase) -> None:
        for name in case.path_parameters.keys() & real.keys():
            case.path_parameters[name] = real[name]
        if isinstance(case.body, dict) and "matchId" in case.body:
            case.body["matchId"] = match_id
        case.call_and_validate(checks=CHECKS, headers=who)

    return ask
