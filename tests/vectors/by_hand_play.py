"""Matches worked out by hand: points, sets, caps, starts, deciders, serve and sides."""

from collections.abc import Iterator

from tests.vectors.case import Vector, asks, case

BO3 = "usav-junior-bo3"
CAP = "pool-bo3-cap"
TWO44 = "pool-play2-44"
BEACH = "fivb-beach"


def vectors() -> Iterator[Vector]:
    for topic in (caps, starts, played_out, deciders, serves, sides, moments, points_that_matter):
        yield from topic()


def caps() -> Iterator[Vector]:
    yield case("27–26 ends here: cap 27", CAP, "26:26 1", sets="27-26*", setEnded=True)
    yield case("26–25 does not end at cap 27", CAP, "26:25", sets="26-25", setEnded=False)
    yield case("26–24 ends below the cap", CAP, "26:24", sets="26-24*", setEnded=True)
    yield case("27–25 ends at the cap, two ahead", CAP, "27:25", sets="27-25*", setEnded=True)
    yield case("no point beyond the cap", CAP, "27:26 2?set-ended", sets="27-26*", setsWon=[1, 0])
    yield case(
        "the decider has a cap of its own: 17–16",
        CAP,
        "25:20 next 20:25 next 17:16",
        sets="25-20* 20-25* 17-16*",
        winner=1,
        setsWon=[2, 1],
    )
    yield case(
        "the sets' cap is not the decider's: 16–15 goes on",
        CAP,
        "25:20 next 20:25 next 16:15",
        sets="25-20* 20-25* 16-15",
        status="in-progress",
    )
    yield case("25–24 in a short pool is the cap of 25", "pool-short", "25:24", sets="25-24*")
    yield case("21–20 in a short pool is not over", "pool-short", "21:20", sets="21-20")
    yield case("22–20 in a short pool is over", "pool-short", "22:20", sets="22-20*")
    yield case("23–22 with cap 23", "pool-play2-21", "23:22", sets="23-22*", setsWon=[1, 0])
    yield case(
        "one set on the beach, 22–23 at cap 23",
        "beach-one-cap23",
        "22:23",
        status="completed",
        sets="22-23*",
        winner=2,
        setsWon=[0, 1],
    )
    yield case("cap 27 from 4–4", "pool-play2-44-cap27", "26:27", sets="26-27*", setsWon=[0, 1])
    hard = {"setsMax": 1, "mode": "first_to", "target": 25, "cap": 25}
    yield case("a cap at the target is win by one", hard, "24:24 2", sets="24-25*", winner=2)
    deep = {"setsMax": 3, "mode": "first_to", "target": 25, "targetDecider": 15, "cap": 30}
    yield case(
        "no cap in the decider although the sets have one",
        deep,
        "30:29 next 29:30 next 31:30",
        sets="30-29* 29-30* 31-30",
        status="in-progress",
    )


def starts() -> Iterator[Vector]:
    yield case("from 4–4, 21 points make a set", TWO44, "1x21", sets="25-4*", setsWon=[1, 0])
    yield case("from 4–4, 20 do not", TWO44, "1x20", sets="24-4", setsWon=[0, 0])
    yield case("from 4–4, back to 4–4", TWO44, "1 2 1 ux3", sets="4-4", status="not-started")
    yield case("set 2 starts at 4–4, too", TWO44, "25:10 next 1", sets="25-10* 5-4")
    yield case(
        "undo of the start of set 2 takes its 4–4 away",
        TWO44,
        "25:10 next u",
        sets="25-10*",
        setEnded=True,
    )
    yield case(
        "a late team's penalty makes another start legal",
        TWO44,
        "fix1=4-1 1",
        sets="5-1",
        status="in-progress",
    )
    yield case(
        "bracket-44: the decider starts at 0–0",
        "bracket-44",
        "25:20 next 20:25 next 1",
        sets="25-20* 20-25* 1-0",
    )
    yield case(
        "bracket-44: 15 points in the decider",
        "bracket-44",
        "25:20 next 20:25 next 2x15",
        winner=2,
        sets="25-20* 20-25* 0-15*",
    )


def played_out() -> Iterator[Vector]:
    yield case(
        "play-all goes on at 2–0",
        "pool-play3",
        "25:20 next 25:18 next 3:2",
        status="in-progress",
        setsWon=[2, 0],
        winner=None,
        sets="25-20* 25-18* 3-2",
    )
    yield case(
        "play-all: a lost last set does not change the winner",
        "pool-play3",
        "25:20 next 25:18 next 10:25",
        status="completed",
        setsWon=[2, 1],
        winner=1,
        outcome="first-won",
    )
    yield case(
        "play-all of two: a split has no winner",
        TWO44,
        "25:20 next 20:25",
        status="completed",
        setsWon=[1, 1],
        winner=None,
        outcome="split",
    )
    yield case(
        "undo takes a split back",
        TWO44,
        "25:20 next 20:25 u",
        status="in-progress",
        outcome="undecided",
        sets="25-20* 20-24",
    )
    yield case(
        "play-all has no decider: set 3 goes to 25",
        "pool-play3",
        "25:20 next 20:25 next 15:0",
        status="in-progress",
        sets="25-20* 20-25* 15-0",
    )
    yield case(
        "best of 5 is not over at 2–0",
        "fivb-indoor",
        "25:20 next 25:20 next",
        status="in-progress",
        sets="25-20* 25-20* 0-0",
    )
    yield case(
        "best of 5, 3–1",
        "fivb-indoor",
        "25:20 next 20:25 next 25:20 next 25:20",
        status="completed",
        setsWon=[3, 1],
        winner=1,
    )


