"""The signing key changes and nobody notices."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from courtsync_web.accounts import sessions, tokens
from courtsync_web.accounts.actions import sign_in_guest
from courtsync_web.accounts.tokens import Claims, Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.settings import Settings
from courtsync_web.web.secrets import (
    KEY_FILE,
    kept_secrets,
    load_secrets,
    rotate,
    rotate_key_command,
)

OLD, NEW = b"yesterday's key, long enough as well", b"a new key that signs from today on 32"


def given(text: str, folder: Path) -> Settings:
    return Settings(_env_file=None, data_dir=folder, secret_key=SecretStr(text))


def test_two_keys_in_the_settings(tmp_path: Path) -> None:
    new, old = "n" * 32, "o" * 32
    assert load_secrets(given(f"{new}, {old}", tmp_path)) == [new.encode(), old.encode()]
    assert not (tmp_path / KEY_FILE).exists()


def test_a_comma_may_be_part_of_a_key(tmp_path: Path) -> None:
    text = "one key, written as a sentence with a comma"
    assert load_secrets(given(text, tmp_path)) == [text.encode()]


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    for short in ("short", "short,shorter", ","):
        with pytest.raises(ValueError, match="32 bytes"):
            load_secrets(given(short, tmp_path))


def test_rotating_keeps_the_former_and_drops_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / KEY_FILE
    (first,) = kept_secrets(path)
    rotate(path)
    second, former = kept_secrets(path)
    assert former == first
    rotate(path)
    assert kept_secrets(path)[1:] == [second]
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path], "no draft is left lying about"


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURTSYNC_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("COURTSYNC_SECRET_KEY", raising=False)
    (first,) = kept_secrets(tmp_path / KEY_FILE)
    done = CliRunner().invoke(rotate_key_command)
    assert (done.exit_code, "Restart" in done.output) == (0, True)
    assert kept_secrets(tmp_path / KEY_FILE)[1:] == [first]
    assert first.decode() not in done.output
    monkeypatch.setenv("COURTSYNC_SECRET_KEY", "k" * 32)
    refused = CliRunner().invoke(rotate_key_command)
    assert refused.exit_code == 1
    assert "COURTSYNC_SECRET_KEY" in refused.output


async def test_nobody_is_signed_out(db: Database) -> None:
    before, after = Keys.of(OLD), Keys.of(NEW, OLD)
    signed_in = await sign_in_guest(db, before, display_name="Sam", device="")
    assert isinstance(tokens.read_access_token(after, signed_in.token), Claims)
    renewed = await sessions.refresh(db, after, signed_in.refresh_token, now=now_ms())
    alone = Keys.of(NEW)
    assert isinstance(tokens.read_access_token(alone, renewed.token), Claims)
    again = await sessions.refresh(db, alone, renewed.refresh_token, now=now_ms())
    assert again.person.id == signed_in.person.id


async def test_an_answer_lost_while_the_key_changed_is_given_again(db: Database) -> None:
    before, after = Keys.of(OLD), Keys.of(NEW, OLD)
    first = (await sign_in_guest(db, before, display_name="Sam", device="")).refresh_token
    one_tab = await sessions.refresh(db, before, first, now=now_ms())
    other_tab = await sessions.refresh(db, after, first, now=now_ms())
    assert one_tab.refresh_token == other_tab.refresh_token
    await sessions.refresh(db, after, one_tab.refresh_token, now=now_ms())
    with pytest.raises(Problem, match="token-reused"):
        await sessions.refresh(db, after, first, now=now_ms())
