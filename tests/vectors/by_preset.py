"""The same situations in every preset; what must come of them is worked out from `table`."""

from collections.abc import Iterator
from typing import Any

from tests.vectors.case import Vector, case
from tests.vectors.table import TABLE, Row


def vectors() -> Iterator[Vector]:
    for preset, row in TABLE.items():
        for situation in (
            beginning, sweep, sweep_by_second, longest, narrowest, beyond, kept_shut,
            undone_to_the_start,
            undone_over_the_end, timeouts, forfeited, retired, final_only, signed, served, ends,
        ):  # fmt: skip
            yield from situation(preset, row)


def beginning(preset: str, row: Row) -> Iterator[Vector]:
    s = row.start_of(1)
    yield case(
        f"{preset}: the match stands at its start",
        preset,
        "",
        status="not-started",
        sets=f"{s}-{s}",
        setsWon=[0, 0],
        serving=None,
        winner=None,
        outcome="undecided",
        setEnded=False,
    )
    yield case(
        f"{preset}: the first point starts it and gives the serve",
        preset,
        "2",
        status="in-progress",
        sets=f"{s}-{s + 1}",
        serving=2,
    )


def straight(row: Row, team: int) -> tuple[str, str]:
    """One team wins every set it needs to, the other stays at the start: script and sets."""
    words, sets = [], []
    for n in range(1, row.needed + 1):
        t, s = row.target_of(n), row.start_of(n)
        words.append(f"{team}x{t - s}")
        sets.append(f"{t}-{s}*" if team == 1 else f"{s}-{t}*")
    return " next ".join(words), " ".join(sets)


def sweep(preset: str, row: Row) -> Iterator[Vector]:
    script, sets = straight(row, 1)
    yield case(
        f"{preset}: team 1 wins without giving a point",
        preset,
        script + " 1?match-over 2?match-over next?match-over t1?match-over",
        sets=sets,
        status="completed",
        setsWon=[row.needed, 0],
        winner=1,
        outcome="first-won",
        setEnded=False,
        serving=1,
        signedOff=False,
    )


def sweep_by_second(preset: str, row: Row) -> Iterator[Vector]:
    script, sets = straight(row, 2)
    yield case(
        f"{preset}: team 2 wins without giving a point",
        preset,
        script,
        sets=sets,
        status="completed",
        setsWon=[0, row.needed],
        winner=2,
        outcome="second-won",
        serving=2,
    )


def longest(preset: str, row: Row) -> Iterator[Vector]:
    """Sets go to team 1 and team 2 in turns, as long as the format lasts."""
    words, sets, won = [], [], [0, 0]
    for n in range(1, row.sets + 1):
        t, s = row.target_of(n), row.start_of(n)
        first = n % 2 == 1
        words.append(f"{t}:{s}" if first else f"{s}:{t}")
        sets.append(f"{t}-{s}*" if first else f"{s}-{t}*")
        won[0 if first else 1] += 1
    draw = won[0] == won[1]
    yield case(
        f"{preset}: sets in turns, to the end of the format",
        preset,
        " next ".join(words) + " next?match-over",
        sets=" ".join(sets),
        status="completed",
        setsWon=won,
        winner=None if draw else 1,
        outcome="split" if draw else "first-won",
    )


def narrowest(preset: str, row: Row) -> Iterator[Vector]:
    t = row.target_of(1)
    one = row.needed == 1
    if row.win_by == 1:
        yield case(
            f"{preset}: one point more is enough at the target",
            preset,
            f"{t - 1}:{t - 1} 2",
            sets=f"{t - 1}-{t}*",
            setEnded=not one,
        )
        return
    # The target alone is not enough; two more are, where no cap comes first.
    yield case(
        f"{preset}: the target alone does not end the set",
        preset,
        f"{t - 1}:{t - 1} 2",
        sets=f"{t - 1}-{t}",
        setEnded=False,
        setsWon=[0, 0],
    )
    yield case(
        f"{preset}: two ahead beyond the target does",
        preset,
        f"{t - 1}:{t - 1} 2 2",
        sets=f"{t - 1}-{t + 1}*",
        setEnded=not one,
        setsWon=[0, 1],
    )


