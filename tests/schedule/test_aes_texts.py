"""Team texts, placeholders and references as AES prints them."""

import pytest

from courtsync_web.schedule.aes.texts import readable, reference, region_of, suffixes, team_name
from courtsync_web.schedule.placeholders import Placeholder, placeholder


@pytest.mark.parametrize(
    "text",
    [
        "Northlake 14 Black (NC) (1)",
        "Northlake 14 Black (NC) (16)",
        "Northlake 14 Black (NC)",
        " Northlake 14  Black (NC) (3) ",
        "Northlake 14 Black (NC) (16 Classic)",
    ],
)
def test_a_teams_name_is_the_text_without_region_seed_and_division(text: str) -> None:
    assert team_name(text) == "Northlake 14 Black"


def test_a_text_of_nothing_but_brackets_keeps_them() -> None:
    assert team_name("(NC)") == "(NC)"


def test_the_region_is_the_two_capitals_in_brackets() -> None:
    assert region_of("Northlake 14 Black (NC) (1)") == "NC"
    assert region_of("Winner of Match 6") is None


def test_suffixes_come_last_first() -> None:
    assert suffixes("Reds 16 (LS) (4) (18s-16s Open)") == ["18s-16s Open", "4", "LS"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Winner of Match 6", Placeholder("winner", "Match 6")),
        ("Loser of Match 7", Placeholder("loser", "Match 7")),
        ("Winner of R4ConAM7", Placeholder("winner", "R4ConAM7")),
        ("Loser of Lg 4Mar1XOGold A1v1M1", Placeholder("loser", "Lg 4Mar1XOGold A1v1M1")),
        ("winner Match 2", Placeholder("winner", "Match 2")),
        ("1st-P5", Placeholder("place", "P5", 1)),
        ("4th-R3G4MM", Placeholder("place", "R3G4MM", 4)),
        ("3rd-R3G4KK", Placeholder("place", "R3G4KK", 3)),
        ("2nd-Lg4Mar1Gold AP1", Placeholder("place", "Lg4Mar1Gold AP1", 2)),
        ("2nd of Pool 3", Placeholder("place", "Pool 3", 2)),
        ("1st place in Pool B", Placeholder("place", "Pool B", 1)),
        ("1st R1 P9", Placeholder("place", "R1 P9", 1)),
        ("TBD", Placeholder("open", "TBD")),
    ],
)
def test_placeholders_are_told_from_teams(text: str, expected: Placeholder) -> None:
    assert placeholder(text) == expected


@pytest.mark.parametrize("name", ["Winners Volleyball 14", "Loserville 13", "1st Coast VBC 15"])
def test_teams_whose_names_begin_like_placeholders(name: str) -> None:
    assert placeholder(name) is None


def test_references_are_compared_without_blanks() -> None:
    assert reference("Lg1Feb22XOD1 v 1M1") == reference("Lg 1Feb22XOD 1v1M1")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Winner of Match 6", "Winner of Match 6"),
        ("Winner of Lg1Feb22XOD1 v 1M1 (1)", "Winner of Lg1Feb22XOD1 v 1M1"),
        ("1st-P5 (16)", "1st-P5"),
        ("4th-R3G4MM (18s-16s Open)", "4th-R3G4MM (18s-16s Open)"),
        ("4th-R3G4MM (14s Girls)", "4th-R3G4MM"),
        ("No Work Team", ""),
        ("asc_slot://pool/54281/place/1", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_words_stay_readable_while_no_team_is_known(text: str | None, shown: str) -> None:
    assert readable(text, own_alias="14s Girls") == shown
