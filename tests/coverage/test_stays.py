"""When a photographer may come, by how long they stay; and how long the way takes."""

from courtsync_web.coverage.stays import MINUTE, Stay, Visit, visit_of
from courtsync_web.events.walking import minutes_between, place_of

HOUR = 60 * MINUTE
WALKS = {frozenset(("North", "West")): 7}


def test_a_whole_match_is_seen_from_its_beginning() -> None:
    assert visit_of(Stay.WHOLE, 0, HOUR) == Visit(0, 5 * MINUTE, 55 * MINUTE)


def test_ten_minutes_can_be_any_of_the_match() -> None:
    assert visit_of(Stay.SHORT, 0, HOUR) == Visit(0, 50 * MINUTE, 10 * MINUTE)
    assert visit_of(Stay.SET, HOUR, 2 * HOUR) == Visit(HOUR, HOUR + 35 * MINUTE, 25 * MINUTE)


def test_a_match_shorter_than_the_stay_is_seen_whole() -> None:
    assert visit_of(Stay.SHORT, 0, 5 * MINUTE) == Visit(0, 0, 5 * MINUTE)
    assert visit_of(Stay.WHOLE, 0, 0).lasts > 0, "no match takes no time"


def test_the_way_is_longer_the_farther_the_court() -> None:
    def way(one: str, other: str) -> int:
        return minutes_between(place_of(one), place_of(other), WALKS)

    assert [way("West 3", one) for one in ("West 3", "West 4", "West 40")] == [0, 1, 4]
    assert way("West 3", "North 3") == way("North 12", "West 40") == 7, "as the organizer says"
    assert way("West 3", "South 3") == 3, "nobody said"
    assert way("Center", "West 3") == 3
    assert way("Center A", "Center A") == 0
