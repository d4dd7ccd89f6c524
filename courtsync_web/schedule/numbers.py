"""Ids for what has none: the same names give the same number, import after import."""

from hashlib import blake2b

from courtsync_web.schedule.words import folded

BITS = 48
"""Small enough to stay exact in every JSON reader (53 bits), large enough not to meet by chance:
20,000 names collide once in a million files, and then the second one moves on."""


class Numbers:
    """The ids of one draft: those given, and those derived from names."""

    def __init__(self) -> None:
        self.derived: set[tuple[str, int]] = set()
        self._names: dict[tuple[str, int], tuple[str, ...]] = {}

    def given(self, kind: str, number: int) -> None:
        """Note an id that the source gave, so that no derived one equals it."""
        self._names.setdefault((kind, number), ("given", str(number)))

    def derive(self, kind: str, *names: object) -> int:
        """The id that belongs to these names; case and blanks do not matter."""
        key = tuple(folded(str(name)) for name in names)
        turn = 0
        while True:
            number = digest(kind, *key, str(turn) if turn else "")
            if self._names.setdefault((kind, number), key) == key:
                self.derived.add((kind, number))
                return number
            turn += 1


def digest(*parts: str) -> int:
    """A positive number of 48 bits from texts."""
    text = "\x1f".join(parts)
    return int.from_bytes(blake2b(text.encode(), digest_size=BITS // 8).digest()) or 1