def beyond(preset: str, row: Row) -> Iterator[Vector]:
    """As close as can be: to the cap, or on and on."""
    for n in sorted({1, row.sets} if row.decider else {1}):
        cap, t = row.cap_of(n), row.target_of(n)
        before = " next ".join(
            f"{row.target}:{row.start}" if k % 2 else f"{row.start}:{row.target}"
            for k in range(1, n)
        )
        opening = f"{before} next " if before else ""
        if cap is not None:
            yield case(
                f"{preset}: set {n} ends at the cap of {cap}, one ahead",
                preset,
                f"{opening}{cap - 1}:{cap - 1} 1",
                setsWon=[(n + 1) // 2, n // 2],
                serving=1,
            )
        elif row.win_by == 2:
            far = t + 12
            yield case(
                f"{preset}: set {n} goes on without a cap",
                preset,
                f"{opening}{far}:{far} 2",
                setsWon=[n // 2, (n - 1) // 2],
                status="in-progress",
                setEnded=False,
            )


def kept_shut(preset: str, row: Row) -> Iterator[Vector]:
    """After a set no point without confirming it; undo opens it again."""
    if row.needed == 1:
        return
    t, s = row.target_of(1), row.start_of(1)
    yield case(
        f"{preset}: an ended set takes no point, no time-out, no toss",
        preset,
        f"{t}:{s} 1?set-ended 2?set-ended t1?set-ended toss1?set-ended r1?set-ended sign?not-over",
        sets=f"{t}-{s}*",
        setEnded=True,
        status="in-progress",
        setsWon=[1, 0],
    )
    yield case(
        f"{preset}: the next set begins at its start",
        preset,
        f"{t}:{s} next",
        sets=f"{t}-{s}* {row.start_of(2)}-{row.start_of(2)}",
        setEnded=False,
    )
    yield case(
        f"{preset}: a set in play can't be left",
        preset,
        f"{t - 1}:{s} next?set-in-play",
        sets=f"{t - 1}-{s}",
    )


def undone_to_the_start(preset: str, row: Row) -> Iterator[Vector]:
    t, s = row.target_of(1), row.start_of(1)
    rallies = t - s
    after = " next 2 2 1" if row.needed > 1 else ""
    undone = rallies + (4 if after else 0)
    yield case(
        f"{preset}: undo reaches back to the first point",
        preset,
        f"1x{rallies}{after} ux{undone} u?nothing-to-undo",
        status="not-started",
        sets=f"{s}-{s}",
        setsWon=[0, 0],
        serving=None,
        setEnded=False,
        outcome="undecided",
    )


def undone_over_the_end(preset: str, row: Row) -> Iterator[Vector]:
    script, sets = straight(row, 1)
    n = row.needed
    t, s = row.target_of(n), row.start_of(n)
    earlier = " ".join(sets.split()[:-1])
    yield case(
        f"{preset}: undo of the last point reopens set and match",
        preset,
        script + " u 2",
        sets=f"{earlier} {t - 1}-{s + 1}".strip(),
        status="in-progress",
        setsWon=[n - 1, 0],
        winner=None,
        outcome="undecided",
        serving=2,
        setEnded=False,
    )


def timeouts(preset: str, row: Row) -> Iterator[Vector]:
    k = row.timeouts
    taken = " ".join(["t1"] * k)
    yield case(
        f"{preset}: {k} time-outs for a team, and no more",
        preset,
        f"t1?not-started 1 {taken} t1?no-timeouts" + (" t2" if k else " t2?no-timeouts"),
        timeouts=[k, 1 if k else 0],
    )
    if row.needed > 1 and k:
        again = "t1?no-timeouts" if row.per_match else "t1"
        yield case(
            f"{preset}: time-outs in the next set",
            preset,
            f"{row.target}:{row.start} u {taken} 1 next {again}",
            timeouts=[k, 0] if row.per_match else [1, 0],
        )


def forfeited(preset: str, row: Row) -> Iterator[Vector]:
    lost = " ".join(f"0-{row.target}*" for _ in range(row.needed))
    expected: dict[str, Any] = {
        "status": "completed",
        "sets": lost,
        "setsWon": [0, row.needed],
        "winner": 2,
        "outcome": "first-forfeits",
    }
    yield case(f"{preset}: team 1 does not appear", preset, "forfeit1", **expected)
    yield case(
        f"{preset}: team 1 gives up in the middle and loses all it played",
        preset,
        "1 1 2 forfeit1 1?match-over retire2?match-over",
        **expected,
    )


def retired(preset: str, row: Row) -> Iterator[Vector]:
    s = row.start_of(1)
    given = [f"{row.target}-{s + 2}*"]
    given += [f"{row.target_of(n)}-{row.start_of(n)}*" for n in range(2, row.needed + 1)]
    yield case(
        f"{preset}: team 2 is injured, keeps its points, and loses",
        preset,
        "2 1 2 retire2",
        status="completed",
        sets=" ".join(given),
        setsWon=[row.needed, 0],
        winner=1,
        outcome="second-retires",
    )
    close = row.target - 1
    needed = close + row.win_by
    yield case(
        f"{preset}: an injured team at {close} makes the other need {needed}",
        preset,
        f"{close}:{close} retire1",
        winner=2,
        outcome="first-retires",
        sets=" ".join(
            [f"{close}-{needed}*"]
            + [f"{row.start_of(n)}-{row.target_of(n)}*" for n in range(2, row.needed + 1)]
        ),
    )


def final_only(preset: str, row: Row) -> Iterator[Vector]:
    pairs = [f"{row.target_of(n)}-{row.start_of(n)}" for n in range(1, row.needed + 1)]
    yield case(
        f"{preset}: the final score alone",
        preset,
        f"final={','.join(pairs)}",
        status="completed",
        sets=" ".join(f"{pair}*" for pair in pairs),
        setsWon=[row.needed, 0],
        winner=1,
        outcome="first-won",
    )
    surplus = ",".join([*pairs, *(["25-4"] * (row.sets + 1 - len(pairs)))])
    yield case(
        f"{preset}: more sets than the format has",
        preset,
        f"final={surplus}?too-many-sets",
        status="not-started",
    )


def signed(preset: str, row: Row) -> Iterator[Vector]:
    script, sets = straight(row, 2)
    yield case(
        f"{preset}: signed off, reopened, signed off again",
        preset,
        f"sign?not-over reopen?not-over {script} sign sign?signed-off 1?signed-off "
        "fix1=1-0?signed-off reopen sign",
        sets=sets,
        status="completed",
        winner=2,
        outcome="second-won",
        signedOff=True,
    )


def served(preset: str, row: Row) -> Iterator[Vector]:
    """Team 2 begins; the first serve goes round, but a decider has a toss of its own."""
    if row.needed == 1:
        return
    opening = f"toss2 {row.target}:{row.start} next"
    yield case(f"{preset}: the other team begins set 2", preset, opening, serving=1, servedFirst=1)
    if row.decider is None:
        return
    words = [f"{row.target}:{row.start}" if n % 2 else f"{row.start}:{row.target}"
             for n in range(1, row.sets)]  # fmt: skip
    script = "toss2 " + " next ".join(words) + " next"
    yield case(f"{preset}: nobody serves yet in the decider", preset, script, serving=None)
    yield case(
        f"{preset}: the toss of the decider",
        preset,
        script + " toss2s 1 toss1?toss-too-late",
        serving=1,
        servedFirst=2,
        swapped=True,
    )


def ends(preset: str, row: Row) -> Iterator[Vector]:
    """One set without a point for team 1: every point at which the ends change."""
    t, s = row.target, row.start_of(1)
    single = row.sets == 1
    words = []
    for points in range(s + 1, t + 1):
        due = single and points == row.at
        due = due or (row.every is not None and (points + s) % row.every == 0)
        if points == t:
            due = row.between and not single
        words.append("2~ends" if due else "2")
    name = f"{preset}: changes of ends in the first set"
    yield case(name, preset, " ".join(words), moments="all")
    if row.decider is None:
        return
    before = " next ".join(
        f"{row.target}:{row.start}" if n % 2 else f"{row.start}:{row.target}"
        for n in range(1, row.sets)
    )
    words = []
    for points in range(1, row.decider + 1):
        by_sum = row.decider_every is not None and points % row.decider_every == 0
        due = points < row.decider and (points == row.at or by_sum)
        words.append("1~ends" if due else "1")
    yield case(
        f"{preset}: changes of ends in the decider",
        preset,
        f"{before} next {' '.join(words)}",
        moments="last set",
        winner=1,
    )
