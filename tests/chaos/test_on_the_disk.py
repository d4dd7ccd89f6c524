"""The disk has it before the answer leaves: seen from the kernel's side of the server."""

import re
import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.chaos.server import House
from tests.world import FIRST

CALLS = "trace=fdatasync,fsync,sendto,sendmsg,write,writev"
SYNCED, ANSWERED = re.compile(r"f(data)?sync\(\d+<[^>]*-wal>"), re.compile(r'"HTTP/1\.1 200')


def test_the_log_is_synced_before_the_answer_leaves(house: House, tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    days = {"startDate": "2026-01-31", "endDate": "2026-01-31", "timezone": "UTC"}
    match = {"matchId": FIRST, "start": "2026-01-31T08:00:00", "end": "2026-01-31T09:00:00"}
    lists = {"clubs": [], "divisions": [], "courts": [], "teams": [], "matches": [match]}
    desk = {"Authorization": f"Bearer {house.sign_in_desk()}"}
    event = {"eventId": "disk", "name": "Disk", **days, **lists}
    httpx.post(f"{house.url}/api/events", json=event, headers=desk).raise_for_status()
    trace = tmp_path / "trace"
    tracer = subprocess.Popen(
        ["strace", "-f", "-y", "-e", CALLS, "-o", trace, "-p", str(house.pid)],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    if "attached" not in said:
        tracer.wait()
        pytest.skip(f"strace is not permitted here: {said.strip()}")
    claim = {
        "id": str(uuid4()), "deviceSeq": 1, "kind": "claim", "eventId": "disk", "matchId": FIRST,
    }  # fmt: skip
    batch = {"deviceId": "strace", "sentAt": 1, "ops": [claim]}
    answer = httpx.post(f"{house.url}/api/sync", json=batch, headers=desk, timeout=30)
    tracer.terminate()
    tracer.wait()
    assert answer.json()["results"][0]["outcome"] == "applied"
    lines = trace.read_text(errors="replace").splitlines()
    [answered] = [n for n, line in enumerate(lines) if ANSWERED.search(line)]
    assert any(SYNCED.search(line) for line in lines[:answered]), "\n".join(lines[:answered])
