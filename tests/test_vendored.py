"""Foreign files in static/vendor are what they claim to be."""

import hashlib
import json
from pathlib import Path

import pytest

VENDOR = Path(__file__).parent.parent / "static" / "vendor"
PACKAGES = sorted(folder for folder in VENDOR.iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_every_vendored_file_is_listed_with_its_checksum(folder: Path) -> None:
    described = json.loads((folder / "VENDOR.json").read_text())
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "VENDOR.json"
    }
    assert found == described["sha256"]
    assert {"package", "version", "licence"} <= described.keys()
    assert "LICENSE" in found, "whoever gives these files on owes their authors this text"
