"""How a forked child speaks: a kernel's messages, sent over one channel instead of five sockets."""

import io
import os
import tempfile
from base64 import b64encode
from typing import Any, Protocol

from comm.base_comm import BaseComm
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from traitlets import Any as AnyTrait

from kit.kernels.wire import Json

ENOUGH = 2**16  # characters of output that are sent without waiting for the end of the cell


class SocketSession(Session):
    """A kernel's session whose messages all go to one channel; those of a process that a cell forked go nowhere."""

    channel = AnyTrait()

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **given: Any) -> Json:
        """Send a message, made here when only its type is given."""
        message: Json = msg_or_type
        if isinstance(msg_or_type, str):
            parent = given.get("parent") or (args or ({},))[0]
            message = self.msg(msg_or_type, content, parent=parent, metadata=given.get("metadata"))
        message = {**message, "buffers": [b64encode(part).decode() for part in given.get("buffers") or ()]}
        if os.getpid() == self.pid:
            self.channel.send(message, default=json_default)
        return message


class Printed(io.TextIOBase):
    """Standard output or error: what is printed becomes messages."""

    def __init__(self, session: SocketSession, name: str) -> None:
        self.session, self.name = session, name
        self.parts: list[str] = []
        self.size = 0
        self.parent: Json = {}

    def write(self, text: str) -> int:
        """Keep text until there is enough of it, or until a flush."""
        self.parts.append(text)
        self.size += len(text)
        if self.size > ENOUGH:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what was kept."""
        text, self.parts, self.size = "".join(self.parts), [], 0
        if text:
            self.session.send(None, "stream", {"name": self.name, "text": text}, parent=self.parent)

    def set_parent(self, parent: Json) -> None:
        """Which request the text answers."""
        self.parent = parent["header"]

    def writable(self) -> bool:
        """Always."""
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """As a kernel's."""
        return "UTF-8"


class Shows(Protocol):
    """What adds to a cell's output when the cell has ended."""

    def show(self, parent: Json) -> None:
        """Send what was added."""


class Beneath:
    """What C libraries and child processes write to the real output: kept in a file, shown at the end of the cell."""

    def __init__(self, session: SocketSession) -> None:
        self.session, self.shown = session, 0
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process lives
        for number in (1, 2):
            os.dup2(self.file.fileno(), number)

    def show(self, parent: Json) -> None:
        """Send what was added."""
        size = os.fstat(self.file.fileno()).st_size
        if size > self.shown:
            text = os.pread(self.file.fileno(), size - self.shown, self.shown).decode(errors="replace")
            self.shown = size
            self.session.send(None, "stream", {"name": "stdout", "text": text}, parent=parent["header"])


class SocketComm(BaseComm):
    """A widget's line to the notebook."""

    session: Session

    def publish_msg(
        self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **keys: Any
    ) -> None:
        """Send the widget's message as a kernel does."""
        shell: Any = ZMQInteractiveShell.instance()
        content = {"data": data or {}, "comm_id": self.comm_id, **keys}
        parent = shell.get_parent().get("header", {})
        self.session.send(None, msg_type, content, parent=parent, metadata=metadata, buffers=buffers)
