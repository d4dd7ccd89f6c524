"""A photographer's way through the day, by the vectors that the browser's code keeps to as well."""

import json
from pathlib import Path
from typing import Any

import pytest

from courtsync_web.coverage.route import Call, Stop, advice_of, route_of
from courtsync_web.coverage.stays import MINUTE, Stay
from courtsync_web.events.walking import place_of

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "coverage.json").read_text())
WALKS = {frozenset((one, other)): minutes for one, other, minutes in VECTORS["walks"]}


def stop_of(match_id: int, court: str, *minutes: int) -> Stop:
    start, earliest, latest, end = (minute * MINUTE for minute in minutes)
    return Stop(match_id, place_of(court), start, earliest, latest, end)


def told(call: Call | None) -> int | None:
    return None if call is None else call.stop.match_id


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_way_through_the_day(case: dict[str, Any]) -> None:
    now = case["now"] * MINUTE
    route = route_of([stop_of(*stop) for stop in case["stops"]], Stay(case["stay"]), WALKS, now)
    calls = [
        [one.stop.match_id, one.arrive // MINUTE, one.leave // MINUTE, one.walk]
        for one in route.calls
    ]
    assert calls == case["calls"]
    assert [[one.first, one.second, one.sure] for one in route.clashes] == case["clashes"]
    here = None if case["here"] is None else place_of(case["here"])
    advice = advice_of(route.calls, here, WALKS, now)
    leave_at = None if advice.leave_at is None else advice.leave_at // MINUTE
    said = [advice.word, told(advice.at), told(advice.to), leave_at, advice.walk]
    assert said == case["advice"]
