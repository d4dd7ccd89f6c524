"""Trees read off a bracket's matches, while sides are open and once teams stand there."""

from typing import Any

from courtsync_web.events.brackets import Bout, Tree, trees_of
from courtsync_web.events.cards import Card, Side


def match(
    number: int, one: int | str, two: int | str, *, winner: int | None = None, at: int = 0
) -> tuple[str, Card]:
    """A match by its number; a side is a team's id or the words for it."""
    facts: dict[str, Any] = dict.fromkeys(Card.__slots__, "")
    sides = [
        Side(side, f"Team {side}", []) if isinstance(side, int) else Side(None, side, [])
        for side in (one, two)
    ]
    if winner:
        sides[winner - 1].won = True
    facts |= {"match_id": number, "one": sides[0], "two": sides[1], "starts_at": at or number}
    return f"Match {number}", Card(**facts | {"status": "final" if winner else "upcoming"})


def drawn(bout: Bout) -> Any:
    """``(3, [1, 2])``."""
    sources = [drawn(source) for source in bout.sources]
    return (bout.card.match_id, sources) if sources else bout.card.match_id


def titles(trees: list[Tree]) -> list[tuple[str, Any]]:
    return [(tree.title, drawn(tree.root)) for tree in trees]


def test_before_anything_is_played_the_words_make_the_tree() -> None:
    trees = trees_of([
        match(4, "Loser of Match 1", "Loser of Match 2"),
        match(3, "Winner of Match 1", "Winner of Match 2"),
        match(2, "1st-P2", "2nd-P1"),
        match(1, 11, 12),
    ])  # fmt: skip
    assert titles(trees) == [("Final", (3, [1, 2])), ("Consolation", 4)]


def test_once_it_is_played_the_teams_make_the_same_tree() -> None:
    trees = trees_of([
        match(1, 11, 12, winner=1),
        match(2, 13, 14, winner=2),
        match(3, 11, 14, winner=1),
        match(4, 12, 13, winner=2),
    ])  # fmt: skip
    assert titles(trees) == [("Final", (3, [1, 2])), ("Consolation", 4)]


def test_who_has_won_is_expected_in_the_next_match_before_the_schedule_says_so() -> None:
    [final, third] = trees_of([
        match(1, 11, 12, winner=2),
        match(2, 13, 14),
        match(3, "Winner of Match 1", "Winner of Match 2"),
        match(4, "Loser of Match 1", "Loser of Match 2"),
    ])  # fmt: skip
    assert final.root.expected == ["Team 12", ""]
    assert third.root.expected == ["Team 11", ""]


def test_a_consolation_tree_grows_by_its_own_winners() -> None:
    trees = trees_of([
        *(match(number, 10 + number, 20 + number, winner=1) for number in (1, 2, 3, 4)),
        match(5, 11, 12), match(6, 13, 14),
        match(7, 21, 22), match(8, 23, 24),
        match(9, "Winner of Match 5", "Winner of Match 6"),
        match(10, "Winner of Match 7", "Winner of Match 8"),
    ])  # fmt: skip
    assert titles(trees) == [
        ("Final", (9, [(5, [1, 2]), (6, [3, 4])])),
        ("Consolation", (10, [7, 8])),
    ]


def test_a_crossover_is_a_tree_without_a_title() -> None:
    assert titles(trees_of([match(1, 11, 12)])) == [("", 1)]


def test_short_names_are_understood_too() -> None:
    trees = trees_of([match(1, 11, 12), match(2, "Winner of R4GoldM1", "1st-P3")])
    assert titles(trees) == [("Final", (2, [1]))]


def test_a_schedule_that_bites_its_tail_still_has_a_tree() -> None:
    trees = trees_of([
        match(1, "Winner of Match 2", "A"),
        match(2, "Winner of Match 1", "B"),
    ])  # fmt: skip
    assert titles(trees) == [("Final", (1, [2]))]


def test_no_matches_make_no_tree() -> None:
    assert trees_of([]) == []
