"""What can be asked of AES about one event, and how its recorded answer is called."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One question: its path after ``/api/event/{key}``, and the files that may answer it.

    ``words`` names it in a sentence ("the pools of 2026-01-31"). A question about a division
    has its own file first and then the one that serves where only one division was recorded.
    """

    path: str
    files: tuple[str, ...]
    words: str
    division: int | None = None


def event() -> Endpoint:
    return Endpoint("", ("event.json",), "the event")


def used_dates() -> Endpoint:
    return Endpoint("/utilizeddates", ("utilizeddates.json",), "the event's days")


def play_days(division: int) -> Endpoint:
    return Endpoint(
        f"/division/{division}/playdays",
        (f"playdays_div{division}.json", "playdays.json"),
        f"the days of division {division}",
        division,
    )


def season(division: int) -> Endpoint:
    return Endpoint(
        f"/division/{division}/plays",
        (f"plays_div{division}.json", "plays.json"),
        f"the rounds of division {division}",
        division,
    )


def on_day(what: str, division: int, day: date) -> Endpoint:
    """``what``: plays (pools and brackets together), pools, or brackets."""
    return Endpoint(
        f"/division/{division}/{what}/{day}",
        (f"{what}_{day}_div{division}.json", f"{what}_{day}.json"),
        f"the {what} of division {division} on {day}",
        division,
    )


def pool_sheet(play: int) -> Endpoint:
    return Endpoint(f"/poolsheet/{play}", (f"poolsheet_{play}.json",), f"the sheet of pool {play}")


def court_grid(day: date, offset: int) -> Endpoint:
    """``offset``: minutes that the grid's times lie after the wall clock, read as UTC."""
    return Endpoint(
        f"/courts/{day}/{offset}", (f"courts_{day}_{offset}.json",), f"the court grid of {day}"
    )


def next_assignments(club: int) -> Endpoint:
    """Recorded only; live it is an OData address that this reader does not need."""
    return Endpoint("", (f"nextassignments_{club}.json",), f"the next matches of club {club}")
