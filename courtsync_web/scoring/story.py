"""How each set of a match went: its rallies, taken from the history, and their chart.

A history holds states, and undone points among them. Within a set every rally adds one to the
sum of points, so a state simply replaces whatever stood at its sum or beyond: an undo takes
away, a correction jumps, a repeated state changes nothing. ``static/js/events/story.js``
carries the same story on while the page is open.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from courtsync_web.scoring.updates import HistoryItem

WIDTH, HEIGHT = 320, 96
"""The chart's own units."""
MIDDLE = HEIGHT / 2
FEWEST_RALLIES, SMALLEST_LEAD = 30, 5
"""The chart is at least this wide and this high, so that a young set does not look dramatic."""
WORTH_DRAWING = 3
"""Fewer known states than this are a result, not a course of play."""


@dataclass(frozen=True, slots=True)
class Rally:
    """The score after a rally. ``team`` won it; none where several came at once."""

    one: int
    two: int
    team: Literal[1, 2] | None
    at: int

    @property
    def sum(self) -> int:
        """Points so far: the rally's place in the set."""
        return self.one + self.two


@dataclass(slots=True)
class SetStory:
    """One set: where it started, its rallies, and who took time out at which sum of points."""

    number: int
    start: int = 0
    rallies: list[Rally] = field(default_factory=list)
    timeouts: list[tuple[int, int]] = field(default_factory=list)
    """``(team, sum of points)``."""

    @property
    def told(self) -> bool:
        """Whether enough is known to draw it."""
        return len(self.rallies) >= WORTH_DRAWING

    @property
    def score(self) -> tuple[int, int]:
        """The latest score."""
        return (self.rallies[-1].one, self.rallies[-1].two) if self.rallies else (0, 0)

    @property
    def longest_lead(self) -> tuple[int, int]:
        """``(team, points)`` of the biggest lead; team 0 when nobody ever led."""
        leads = [rally.one - rally.two for rally in self.rallies] or [0]
        lead = max(leads, key=abs)
        return (0 if lead == 0 else 1 if lead > 0 else 2), abs(lead)

    @property
    def points(self) -> str:
        """The rallies for the browser: ``1-0 1-1 2-1``."""
        return " ".join(f"{rally.one}-{rally.two}" for rally in self.rallies)

    @property
    def marks(self) -> str:
        """The time-outs for the browser: ``1@12 2@30``."""
        return " ".join(f"{team}@{total}" for team, total in self.timeouts)

    def add(self, one: int, two: int, at: int) -> None:
        """A state of this set, seen at ``at``."""
        if (one, two) == self.score:
            return
        while self.rallies and self.rallies[-1].sum >= one + two:
            self.rallies.pop()
        before = self.score if self.rallies else (self.start, self.start)
        if (one, two) == before:
            return
        gained = (one - before[0], two - before[1])
        team: Literal[1, 2] | None = 1 if gained == (1, 0) else 2 if gained == (0, 1) else None
        self.rallies.append(Rally(one, two, team, at))

    # The drawing ------------------------------------------------------------------------

    @property
    def line(self) -> str:
        """The lead over the rallies as the points of a polyline; team 1 leads upwards."""
        total = max(self.rallies[-1].sum if self.rallies else 0, FEWEST_RALLIES)
        first = self.start * 2
        lead = max(self.longest_lead[1], SMALLEST_LEAD)
        across, up = WIDTH / max(1, total - first), (MIDDLE - 6) / lead
        dots = [(0.0, MIDDLE)] + [
            ((rally.sum - first) * across, MIDDLE - (rally.one - rally.two) * up)
            for rally in self.rallies
        ]
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)

    @property
    def area(self) -> str:
        """The same line closed along the middle, to be filled."""
        last = self.line.rsplit(" ", 1)[-1].split(",")[0]
        return f"{self.line} {last},{MIDDLE:g}"

    @property
    def flags(self) -> list[tuple[int, float]]:
        """``(team, x)`` of each time-out."""
        total = max(self.rallies[-1].sum if self.rallies else 0, FEWEST_RALLIES)
        first = self.start * 2
        across = WIDTH / max(1, total - first)
        return [(team, round((at - first) * across, 1)) for team, at in self.timeouts]


def told_by(items: Iterable[HistoryItem], starts: dict[int, int]) -> list[SetStory]:
    """The sets of a match as its history tells them; ``starts`` gives each set's start score."""
    stories: dict[int, SetStory] = {}
    for item in items:
        for played in item.sets:
            number = played.set_number
            story = stories.setdefault(number, SetStory(number, starts.get(number, 0)))
            story.add(played.team1_score, played.team2_score, item.at)
        if item.sets:
            note_timeout(stories[item.sets[-1].set_number], item)
    return [stories[number] for number in sorted(stories)]


def note_timeout(story: SetStory, item: HistoryItem) -> None:
    """A time-out taken in the running set, or taken back."""
    if item.action == "timeout" and item.team:
        total = sum(story.score) if story.rallies else story.start * 2
        story.timeouts.append((item.team, total))
    elif item.action == "undo":
        while len(story.timeouts) > sum(item.timeouts):
            story.timeouts.pop()
