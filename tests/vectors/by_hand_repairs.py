"""Matches worked out by hand: undo, corrections, sanctions, odd endings, what is refused."""

from collections.abc import Iterator

from tests.vectors.case import Vector, case

BO3 = "usav-junior-bo3"
WON = "25:20 next 25:18"


def vectors() -> Iterator[Vector]:
    for topic in (
        undos, corrections, corrections_of_the_result, sanctions, forfeits, retirements,
        final_scores, sign_offs, reopenings,
    ):  # fmt: skip
        yield from topic()


def undos() -> Iterator[Vector]:
    yield case("undo removes, it is not undone by undo", BO3, "1 1 2 u u", sets="1-0")
    yield case("undo of nothing", BO3, "u?nothing-to-undo", status="not-started")
    yield case("a refused action is no action", BO3, "1 t1 t1 t1?no-timeouts u", timeouts=[1, 0])
    yield case("undo of a time-out", BO3, "1 t2 u", timeouts=[0, 0], sets="1-0")
    yield case("undo of a toss", BO3, "toss2s u", serving=None, swapped=False)
    yield case("undo of a set's start", BO3, "25:20 next u", setEnded=True, sets="25-20*")
    yield case("undo across the set", BO3, "25:20 next u u", sets="24-20", setsWon=[0, 0])
    yield case("and on to the other team", BO3, "25:20 next u u 2", sets="24-21", serving=2)
    yield case("undo across the match", BO3, f"{WON} u", sets="25-20* 24-18", winner=None,
               status="in-progress", setsWon=[1, 0])  # fmt: skip
    yield case("undo of the sign-off, then of the point", BO3, f"{WON} sign u u",
               sets="25-20* 24-18", signedOff=False, status="in-progress")  # fmt: skip
    yield case("time-outs of the set before come back", BO3, "24:20 t1 t1 t2 1 next u u",
               timeouts=[2, 1], sets="24-20")  # fmt: skip
    yield case("undo of a correction", BO3, "3:2 fix1=9-9 u", sets="3-2")
    yield case("undo of a forfeit", BO3, "3:2 forfeit2 u 1", sets="4-2", winner=None,
               outcome="undecided", status="in-progress")  # fmt: skip
    yield case("undo of a retirement", BO3, "25:20 next 3:2 retire1 u", sets="25-20* 3-2",
               setsWon=[1, 0], outcome="undecided")  # fmt: skip
    yield case("undo of a final score", BO3, "2:1 final=25-20,25-18 u", sets="2-1")
    yield case("undo of a red card", BO3, "2:2 r1 u", sets="2-2", redCards=[0, 0])
    yield case("undo of a delay's penalty leaves its warning", BO3, "1 d2 d2 u", sets="1-0",
               delays=[0, 1])  # fmt: skip
    yield case("undo of a reopening", BO3, f"{WON} sign reopen u", status="completed",
               signedOff=True, winner=1)  # fmt: skip


