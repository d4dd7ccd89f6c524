"""What people type about themselves, made fit to keep, or refused field by field."""

import re
import unicodedata
from dataclasses import dataclass

from courtsync_web.accounts.passwords import LONGEST, SHORTEST
from courtsync_web.errors import FieldError, Problem
from courtsync_web.printable import is_printable

LONGEST_EMAIL = 254
LONGEST_NAME = 80
EMAIL = re.compile(r"[^\s@,;<>()\"\\]{1,64}@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_](?:[\w-]*[^\W_])?")
"""Shape only: something, an @, a dotted domain. Whether it exists only a letter can tell."""


class Unusable(ValueError):
    """Why a text cannot be used, in words for the person who typed it."""


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """A new account's fields, cleaned."""

    email: str
    password: str
    display_name: str | None


def account_entry(email: str, password: str, display_name: str | None) -> AccountEntry:
    """All three cleaned. Raises 422 ``validation`` that names every bad field at once."""
    errors: list[FieldError] = []
    cleaned: dict[str, str] = {}
    for field, clean, text in (
        ("email", clean_email, email),
        ("password", clean_password, password),
        ("displayName", clean_name, display_name),
    ):
        try:
            if text is not None:
                cleaned[field] = clean(text)
        except Unusable as unusable:
            errors.append(FieldError(f"/{field}", str(unusable)))
    if errors:
        raise unusable_fields(errors)
    return AccountEntry(cleaned["email"], cleaned["password"], cleaned.get("displayName"))


def name_entry(display_name: str) -> str:
    """A display name cleaned. Raises 422 ``validation``."""
    try:
        return clean_name(display_name)
    except Unusable as unusable:
        raise unusable_fields([FieldError("/displayName", str(unusable))]) from None


def password_entry(password: str, field: str = "password") -> str:
    """A new password for an account. Raises 422 ``validation`` that names ``field``."""
    try:
        return clean_password(password)
    except Unusable as unusable:
        raise unusable_fields([FieldError(f"/{field}", str(unusable))]) from None


def unusable_fields(errors: list[FieldError]) -> Problem:
    """The one shape of "these fields cannot be used"."""
    return Problem(422, "validation", "Some of this cannot be used.", errors)


def clean_email(text: str) -> str:
    """Lower-cased and without surrounding blanks."""
    email = text.strip().lower()
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email) or not is_printable(email):
        raise Unusable("This is not an e-mail address.")
    return email


def clean_password(text: str) -> str:
    """The password as typed: blanks and all."""
    if not SHORTEST <= len(text) <= LONGEST:
        raise Unusable(f"A password has {SHORTEST} to {LONGEST} characters.")
    if any(unicodedata.category(letter) == "Cs" for letter in text):
        raise Unusable("This password holds half a character. Type it again.")
    return text


def clean_name(text: str) -> str:
    """Trimmed, in composed form, and printable on one line."""
    name = unicodedata.normalize("NFC", text.strip()) if is_printable(text) else ""
    if not any(unicodedata.category(letter)[0] in "LNPS" for letter in name):
        raise Unusable("A name has letters and no control characters.")
    if len(name) > LONGEST_NAME:
        raise Unusable(f"A name has at most {LONGEST_NAME} characters.")
    return name
