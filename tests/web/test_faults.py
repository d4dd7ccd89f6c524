"""What the framework finds wrong is told like everything else: where, and what."""

import httpx
import pytest

LOGIN = "/api/auth/login"
MATCHES = "/api/events/nowhere/matches"
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ('{"email": "jo@example.org"}', "/password", "is required"),
        ('{"email": "a", "password": "b", "z": 1}', "/z", "is not a field here"),
        ('{"email": 7, "password": "b"}', "/email", "Expected `str`, got `int`"),
        ("[]", "", "Expected `object`, got `array`"),
        ("", "", "A JSON body is needed."),
    ],
)
async def test_a_bad_body_is_pointed_at(
    client: httpx.AsyncClient, body: str, pointer: str, detail: str
) -> None:
    answer = await client.post(LOGIN, content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation")
    assert answer.json()["errors"] == [{"pointer": pointer, "detail": detail}]


async def test_a_fault_deep_inside_is_pointed_at(client: httpx.AsyncClient) -> None:
    await client.post("/api/auth/guest", json={})
    body = {"matchId": 1, "status": "in-progress", "sets": [{"setNumber": 1, "team1Score": 3}]}
    answer = await client.post("/api/events/nowhere/scores", json=body)
    assert answer.json()["errors"] == [{"pointer": "/sets/0/team2Score", "detail": "is required"}]


async def test_a_bad_parameter_goes_by_the_name_it_was_given(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{MATCHES}?teamId=x&status=y")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/teamId", "/status"]


@pytest.mark.parametrize("body", ["[" * 8_000, '{"a":' * 1_600])
async def test_json_nested_for_mischief_is_bad_json(client: httpx.AsyncClient, body: str) -> None:
    answer = await client.post(LOGIN, content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation")
