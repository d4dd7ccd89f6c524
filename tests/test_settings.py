"""docs/settings.md and the settings themselves say the same."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from courtsync_web.settings import Settings

PAGE = (Path(__file__).parent.parent / "docs" / "settings.md").read_text()
ROW = re.compile(r"^\| `COURTSYNC_([A-Z_]+)` \| (.*?) \|", re.MULTILINE)


def test_every_setting_has_its_row_and_every_row_its_setting() -> None:
    documented = [name.lower() for name, _ in ROW.findall(PAGE)]
    assert documented == list(Settings.model_fields)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_row_names_the_default(name: str) -> None:
    shown = dict(ROW.findall(PAGE))[name.upper()]
    default = Settings.model_fields[name].default
    plain = default.get_secret_value() if isinstance(default, SecretStr) else str(default)
    assert shown == (f"`{plain}`" if plain else "empty")
