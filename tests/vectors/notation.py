"""A short hand for matches, so that a person can write and check them.

    1  2          a point            1x5           five of them
    25:20         rallies, in turns as long as possible, to this score of the current set
    next  next:2  set-start (team 2 serves); before the first point it begins set 1
    toss1  toss2s toss (s: swapped)                ends   the teams changed ends
    t1            time-out           u             undo, ux3 three of them
    y1 r1 d1      yellow card, red card, delay
    fix1=24-22    correction of set 1 (! behind it: complete; /2: team 2 serves)
    forfeit1  retire2  sign  reopen
    final=25-20,25-18   (/split or another outcome behind it)

Behind a token: ?code means it is refused, ~ends and ~technical that it makes these due.
"""

import re
from collections.abc import Iterator
from typing import Any

Step = dict[str, Any]
FIXED: dict[str, Step] = {
    "next": {"type": "set-start"},
    "ends": {"type": "ends-changed"},
    "sign": {"type": "sign-off", "name": "A. Referee"},
    "reopen": {"type": "reopen", "reason": "the sheet says otherwise"},
}
BY_TEAM: dict[str, Step] = {
    "t": {"type": "timeout"},
    "y": {"type": "card", "color": "yellow"},
    "r": {"type": "card", "color": "red"},
    "d": {"type": "delay"},
    "forfeit": {"type": "forfeit"},
    "retire": {"type": "retire"},
}


def steps(script: str, starts: list[int]) -> list[Step]:
    """The script as annotated actions; `starts` is the score at which each set begins."""
    table = _Table(starts)
    found: list[Step] = []
    for word in script.split():
        body, refused, due = _annotations(word)
        for step in _read(body, table):
            if refused is None:
                table.note(step)
            else:
                step["refused"] = refused
            found.append(step)
        if due:
            found[-1]["due"] = due
    return _packed(found)


class _Table:
    """The paper on the table: only what is needed to know the score one is at."""

    def __init__(self, starts: list[int]) -> None:
        self.starts = starts
        self.past: list[tuple[int, int, int, bool]] = [(1, starts[0], starts[0], False)]

    @property
    def score(self) -> tuple[int, int]:
        return self.past[-1][1:3]

    def note(self, step: Step) -> None:
        n, a, b, begun = self.past[-1]
        match step:
            case {"type": "undo"}:
                self.past.pop()
                return
            case {"type": "point", "team": team}:
                a, b = a + (team == 1), b + (team == 2)
            case {"type": "card", "color": "red", "team": team}:
                a, b = a + (team == 2), b + (team == 1)
            case {"type": "correction", "set": number, "team1": one, "team2": two} if number == n:
                a, b = one, two
            case {"type": "set-start"} if begun:
                n += 1
                a = b = self.starts[n - 1]
        begun = begun or step["type"] in ("point", "set-start", "card", "correction")
        self.past.append((n, a, b, begun))


def _annotations(word: str) -> tuple[str, str | None, list[str]]:
    body, *due = word.split("~")
    body, _, refused = body.partition("?")
    return body, refused or None, due


def _read(word: str, table: _Table) -> Iterator[Step]:
    if word in FIXED:
        yield dict(FIXED[word])
    elif found := re.fullmatch(r"([12])(?:x(\d+))?", word):
        yield from ({"type": "point", "team": int(found[1])} for _ in range(int(found[2] or 1)))
    elif found := re.fullmatch(r"u(?:x(\d+))?", word):
        yield from ({"type": "undo"} for _ in range(int(found[1] or 1)))
    elif found := re.fullmatch(r"(\d+):(\d+)", word):
        yield from _rallies(table.score, (int(found[1]), int(found[2])))
    elif found := re.fullmatch(r"(t|y|r|d|forfeit|retire)([12])", word):
        yield BY_TEAM[found[1]] | {"team": int(found[2])}
    elif found := re.fullmatch(r"next:([12])", word):
        yield {"type": "set-start", "serving": int(found[1])}
    elif found := re.fullmatch(r"toss([12])(s?)", word):
        yield {"type": "toss", "serving": int(found[1])} | ({"swapped": True} if found[2] else {})
    else:
        yield _scores(word)


def _scores(word: str) -> Step:
    if found := re.fullmatch(r"fix(\d)=(-?\d+)-(\d+)(!?)(?:/([12]))?", word):
        n, a, b = (int(found[group]) for group in (1, 2, 3))
        step: Step = {"type": "correction", "set": n, "team1": a, "team2": b}
        step |= {"completed": True} if found[4] else {}
        return step | ({"serving": int(found[5])} if found[5] else {})
    if found := re.fullmatch(r"final=([\d,-]*)(?:/([\w-]+))?", word):
        pairs = [[int(p) for p in pair.split("-")] for pair in found[1].split(",") if pair]
        return {"type": "final-score", "sets": pairs} | ({"outcome": found[2]} if found[2] else {})
    raise ValueError(f"no such word in the notation: {word}")


def _rallies(now: tuple[int, int], goal: tuple[int, int]) -> Iterator[Step]:
    """In turns, the later winner first, so that no set ends on the way."""
    a, b = goal[0] - now[0], goal[1] - now[1]
    if min(a, b) < 0:
        raise ValueError(f"{goal} can't be reached from {now}")
    first, second = (1, 2) if goal[0] >= goal[1] else (2, 1)
    left = {1: a, 2: b}
    while left[1] or left[2]:
        for team in (first, second):
            if left[team]:
                left[team] -= 1
                yield {"type": "point", "team": team}


def _packed(found: list[Step]) -> list[Step]:
    """Equal neighbours without annotations as one, with `times`."""
    packed: list[Step] = []
    for step in found:
        plain = not (step.keys() & {"refused", "due"})
        last = packed[-1] if packed else {}
        if plain and {k: v for k, v in last.items() if k != "times"} == step:
            last["times"] = last.get("times", 1) + 1
        else:
            packed.append(dict(step))
    return _folded(packed)


def _folded(packed: list[Step]) -> list[Step]:
    """Rallies won in turns as one entry: `{"turns": [point, point], "times": 20}`."""
    folded: list[Step] = []
    while packed:
        pair, times = packed[:2], 1
        while packed[2 * times : 2 * times + 2] == pair:
            times += 1
        if times > 2 and all(step.keys() == {"type", "team"} for step in pair):
            folded.append({"turns": pair, "times": times})
            packed = packed[2 * times :]
        else:
            folded.append(packed[0])
            packed = packed[1:]
    return folded


def sets_of(text: str) -> list[dict[str, object]]:
    """`25-20* 3-2` → set scores; the star marks a completed one."""
    found: list[dict[str, object]] = []
    for n, word in enumerate(text.split(), start=1):
        a, b = (int(part) for part in word.rstrip("*").split("-"))
        found.append(
            {"setNumber": n, "team1Score": a, "team2Score": b, "completed": word.endswith("*")}
        )
    return found
