"""The formats people play, each as one row; where a source leaves something open, `note` says so.

Time-outs that a source does not mention are the usual two of 30 seconds.
"""

from typing import Any

from courtsync_web.volleyball.match_format import Format

DEFAULT = "usav-junior-bo3"
"""Club events that name no format play this one."""

INDOOR: dict[str, Any] = {"mode": "first_to", "target": 25, "target_decider": 15}
BEACH: dict[str, Any] = {"target": 21, "forfeit_score": "21-0", "interval_seconds": 60}
POOL: dict[str, Any] = {"mode": "play_all", "target": 25}
BETWEEN = {"ends_between_sets": True}
BETWEEN_AND_AT_8 = {"ends_between_sets": True, "ends_at_decider": 8}
ENDS_BY_ORGANIZER = {"note": "Changing ends is the organizer's choice."}


def _best_of(id_: str, sets_max: int, *rows: dict[str, Any], **more: Any) -> Format:
    row: dict[str, Any] = {"win_by_decider": 2, "start_decider": 0, "first_serve": "toss_decider"}
    for part in (*rows, more):
        row |= part
    return Format(id=id_, sets_max=sets_max, **row)


def _play_all(id_: str, sets_max: int, *rows: dict[str, Any], **more: Any) -> Format:
    row: dict[str, Any] = {}
    for part in (POOL, *rows, more):
        row |= part
    return Format(id=id_, sets_max=sets_max, **row)


def _one_set(id_: str, target: int, **more: Any) -> Format:
    row: dict[str, Any] = {"forfeit_score": f"{target}-0"} | more
    return Format(id=id_, sets_max=1, mode="first_to", target=target, **row)


_ROWS = (
    _best_of("fivb-indoor", 5, INDOOR, BETWEEN_AND_AT_8),
    _best_of("youth-bo3", 3, INDOOR, BETWEEN_AND_AT_8, note="Volleyball Canada, youth."),
    _best_of(
        DEFAULT,
        3,
        INDOOR,
        note="Ends change only if the organizer elects it, then in the decider at 8.",
    ),
    _play_all("pool-play3", 3, ENDS_BY_ORGANIZER),
    _play_all("pool-play2-44", 2, ENDS_BY_ORGANIZER, start=4),
    _play_all("pool-play3-44", 3, ENDS_BY_ORGANIZER, start=4),
    _play_all("pool-play2-44-cap27", 2, start=4, cap=27),
    _best_of("pool-bo3-cap", 3, INDOOR, cap=27, cap_decider=17),
    _best_of(
        "pool-short",
        3,
        INDOOR,
        target=21,
        cap=25,
        cap_decider=17,
        timeouts_per="match",
        forfeit_score="21-0",
        note="Two time-outs of 30 seconds for the whole match.",
    ),
    _play_all("pool-play2-21", 2, target=21, cap=23, forfeit_score="21-0"),
    _best_of("bracket-44", 3, INDOOR, start=4, ends_at_decider=8),
    _one_set("one-set", 25, ends_at_single=13),
    _one_set("one-set-30", 30, **ENDS_BY_ORGANIZER),
    _best_of("nfhs-varsity", 5, INDOOR, BETWEEN, timeout_seconds=60, timeout_can_end_early=True),
    _best_of(
        "nfhs-sub-varsity", 3, INDOOR, BETWEEN, timeout_seconds=60, timeout_can_end_early=True
    ),
    _best_of(
        "ncaa",
        5,
        INDOOR,
        BETWEEN_AND_AT_8,
        timeout_seconds=75,
        note="The number of time-outs varies with broadcasts; two unless told otherwise.",
    ),
    _best_of("nysphsaa", 5, INDOOR, target_decider=25, ends_at_decider=13, timeout_seconds=60),
    _best_of(
        "fivb-beach",
        3,
        INDOOR,
        BEACH,
        ends_every=7,
        ends_every_decider=5,
        timeouts=1,
        technical_timeout="sum-21",
    ),
    _play_all("beach-pool3", 3, BEACH, ends_every=7, timeouts=1),
    _play_all(
        "beach-pool2-15", 2, BEACH, target=15, ends_every=5, timeouts=1, forfeit_score="15-0"
    ),
    _one_set("beach-one-cap23", 21, cap=23, ends_every=7, timeout_seconds=60, interval_seconds=60),
    _best_of(
        "festival",
        3,
        INDOOR,
        BETWEEN,
        target=15,
        target_decider=3,
        win_by=1,
        win_by_decider=1,
        timeouts=0,
        forfeit_score="15-0",
    ),
    _best_of(
        "snow",
        3,
        INDOOR,
        target=15,
        ends_every=5,
        ends_every_decider=5,
        timeouts=1,
        interval_seconds=60,
        forfeit_score="15-0",
    ),
)

PRESETS: dict[str, Format] = {row.id: row for row in _ROWS}
