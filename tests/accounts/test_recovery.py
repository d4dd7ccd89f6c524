"""A forgotten password: the link works once, for its owner, and tells nobody anything."""

import asyncio
import logging
import re
from typing import Any, cast

import httpx
import pytest
from pydantic import SecretStr
from sqlmodel import select

from courtsync_web.accounts import api, my_api, recovery_api
from courtsync_web.accounts.letters import Letters, relay
from courtsync_web.accounts.models import ResetLink
from courtsync_web.accounts.recovery import BY_LETTER, Recovery, is_good, new_link, reset_password
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.settings import Settings
from tests.accounts.conftest import JO, Phone
from tests.accounts.mail_server import mail_server
from tests.accounts.test_api import code
from tests.small_house import small_house

NEW = "battery staple"


def posting(url: str) -> Settings:
    """Settings of a server that sends letters."""
    return Settings(
        _env_file=None,
        smtp_url=SecretStr(url),
        mail_from="scores@example.org",
        public_url="https://scores.example.org",
    )


async def reset(phone: Phone, token: str, password: str = NEW) -> httpx.Response:
    return await phone.ask("POST", "/api/auth/reset", {"token": token, "password": password})


async def a_link(db: Database, email: str = JO["email"], good_for: int = BY_LETTER) -> str:
    secret = await new_link(db, email, good_for=good_for)
    assert secret
    return secret


async def test_a_link_sets_a_new_password_and_signs_everybody_out(
    db: Database, phone: Phone, other_phone: Phone
) -> None:
    await phone.register()
    assert (await reset(other_phone, await a_link(db))).status_code == 204
    assert code(await phone.refresh()) == (401, "session-ended")
    assert code(await phone.sign_in()) == (401, "bad-credentials")
    assert (await phone.sign_in(password=NEW)).status_code == 200


async def test_a_link_works_once_and_takes_all_others_with_it(db: Database, phone: Phone) -> None:
    await phone.register()
    one, other = await a_link(db), await a_link(db)
    await reset(phone, one)
    for used in (one, other):
        assert code(await reset(phone, used, "yet another one")) == (403, "reset-link-over")
    assert (await phone.sign_in(password=NEW)).status_code == 200


async def test_of_two_who_use_it_at_once_one_gets_through(db: Database, phone: Phone) -> None:
    await phone.register()
    link = await a_link(db)
    outcomes = await asyncio.gather(
        *(reset_password(db, link, f"battery staple {n}") for n in range(3)),
        return_exceptions=True,
    )
    refusals = [outcome.code for outcome in outcomes if isinstance(outcome, Problem)]
    assert refusals == ["reset-link-over"] * 2


async def test_a_link_ends_with_its_time_and_with_a_changed_password(
    db: Database, phone: Phone
) -> None:
    await phone.register()
    assert code(await reset(phone, await a_link(db, good_for=-1))) == (403, "reset-link-over")
    link = await a_link(db)
    await phone.ask("POST", "/api/me/password", {"current": JO["password"], "new": NEW})
    assert code(await reset(phone, link)) == (403, "reset-link-over")


async def test_a_bad_password_uses_nothing_up(db: Database, phone: Phone) -> None:
    await phone.register()
    link = await a_link(db)
    assert code(await reset(phone, link, "short")) == (422, "validation")
    assert await is_good(db, link)


async def test_a_made_up_link_is_over(db: Database, phone: Phone) -> None:
    await phone.register()
    for made_up in ("", "x", "0" * 43, "%", "é"):
        assert code(await reset(phone, made_up)) == (403, "reset-link-over")


async def test_only_the_hash_is_kept(db: Database, phone: Phone) -> None:
    await phone.register()
    link = await a_link(db)
    async with db.read() as session:
        (row,) = await session.exec(select(ResetLink))
    assert link not in repr(row)


