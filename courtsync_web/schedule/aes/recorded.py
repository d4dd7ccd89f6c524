"""A directory of recorded AES answers, one file for each question."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from courtsync_web.schedule.aes.endpoints import Endpoint
from courtsync_web.schedule.aes.plays import division_of
from courtsync_web.schedule.aes.source import Answer, Offered, judged
from courtsync_web.schedule.aes.times import day

LISTING = re.compile(r"(?:plays|pools|brackets)_(\d{4}-\d{2}-\d{2})(?:_div(\d+))?\.json")
OF_DIVISION = re.compile(r"(?:playdays|plays)_div(\d+)\.json")
SHEET = re.compile(r"poolsheet_(-?\d+)\.json")
GRID = re.compile(r"courts_(\d{4}-\d{2}-\d{2})_(-?\d+)\.json")
CLUB = re.compile(r"nextassignments_(-?\d+)\.json")
CONTENTS = re.compile(r"(?:plays|pools|brackets|poolsheet)[_.]")
LARGEST = 50 * 1024 * 1024
"""Bytes of one file that are read; the largest real answer seen has a quarter of a megabyte."""


class Recorded:
    """Answers from files named as docs/importing.md says; what is not there is missing."""

    def __init__(self, directory: Path, key: str) -> None:
        self.key = key
        self._directory = directory
        self._names = sorted(path.name for path in directory.iterdir() if path.is_file())
        self._read: dict[str, Answer] = {}
        self.offered = self._look_around()

    async def ask(self, endpoint: Endpoint) -> Answer:
        name = next((name for name in endpoint.files if name in self._names), None)
        if name is None:
            return Answer(missing="it was not recorded")
        shared = endpoint.division is not None and name == endpoint.files[-1]
        if shared and endpoint.division not in (self.offered.divisions or (endpoint.division,)):
            return Answer(missing="it was not recorded")
        return replace(self._answer(name), shared=shared)

    def _answer(self, name: str) -> Answer:
        if name not in self._read:
            self._read[name] = self._load(self._directory / name)
        return self._read[name]

    def _load(self, path: Path) -> Answer:
        if path.stat().st_size > LARGEST:
            return Answer(missing=f"{path.name} is larger than {LARGEST // 1024**2} MB")
        try:
            return judged(path.read_text("utf-8"))
        except UnicodeDecodeError:
            return Answer(missing=f"{path.name} is not UTF-8 text")

    def _look_around(self) -> Offered:
        days: set[date] = set()
        divisions: set[int] = set()
        for name in self._names:
            if (found := LISTING.fullmatch(name)) and (listed := day(found.group(1))):
                days.add(listed)
            if (found := OF_DIVISION.fullmatch(name) or LISTING.fullmatch(name)) and (
                number := found.groups()[-1]
            ):
                divisions.add(int(number))
        return Offered(
            divisions=tuple(sorted(divisions | self._divisions_inside())),
            days=tuple(sorted(days)),
            sheets=tuple(int(found.group(1)) for found in self._named(SHEET)),
            grids=tuple(
                (drawn, int(found.group(2)))
                for found in self._named(GRID)
                if (drawn := day(found.group(1)))
            ),
            clubs=tuple(int(found.group(1)) for found in self._named(CLUB)),
        )

    def _named(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return (found for name in self._names if (found := pattern.fullmatch(name)))

    def _divisions_inside(self) -> set[int]:
        """Divisions whose plays the contents are."""
        divisions: set[int] = set()
        for name in self._names:
            value = self._answer(name).value if CONTENTS.match(name) else None
            for play in value if isinstance(value, list) else [value]:
                divisions |= {division_of(play)} - {None}  # type: ignore[arg-type]
        return divisions
