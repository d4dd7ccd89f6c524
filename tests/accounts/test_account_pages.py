"""My account, forgotten passwords and privacy, as a browser without scripts uses them."""

import re

import httpx
import pytest

from courtsync_web.accounts.belongings import BELONGINGS
from courtsync_web.accounts.recovery import BY_LETTER, new_link
from courtsync_web.db import Database
from courtsync_web.push.tidy import KEPT_FOR
from courtsync_web.settings import Settings
from tests.accounts.test_pages import FORM, send, text, who


@pytest.fixture
async def jo(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A browser in which Jo, a coach, is signed in."""
    await send(client, "/sign-in/account", **FORM)
    return client


async def test_nobody_is_asked_to_sign_in_and_led_back(client: httpx.AsyncClient) -> None:
    answer = await client.get("/account")
    assert answer.headers["location"] == "/sign-in?next=/account"


async def test_the_page_shows_who_where_and_what(jo: httpx.AsyncClient) -> None:
    page = await jo.get("/account")
    assert page.headers["cache-control"] == "no-store"
    assert "jo@example.org" in text(page)
    assert "This device" in text(page)
    assert re.search(r'value="coach" checked', page.text)
    for address in ("/api/me/export", "/account/erase", "/privacy"):
        assert f'href="{address}"' in page.text


async def test_a_new_name_and_role(jo: httpx.AsyncClient) -> None:
    saved = await send(jo, "/account", name=" Jo B. ", role="media")
    assert saved.headers["location"] == "/account?done=profile"
    assert "Saved." in text(await jo.get("/account?done=profile"))
    me = (await jo.get("/api/me")).json()
    assert (me["displayName"], me["role"]) == ("Jo B.", "media")


async def test_what_cannot_be_is_said_beside_the_field(jo: httpx.AsyncClient) -> None:
    page = await send(jo, "/account", name="\u202e")
    assert page.status_code == 422
    assert 'aria-describedby="displayName-wrong"' in page.text
    refused = await send(jo, "/account", name="Jo", role="organizer")
    assert refused.status_code == 403
    assert 'role="alert"' in refused.text
    assert (await jo.get("/api/me")).json()["role"] == "coach"


async def test_fields_that_are_none_of_the_form_change_nothing(jo: httpx.AsyncClient) -> None:
    before = (await jo.get("/api/me")).json()
    await send(jo, "/account", name="Jo", role="", email="x@example.org", id="0", is_admin="1")
    assert (await jo.get("/api/me")).json() == before


async def test_words_from_outside_do_not_get_onto_the_page(jo: httpx.AsyncClient) -> None:
    page = await jo.get("/account", params={"done": "<script>Call this number</script>"})
    assert "Call this number" not in page.text


async def test_the_password_is_changed(jo: httpx.AsyncClient) -> None:
    wrong = await send(jo, "/account/password", current="guess", new="battery staple")
    assert wrong.status_code == 401
    assert "This is not your password." in text(wrong)
    short = await send(jo, "/account/password", current=FORM["password"], new="short")
    assert 'aria-describedby="new-wrong"' in short.text
    done = await send(jo, "/account/password", current=FORM["password"], new="battery staple")
    assert done.headers["location"] == "/account?done=password"
    await send(jo, "/sign-out")
    await send(jo, "/sign-in", email=FORM["email"], password="battery staple")
    assert await who(jo) == "Jo"


async def test_another_device_is_signed_out(jo: httpx.AsyncClient) -> None:
    mine = dict(jo.cookies)
    jo.cookies.clear()
    await send(jo, "/sign-in", email=FORM["email"], password=FORM["password"])
    page = await jo.get("/account")
    assert "Sign out everywhere else" in text(page)
    device = re.search(r'name="device" value="([0-9a-f]{32})"', page.text)
    assert device
    gone = await send(jo, "/account/sign-out-device", device=device[1])
    assert gone.headers["location"] == "/account?done=device"
    assert "Sign out everywhere else" not in text(await jo.get("/account"))
    again = await send(jo, "/account/sign-out-device", device=device[1])
    assert again.headers["location"] == "/account"
    jo.cookies.clear()
    jo.cookies.update(mine)
    assert await who(jo) is None


async def test_everywhere_else_at_once(jo: httpx.AsyncClient) -> None:
    done = await send(jo, "/account/sign-out-others")
    assert done.headers["location"] == "/account?done=others"
    assert await who(jo) == "Jo"


async def test_erasing_asks_first_and_then_does_it(jo: httpx.AsyncClient) -> None:
    assert "cannot be brought back" in text(await jo.get("/account/erase"))
    wrong = await send(jo, "/account/erase", password="guess the word")
    assert wrong.status_code == 401
    assert "guess the word" not in wrong.text
    done = await send(jo, "/account/erase", password=FORM["password"])
    assert done.headers["location"] == "/"
    assert not jo.cookies
    back = await send(jo, "/sign-in", email=FORM["email"], password=FORM["password"])
    assert back.status_code == 401


async def test_a_guest_has_a_smaller_page(client: httpx.AsyncClient) -> None:
    await send(client, "/sign-in/guest", name="Sam")
    page = await client.get("/account")
    assert "Make an account, or sign in" in text(page)
    assert "/account/password" not in page.text
    assert (await send(client, "/account/erase")).headers["location"] == "/"


FORMS = (
    "/account", "/account/password", "/account/sign-out-device", "/account/sign-out-others",
    "/account/erase", "/forgot", "/reset",
)  # fmt: skip


@pytest.mark.parametrize("path", FORMS)
async def test_another_sites_form_does_nothing(jo: httpx.AsyncClient, path: str) -> None:
    evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert (await jo.post(path, data={"name": "Evil"}, headers=evil)).status_code == 403
    assert await who(jo) == "Jo"


async def test_without_e_mail_the_page_says_whom_to_ask(client: httpx.AsyncClient) -> None:
    assert "/forgot" in (await client.get("/sign-in")).text
    for page in (await client.get("/forgot"), await send(client, "/forgot", email=FORM["email"])):
        assert page.status_code == 200
        assert "Ask your tournament’s organizer" in text(page)


async def test_a_link_leads_to_a_new_password(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    await send(client, "/sign-in/account", **FORM)
    await send(client, "/sign-out")
    db = Database(settings.effective_database_url)
    secret = await new_link(db, FORM["email"], good_for=BY_LETTER)
    await db.close()
    for _ in range(2):  # a mail program looks first
        page = await client.get(f"/reset?token={secret}")
        assert page.status_code == 200
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
        assert f'value="{secret}"' in page.text
    short = await send(client, "/reset", token=str(secret), password="short")
    assert 'aria-describedby="password-wrong"' in short.text
    done = await send(client, "/reset", token=str(secret), password="battery staple")
    assert "Your password is set" in text(done)
    assert not client.cookies, "the link itself lets nobody in"
    again = await send(client, "/reset", token=str(secret), password="another staple")
    assert again.status_code == 403
    await send(client, "/sign-in", email=FORM["email"], password="battery staple")
    assert await who(client) == "Jo"


async def test_a_link_that_is_over_says_so(client: httpx.AsyncClient) -> None:
    for query in ("", "?token=", "?token=%00%ff", '?token="><script>x</script>'):
        page = await client.get(f"/reset{query}")
        assert page.status_code == 200
        assert "its time is over" in text(page)
        assert "<script>x" not in page.text


TOLD = {
    "what its browser calls itself": {"devices", "resetLinks"},
    "Events you own or help at": {"events", "memberships"},
    "push service, what you want to hear": {
        *("pushSubscriptions", "pushPreferences", "pushChoices", "pushBells", "pushMutes"),
    },
    "for 14 days what was sent": {"pushes"},
    "the scores with the time of each": {"scores", "scoreUpdates"},
    "Everyone sees your name": {"claims", "claimsHeld", "takeoversAskedFor"},
    "what was answered": {"verdicts"},
    "those that lost": {"conflicts"},
    "follow teams or plan matches": {"followedTeams", "coveragePlans"},
    "which you have shot": {"matchesShot"},
    "how you mean to cover": {"planSettings"},
    "links that you made to it": {"sharedLinks"},
    "the others of the crew see": {"crews", "crewMatches"},
}
"""In which words the page tells of what is kept."""


async def test_privacy_tells_of_everything_that_is_kept(client: httpx.AsyncClient) -> None:
    page = text(await client.get("/privacy"))
    assert [words for words in TOLD if words not in page] == []
    assert set().union(*TOLD.values()) == {one.name for one in BELONGINGS}, "tell of it"
    assert KEPT_FOR == 14 * 86_400_000


async def test_privacy_is_plain_and_linked(client: httpx.AsyncClient) -> None:
    assert "What is kept" in text(await client.get("/privacy"))
    for path in ("/sign-in", "/settings"):
        assert 'href="/privacy"' in (await client.get(path)).text
