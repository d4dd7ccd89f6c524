"""The server as a process: it starts on an empty folder and ends in order."""

import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.servers.app import ENDS_WITHIN, Server, clean_environment


def test_it_makes_its_folder_private_and_says_where_it_is(server: Server) -> None:
    assert httpx.get(f"{server.url}/healthz").status_code == 200
    assert f"CourtSync is at {server.url}" in server.said()
    assert (server.data_dir / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_success(server: Server, number: signal.Signals) -> None:
    server.process.send_signal(number)
    assert server.process.wait(ENDS_WITHIN) == 0, server.said()
    assert "Traceback" not in server.said()


def test_a_port_in_use_is_one_clear_line(server: Server, tmp_path: Path) -> None:
    port = server.url.rpartition(":")[2]
    second = subprocess.run(
        [sys.executable, "-m", "courtsync_web", "serve", "--port", port],
        env=clean_environment() | {"COURTSYNC_DATA_DIR": str(tmp_path / "second")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert "is something running there?" in second.stderr
    assert "Traceback" not in second.stderr
