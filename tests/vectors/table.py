"""The formats once more, copied by hand from the rule texts: what `presets.py` is held against.

Only what decides scores, serves and ends; None: there is none.
"""

from typing import NamedTuple


class Row(NamedTuple):
    sets: int
    all_played: bool
    target: int
    decider: int | None
    win_by: int
    cap: int | None
    decider_cap: int | None
    start: int
    decider_start: int
    between: bool
    at: int | None
    every: int | None
    decider_every: int | None
    timeouts: int
    per_match: bool = False

    @property
    def needed(self) -> int:
        """Sets played in the shortest match."""
        return self.sets if self.all_played else self.sets // 2 + 1

    def decides(self, n: int) -> bool:
        return self.decider is not None and n == self.sets

    def target_of(self, n: int) -> int:
        return self.decider if self.decider is not None and n == self.sets else self.target

    def start_of(self, n: int) -> int:
        return self.decider_start if self.decides(n) else self.start

    def cap_of(self, n: int) -> int | None:
        return self.decider_cap if self.decides(n) else self.cap


# fmt: off
TABLE = {
    # sets, all played?, to, decider, by, cap ×2, start ×2, between?, at, every ×2, time-outs
    "fivb-indoor":         Row(5, False, 25, 15, 2, None, None, 0, 0, True, 8, None, None, 2),
    "youth-bo3":           Row(3, False, 25, 15, 2, None, None, 0, 0, True, 8, None, None, 2),
    "usav-junior-bo3":     Row(3, False, 25, 15, 2, None, None, 0, 0, False, None, None, None, 2),
    "pool-play3":          Row(3, True, 25, None, 2, None, None, 0, 0, False, None, None, None, 2),
    "pool-play2-44":       Row(2, True, 25, None, 2, None, None, 4, 4, False, None, None, None, 2),
    "pool-play3-44":       Row(3, True, 25, None, 2, None, None, 4, 4, False, None, None, None, 2),
    "pool-play2-44-cap27": Row(2, True, 25, None, 2, 27, None, 4, 4, False, None, None, None, 2),
    "pool-bo3-cap":        Row(3, False, 25, 15, 2, 27, 17, 0, 0, False, None, None, None, 2),
    "pool-short":          Row(3, False, 21, 15, 2, 25, 17, 0, 0, False, None, None, None, 2, True),
    "pool-play2-21":       Row(2, True, 21, None, 2, 23, None, 0, 0, False, None, None, None, 2),
    "bracket-44":          Row(3, False, 25, 15, 2, None, None, 4, 0, False, 8, None, None, 2),
    "one-set":             Row(1, False, 25, None, 2, None, None, 0, 0, False, 13, None, None, 2),
    "one-set-30":          Row(1, False, 30, None, 2, None, None, 0, 0, False, None, None, None, 2),
    "nfhs-varsity":        Row(5, False, 25, 15, 2, None, None, 0, 0, True, None, None, None, 2),
    "nfhs-sub-varsity":    Row(3, False, 25, 15, 2, None, None, 0, 0, True, None, None, None, 2),
    "ncaa":                Row(5, False, 25, 15, 2, None, None, 0, 0, True, 8, None, None, 2),
    "nysphsaa":            Row(5, False, 25, 25, 2, None, None, 0, 0, False, 13, None, None, 2),
    "fivb-beach":          Row(3, False, 21, 15, 2, None, None, 0, 0, False, None, 7, 5, 1),
    "beach-pool3":         Row(3, True, 21, None, 2, None, None, 0, 0, False, None, 7, None, 1),
    "beach-pool2-15":      Row(2, True, 15, None, 2, None, None, 0, 0, False, None, 5, None, 1),
    "beach-one-cap23":     Row(1, False, 21, None, 2, 23, None, 0, 0, False, None, 7, None, 2),
    "festival":            Row(3, False, 15, 3, 1, None, None, 0, 0, True, None, None, None, 0),
    "snow":                Row(3, False, 15, 15, 2, None, None, 0, 0, False, None, 5, 5, 1),
}
# fmt: on