def corrections() -> Iterator[Vector]:
    yield case("a correction sets the score", BO3, "3:2 fix1=12-9", sets="12-9", serving=1)
    yield case("a correction may set the serve", BO3, "3:2 fix1=3-2/2", serving=2, sets="3-2")
    yield case("a correction starts the match (joined late)", BO3, "fix1=12-9",
               status="in-progress", sets="12-9")  # fmt: skip
    yield case("a correction may end the set", BO3, "24:23 fix1=25-23", sets="25-23*",
               setEnded=True, setsWon=[1, 0])  # fmt: skip
    yield case("a correction may reopen it", BO3, "25:23 fix1=24-23", sets="24-23",
               setEnded=False, setsWon=[0, 0])  # fmt: skip
    yield case("and points go on", BO3, "25:23 fix1=24-23 2", sets="24-24")
    yield case("25–24 by correction is not over", BO3, "fix1=25-24", sets="25-24", setEnded=False)
    yield case("unless time ran out", BO3, "fix1=25-24!", sets="25-24*", setEnded=True,
               setsWon=[1, 0])  # fmt: skip
    yield case("24–22 when time ran out", BO3, "fix1=24-22! next 1", sets="24-22* 1-0",
               setsWon=[1, 0])  # fmt: skip
    yield case("25–25 when time ran out: nobody's set", BO3, "fix1=25-25! next 1",
               sets="25-25* 1-0", setsWon=[0, 0])  # fmt: skip
    yield case("an earlier set", BO3, "25:20 next 3:2 fix1=25-19", sets="25-19* 3-2",
               setsWon=[1, 0], setEnded=False)  # fmt: skip
    yield case("an earlier set goes to the other team", BO3, "25:20 next 3:2 fix1=20-25",
               sets="20-25* 3-2", setsWon=[0, 1])  # fmt: skip
    yield case("an earlier set stays complete, however odd", BO3, "25:20 next fix1=24-20",
               sets="24-20* 0-0", setsWon=[1, 0], setEnded=False)  # fmt: skip
    yield case("a set that has not begun", BO3, "3:2 fix2=1-0?set-not-begun", sets="3-2")
    yield case("set 0", BO3, "3:2 fix0=1-0?set-not-begun", sets="3-2")
    yield case("100 points", BO3, "3:2 fix1=100-0?score-range", sets="3-2")
    yield case("points below zero", BO3, "3:2 fix1=-1-0?score-range", sets="3-2")
    yield case("99 is the most", BO3, "fix1=99-98 1?score-range 2", sets="99-99")
    yield case("over the cap: kept as told", "pool-bo3-cap", "fix1=28-27", sets="28-27*",
               setEnded=True)  # fmt: skip
    yield case("time-outs stay", BO3, "1 t1 fix1=5-5", timeouts=[1, 0])
    yield case("it would decide the match before the set in play", BO3,
               "25:20 next 20:25 next 3:2 fix2=25-20?set-after-decided",
               sets="25-20* 20-25* 3-2", setsWon=[1, 1])  # fmt: skip
    yield case("the same is fine where all sets are played", "pool-play3",
               "25:20 next 20:25 next 3:2 fix2=25-20", setsWon=[2, 0],
               sets="25-20* 25-20* 3-2")  # fmt: skip
    yield case("corrected during the break between sets", "youth-bo3",
               "25:20 ends fix1=25-21", setEnded=True, endsDue=False, swapped=True)  # fmt: skip


def corrections_of_the_result() -> Iterator[Vector]:
    yield case("the last set's points", BO3, f"{WON} fix2=25-17", sets="25-20* 25-17*",
               status="completed", winner=1)  # fmt: skip
    yield case("the match is not over after all", BO3, f"{WON} fix2=24-18",
               sets="25-20* 24-18", status="in-progress", winner=None,
               outcome="undecided", setsWon=[1, 0])  # fmt: skip
    yield case("set 1 belonged to the others: a third set follows", BO3, f"{WON} fix1=20-25 next",
               sets="20-25* 25-18* 0-0", setsWon=[1, 1], status="in-progress")  # fmt: skip
    yield case("the decider's winner changes", BO3,
               "25:20 next 20:25 next 15:13 fix3=13-15", winner=2, outcome="second-won",
               setsWon=[1, 2])  # fmt: skip
    yield case("a split becomes a win", "pool-play2-44", "25:20 next 20:25 fix2=25-20",
               winner=1, outcome="first-won", setsWon=[2, 0])  # fmt: skip
    yield case("a tied set leaves a best-of-3 open and no set to play", BO3,
               "fix1=25-25! next 25:20 next 10:15 next?no-more-sets sign?not-over",
               status="in-progress", setsWon=[1, 1], setEnded=True)  # fmt: skip
    yield case("it is then said how it ended", BO3,
               "fix1=25-25! next 25:20 next 10:15 final=25-25,25-20,10-15/second-won",
               status="completed", winner=2, setsWon=[1, 1])  # fmt: skip
    yield case("a tied set decides nothing in a play-all of three", "pool-play3",
               "25:20 next 20:25 next fix3=25-25!", status="completed", winner=None,
               outcome="undecided", setsWon=[1, 1])  # fmt: skip


