"""A forgotten password, over JSON."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from courtsync_web.accounts.api import LARGEST_BODY
from courtsync_web.accounts.documents import ForgottenPassword, PasswordReset, ReceivedDocument
from courtsync_web.accounts.recovery import Recovery, reset_password
from courtsync_web.db import Database
from courtsync_web.web.documented import also, problems
from courtsync_web.web.json_only import json_only


@post(
    "/api/auth/forgot",
    status_code=202,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(400, 413, 415),
)
async def forgot(
    data: JSONBody[ForgottenPassword], recovery: NamedDependency[Recovery]
) -> ReceivedDocument:
    """Ask for a link that sets a new password.

    The answer is the same whether or not there is such an account, and whether or not this
    server sends e-mail.
    """
    recovery.ask(data.email)
    return ReceivedDocument()


@post(
    "/api/auth/reset",
    status_code=204,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=also(204, None, "The new password is set; every device is signed out.")
    | problems(400, 403, 413, 415, 422, 503),
)
async def reset(data: JSONBody[PasswordReset], db: NamedDependency[Database]) -> None:
    """Set a new password with the secret of a link, which works once."""
    await reset_password(db, data.token, data.password)


routes = (forgot, reset)
