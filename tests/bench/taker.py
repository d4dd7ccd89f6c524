"""A push service in a process of its own that takes everything and looks at nothing: what is
measured is our side. It says on its standard output where it is, and when it has taken enough."""

import asyncio
import sys

TAKEN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


async def main(enough: int) -> None:
    left = enough

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal left
        while head := await head_of(reader):
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]
            await reader.readexactly(int(length))
            writer.write(TAKEN)
            left -= 1
            if left == 0:
                print("enough", flush=True)

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def head_of(reader: asyncio.StreamReader) -> bytes:
    """The next request's head; nothing where there is none."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
