"""The sign-in page as a browser without scripts uses it."""

import re
from html import unescape

import httpx
import pytest

FORM = {"email": "jo@example.org", "password": "correct horse", "name": "Jo", "role": "coach"}


async def send(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    """Send one of the forms, as a page of ours does."""
    same_origin = {"Origin": "http://courtsync.test", "Sec-Fetch-Site": "same-origin"}
    return await client.post(path, data=fields, headers=same_origin)


def text(answer: httpx.Response) -> str:
    """What a reader reads, without the markup."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


async def who(client: httpx.AsyncClient) -> str | None:
    """Who the API says the browser is."""
    name: str | None = (await client.get("/api/me")).json().get("displayName")
    return name


async def test_the_page_offers_three_ways_in(client: httpx.AsyncClient) -> None:
    page = await client.get("/sign-in?next=/events/a/matches/-7")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "private, no-cache"
    actions = re.findall(r'<form[^>]*action="([^"]+)"', page.text)
    assert actions == ["/sign-in/guest", "/sign-in", "/sign-in/account"]
    assert page.text.count('name="next" value="/events/a/matches/-7"') == 3


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
async def test_nobody_is_led_to_another_site(client: httpx.AsyncClient, wanted: str) -> None:
    page = await client.get("/sign-in", params={"next": wanted})
    assert "evil" not in page.text
    answer = await send(client, "/sign-in/guest", name="Jo", next=wanted)
    assert answer.headers["location"] == "/"


async def test_a_guest_goes_on_with_a_name(client: httpx.AsyncClient) -> None:
    answer = await send(client, "/sign-in/guest", name=" Sam ", next="/events/a")
    assert (answer.status_code, answer.headers["location"]) == (303, "/events/a")
    assert await who(client) == "Sam"


async def test_an_account_is_made_and_keeps_what_the_guest_did(client: httpx.AsyncClient) -> None:
    await send(client, "/sign-in/guest", name="Sam")
    guest_id = (await client.get("/api/me")).json()["id"]
    page = await client.get("/sign-in")
    assert "Keep what you did" in text(page)
    answer = await send(client, "/sign-in/account", **FORM, next="/settings")
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings")
    me = (await client.get("/api/me")).json()
    assert (me["id"], me["displayName"], me["role"]) == (guest_id, "Jo", "coach")


async def test_signing_in_and_out(client: httpx.AsyncClient) -> None:
    await send(client, "/sign-in/account", **FORM)
    out = await send(client, "/sign-out")
    assert (out.status_code, out.headers["location"]) == (303, "/")
    assert await who(client) is None
    back = await send(client, "/sign-in", email=FORM["email"], password=FORM["password"])
    assert back.status_code == 303
    assert await who(client) == "Jo"
    assert "You are signed in" in text(await client.get("/sign-in"))


async def test_a_wrong_password_says_so_and_keeps_what_was_typed(client: httpx.AsyncClient) -> None:
    page = await send(
        client, "/sign-in", email="jo@example.org", password="guess the word", next="/x"
    )
    assert page.status_code == 401
    assert "The e-mail address or the password is wrong." in text(page)
    assert 'value="jo@example.org"' in page.text
    assert 'value="/x"' in page.text
    assert "guess the word" not in page.text
    assert not client.cookies


async def test_a_bad_field_is_named_beside_it(client: httpx.AsyncClient) -> None:
    page = await send(client, "/sign-in/account", **FORM | {"password": "short", "email": "jo@"})
    assert page.status_code == 422
    assert "This is not an e-mail address." in text(page)
    assert "A password has 8 to 256 characters." in text(page)
    assert page.text.count('aria-invalid="true"') == 2
    assert '<details class="card stack" open>' in page.text


async def test_a_taken_address_says_so(client: httpx.AsyncClient) -> None:
    await send(client, "/sign-in/account", **FORM)
    await send(client, "/sign-out")
    page = await send(client, "/sign-in/account", **FORM)
    assert page.status_code == 409
    assert "Sign in instead." in text(page)


async def test_what_is_typed_comes_back_as_text_and_never_as_markup(
    client: httpx.AsyncClient,
) -> None:
    evil = '"><script>alert(1)</script>'
    page = await send(client, "/sign-in/account", **FORM | {"email": evil}, next=evil)
    assert "<script>alert" not in page.text


async def test_an_empty_or_odd_form_is_no_accident(client: httpx.AsyncClient) -> None:
    assert (await send(client, "/sign-in")).status_code == 401
    assert (await send(client, "/sign-in/account")).status_code == 422
    assert (
        await send(client, "/sign-in/account", **FORM | {"role": "organizer"})
    ).status_code == 403
    assert (await send(client, "/sign-in/guest", name="\0")).status_code == 422


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/guest", "/sign-in/account", "/sign-out"])
async def test_another_sites_form_does_nothing(client: httpx.AsyncClient, path: str) -> None:
    for headers in (
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        answer = await client.post(path, data={**FORM}, headers=headers)
        assert answer.status_code == 403
        assert not client.cookies
