"""A notebook's cells run ahead of every visitor: by IPython's shell, with widgets that nobody looks at yet."""

import sys
from typing import Any

from nbformat.v4 import output_from_msg

from kit.kernels.cells import attach, carry_widgets, prepared_shell, run_cell
from kit.kernels.speech import SocketSession
from kit.kernels.wire import Json

SHOWN = {"stream", "display_data", "execute_result", "error"}


class Page:
    """In the place of a channel: keeps what a cell puts out, as a notebook does."""

    def __init__(self) -> None:
        self.outputs: list[Json] = []
        self.reply: Json = {}

    def send(self, message: Json, default: Any = None) -> None:
        """Keep one message of the shell."""
        if message["msg_type"] in SHOWN:
            self.keep(output_from_msg(message))  # type: ignore[no-untyped-call]
        elif message["msg_type"] == "execute_reply":
            self.reply = message["content"]

    def keep(self, output: Any) -> None:
        """Add an output; text after text of the same stream is one output."""
        last = self.outputs[-1] if self.outputs else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            self.outputs.append(output)


class Silent:
    """Nothing beneath is caught: what C libraries write goes to the server's log."""

    def show(self, parent: Json) -> None:
        """Show nothing."""


def run(cells: list[str]) -> tuple[list[list[Json]], str]:
    """Run the cells up to the first that fails; the outputs of each, and the failure in a word."""
    session = SocketSession(channel=(page := Page()))
    shell = prepared_shell()
    attach(shell, session)
    carry_widgets(session)
    if widgets := sys.modules.get("ipywidgets"):
        widgets.register_comm_target()  # it did so at its import, where there was another line
    sys.modules["__main__"] = shell.user_module
    try:
        return shown(shell, session, cells, page)
    finally:
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__


def shown(shell: Any, session: SocketSession, cells: list[str], page: Page) -> tuple[list[list[Json]], str]:
    """The same with a shell that is ready."""
    found = []
    for code in cells:
        page.outputs = []
        if code.strip():
            run_cell(shell, session, code, Silent())
        found.append(page.outputs)
        if page.reply.get("status") == "error":
            return found, f"{page.reply['ename']}: {page.reply['evalue']}"
    return found, ""
