"""Thousands of readers in one process, as cheap as Python allows: a program of its own.

``python -m tests.bench.fanout.readers PORT PROTOCOL COUNT STALLED``. It prints a line when all
are connected, and then answers each line it is told with what it has heard since: how many
updates, and their delays. An update carries its own time: ``"at":<microseconds, 16 digits>``.
"""

import json
import select
import socket
import sys
import time
from array import array

from tests.bench.fanout.limits import raise_open_files

MARK = b'"at":'
WEBSOCKET = (
    "GET {path} HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
STREAM = "GET {path} HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n"
PROTOCOLS = {
    "ours-sse": (STREAM, "/api/events/lakeside/stream?since=0", b"retry: "),
    "ours-ws": (WEBSOCKET, "/api/events/lakeside/ws", b'"type":"snapshot"'),
    "nchan-sse": (STREAM, "/sub", b"\r\n\r\n"),
    "nchan-ws": (WEBSOCKET, "/sub", b"\r\n\r\n"),
    "ws": (WEBSOCKET, "/", b"\r\n\r\n"),
    "socketio": (WEBSOCKET, "/socket.io/?EIO=4&transport=websocket", b'40{"sid"'),
}
"""How to ask, where, and what says that the reader is in."""
SOCKETIO_HELLO = b"\x81\x82\x00\x00\x00\x0040"
PING, PONG = b"\x89\x00", b"\x8a\x80\x00\x00\x00\x00"
AT_ONCE = 100
PER_ADDRESS = 4000
BUFFER = 256 * 1024


def main(port: int, protocol: str, count: int, stalled: int) -> None:
    raise_open_files()
    poll = select.epoll()
    everybody: dict[int, socket.socket] = {}
    for start in range(0, count, AT_ONCE):
        some = [connected(port, protocol, start + i) for i in range(min(AT_ONCE, count - start))]
        for reader in some:
            wait_until_in(reader, protocol)
            reader.setblocking(False)
            everybody[reader.fileno()] = reader
    for number in list(everybody)[stalled:]:
        poll.register(number, select.EPOLLIN)
    poll.register(sys.stdin.fileno(), select.EPOLLIN)
    print("connected", flush=True)
    read(poll, everybody, answers=PROTOCOLS[protocol][0] is WEBSOCKET)


def connected(port: int, protocol: str, number: int) -> socket.socket:
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    reader.bind((f"127.0.0.{2 + number // PER_ADDRESS}", 0))
    reader.settimeout(30)
    reader.connect(("127.0.0.1", port))
    template, path, _ = PROTOCOLS[protocol]
    reader.sendall(template.format(path=path).encode())
    return reader


def wait_until_in(reader: socket.socket, protocol: str) -> None:
    got, asked = b"", protocol != "socketio"
    while PROTOCOLS[protocol][2] not in got:
        if not asked and b'"sid"' in got:
            reader.sendall(SOCKETIO_HELLO)
            asked = True
        part = reader.recv(65536)
        if not part:
            raise SystemExit(f"the server closed the connection: {got!r}")
        got += part


def read(poll: select.epoll, everybody: dict[int, socket.socket], *, answers: bool) -> None:
    """Until told to end. A read with several updates counts the delay of its last for each.
    ``answers`` pings: who does not is taken for dead after a minute."""
    buffer = bytearray(BUFFER)
    told = sys.stdin.fileno()
    delays, heard = array("d"), 0
    recv_into = {number: reader.recv_into for number, reader in everybody.items()}
    while True:
        for number, _ in poll.poll():
            if number == told:
                if not sys.stdin.readline().strip():
                    return
                print(json.dumps({"heard": heard, "delays": summary(delays)}), flush=True)
                delays, heard = array("d"), 0
                continue
            try:
                size = recv_into[number](buffer)
            except OSError:
                size = 0
            if not size:
                poll.unregister(number)
                continue
            if answers and buffer.find(PING, 0, size) >= 0:
                everybody[number].send(PONG)
            last = buffer.rfind(MARK, 0, size)
            if last >= 0 and last + 21 <= size:
                heard += buffer.count(MARK, 0, size)
                delays.append(time.time() * 1000 - int(buffer[last + 5 : last + 21]) / 1000)


def summary(delays: "array[float]") -> dict[str, float]:
    """Milliseconds."""
    ordered = sorted(delays)
    if not ordered:
        return {}
    return {
        "median": ordered[len(ordered) // 2],
        "p99": ordered[int(0.99 * len(ordered))],
        "worst": ordered[-1],
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
