"""Passwords: strong enough, in bounded work, and silent about who exists."""

import asyncio

import pytest
from argon2 import Parameters, extract_parameters

from courtsync_web.accounts import passwords
from courtsync_web.errors import Problem


async def test_a_password_fits_its_own_hash_and_no_other() -> None:
    stored = await passwords.hashed("correct horse")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.fits("correct horse", stored)
    assert not await passwords.fits("correct horsf", stored)
    assert not passwords.outdated(stored)


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
async def test_without_a_stored_hash_nothing_fits(stored: str | None) -> None:
    assert not await passwords.fits("nobody has this password", stored)


async def test_an_unknown_person_costs_the_same_work_as_a_known_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored = await passwords.hashed("correct horse")
    worked: list[Parameters] = []

    class Watched:
        """The hasher, telling what it had to do: counted work, since time is noise."""

        def verify(self, stored: str, password: str) -> bool:
            worked.append(extract_parameters(stored))
            return hasher.verify(stored, password)

        def hash(self, password: str) -> str:
            return hasher.hash(password)

    hasher = passwords._argon2
    monkeypatch.setattr(passwords, "_argon2", Watched())
    assert not await passwords.fits("wrong", stored)
    assert not await passwords.fits("wrong", None)
    assert len(worked) == 2
    assert worked[0] == worked[1], "a quick no would tell who has no account"


async def test_weaker_parameters_are_outdated() -> None:
    assert passwords.outdated("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzYWx0$" + "A" * 43)


async def test_a_flood_is_turned_away_and_the_rest_served() -> None:
    flood = await asyncio.gather(
        *(passwords.fits("guess", None) for _ in range(passwords.QUEUE + 5)),
        return_exceptions=True,
    )
    turned_away = [answer for answer in flood if isinstance(answer, Problem)]
    assert len(turned_away) == 5
    assert {(problem.status, problem.code) for problem in turned_away} == {(503, "busy")}
    assert flood.count(False) == passwords.QUEUE
    assert not await passwords.fits("guess", None), "and afterwards there is room again"
