"""Between a visitor's kernel and the websockets of its page: messages go through as they are."""

import asyncio
import json
from typing import Any, cast

from jupyter_client.session import json_packer, json_unpacker
from jupyter_server.services.kernels.connection.base import BaseKernelWebsocketConnection
from tornado.websocket import WebSocketClosedError, WebSocketHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from kit.kernels.visitors.frames import PROTOCOL, framed, unframed
from kit.kernels.wire import LENGTH, Channel

MOST_UNHEARD = 2**25  # bytes that wait for a kernel that does not listen


class Line(asyncio.Protocol):
    """The server's end of a kernel's socket. What is said while the page has lost its connection is kept for it."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.pages: dict[str, PageConnection] = {}
        self.come, self.kept, self.last = bytearray(), list[bytes](), ""

    @classmethod
    async def on(cls, channel: Channel) -> "Line":
        """The line on a channel, which is the line's own from now on."""
        return (await asyncio.get_running_loop().create_unix_connection(cls, sock=channel.end))[1]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Hand on every message that is complete."""
        self.come += data
        while len(self.come) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self.come)[0]
            if len(self.come) < end:
                return
            self.show(bytes(self.come[LENGTH.size : end]))
            del self.come[:end]

    def show(self, frame: bytes) -> None:
        """Send a message to the page, or keep it."""
        for page in self.pages.values():
            page.show(frame)
        if not self.pages:
            self.kept.append(frame)

    def meet(self, session: str, page: "PageConnection") -> None:
        """A page is there: if it was here before, it gets what it missed; another one asks for everything itself."""
        missed, self.kept = self.kept if session == self.last else [], []
        before, self.pages[session], self.last = self.pages.get(session), page, session
        if before:
            before.websocket_handler.close()
        for frame in missed:
            page.show(frame)

    def part(self, session: str, page: "PageConnection") -> None:
        """A page is gone."""
        if self.pages.get(session) is page:
            del self.pages[session]

    def tell(self, frame: bytes) -> bool:
        """Send a message to the kernel; False when it hears none any more."""
        self.transport.write(LENGTH.pack(len(frame)) + frame)
        return self.transport.get_write_buffer_size() <= MOST_UNHEARD

    def connection_lost(self, problem: Exception | None) -> None:
        """The kernel has ended: its page learns it."""
        for page in self.pages.values():
            page.websocket_handler.close()


class PageConnection(BaseKernelWebsocketConnection):
    """A page's websocket; also for clients that speak Jupyter's older protocol, messages in JSON."""

    async def connect(self) -> None:
        """The page is there."""
        self.multi_kernel_manager.notify_connect(self.kernel_id)
        self.kernel_manager.line.meet(self.session_id, self)

    def disconnect(self) -> None:  # type: ignore[override]
        """The page is gone."""
        self.kernel_manager.line.part(self.session_id, self)
        self.multi_kernel_manager.notify_disconnect(self.kernel_id)

    def handle_incoming_message(self, message: str | bytes) -> None:
        """From the page to the kernel."""
        if isinstance(message, str):
            about = json.loads(message)
            message = framed(about["channel"], about, json_packer)
        if not self.kernel_manager.line.tell(message):
            self.websocket_handler.close()

    def show(self, frame: bytes) -> None:
        """From the kernel to the page."""
        handler: Any = self.websocket_handler
        try:
            if handler.selected_subprotocol == PROTOCOL:
                WebSocketHandler.write_message(handler, frame, binary=True)
            else:
                handler.write_message(as_json(frame))
        except WebSocketClosedError:
            return


def as_json(frame: bytes) -> str:
    """A message in the older protocol, without binary parts."""
    channel, message = unframed(frame, json_unpacker)
    kinds = {name: message["header"][name] for name in ("msg_id", "msg_type")}
    return json.dumps({**message, **kinds, "channel": channel, "buffers": []})


class VisitorSocket(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """Voila's websocket; to a visitor's kernel it goes by the kernel's line."""

    @property
    def kernel_websocket_connection_class(self) -> Any:
        """What connects this websocket with its kernel."""
        kernel = self.kernel_manager.get_kernel(self.kernel_id)
        return PageConnection if kernel.line else super().kernel_websocket_connection_class
