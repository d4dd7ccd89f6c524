"""The autopilot's own process: it answers, it is not asked by too many at once, and it ends."""

import asyncio
import sys
from asyncio.subprocess import Process
from typing import Any

import pytest

from courtsync_web.coverage import planner
from courtsync_web.coverage.autopilot.crew import fly_together
from courtsync_web.coverage.autopilot.pilot import Flight
from courtsync_web.coverage.autopilot.task import Task
from courtsync_web.coverage.planner import Planner
from courtsync_web.coverage.stays import Stay
from courtsync_web.errors import Problem
from tests.coverage.days import SMALL, made_day
from tests.coverage.solver import keeps_the_rules, seen_by


async def test_it_finds_there_what_is_found_here() -> None:
    day = made_day(1, SMALL, Stay.SET)
    assert await Planner().fly([day]) == fly_together([day])


async def test_who_comes_when_many_wait_is_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = asyncio.Event()

    async def slow(tasks: Any) -> list[Flight]:
        await go_on.wait()
        return []

    monkeypatch.setattr(planner, "fly_apart", slow)
    busy = Planner()
    async with asyncio.TaskGroup() as everybody:
        for _ in range(planner.WAITING):
            everybody.create_task(busy.fly([]))
        await asyncio.sleep(0)
        with pytest.raises(Problem) as refusal:
            await busy.fly([])
        assert (refusal.value.status, refusal.value.code) == (503, "busy")
        go_on.set()
    assert await busy.fly([]) == []


async def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Process] = []
    start = asyncio.create_subprocess_exec

    async def noted(*command: Any, **how: Any) -> Process:
        started.append(await start(*command, **how))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    monkeypatch.setattr(planner, "PATIENCE", 0.3)
    endless = (sys.executable, "-c", "import signal; signal.pause()")
    monkeypatch.setattr(planner, "COMMAND", endless)
    with pytest.raises(Problem, match="Many plan"):
        await Planner().fly([Task((), [])])
    assert [process.returncode for process in started] == [-9]


@pytest.mark.parametrize("seed", range(3))
def test_a_crew_sees_more_than_one_and_nobody_goes_where_another_is(seed: int) -> None:
    day = made_day(seed, SMALL, Stay.WHOLE)
    [alone] = fly_together([day])
    flights = fly_together([day, day])
    for flight in flights:
        keeps_the_rules(day, flight.plan)
    ids = [stop.option.match_id for flight in flights for stop in flight.plan]
    assert len(set(ids)) == len(ids)
    assert all(flight.plan for flight in flights), "the work is shared"
    together = seen_by(flights[0].plan) | seen_by(flights[1].plan)
    assert together.bit_count() >= seen_by(alone.plan).bit_count()
