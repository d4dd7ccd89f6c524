"""Accounts on the wire."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from courtsync_web.accounts.devices import device_words
from courtsync_web.accounts.models import Session
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.sessions import SignIn

Role = Literal["spectator", "coach", "media", "organizer"]
DisplayName = Annotated[str, Meta(min_length=1, max_length=200, examples=["Jo at court 3"])]
"""Trimmed, it has 1 to 80 characters; see ``entries.clean_name``."""
Email = Annotated[str, Meta(max_length=320, examples=["jo@example.org"])]
Password = Annotated[str, Meta(max_length=1000, examples=["correct horse battery"])]
"""8 to 256 characters; the schema is wider so that the refusal can be in human words."""


class Registration(Struct, rename="camel", forbid_unknown_fields=True):
    """A new account."""

    email: Email
    password: Password
    display_name: DisplayName | None = None
    role: Role = "spectator"


class Credentials(Struct, rename="camel", forbid_unknown_fields=True):
    """What one signs in with."""

    email: Email
    password: Password


class GuestEntry(Struct, rename="camel", forbid_unknown_fields=True):
    """How a guest wants to be called."""

    display_name: DisplayName | None = None


class ProfileChange(Struct, rename="camel", forbid_unknown_fields=True):
    """What to change about oneself; what is left out stays."""

    display_name: DisplayName | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    persona: Role | UnsetType = UNSET
    """As whom to look at the app; changes nothing about what one may do."""


class PasswordChange(Struct, rename="camel", forbid_unknown_fields=True):
    """A new password, with the one it replaces."""

    current: Password
    new: Password


class ForgottenPassword(Struct, rename="camel", forbid_unknown_fields=True):
    """Whose password was forgotten."""

    email: Email


class ReceivedDocument(Struct):
    """The same for everybody."""

    detail: str = "If there is an account with this address, a letter with a link goes out to it."


class PasswordReset(Struct, rename="camel", forbid_unknown_fields=True):
    """A new password, with the secret of a reset link."""

    token: Annotated[str, Meta(max_length=200)]
    password: Password


class Farewell(Struct, rename="camel", forbid_unknown_fields=True):
    """Confirms that a person is to be erased. A guest has no password."""

    password: Password | None = None


class DeviceDocument(Struct, rename="camel"):
    """A device on which I am signed in. Times in Unix milliseconds."""

    id: str
    name: str
    signed_in_at: int
    last_used_at: int
    """To the hour, where the device uses pages; else when it last refreshed."""
    current: bool
    """The one that asks."""


class DeviceList(Struct):
    """Where I am signed in, this device first."""

    items: list[DeviceDocument]


class PersonDocument(Struct, rename="camel"):
    """A person, as only they themselves are shown it."""

    id: str
    email: str | None
    display_name: str
    role: str


class Tokens(Struct, rename="camel"):
    """A device's next pair of tokens."""

    token: str
    refresh_token: str


class SignedInDocument(Tokens):
    """A device's tokens and whose they are."""

    user: PersonDocument


def person_document(person: Person) -> PersonDocument:
    """A person for themselves."""
    return PersonDocument(person.id, person.email, person.display_name, person.role)


def device_document(row: Session, person: Person) -> DeviceDocument:
    """A sign-in, for the person it is."""
    return DeviceDocument(
        id=row.id,
        name=device_words(row.device),
        signed_in_at=row.created_at,
        last_used_at=row.used_at,
        current=row.id == person.session_id,
    )


def signed_in_document(sign_in: SignIn) -> SignedInDocument:
    """The answer to every way of signing in."""
    return SignedInDocument(sign_in.token, sign_in.refresh_token, person_document(sign_in.person))
