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
CONTROL = "jupyter.widget.control"
KERNEL = re.compile(r'"kernelId":\s*"([0-9a-f-]{36})"')


def opened(address: str, query: str = "", **headers: str) -> tuple[str, str]:
    """A page as text, and its kernel's id."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with urlopen(Request(address + query, headers=named), timeout=40) as answer:
        page = answer.read().decode()
    found = KERNEL.search(page)
    assert found, page[:2000]
    return page, found[1]


class Wire:
    """A websocket to a kernel; `heard` keeps everything that ever came."""

    def __init__(self, address: str, kernel: str) -> None:
        place = address.replace("http", "ws", 1) + f"api/kernels/{kernel}/channels"
        self.socket = websocket.create_connection(place, timeout=30, origin=address.rstrip("/"),
                                                  skip_utf8_validation=True)  # fmt: skip # json.loads will tell
        self.session = uuid.uuid4().hex
        self.heard: list[Json] = []

    def send(self, kind: str, content: Any, **metadata: str) -> str:
        """Send one message; returns its id."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "session": self.session, "username": "x", "version": "5.3",
                  "date": "2025-07-01T00:00:00Z"}  # fmt: skip
        self.socket.send(json.dumps({"header": header, "parent_header": {}, "metadata": metadata, "content": content,
                                     "channel": "shell", "buffers": []}))  # fmt: skip
        return number

    def until(self, number: str, kind: str, seconds: float = 20, **content: Any) -> Json | None:
        """The answer of a kind, and with this content, to a message; None where there is none in time."""
        limit = time.monotonic() + seconds
        for message in self.messages(limit):
            found, about = message["content"], message["parent_header"].get("msg_id")
            if (message["msg_type"], about) == (kind, number) and content.items() <= found.items():
                return found
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
        """Whether the kernel still answers: all sent before has been dealt with then, and what was said of it heard."""
        asked = self.send("kernel_info_request", {})
        return self.until(asked, "status", seconds, execution_state="idle") is not None

    def states(self) -> dict[str, Json]:
        """The state of every widget, those never displayed too: a page's own question, which anybody may ask."""
        control, first = uuid.uuid4().hex, len(self.heard)
        self.send("comm_open", {"comm_id": control, "target_name": CONTROL, "data": {}}, version="1.0.0")
        self.send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        assert self.alive()
        told = (one["content"]["data"] for one in self.heard[first:] if one["msg_type"] == "comm_msg")
        answer = next(data for data in told if data.get("method") == "update_states")
        return {comm: one["state"] for comm, one in answer["states"].items()}

    def set(self, comm: str, **state: Any) -> None:
        """Set a widget's traits, whatever the page would allow."""
        self.send("comm_msg", {"comm_id": comm, "data": {"method": "update", "state": state, "buffer_paths": []}})

    def click(self, comm: str) -> None:
        """Click a button, shown or not."""
        self.send("comm_msg", {"comm_id": comm, "data": {"method": "custom", "content": {"event": "click"}}})

    def close(self) -> None:
        """Leave."""
        self.socket.close()