def sanctions() -> Iterator[Vector]:
    yield case("a yellow card changes nothing but itself", BO3, "toss1 2:3 y1", sets="2-3",
               yellowCards=[1, 0], serving=2)  # fmt: skip
    yield case("a red card is point and serve for the others", BO3, "3:2 1 r1", sets="4-3",
               serving=2, redCards=[1, 0])  # fmt: skip
    yield case("a red card may end the set", BO3, "24:20 r2", sets="25-20*", setEnded=True)
    yield case("a red card may end the match", BO3, "25:20 next 24:20 r2", winner=1,
               status="completed")  # fmt: skip
    yield case("a red card before the first rally", "pool-play2-44", "r2", sets="5-4",
               status="in-progress", serving=1)  # fmt: skip
    yield case("a red card is late in an ended set", BO3, "25:20 r1?set-ended y1",
               redCards=[0, 0], yellowCards=[1, 0])  # fmt: skip
    yield case("no card after the match", BO3, f"{WON} y1?match-over r2?match-over",
               yellowCards=[0, 0])  # fmt: skip
    yield case("the first delay is a warning", BO3, "3:2 d1", sets="3-2", delays=[1, 0])
    yield case("the second is point and serve", BO3, "3:2 d1 d1", sets="3-3", serving=2,
               delays=[2, 0])  # fmt: skip
    yield case("each team has its own warning", BO3, "3:2 d1 d2", sets="3-2", delays=[1, 1])
    yield case("a warning lasts for the match", BO3, "3:2 d2 25:2 next d2", sets="25-2* 1-0",
               serving=1)  # fmt: skip
    yield case("a warning before the first point does not start the match", BO3, "d1",
               status="not-started", delays=[1, 0])  # fmt: skip
    yield case("a delay between sets: a warning may be given", BO3, "25:20 d1 d1?set-ended",
               delays=[1, 0])  # fmt: skip
    yield case("a third delay costs again", BO3, "d1 d1 d1", sets="0-2", delays=[3, 0])
    yield case("cards last for the match", BO3, "y1 r2 25:3 next", yellowCards=[1, 0],
               redCards=[0, 1])  # fmt: skip
    yield case("the eighth point of a decider by a red card", "youth-bo3",
               "25:0 next 0:25 next 7:7 r2~ends", endsDue=True, moments="last set")  # fmt: skip


def forfeits() -> Iterator[Vector]:
    yield case("a forfeit takes the set that was won", BO3, "25:20 next 3:2 forfeit1",
               sets="0-25* 0-25*", setsWon=[0, 2], winner=2)  # fmt: skip
    yield case("a forfeit between sets", BO3, "25:20 forfeit2", sets="25-0* 25-0*", winner=1,
               setEnded=False)  # fmt: skip
    silent: dict[str, object] = {"setsMax": 3, "mode": "first_to", "target": 25,
                                 "forfeitScore": None}  # fmt: skip
    yield case("a win without points", silent, "forfeit2", sets="0-0", setsWon=[0, 0], winner=1,
               outcome="second-forfeits", status="completed")  # fmt: skip
    yield case("a forfeit stays one when its sets are corrected", BO3, "forfeit1 fix2=3-25",
               sets="0-25* 3-25*", outcome="first-forfeits", winner=2)  # fmt: skip
    yield case("no forfeit after the match", BO3, f"{WON} forfeit1?match-over", winner=1)
    yield case("a forfeit is signed off", BO3, "forfeit1 sign", signedOff=True, winner=2)


def retirements() -> Iterator[Vector]:
    yield case("a set kept, the rest given", BO3, "25:20 next 3:2 retire1",
               sets="25-20* 3-25* 0-15*", setsWon=[1, 2], winner=2,
               outcome="first-retires")  # fmt: skip
    yield case("between sets", BO3, "25:20 retire2", sets="25-20* 25-0*", setsWon=[2, 0], winner=1)
    yield case("from 4–4 the given sets stand at 25–4", "pool-play2-44", "25:20 next 10:12 retire2",
               sets="25-20* 25-12*", winner=1)  # fmt: skip
    yield case("an unplayed set from 4–4", "pool-play2-44", "20:25 retire1",
               sets="20-25* 4-25*", winner=2)  # fmt: skip
    yield case("25–24 behind: 26 are needed", BO3, "24:25 retire2", sets="27-25* 25-0*", winner=1)
    yield case("at cap 27 one more is enough", "pool-bo3-cap", "26:26 retire1",
               sets="26-27* 0-25*", winner=2)  # fmt: skip
    yield case("in the decider", BO3, "25:20 next 20:25 next 10:13 retire2",
               sets="25-20* 20-25* 15-13*", winner=1, setsWon=[2, 1])  # fmt: skip
    yield case("a play-all is filled up, and lost", "pool-play3",
               "25:20 next 25:20 next 1:0 retire1",
               sets="25-20* 25-20* 1-25*", setsWon=[2, 1], winner=2)  # fmt: skip
    yield case("before the first point", BO3, "retire1", sets="0-25* 0-25*", winner=2,
               outcome="first-retires")  # fmt: skip


