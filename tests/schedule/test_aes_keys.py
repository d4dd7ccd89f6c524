"""Every way people name an AES event."""

import pytest

from courtsync_web.schedule.aes.keys import NotAnEvent, event_key, key_of, number_of

SITE = "https://results.advancedeventsystems.com"
KEY = "PTAwMDAwNDEzMTQ90"


@pytest.mark.parametrize(
    "given",
    [
        KEY,
        f"  {KEY}\n",
        "41314",
        f"{SITE}/event/{KEY}",
        f"{SITE}/event/{KEY}/",
        f"{SITE}/event/{KEY}/home",
        f"{SITE}/event/{KEY}/court-schedule?_gl=1*abc*_ga*MTIz",
        f"{SITE}/event/{KEY}/divisions/199194/overview",
        f"{SITE}/event/{KEY}/divisions/199194/overview/pool/-54281",
        f"{SITE}/event/{KEY}/division/199194/schedule#top",
        f"{SITE}/event/{KEY}/divisions/199194/teams/222898",
        f"{SITE}/api/event/{KEY}",
        f"{SITE}/api/event/{KEY}/poolsheet/-54281",
        f"{SITE}/odata/{KEY}/standings(dId=null,cId=null,tIds=[])?$orderby=OverallRank",
        f"results.advancedeventsystems.com/event/{KEY}/home",
    ],
)
def test_a_key_a_number_and_every_address_name_the_event(given: str) -> None:
    assert event_key(given) == KEY


def test_a_key_made_from_a_name_is_taken_as_it_is() -> None:
    key = "RGFsbGFzX0FuZ2Vsc19DbGFzc2ljXzIwMjY1"
    assert event_key(f"{SITE}/event/{key}/home") == key
    assert number_of(key) is None


@pytest.mark.parametrize("number", [1, 41314, 41831, 9_999_999_999])
def test_a_number_and_its_key_belong_together(number: int) -> None:
    assert number_of(key_of(number)) == number


def test_the_recorded_event_has_the_key_that_was_seen() -> None:
    assert key_of(41831) == "PTAwMDAwNDE4MzE90"


@pytest.mark.parametrize(
    "given",
    ["", "   ", SITE, f"{SITE}/event/", f"{SITE}/odata/events/scheduler", "two words", "a" * 65],
)
def test_what_names_no_event_is_refused_with_a_hint(given: str) -> None:
    with pytest.raises(NotAnEvent, match="key"):
        event_key(given)
