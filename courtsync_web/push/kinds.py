"""What a person may be told, as data: in which words, by default or not, how urgently."""

from dataclasses import dataclass

MINUTE, HOUR = 60_000, 3_600_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of push. ``useful``: milliseconds after which it is better not shown at all,
    where nothing nearer (the start of its match) says so."""

    name: str
    words: str
    hint: str
    default: bool
    urgency: str
    useful: int


MATCH_SOON = Kind(
    "matchSoon", "Match called or starting soon", "With the court, as early as you choose below",
    True, "high", 20 * MINUTE,
)  # fmt: skip
SET_WON = Kind("setWon", "Set won", "After each set of a match", False, "normal", 15 * MINUTE)
MATCH_FINAL = Kind("matchFinal", "Match final", "The result", True, "normal", 4 * HOUR)
SCHEDULE = Kind(
    "scheduleChanged", "Time or court changed", "The schedule of a match has moved",
    True, "high", 12 * HOUR,
)  # fmt: skip
CONFLICT = Kind(
    "planConflict", "Clash in my coverage plan", "Two planned matches now overlap",
    True, "high", HOUR,
)  # fmt: skip
REF_DUTY = Kind(
    "refDuty", "Ref duty coming up", "A team you follow has to work a match",
    True, "high", 20 * MINUTE,
)  # fmt: skip
WORK_TEAM = Kind(
    "workTeam", "Nobody at the score table", "Your team's duty is due and nobody keeps score yet",
    True, "high", 15 * MINUTE,
)  # fmt: skip
CHOSEN = (MATCH_SOON, SET_WON, MATCH_FINAL, SCHEDULE, CONFLICT, REF_DUTY, WORK_TEAM)
"""What a person can switch on and off, in the order of the page."""

MATCH_MOVED = Kind("matchMoved", "", "", True, "normal", 20 * MINUTE)
"""A reminder that is out already says another time: without a buzz, and as ``matchSoon``."""
DUTY_MOVED = Kind("dutyMoved", "", "", True, "normal", 20 * MINUTE)
"""The same of a duty, as ``refDuty``."""
MOVED = {MATCH_SOON: MATCH_MOVED, REF_DUTY: DUTY_MOVED}
MOVED_FROM = {later.name: first.name for first, later in MOVED.items()}
REMINDERS = (*MOVED, *MOVED.values(), CONFLICT, WORK_TEAM)
ACTIVATE = Kind("activate", "", "", True, "high", HOUR)
TEST = Kind("test", "", "", True, "high", 10 * MINUTE)

KINDS = {kind.name: kind for kind in (*CHOSEN, *MOVED.values(), ACTIVATE, TEST)}
ALWAYS = frozenset({ACTIVATE.name, TEST.name})
"""Asked for a moment ago: neither quiet hours nor mutes concern them."""

SAME_OCCASION = 10 * MINUTE
"""A printed start that moves by less is the same one: nobody is reminded again."""
LEAD_MINUTES = 15
"""Default: long enough to walk from the food stand, short enough to be believed."""
EVERY_KIND = "all"
"""In a team's choices: the bell itself."""
