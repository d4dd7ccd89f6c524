"""An independent judge: the public package ``web-push-testing`` opens what we send."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from courtsync_web.push.courier import Courier, Fate, Message
from courtsync_web.push.sealing import sealed, topic_of
from courtsync_web.push.services import Services
from courtsync_web.push.vapid import Vapid
from tests.servers.ports import free_port

PACKAGE = Path(__file__).parents[2] / "node_modules" / "web-push-testing"


@pytest.fixture
async def judge(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The judge on a free port."""
    node = shutil.which("node")
    if node is None or not PACKAGE.is_dir():
        pytest.skip("node or web-push-testing is not there (`npm ci`)")
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        node, str(PACKAGE / "src/bin/server.js"), str(port), cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        said = await asyncio.wait_for(process.stdout.readline(), 20)
        assert str(port).encode() in said, said
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as caller:
            yield caller
    finally:
        process.kill()
        await process.wait()


async def test_the_judge_opens_what_we_send_and_says_what_is_gone(judge: httpx.AsyncClient) -> None:
    vapid = Vapid(ec.generate_private_key(ec.SECP256R1()), "mailto:desk@example.org")
    asked = {"userVisibleOnly": "true", "applicationServerKey": vapid.public_key}
    subscribed: dict[str, Any] = (await judge.post("/subscribe", json=asked)).json()["data"]
    endpoint = subscribed["endpoint"].replace("localhost", "127.0.0.1")
    payload = {
        "title": "Set 1: Harbor – Falcon 25–20",
        "body": "",
        "tag": "a",
        "url": "/",
        "kind": "x",
    }
    message = Message(
        sealed(subscribed["keys"]["p256dh"], subscribed["keys"]["auth"], payload),
        600, "high", topic_of("a"),
    )  # fmt: skip
    courier = Courier(vapid, Services.of(str(judge.base_url)))
    assert (await courier.carry(endpoint, message)).fate is Fate.TAKEN
    client = {"clientHash": subscribed["clientHash"]}
    got = (await judge.post("/get-notifications", json=client)).json()
    [text] = got["data"]["messages"]
    assert json.loads(text) == payload
    await judge.post(f"/expire-subscription/{subscribed['clientHash']}")
    assert (await courier.carry(endpoint, message)).fate is Fate.GONE
    await courier.close()