def deciders() -> Iterator[Vector]:
    to_decider = "25:20 next 20:25 next "
    yield case("the decider ends at 15", BO3, to_decider + "15:13", winner=1, setsWon=[2, 1])
    yield case("15–14 does not end the decider", BO3, to_decider + "15:14", winner=None)
    yield case("30–28 in the decider", BO3, to_decider + "28:30", winner=2, setsWon=[1, 2])
    yield case(
        "a decider to 25 (New York schools)",
        "nysphsaa",
        "25:0 next 0:25 next 25:0 next 0:25 next 24:10",
        status="in-progress",
        setsWon=[2, 2],
    )
    yield case(
        "a festival's decider ends at 3",
        "festival",
        "15:14 next 14:15 next 2:3",
        winner=2,
        sets="15-14* 14-15* 2-3*",
    )
    yield case("a snow decider goes to 15", "snow", "15:1 next 1:15 next 14:15 2", winner=2)
    yield case("the winner of the last rally serves", BO3, "1 2 2 1 2", serving=2, sets="2-3")


def serves() -> Iterator[Vector]:
    yield case("the toss says who serves", BO3, "toss2", serving=2, servedFirst=2,
               status="not-started")  # fmt: skip
    yield case("serve after the toss follows the rallies", BO3, "toss2 1", serving=1, servedFirst=2)
    yield case("the first set may be begun by hand", BO3, "next:1", status="in-progress",
               serving=1, servedFirst=1, sets="0-0")  # fmt: skip
    yield case("beginning it by hand keeps the toss", BO3, "toss2 next 1", serving=1, servedFirst=2)
    yield case("a first set is begun once", BO3, "next next?set-in-play", sets="0-0")
    yield case("undo gives the serve back", BO3, "toss1 2 u", serving=1, sets="0-0")
    yield case("nobody knows who began: nobody knows who begins set 2", BO3, "25:20 next",
               serving=None, servedFirst=None)  # fmt: skip
    yield case("set-start may say who serves", BO3, "toss1 25:20 next:1", serving=1, servedFirst=1)
    yield case("set 3 of five goes back to the first server", "fivb-indoor",
               "toss1 25:20 next 25:20 u 1 next", serving=1)  # fmt: skip
    yield case("set 4 of five to the other", "fivb-indoor",
               "toss1 25:20 next 20:25 next 25:20 next", serving=2)  # fmt: skip
    yield case("the decider of five has a toss", "fivb-indoor",
               "toss1 25:20 next 20:25 next 25:20 next 20:25 next", serving=None)  # fmt: skip
    yield case("play-all alternates to the end", "pool-play3",
               "toss1 25:20 next 25:20 next", serving=1)  # fmt: skip
    yield case("no toss after the first point", BO3, "1 toss1?toss-too-late", serving=1)
    yield case("a second toss before the first point counts", BO3, "toss1 toss2s", serving=2,
               swapped=True)  # fmt: skip
    alternating = {"setsMax": 3, "mode": "first_to", "target": 25, "firstServe": "alternate"}
    yield case("a decider without a toss alternates", alternating,
               "toss1 25:20 next 20:25 next", serving=1)  # fmt: skip


def sides() -> Iterator[Vector]:
    yield case("teams begin unswapped", BO3, "", swapped=False)
    yield case("the toss may swap them", BO3, "toss1s", swapped=True)
    yield case("ends changed", BO3, "1 ends", swapped=True, sets="1-0")
    yield case("ends changed twice", BO3, "1 ends 1 ends", swapped=False, sets="2-0")
    yield case("undo changes ends back", BO3, "1 ends u", swapped=False, sets="1-0")
    yield case("sides never touch the score", BO3, "24:20 ends 1", sets="25-20*", setsWon=[1, 0])
    yield case("a new set keeps the sides", BO3, "ends 25:20 next", swapped=True)
    yield case("the ends change between sets", "nfhs-varsity", "25:20 ends next", swapped=True,
               endsDue=False)  # fmt: skip
    yield case("no change of ends after the match", BO3, "25:20 next 25:20 ends?match-over",
               swapped=False)  # fmt: skip