def final_scores() -> Iterator[Vector]:
    yield case("three sets", BO3, "final=25-20,20-25,15-13", winner=1, setsWon=[2, 1])
    yield case("it replaces what was scored", BO3, "25:20 next 4:4 final=20-25,20-25", winner=2,
               sets="20-25* 20-25*")  # fmt: skip
    yield case("it corrects a completed match", BO3, f"{WON} final=25-20,25-19",
               sets="25-20* 25-19*")  # fmt: skip
    yield case("not after the sign-off", BO3, f"{WON} sign final=25-20,25-19?signed-off",
               sets="25-20* 25-18*")  # fmt: skip
    yield case("one set of three decides nothing", BO3, "final=25-20?not-decided",
               status="not-started")  # fmt: skip
    yield case("unless someone says so", BO3, "final=25-20/second-retires", winner=1,
               outcome="second-retires", setsWon=[1, 0])  # fmt: skip
    yield case("a third set after 2–0", BO3, "final=25-20,25-20,15-3?set-after-decided",
               status="not-started")  # fmt: skip
    yield case("the same in a play-all", "pool-play3", "final=25-20,25-20,25-3", setsWon=[3, 0])
    yield case("two sets of a play-all of three", "pool-play3", "final=25-20,25-20?not-decided",
               status="not-started")  # fmt: skip
    yield case("odd sets are kept: 25–24, 24–22", BO3, "final=25-24,24-22", winner=1,
               setsWon=[2, 0], sets="25-24* 24-22*")  # fmt: skip
    yield case("a tied set, and the winner by word", BO3, "final=25-25,25-20/first-won", winner=1,
               setsWon=[1, 0])  # fmt: skip
    yield case("a split", "pool-play2-44", "final=25-20,20-25", outcome="split", winner=None)
    yield case("a split against the sets", "pool-play2-44",
               "final=25-20,25-25/split?outcome-contradicts", status="not-started")  # fmt: skip
    yield case("no split in a best of 3", BO3, "final=25-20/split?outcome-contradicts",
               status="not-started")  # fmt: skip
    yield case("the word contradicts the sets", BO3,
               "final=25-20,25-18/second-won?outcome-contradicts",
               status="not-started")  # fmt: skip
    yield case("a forfeit after a match that was won", BO3, "final=25-20,25-18/first-forfeits",
               winner=2, setsWon=[2, 0])  # fmt: skip
    yield case("a forfeit without sets", BO3, "final=/first-forfeits", winner=2, sets="0-0",
               setsWon=[0, 0], status="completed")  # fmt: skip
    yield case("no sets and no word", BO3, "final=?bad-action", status="not-started")
    yield case("undecided is no end", BO3, "final=25-20,25-18/undecided?bad-action",
               status="not-started")  # fmt: skip
    yield case("100 points in it", BO3, "final=100-20,25-18?score-range", status="not-started")


def sign_offs() -> Iterator[Vector]:
    yield case("sign-off", BO3, f"{WON} sign", signedOff=True, status="completed", winner=1)
    yield case("not before the end", BO3, "25:20 next 24:18 sign?not-over", signedOff=False)
    yield case("not twice", BO3, f"{WON} sign sign?signed-off", signedOff=True)
    yield case("nothing but reopening and undo after it", BO3,
               f"{WON} sign 1?signed-off next?signed-off t1?signed-off y1?signed-off "
               "d1?signed-off ends?signed-off forfeit1?signed-off retire1?signed-off "
               "fix1=1-1?signed-off toss1?signed-off", sets="25-20* 25-18*")  # fmt: skip


def reopenings() -> Iterator[Vector]:
    yield case("reopened: undecided, the last set still complete", BO3, f"{WON} sign reopen",
               status="in-progress", winner=None, outcome="undecided", setEnded=True,
               signedOff=False, setsWon=[2, 0])  # fmt: skip
    yield case("a decided match gets no further set", BO3,
               f"{WON} reopen next?match-decided 1?set-ended", setEnded=True)  # fmt: skip
    yield case("reopened and corrected: completed again", BO3,
               f"{WON} sign reopen fix2=25-19", status="completed", winner=1,
               signedOff=False)  # fmt: skip
    yield case("reopened and played on", BO3, f"{WON} sign reopen fix2=24-18 1 sign",
               status="completed", signedOff=True, sets="25-20* 25-18*")  # fmt: skip
    yield case("a forfeit reopened is a forfeit no more", BO3,
               "forfeit1 reopen final=25-20,25-18", winner=1, outcome="first-won")  # fmt: skip
    yield case("reopening what is open", BO3, "25:20 reopen?not-over", setEnded=True)
    yield case("a forfeit without points reopened is played", {
               "setsMax": 1, "mode": "first_to", "target": 25, "forfeitScore": None},
               "forfeit1 reopen 1", status="in-progress", sets="1-0",
               outcome="undecided")  # fmt: skip
