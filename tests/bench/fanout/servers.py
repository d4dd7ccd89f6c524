"""The servers that are measured, each pinned to one core."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.fanout.limits import raise_open_files
from tests.servers.ports import free_port

HERE = Path(__file__).parent
SERVER_CORE, READER_CORE = 0, 1
NGINX = """
load_module {module};
daemon off; worker_processes 1; worker_rlimit_nofile 20000; pid {folder}/pid;
error_log {folder}/log warn;
events {{ worker_connections 19000; }}
http {{
  access_log off; nchan_shared_memory_size 256m;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    keepalive_requests 1000000;
    location = /publish {{
      nchan_publisher; nchan_channel_id bench; nchan_message_buffer_length 100;
    }}
    location = /sub {{
      nchan_subscriber eventsource websocket; nchan_channel_id bench;
      nchan_subscriber_first_message newest;
    }}
  }}
}}
"""
MODULES = ("/usr/lib/nginx/modules/ngx_nchan_module.so",)


@dataclass
class Measured:
    """A running server: where, and the process that does the work."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds on a processor so far, all threads."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> float:
        """KB resident."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return float(line.split()[1])
        raise RuntimeError("the server has gone")


def command(name: str, port: int, folder: Path) -> list[str]:
    """How to start it; raises where it cannot be had here."""
    if name.startswith("ours"):
        return [sys.executable, "-m", "tests.bench.fanout.ours", str(port), str(folder)]
    if name.startswith("nchan"):
        module = next((one for one in MODULES if Path(one).exists()), None)
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        if module is None or program is None:
            raise FileNotFoundError("nginx with nchan (Debian: libnginx-mod-nchan)")
        config = folder / "nginx.conf"
        config.write_text(NGINX.format(module=module, folder=folder, port=port))
        return [program, "-c", str(config), "-p", str(folder)]
    if shutil.which("node") is None or not (HERE / "node_modules").exists():
        raise FileNotFoundError("Node with the packages of tests/bench/fanout (npm ci)")
    return ["node", str(HERE / f"{name}.cjs"), str(port)]


@contextmanager
def running(name: str, folder: Path) -> Iterator[Measured]:
    """The server, until it is no longer needed."""
    port = free_port()
    raise_open_files()  # inherited
    process = subprocess.Popen(
        ["taskset", "-c", str(SERVER_CORE), *command(name, port, folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_answering(process, port)
        yield Measured(port, worker_of(process.pid) if name.startswith("nchan") else process.pid)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_until_answering(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(httpx.TransportError):
            httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2)
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)  # its end, or the next look
    raise RuntimeError("the server does not start")


def worker_of(pid: int) -> int:
    """nginx' one worker."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0])