def moments() -> Iterator[Vector]:
    yield case("ends at 8 in the decider, once", "youth-bo3",
               "fix1=24-0 1 ends next fix2=0-24 2 next 7:7 2~ends 1 2",
               endsDue=True, sets="25-0* 0-25* 8-9", moments="last set")  # fmt: skip
    yield case("ends stay due until they are changed", "youth-bo3",
               "25:0 next 0:25 next 8:0 1 1 ends 1", endsDue=False, swapped=True)  # fmt: skip
    yield case("undo of the eighth point takes the change back", "youth-bo3",
               "25:0 next 0:25 next 8:0 u", endsDue=False, sets="25-0* 0-25* 7-0")  # fmt: skip
    yield case("ends are due between sets", "youth-bo3", "24:0 1~ends", endsDue=True,
               moments="all")  # fmt: skip
    yield case("the next set ends the waiting", "youth-bo3", "25:0 next", endsDue=False)
    yield case("before the decider the toss decides on ends", "youth-bo3",
               "25:0 next 0:25", endsDue=False, setEnded=True)  # fmt: skip
    yield case("after the match nobody changes ends", "youth-bo3", "25:0 next 25:0", endsDue=False)
    yield case("one set: ends at 13", "one-set", "12:12 2~ends 1 2", endsDue=True, moments="all")
    yield case("sevens on the beach", BEACH,
               "4:2 1~ends 1x6 1~ends 2x6 2~ends~technical 2x6 2~ends",
               sets="12-16", moments="all")  # fmt: skip
    yield case("fives in the beach decider", BEACH,
               "21:0 next 0:21 next 1x4 1~ends 2x4 2~ends 2x4 2~ends 1",
               sets="21-0* 0-21* 6-10", moments="last set")  # fmt: skip
    yield case("a change of ends that nobody made is forgotten with the set", BEACH, "7:0 21:0",
               endsDue=False, setEnded=True)  # fmt: skip
    yield case("no technical time-out in the beach decider", BEACH,
               "21:0 next 0:21 next 1x4 1~ends 2x4 2~ends 1x4 1~ends 2x4 2~ends 1 2",
               sets="21-0* 0-21* 11-11", moments="last set")  # fmt: skip
    leading = {"setsMax": 5, "mode": "first_to", "target": 25, "targetDecider": 15,
               "technicalTimeout": "leading-8-16"}  # fmt: skip
    yield case("technical time-outs at 8 and 16 of the leader", leading,
               "7:7 2~technical 1x8 1~technical 2x12", sets="16-20", moments="all")  # fmt: skip
    yield case("a correction past 8 makes the ends due", "youth-bo3",
               "25:0 next 0:25 next 6:6 fix3=9-6~ends", endsDue=True,
               moments="last set")  # fmt: skip


def points_that_matter() -> Iterator[Vector]:
    none = [False, False]
    yield asks("24–23 is set point", BO3, "24:23", setPoint=[True, False], matchPoint=none)
    yield asks("24–24 is not", BO3, "24:24", setPoint=none, matchPoint=none)
    yield asks("25–24 is", BO3, "24:25", setPoint=[False, True], matchPoint=none)
    yield asks("26–26 at cap 27 is set point for both", CAP, "26:26", setPoint=[True, True])
    yield asks("24–24 at cap 25 is set point for both", "pool-short", "24:24",
               setPoint=[True, True])  # fmt: skip
    yield asks("14–14 in a festival is set point for both", "festival", "14:14",
               setPoint=[True, True])  # fmt: skip
    yield asks("20–19 to 21 is set point", BEACH, "20:19", setPoint=[True, False])
    yield asks("24 in a set to 30 is not", "one-set-30", "24:3", setPoint=none)
    yield asks("29 in a set to 30 is match point", "one-set-30", "29:3", setPoint=[True, False],
               matchPoint=[True, False])  # fmt: skip
    yield asks("after the set there is no set point", BO3, "25:23", setPoint=none)
    yield asks("a set up, 24–20 is match point", BO3, "25:0 next 24:20", setPoint=[True, False],
               matchPoint=[True, False])  # fmt: skip
    yield asks("a set down, 24–20 is not", BO3, "0:25 next 24:20", setPoint=[True, False],
               matchPoint=none)  # fmt: skip
    yield asks("14–13 in the decider", BO3, "25:0 next 0:25 next 13:14", setPoint=[False, True],
               matchPoint=[False, True])  # fmt: skip
    yield asks("in a play-all of two, a second set won is match point", TWO44, "25:4 next 24:4",
               matchPoint=[True, False])  # fmt: skip
    yield asks("for a split there is no match point", TWO44, "25:4 next 4:24",
               setPoint=[False, True], matchPoint=none)  # fmt: skip
    yield asks("at 2–0 in a play-all only the leader has match point", "pool-play3",
               "25:4 next 25:4 next 24:4", matchPoint=[True, False])  # fmt: skip
    yield asks("who loses 2–0 has set point only", "pool-play3", "25:4 next 25:4 next 4:24",
               setPoint=[False, True], matchPoint=none)  # fmt: skip
    yield asks("2–1 up in five, 24–22", "fivb-indoor",
               "25:4 next 4:25 next 25:4 next 24:22", matchPoint=[True, False])  # fmt: skip
