"""How a visitor's kernel speaks with its page: over one socket, and of widgets only. It cannot be asked to run code."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import comm
from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from traitlets import Any as AnyTrait
from traitlets import Bool, TraitError

from kit.kernels.cells import prepared_shell
from kit.kernels.speech import SocketComm
from kit.kernels.visitors.frames import framed, unframed
from kit.kernels.wire import Channel, Closed, Json

INFO: Json = {"status": "ok", "protocol_version": "5.3", "implementation": "ipython", "implementation_version": "",
              "language_info": IPythonKernel.language_info, "banner": "", "help_links": []}  # fmt: skip


class PageSession(Session):
    """A kernel's session whose messages go to the page; those before the page's first word, to nobody."""

    line = AnyTrait()
    lock = AnyTrait()
    listened = Bool(False)

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **given: Any) -> Json:
        """Send a message, made here when only its type is given; `stream` is the channel, else iopub."""
        if not self.listened or os.getpid() != self.pid:
            return {}
        message: Json = msg_or_type
        if isinstance(msg_or_type, str):
            parent = given.get("parent") or (args or ({},))[0]
            message = self.msg(msg_or_type, content, parent=parent, metadata=given.get("metadata"))
        message = {**message, "buffers": given.get("buffers")}
        with self.lock:
            self.line.send_bytes(framed(stream or "iopub", message, self.pack))
        return message


class Talk:
    """Takes what the page says and answers as a kernel does."""

    def __init__(self, line: Channel) -> None:
        self.line, self.shell = line, prepared_shell()
        self.session = SocketComm.session = PageSession(line=line, lock=threading.Lock())
        for publisher in (self.shell.displayhook, self.shell.display_pub):
            publisher.session = self.session
        self.shell.kernel = SimpleNamespace(eventloop=None, get_parent=self.shell.get_parent)
        self.shell.showtraceback = self.fault

    def begin(self) -> None:
        """From now on the page is heard."""
        asyncio.get_running_loop().add_reader(self.line.fileno(), self.hear)

    def hear(self) -> None:
        """Take one message; one that is malformed is told in the server's log."""
        try:
            frame, _ = self.line.receive_bytes()
            self.session.listened = True
            _, message = unframed(frame, self.session.unpack)
            self.answer(message)
        except Closed:
            os._exit(0)
        except Exception:  # noqa: BLE001 - whatever a stranger sends
            self.fault()
        sys.stdout.flush()

    def answer(self, message: Json) -> None:
        """Do what a message asks for, between two words about being busy, as pages expect it."""
        kind = message["header"]["msg_type"]
        answer = ANSWERS.get(kind)
        if answer is None:
            sys.stderr.write(f"a message of type {kind!r} is not allowed. Ignoring.\n")
            return
        self.shell.set_parent(message)
        self.say("status", {"execution_state": "busy"}, message)
        try:
            answer(self, message)
        finally:
            self.say("status", {"execution_state": "idle"}, message)

    def say(self, kind: str, content: Json, parent: Json, channel: str = "iopub") -> None:
        """Send a message that answers another."""
        self.session.send(channel, kind, content, parent["header"])

    def tell_comms(self, message: Json) -> None:
        """Which widgets there are."""
        wanted = message["content"].get("target_name")
        comms = {number: {"target_name": one.target_name} for number, one in comm.get_comm_manager().comms.items()
                 if wanted in (None, one.target_name)}  # fmt: skip
        self.say("comm_info_reply", {"status": "ok", "comms": comms}, message, "shell")

    def fault(self, *_: Any, **__: Any) -> None:
        """In the place of a traceback on the page: what a message broke is told in the server's log alone."""
        kind, fault, _trace = sys.exc_info()
        name = kind.__name__ if kind else ""
        sys.stderr.write(f"a widget's message was refused: {name}\n")
        if not isinstance(fault, TraitError):
            sys.excepthook(*sys.exc_info())


def to_widget(_: Talk, message: Json) -> None:
    """Hand a message to the widget that it names."""
    manager: Any = comm.get_comm_manager()
    getattr(manager, message["header"]["msg_type"])(None, None, message)


ANSWERS: dict[str, Callable[[Talk, Json], None]] = {
    **dict.fromkeys(("comm_open", "comm_msg", "comm_close"), to_widget),
    "comm_info_request": Talk.tell_comms,
    "kernel_info_request": lambda talk, message: talk.say("kernel_info_reply", INFO, message, "shell"),
}
