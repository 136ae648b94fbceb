"""Visitors of a Voila page without a browser: they open the page, its websocket, and read and click its widgets."""

import asyncio
import json
import re
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

Json = dict[str, Any]
KERNEL = re.compile(r'"kernelId": ?"([^"]+)"')
CONTROL = "jupyter.widget.control"
PROTOCOL = "v1.kernel.websocket.jupyter.org"  # what a page speaks
MANY = 4_000  # connections at once


class Refused(Exception):
    """The server answered, but not with a page: its status."""


class Visitor:
    """One open page: its kernel's id, the widgets by model id as this side knows them."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.html = ""
        self.kernel = ""
        self.widgets: dict[str, Json] = {}
        self.changes = 0
        self.socket: WebSocketClientConnection
        self.session = uuid.uuid4().hex
        self.reading: asyncio.Task[None] | None = None
        self.changed = asyncio.Event()

    async def open(self) -> "Visitor":
        """Get the page, connect, and learn every widget; raises `Refused`."""
        await self.get()
        await self.connect()
        await self.learn()
        return self

    async def get(self) -> None:
        """Get the page, which starts a kernel."""
        client = AsyncHTTPClient(max_clients=MANY)
        request = HTTPRequest(self.address, request_timeout=120, connect_timeout=120, decompress_response=True)
        answer = await client.fetch(request, raise_error=False)
        if answer.code != 200:
            raise Refused(answer.code)
        self.html = answer.body.decode()
        found = KERNEL.search(self.html)
        if not found:
            raise Refused("no kernel")
        self.kernel = found[1]

    async def connect(self) -> None:
        """Open the page's websocket."""
        parts = urlsplit(self.address)
        request = HTTPRequest(
            f"ws://{parts.netloc}/api/kernels/{self.kernel}/channels?session_id={self.session}",
            connect_timeout=120, request_timeout=120, headers={"Origin": f"http://{parts.netloc}"},
        )  # fmt: skip
        self.socket = await websocket_connect(request, subprotocols=[PROTOCOL])
        self.reading = asyncio.create_task(self.read())

    async def learn(self, seconds: float = 120) -> None:
        """Ask for the state of all widgets, as a page does first."""
        control = uuid.uuid4().hex
        await self.send("comm_open", {"comm_id": control, "target_name": CONTROL, "data": {}},
                        {"version": "1.0.0"})  # fmt: skip
        await self.send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        await self.until(lambda: bool(self.widgets), seconds)

    async def send(self, kind: str, content: Json, metadata: Json | None = None) -> str:
        """Send a message to the kernel; its id."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "session": self.session, "username": "", "version": "5.3",
                  "date": "2026-01-01T00:00:00Z"}  # fmt: skip
        message = {"header": header, "parent_header": {}, "metadata": metadata or {}, "content": content}
        frame = serialize_msg_to_ws_v1(message, "shell", lambda part: json.dumps(part).encode())
        await self.socket.write_message(frame, binary=True)
        return number

    async def read(self) -> None:
        """Take in what the kernel says until the connection ends."""
        while (message := await self.socket.read_message()) is not None:
            header, _, _, content, *_ = deserialize_msg_from_ws_v1(message)[1]
            self.take(json.loads(header)["msg_type"], json.loads(content))
            self.changed.set()

    def take(self, kind: str, content: Json) -> None:
        """Keep what a message says of widgets."""
        data = content.get("data", {}) if kind in ("comm_open", "comm_msg") else {}
        if data.get("method") == "update_states":
            self.widgets.update({number: one["state"] for number, one in data["states"].items()})
        elif kind == "comm_open":
            self.widgets[content["comm_id"]] = data.get("state", {})
        elif data.get("method") in ("update", "echo_update"):
            self.changes += data["method"] == "update"
            self.widgets.setdefault(content["comm_id"], {}).update(data["state"])
        elif kind == "comm_close":
            self.widgets.pop(content["comm_id"], None)

    async def until(self, true: Callable[[], bool], seconds: float = 30) -> float:
        """Wait for something to become true; how long it took. Raises `TimeoutError`."""
        began = time.perf_counter()
        while not true():
            self.changed.clear()
            left = seconds - (time.perf_counter() - began)
            await asyncio.wait_for(self.changed.wait(), max(0.001, left))
        return time.perf_counter() - began

    def find(self, **traits: Any) -> str:
        """The model id of the only widget with these traits."""
        found = [number for number, state in self.widgets.items() if traits.items() <= state.items()]
        assert len(found) == 1, (traits, found)
        return found[0]

    async def set(self, model: str, **state: Any) -> None:
        """Change a widget as its page does."""
        await self.send("comm_msg", {"comm_id": model, "data": {"method": "update", "state": state}})

    async def click(self, model: str) -> None:
        """Click a button."""
        await self.send("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": {"event": "click"}}})

    async def leave(self) -> None:
        """Close the connection, as a lost network does: without a word."""
        self.socket.close()
        if self.reading:
            self.reading.cancel()
