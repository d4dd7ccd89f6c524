"""AES over HTTP: every answer it may give, from a real server on this machine."""

import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from courtsync_web import __version__
from courtsync_web.schedule.aes import endpoints
from courtsync_web.schedule.aes.gather import gather
from courtsync_web.schedule.aes.live import LiveAes, Pace
from courtsync_web.schedule.aes.read import read_aes
from courtsync_web.schedule.aes.source import Answer
from tests.aes_world import Answers
from tests.schedule.aes_server import AesServer, Reply, aes_server
from tests.schedule.conftest import KEY, ZONE, Reader

HASTY = Pace(pause=0, timeout=5, tries=3, backoff=0.01)


@pytest.fixture
def aes() -> Iterator[AesServer]:
    with aes_server() as server:
        yield server


@pytest.fixture
async def source(aes: AesServer) -> AsyncIterator[LiveAes]:
    async with LiveAes(aes.url, KEY, contact="https://scores.example.org", pace=HASTY) as one:
        yield one


def publish(aes: AesServer, answers: Answers) -> None:
    """Serve a generated event as the service does: pools and brackets of a day together."""

    def reply(path: str) -> Reply:
        found = re.fullmatch(r"/division/(\d+)/plays/([\d-]+)", path)
        if found:
            names = [f"{kind}_{found[2]}_div{found[1]}.json" for kind in ("pools", "brackets")]
            return data([play for name in names for play in answers.get(name, [])])
        name = file_of(path)
        return data(answers[name]) if name in answers else Reply(204)

    aes.otherwise = reply


def file_of(path: str) -> str:
    if not path:
        return "event.json"
    if found := re.fullmatch(r"/division/(\d+)/(plays|playdays)", path):
        return f"{found[2]}_div{found[1]}.json"
    return path[1:].replace("/", "_") + ".json"


def data(value: object) -> Reply:
    return Reply(200, json.dumps(value).encode(), {"Content-Type": "application/json"})


async def ask(source: LiveAes) -> Answer:
    return await source.ask(endpoints.event())


async def test_a_live_event_is_the_recorded_one(
    aes: AesServer, source: LiveAes, answers: Answers, read: Reader
) -> None:
    publish(aes, answers)
    draft = read_aes(await gather(source), zone=ZONE)
    recorded = await read(answers)
    assert draft.matches == recorded.matches
    assert draft.results == recorded.results
    assert {team.team_id for team in draft.teams} == {team.team_id for team in recorded.teams}
    assert draft.unread == recorded.unread


async def test_it_says_who_asks_and_asks_few_at_a_time(
    aes: AesServer, source: LiveAes, answers: Answers
) -> None:
    publish(aes, answers)
    told: list[tuple[int, int]] = []
    await gather(source, lambda done, asked: told.append((done, asked)))
    agent = f"CourtSync/{__version__} (schedule import; https://scores.example.org)"
    assert {one["User-Agent"] for one in aes.headers} == {agent}
    assert {one["Accept"] for one in aes.headers} == {"application/json"}
    assert aes.most_at_once <= 4
    assert told[-1] == (len(aes.asked), len(aes.asked))
    assert len(aes.asked) == len(set(aes.asked))


async def test_calls_start_with_a_pause_between_them(aes: AesServer) -> None:
    aes.otherwise = lambda _: data({})
    async with LiveAes(aes.url, KEY, pace=replace(HASTY, pause=0.05)) as source:
        before = time.monotonic()
        for _ in range(4):
            await ask(source)
        assert time.monotonic() - before >= 4 * 0.05


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        (Reply(200, b"<!doctype html><html></html>"), "web page"),
        (Reply(200, b"\r\n  <HTML>"), "web page"),
        (Reply(200, b""), "empty"),
        (Reply(204), "204"),
        (Reply(404, b"not here"), "404"),
        (Reply(200, b"null"), "null"),
        (Reply(200, b'{"Name": "Winter'), "broken off"),
        (Reply(200, b"\xff\xfe\x00garbage"), "neither"),
        (Reply(401), "401"),
        (Reply(403, b"<html>Attention Required!</html>"), "--from"),
    ],
)
async def test_answers_that_are_no_data_are_told_apart(
    aes: AesServer, source: LiveAes, reply: Reply, word: str
) -> None:
    aes.replies[""] = [reply]
    answer = await ask(source)
    assert answer.value is None
    assert word in answer.missing
    assert len(aes.asked) == 1


