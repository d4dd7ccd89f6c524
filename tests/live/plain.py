"""``courtsync serve`` on a server that offers nothing beneath ASGI."""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from courtsync_web.cli import main
from courtsync_web.live.wire import HttpWire, WebSocketWire
from courtsync_web.web.slow_requests import InTime

if __name__ == "__main__":
    HttpWire.on_message_begin = InTime.on_message_begin  # type: ignore[method-assign]
    WebSocketWire.handle_connect = WebSocketsSansIOProtocol.handle_connect  # type: ignore[method-assign]
    main()
