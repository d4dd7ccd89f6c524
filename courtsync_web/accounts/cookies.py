"""A sign-in as the pages carry it: two cookies that no script can read."""

from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie

from courtsync_web.accounts.sessions import DAY_MS, IDLE_DAYS, SignIn
from courtsync_web.accounts.signed_in import ACCESS_COOKIE
from courtsync_web.accounts.tokens import ACCESS_SECONDS
from courtsync_web.settings import Settings

REFRESH_COOKIE = "courtsync_refresh"
REFRESH_PATH = "/"
"""The refresh token travels to pages too: see ``staying``."""


def set_cookies(
    response: Response[Any], sign_in: SignIn, request: Request[Any, Any, Any], settings: Settings
) -> None:
    """Sign the browser in."""
    secure = is_https(request, settings)
    response.set_cookie(access_cookie(sign_in.token, ACCESS_SECONDS, secure))
    response.set_cookie(refresh_cookie(sign_in.refresh_token, IDLE_DAYS * DAY_MS // 1000, secure))


def clear_cookies(
    response: Response[Any], request: Request[Any, Any, Any], settings: Settings
) -> None:
    """Sign the browser out."""
    secure = is_https(request, settings)
    response.set_cookie(access_cookie("", 0, secure))
    response.set_cookie(refresh_cookie("", 0, secure))


def access_cookie(value: str, seconds: int, secure: bool) -> Cookie:
    return Cookie(
        ACCESS_COOKIE, value=value, max_age=seconds, path="/", httponly=True,
        samesite="lax", secure=secure,
    )  # fmt: skip


def refresh_cookie(value: str, seconds: int, secure: bool) -> Cookie:
    return Cookie(
        REFRESH_COOKIE, value=value, max_age=seconds, path=REFRESH_PATH, httponly=True,
        samesite="lax", secure=secure,
    )  # fmt: skip


def is_https(request: Request[Any, Any, Any], settings: Settings) -> bool:
    """Whether people reach us by https, also when a proxy in front speaks http to us."""
    return request.url.scheme == "https" or settings.public_url.startswith("https://")