async def test_asking_says_the_same_to_everybody(phone: Phone) -> None:
    await phone.register()
    answers = [
        await phone.ask("POST", "/api/auth/forgot", {"email": email})
        for email in (JO["email"], "nobody@example.org", "no address")
    ]
    assert [one.status_code for one in answers] == [202] * 3
    assert len({one.content for one in answers}) == 1


async def test_the_answer_waits_neither_for_the_looking_nor_for_the_letter(
    sqlite_url: str,
) -> None:
    """Equal times without a clock: the answer is there before anything was looked up."""
    db = Database(sqlite_url)
    recovery = Recovery(db, Letters(posting("smtp://mail.invalid")))
    recovery.ask("jo@example.org")
    assert len(recovery._under_way) == 1
    (task,) = recovery._under_way
    assert not task.done(), "what looks the address up has not begun"
    await recovery.settled()
    await db.close()


async def test_the_letter_brings_a_link_to_our_public_address(db: Database) -> None:
    async with mail_server() as mailbox:
        house = small_house(
            db, *api.routes, *my_api.routes, *recovery_api.routes, settings=posting(mailbox.url)
        )
        transport = httpx.ASGITransport(app=cast(Any, house))
        async with httpx.AsyncClient(transport=transport, base_url="http://evil.example") as web:
            phone = Phone(web)
            await phone.register()
            for email in ("nobody@example.org", "Jo@Example.org "):
                answer = await phone.ask("POST", "/api/auth/forgot", {"email": email})
                assert answer.status_code == 202
            async with asyncio.timeout(20):
                await mailbox.arrivals.wait()
            (letter,) = mailbox.letters
            assert (letter["To"], letter["From"]) == ("jo@example.org", "scores@example.org")
            text = letter.get_content()
            assert "evil" not in text
            link = re.search(r"https://scores\.example\.org/reset\?token=(\S+)", text)
            assert link
            assert (await reset(phone, link[1])).status_code == 204


async def test_one_mailbox_is_not_flooded(db: Database, phone: Phone) -> None:
    await phone.register()
    asked = [new_link(db, JO["email"], good_for=BY_LETTER, pause=60_000) for _ in range(4)]
    assert sum(link is not None for link in await asyncio.gather(*asked)) == 1


async def test_a_letter_to_an_address_that_would_be_two_headers_is_never_written(
    db: Database, phone: Phone
) -> None:
    await phone.register()
    for evil in ("jo@example.org\r\nBcc: all@example.org", "jo@example.org,b@example.org"):
        assert await new_link(db, evil, good_for=BY_LETTER) is None


async def test_a_mail_server_that_is_away_is_logged_without_whom_it_was_for(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with mail_server() as mailbox:
        gone = mailbox.url
    with caplog.at_level(logging.WARNING):
        await Letters(posting(gone)).send("jo@example.org", "A new password", "secret-link")
    assert "could not be sent" in caplog.text
    assert "jo@" not in caplog.text
    assert "secret-link" not in caplog.text


async def test_a_password_is_given_to_this_machine_only_or_encrypted() -> None:
    async with mail_server("AUTH PLAIN") as mailbox:
        with_password = mailbox.url.replace("smtp://", "smtp://court:s%40cret@")
        await Letters(posting(with_password)).send("jo@example.org", "Hello", "text")
    assert any(command.startswith("AUTH PLAIN") for command in mailbox.commands)
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_a_wrong_mail_address_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="COURTSYNC_SMTP_URL"):
        relay(url)


def test_a_mail_address_is_read() -> None:
    read = relay("smtps://court:s%40cret@mail.example.org")
    assert (read.host, read.port, read.encrypted) == ("mail.example.org", 465, True)
    assert (read.user, read.password) == ("court", "s@cret")
    assert relay("smtp://mail.example.org").port == 587


def test_without_a_public_address_no_letter_goes_out() -> None:
    no_address = posting("smtp://mail.example.org").model_copy(update={"public_url": ""})
    assert not Letters(no_address).go_out
