"""What a match format is: one row of parameters, checked when made."""

import re
from dataclasses import dataclass
from typing import Literal

Mode = Literal["first_to", "play_all"]
FirstServe = Literal["alternate", "toss_decider"]
TimeoutsPer = Literal["set", "match"]
TechnicalTimeout = Literal["leading-8-16", "sum-21"]

CHOICES: dict[str, tuple[str | None, ...]] = {
    "mode": ("first_to", "play_all"),
    "first_serve": ("alternate", "toss_decider"),
    "timeouts_per": ("set", "match"),
    "technical_timeout": (None, "leading-8-16", "sum-21"),
}
DECIDER_ONLY = (
    "target_decider",
    "win_by_decider",
    "cap_decider",
    "start_decider",
    "ends_at_decider",
    "ends_every_decider",
)
MOST_POINTS = 99
"""No set anywhere went beyond; a score with three digits is a slip of the finger."""


class FormatError(ValueError):
    """A format that can't be: `field` is the parameter at fault (wire name), `reason` says why."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        self.reason = reason
        super().__init__(f"{field}: {reason}" if field else reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a match is played. Scores are points, times seconds; None means "there is none".

    The parameters that end in `_decider` are None where the format has no decider. Making one
    raises FormatError when the parameters contradict each other.
    """

    id: str
    sets_max: int
    mode: Mode
    target: int
    target_decider: int | None = None
    win_by: int = 2
    win_by_decider: int | None = None
    cap: int | None = None
    cap_decider: int | None = None
    start: int = 0
    start_decider: int | None = None
    ends_between_sets: bool = False
    ends_at_decider: int | None = None
    ends_at_single: int | None = None
    ends_every: int | None = None
    ends_every_decider: int | None = None
    first_serve: FirstServe = "alternate"
    timeouts: int = 2
    timeouts_per: TimeoutsPer = "set"
    timeout_seconds: int = 30
    timeout_can_end_early: bool = False
    technical_timeout: TechnicalTimeout | None = None
    interval_seconds: int = 180
    forfeit_score: str | None = "25-0"
    note: str = ""

    def __post_init__(self) -> None:
        check(self)

    @property
    def sets_to_win(self) -> int | None:
        """Sets that decide the match; None when every set is played anyway."""
        return self.sets_max // 2 + 1 if self.mode == "first_to" else None

    @property
    def has_decider(self) -> bool:
        return self.mode == "first_to" and self.sets_max > 1

    @property
    def draw_allowed(self) -> bool:
        """A match may end without a winner (1–1)."""
        return self.mode == "play_all" and self.sets_max % 2 == 0


def wire_name(field: str) -> str:
    """The parameter's name in JSON: `target_decider` → `targetDecider`."""
    return re.sub(r"_(\w)", lambda found: found[1].upper(), field)


def check(f: Format) -> None:
    """Raise FormatError unless the parameters fit together (ranges: generous, but volleyball)."""
    _need(re.fullmatch(r"[\w.:()+-]{1,64}", f.id) is not None, "id", "1 to 64 plain characters")
    for field, allowed in CHOICES.items():
        words = ", ".join(str(choice).lower() for choice in allowed)
        _need(getattr(f, field) in allowed, field, f"one of {words}")
    _need(f.sets_max in (1, 2, 3, 5), "sets_max", "1, 2, 3 or 5 sets")
    _need(f.mode == "play_all" or f.sets_max != 2, "sets_max", "two sets can't be first to win")
    for field in DECIDER_ONLY:
        _need(f.has_decider or getattr(f, field) is None, field, "there is no deciding set")
    _check_points(f, "", f.target)
    if f.has_decider:
        if f.target_decider is None:
            raise FormatError("targetDecider", "the deciding set needs a target")
        _need(f.win_by_decider is not None, "win_by_decider", "1 or 2")
        _need(f.start_decider is not None, "start_decider", "the deciding set needs a start")
        _check_points(f, "_decider", f.target_decider)
    _check_ends(f)
    _in_range(f, "timeouts", 0, 10)
    _in_range(f, "timeout_seconds", 0, 600)
    _in_range(f, "interval_seconds", 0, 3600)
    _check_forfeit(f)
    _need(len(f.note) <= 500, "note", "at most 500 characters")


def _check_points(f: Format, kind: str, target: int) -> None:
    _in_range(f, f"target{kind}", 1, 60)
    _need(getattr(f, f"win_by{kind}") in (1, 2), f"win_by{kind}", "1 or 2")
    start = getattr(f, f"start{kind}")
    _need(0 <= start < target, f"start{kind}", f"0 to {target - 1}, below the target")
    cap = getattr(f, f"cap{kind}")
    _need(
        cap is None or target <= cap <= MOST_POINTS,
        f"cap{kind}",
        f"{target} (the target) to {MOST_POINTS}, or none",
    )


def _check_ends(f: Format) -> None:
    if f.ends_at_decider is not None and f.target_decider is not None:
        _in_range(f, "ends_at_decider", 1, f.target_decider - 1)
    if f.ends_at_single is not None:
        _need(f.sets_max == 1, "ends_at_single", "only where one set is the match")
        _in_range(f, "ends_at_single", 1, f.target - 1)
    for field in ("ends_every", "ends_every_decider"):
        if getattr(f, field) is not None:
            _in_range(f, field, 1, 60)


def _check_forfeit(f: Format) -> None:
    if f.forfeit_score is None:
        return
    found = re.fullmatch(r"(\d{1,2})-0", f.forfeit_score)
    _need(
        found is not None and int(found[1]) >= f.target,
        "forfeit_score",
        f"“{f.target}-0”, or none for a win without points",
    )


def _in_range(f: Format, field: str, low: int, high: int) -> None:
    _need(low <= getattr(f, field) <= high, field, f"{low} to {high}")


def _need(fine: bool, field: str, reason: str) -> None:
    if not fine:
        raise FormatError(wire_name(field), reason)