async def test_an_empty_list_is_an_answer(aes: AesServer, source: LiveAes) -> None:
    aes.replies[""] = [Reply(200, b"[]")]
    assert (await ask(source)) == Answer([])


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_what_may_pass_is_tried_again(aes: AesServer, source: LiveAes, status: int) -> None:
    aes.replies[""] = [Reply(status), Reply(status), data({"EventId": 1})]
    assert (await ask(source)).value == {"EventId": 1}
    assert len(aes.asked) == 3


async def test_what_does_not_pass_is_told_after_the_last_try(
    aes: AesServer, source: LiveAes
) -> None:
    aes.replies[""] = [Reply(503)]
    answer = await ask(source)
    assert "503" in answer.missing
    assert "3 tries" in answer.missing
    assert len(aes.asked) == 3


async def test_retry_after_is_kept(aes: AesServer, source: LiveAes) -> None:
    aes.replies[""] = [Reply(429, headers={"Retry-After": "1"}), data({})]
    before = time.monotonic()
    assert (await ask(source)).value == {}
    assert time.monotonic() - before >= 1


async def test_a_retry_after_beyond_patience_is_not_waited_for(
    aes: AesServer, source: LiveAes
) -> None:
    aes.replies[""] = [Reply(429, headers={"Retry-After": "86400"})]
    assert "429" in (await ask(source)).missing
    assert len(aes.asked) == 1


async def test_a_refusal_ends_the_asking(aes: AesServer, source: LiveAes, answers: Answers) -> None:
    """After a 403 nothing more is asked: the whole computer is refused, not one address."""
    publish(aes, answers)
    aes.replies[""] = [Reply(403)]
    gathered = await gather(source)
    assert len(aes.asked) == 1
    assert read_aes(gathered).unread.everything


async def test_no_redirect_leads_to_another_host(aes: AesServer, source: LiveAes) -> None:
    with aes_server() as elsewhere:
        aes.replies[""] = [Reply(302, headers={"Location": f"{elsewhere.url}/api/event/{KEY}"})]
        assert "redirects to" in (await ask(source)).missing
        assert elsewhere.asked == []


async def test_a_redirect_within_the_host_is_followed_but_not_in_circles(
    aes: AesServer, source: LiveAes
) -> None:
    here = f"/api/event/{KEY}"
    aes.replies[""] = [Reply(301, headers={"Location": f"{here}/moved"})]
    aes.replies["/moved"] = [data({"EventId": 1})]
    assert (await ask(source)).value == {"EventId": 1}
    aes.replies["/moved"] = [Reply(301, headers={"Location": here})]
    assert "circle" in (await ask(source)).missing


async def test_a_silent_service_is_given_up(aes: AesServer) -> None:
    aes.replies[""] = [Reply(hang=True)]
    async with LiveAes(aes.url, KEY, pace=replace(HASTY, timeout=0.2, tries=2)) as source:
        assert "no answer within 0.2 seconds" in (await ask(source)).missing
    assert len(aes.asked) == 2


async def test_a_service_that_is_not_there_is_told(aes: AesServer) -> None:
    async with LiveAes("http://127.0.0.1:9", KEY, pace=HASTY) as source:
        assert "no connection" in (await ask(source)).missing


async def test_a_huge_answer_is_not_read_to_its_end(aes: AesServer) -> None:
    aes.replies[""] = [Reply(200, b"[" + b" " * (8 * 1024 * 1024) + b"]")]
    async with LiveAes(aes.url, KEY, pace=replace(HASTY, largest=1024 * 1024)) as source:
        assert "larger than 1 MB" in (await ask(source)).missing


async def test_one_broken_sheet_loses_no_stored_match(
    aes: AesServer, source: LiveAes, answers: Answers
) -> None:
    publish(aes, answers)
    gone = next(name for name in answers if name.startswith("poolsheet_"))
    number = int(gone.removeprefix("poolsheet_").removesuffix(".json"))
    aes.replies[f"/poolsheet/{number}"] = [Reply(500)]
    draft = read_aes(await gather(source), zone=ZONE)
    assert number in draft.unread.stages or any(match.stage_id == number for match in draft.matches)
    assert any("500" in note for note in draft.notes)
