"""Invented names: clubs, teams and divisions that sound like a real tournament and are none.

Places are made up on purpose; lengths, accents and apostrophes are not decoration but what
pages must survive.
"""

import unicodedata
from random import Random

PLACES = (
    "Northlake", "Marrowbrook", "Kestrel Point", "Ashquay", "Tindrel Bay", "St. Brannoc's",
    "Hollin Ridge", "Peñaluz", "Wexcombe", "Iron Ferry", "Quillstone", "Vallorne",
    "Cinder Hill", "Lumen City", "Thornmere", "Güldenau", "Redwater Fork", "Ostermill",
    "Bellacroix", "Falcon Gap", "Mistral Coast", "Saltmarrow", "Dunmorrow", "Aldercrest",
    "Fort Ellisby", "Harrowfen Heights", "Sørvik", "Greater Lakemont", "O'Darragh Valley",
    "Copperline", "Windhollow", "Juniper Flats", "Crescent Moor", "Heronfield", "Tamsin Creek",
    "Old Mission Road", "Évrelle", "Three Pines", "Starling Park", "Halvard", "Tallgrave",
    "Granite Bend", "Port Osprey", "Lantern Hill", "Whitlowe Bridge", "Sagebrush", "Ember Lake",
    "Kingsley Weir", "Novaterra", "Prairie Signal", "Cape Meridian", "Elmswick", "Torvale",
    "Coldspring Notch", "Brightwater", "Monarch Plains", "Añoranza", "Summerfell", "Rook Island",
    "Delmarrow", "Anchor Street", "High Tarn Gate", "Willowmark", "Zephyr Hollow",
)  # fmt: skip
KINDS = (
    "Volleyball Academy", "VBC", "Juniors", "Volleyball Club", "Elite", "VC",
    "Performance Volleyball", "Attack", "Volley", "United Volleyball", "Select",
    "Youth Volleyball Association",
)  # fmt: skip
SQUADS = (
    "Black", "Elite Black", "Blue", "National", "White", "Red", "Premier I", "Silver", "Gold",
    "Elite White", "Teal", "Premier II", "Royal", "Crimson", "Navy Performance", "Green",
    "Orange", "Regional Select", "Purple", "Thunder", "Storm", "Grey", "Diamond", "Rox",
)  # fmt: skip
REGIONS = ("NL", "RV", "GP", "CM", "HD", "TW")
LEVELS = ("Open", "Club", "Liberty", "Premier", "American", "Classic")
AGES = (15, 14, 16, 13, 17, 12, 18)
COLORS = (
    "#DF5F9F", "#3D8BFF", "#F2A900", "#2FB57C", "#8F6BFF", "#E4572E", "#19B5CB", "#B9C92F",
    "#FF8FB3", "#7FA8FF", "#C98B4B", "#5FD3A2",
)  # fmt: skip


def club_names(rng: Random, count: int) -> list[str]:
    """``count`` different club names; places come back with another kind of club when short."""
    if count > len(PLACES) * len(KINDS):
        raise ValueError(f"at most {len(PLACES) * len(KINDS)} clubs can be named")
    kinds = rng.sample(KINDS, len(KINDS))
    # Each lap moves every place on to another kind of club, so no name comes twice.
    names = [
        f"{place} {kinds[(PLACES.index(place) + lap) % len(kinds)]}"
        for lap in range(-(-count // len(PLACES)))
        for place in rng.sample(PLACES, len(PLACES))
    ]
    return names[:count]


def club_code(name: str, taken: set[str]) -> str:
    """Five letters that stand for a club in team codes, unlike all ``taken``; adds itself there."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    letters = "".join(c for c in plain if c.isalpha()).ljust(5, "x")
    code = letters[:5]
    for number in range(2, 1000):
        if code not in taken:
            break
        code = letters[: 5 - len(str(number))] + str(number)
    taken.add(code)
    return code


def short_club(name: str, taken: set[str]) -> str:
    """What a club's teams put before their age, unlike all ``taken``; adds itself there.

    "Northlake VBC" becomes "Northlake"; some kinds of club keep their whole name.
    """
    short = name
    for kind in KINDS:
        if kind not in ("Volleyball Academy", "Attack", "Elite") and name.endswith(" " + kind):
            short = name.removesuffix(" " + kind)
    short = name if short in taken else short
    taken.add(short)
    return short


def team_name(club: str, age: int, number: int) -> str:
    """The ``number``-th team, from 0, of a club and age: "Northlake 15 Elite Black".

    ``club`` is the club's short name.
    """
    if number >= len(SQUADS):
        return f"{club} {age}-{number + 1}"
    # Clubs differ in how they call their first team; the name decides, so it stays the same.
    turn = sum(map(ord, club)) % 5
    return f"{club} {age} {SQUADS[(number + turn) % len(SQUADS)]}"


def division_name(number: int) -> tuple[str, int]:
    """Name and age of the ``number``-th division: ("15 Open", 15)."""
    lap, place = divmod(number, len(AGES))
    level = LEVELS[(lap + place) % len(LEVELS)]
    suffix = f" {lap // len(LEVELS) + 1}" if lap >= len(LEVELS) else ""
    return f"{AGES[place]} {level}{suffix}", AGES[place]
