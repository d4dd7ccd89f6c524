"""What people may type about themselves."""

import pytest

from courtsync_web.accounts.entries import account_entry, clean_name
from courtsync_web.errors import Problem

GOOD = {"email": "jo@example.org", "password": "correct horse", "displayName": "Jo"}


def entered(**fields: str) -> list[str]:
    """Pointers of the fields that are refused."""
    given = GOOD | fields
    try:
        account_entry(given["email"], given["password"], given["displayName"])
    except Problem as problem:
        return [error.pointer for error in problem.errors]
    return []


def test_all_bad_fields_are_named_at_once() -> None:
    with pytest.raises(Problem) as refusal:
        account_entry("jo", "short", " ")
    assert (refusal.value.status, refusal.value.code) == (422, "validation")
    pointers = [error.pointer for error in refusal.value.errors]
    assert pointers == ["/email", "/password", "/displayName"]


@pytest.mark.parametrize(
    "email",
    [
        "jo", "jo@", "@example.org", "jo@localhost", "jo@exa mple.org", "jo@example.org\0",
        "jo@example.org,sam@example.org", "jo@-example.org", "jo@example..org", "j o@example.org",
        "j" * 65 + "@example.org", "jo@" + "a" * 250 + ".org", "jo@ex\u202eample.org",
    ],
)  # fmt: skip
def test_what_is_no_address(email: str) -> None:
    assert entered(email=email) == ["/email"]


@pytest.mark.parametrize(
    "email", ["jo.b+courts@mail.example.org", "o'neil@example.org", "müller@bücher.example"]
)
def test_what_is_an_address(email: str) -> None:
    assert entered(email=email) == []


def test_an_address_is_kept_in_one_spelling() -> None:
    entry = account_entry("  Jo@Example.ORG ", "correct horse", None)
    assert entry.email == "jo@example.org"


@pytest.mark.parametrize("password", ["", "seven77", "p" * 257, "half a character \ud83c"])
def test_what_is_no_password(password: str) -> None:
    assert entered(password=password) == ["/password"]


@pytest.mark.parametrize("password", ["eight888", "p" * 256, "        ", "пароль🏐🏐"])
def test_what_is_a_password(password: str) -> None:
    assert entered(password=password) == []


@pytest.mark.parametrize(
    "name",
    [
        "", "   ", "Jo\nCourt 3", "Jo\0", "Jo \u202egnp.exe", "\u200d", "\u2028", "J" * 81,
        "Jo\ud83c", "\u200b \u200b",
    ],
)  # fmt: skip
def test_what_is_no_name(name: str) -> None:
    assert entered(displayName=name) == ["/displayName"]


@pytest.mark.parametrize(
    "name", ["Jo", "J" * 80, "Zoë O'Neil-Ruiz", "👩‍👧 Sam", "می‌خواهم", "李小龙", "Court 3", "#7"]
)
def test_what_is_a_name(name: str) -> None:
    assert entered(displayName=name) == []


def test_a_name_is_trimmed_and_composed() -> None:
    assert clean_name("  Zoe\u0308 ") == "Zoë"
