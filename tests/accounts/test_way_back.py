"""After signing in one goes on to a page of ours, whatever the address says."""

import pytest

from courtsync_web.accounts.way_back import safe_path


@pytest.mark.parametrize(
    "path",
    ["/", "/events/PTA1", "/events/a/matches/-54433/score?x=1&y=%20#set-2", "/f/%2F%2Fevil"],
)
def test_paths_of_ours_are_kept(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "events", "//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example",
        "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "/a b", "\\\\evil.example", "/é", "/\0",
        "/events\n", "/" + "a" * 3000,
    ],
)  # fmt: skip
def test_everything_else_leads_home(path: str) -> None:
    assert safe_path(path) == "/"
