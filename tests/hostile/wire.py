"""What a hostile browser can do: speak to a page's kernel over its websocket, without any page."""

import json
import re
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import websocket

Json = dict[str, Any]
LATE_SECONDS = 1.0  # a state may come behind the answer to what was asked after it
KERNEL = re.compile(r'"kernelId":\s*"([0-9a-f-]{36})"')


def opened(address: str, query: str = "") -> tuple[str, str]:
    """A page as text, and its kernel's id."""
    with urlopen(Request(address + query), timeout=40) as answer:
        page = answer.read().decode()
    found = KERNEL.search(page)
    assert found, page[:2000]
    return page, found[1]


class Wire:
    """A websocket to a kernel; `heard` keeps everything that ever came."""

    def __init__(self, address: str, kernel: str) -> None:
        place = address.replace("http", "ws", 1) + f"api/kernels/{kernel}/channels"
        self.socket = websocket.create_connection(place, timeout=30, origin=address.rstrip("/"))
        self.session = uuid.uuid4().hex
        self.heard: list[Json] = []

    def send(self, kind: str, content: Any, channel: str = "shell") -> str:
        """Send one message; returns its id."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "session": self.session, "username": "x", "version": "5.3",
                  "date": "2025-07-01T00:00:00Z"}  # fmt: skip
        self.socket.send(json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content,
                                     "channel": channel, "buffers": []}))  # fmt: skip
        return number

    def until(self, number: str, kind: str, seconds: float = 20) -> Json | None:
        """The answer of a kind to a message; None where there is none in time."""
        limit = time.monotonic() + seconds
        for message in self.messages(limit):
            if message["msg_type"] == kind and message["parent_header"].get("msg_id") == number:
                return message["content"]
        return None

    def messages(self, limit: float) -> Iterator[Json]:
        """What comes until a moment."""
        while (left := limit - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                text = self.socket.recv()
            except (websocket.WebSocketTimeoutException, websocket.WebSocketConnectionClosedException):
                return
            if isinstance(text, str) and text:
                self.heard.append(json.loads(text))
                yield self.heard[-1]

    def alive(self, seconds: float = 60) -> bool:
        """Whether the kernel still answers: everything sent before has been dealt with then."""
        return self.until(self.send("kernel_info_request", {}), "kernel_info_reply", seconds) is not None

    def comms(self) -> list[str]:
        """Every widget's id."""
        answer = self.until(self.send("comm_info_request", {}), "comm_info_reply")
        assert answer is not None
        return list(answer["comms"])

    def states(self) -> dict[str, Json]:
        """The state of every widget, those never displayed too; what a `request_state` of each answers."""
        first = len(self.heard)
        for comm in self.comms():
            self.send("comm_msg", {"comm_id": comm, "data": {"method": "request_state"}})
        assert self.alive()
        list(self.messages(time.monotonic() + LATE_SECONDS))
        found: dict[str, Json] = {}
        for message in self.heard[first:]:
            content = message["content"]
            if message["msg_type"] == "comm_msg" and content.get("data", {}).get("method") == "update":
                found.setdefault(content["comm_id"], {}).update(content["data"]["state"])
        return found

    def set(self, comm: str, **state: Any) -> None:
        """Set a widget's traits, whatever the page would allow."""
        self.send("comm_msg", {"comm_id": comm, "data": {"method": "update", "state": state, "buffer_paths": []}})

    def click(self, comm: str) -> None:
        """Click a button, shown or not."""
        self.send("comm_msg", {"comm_id": comm, "data": {"method": "custom", "content": {"event": "click"}}})

    def close(self) -> None:
        """Leave."""
        self.socket.close()
