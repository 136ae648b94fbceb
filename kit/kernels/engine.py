"""papermill's engine `kit`: the cells of a notebook run in a forked child, without the sockets of a kernel.

Outputs, metadata, progress and errors are papermill's and nbclient's own; only who runs the code differs. A cell that
crashes, hangs, eats memory or prints without end fails its notebook alone, with the reason as its error.
"""

import signal
import time
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from jupyter_client.jsonutil import extract_dates
from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from kit.kernels import fork_exists
from kit.kernels.isolation import Child, child
from kit.kernels.wire import Closed, Json, TooLong


@dataclass(frozen=True)
class Limits:
    """What one notebook may use: seconds for each cell (None: any), memory beyond the start, output in all."""

    seconds: float | None = None
    megabytes: int = 2048
    output_megabytes: int = 50


class ForkEngine(Engine):  # type: ignore[misc]
    """Runs a Python notebook in a forked child; with papermill's default engine where there is no fork.

    Of papermill's arguments `execution_timeout` bounds a cell; `memory_mb` and `output_mb` are this engine's own.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **given: Any) -> None:
        """Run all cells, stop at the first that fails."""
        seconds = given.pop("execution_timeout", None) or given.get("timeout")
        most = Limits(
            seconds, given.pop("memory_mb", Limits.megabytes), given.pop("output_mb", Limits.output_megabytes)
        )
        if not fork_exists():
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, execution_timeout=most.seconds, **given)
            return
        kept = remove_args(["input_path", "timeout", "startup_timeout", "start_timeout"], **given)
        ForkedClient(nb_man, most, **merge_kwargs(kept, kernel_name=kernel_name, log=logger)).execute()


class ForkedClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client with a forked child in the place of a kernel."""

    def __init__(self, nb_man: Any, most: Limits, **given: Any) -> None:
        super().__init__(nb_man, **given)
        self.most = most
        self.child: Child

    def execute(self, **given: Any) -> Any:
        """Run the notebook; the child, and what its cells started, are gone when this returns."""
        self.reset_execution_trackers()
        with child(self.most.megabytes) as self.child:
            language = self.receive(None)["language_info"]
            self.log.info("Executing notebook in a forked child")
            self.papermill_execute_cells()
            self.nb.metadata["language_info"] = language
            self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, *_: Any, **__: Any) -> Any:
        """Run one cell as nbclient does; raises `CellExecutionError`."""
        skipped = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or skipped:
            return cell
        cell.metadata["execution"], cell.outputs = {}, []
        self.clear_before_next_output = False
        try:
            reply = self.run(cell, cell_index)
        except (Closed, TimeoutError, TooLong) as broken:
            reply = self.failed(cell, broken)
        if reply["status"] == "error" and not self.allows_errors(cell):
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell

    def run(self, cell: Any, cell_index: int) -> Json:
        """Send the code, put what comes back into the cell; the reply's content."""
        self.child.channel.send({"code": cell.source})
        limit = None if self.most.seconds is None else time.monotonic() + self.most.seconds
        while True:
            message = self.receive(limit)
            if message["msg_type"] == "execute_reply":
                cell.metadata["execution"]["shell.execute_reply"] = timestamp(message)
                return dict(message["content"])
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                continue

    def receive(self, limit: float | None) -> Json:
        """The child's next message; raises `TimeoutError` after the limit, `TooLong` when all in all it is too much."""
        left = None if limit is None else max(0.001, limit - time.monotonic())
        room = self.most.output_megabytes * 2**20 - self.child.channel.received
        message: Json = extract_dates(self.child.channel.receive(left, room)[0])
        message["buffers"] = [b64decode(part) for part in message.get("buffers", ())]
        return message

    def failed(self, cell: Any, broken: Exception) -> Json:
        """End a child that cannot go on; the reason as an error of the cell."""
        name, reason = self.reason(broken)
        self.child.end()
        error = {"ename": name, "evalue": reason, "traceback": [f"{name}: {reason}"]}
        cell.outputs.append(new_output("error", **error))  # type: ignore[no-untyped-call]
        return {"status": "error", **error}

    def reason(self, broken: Exception) -> tuple[str, str]:
        """What happened, as an error's name and value."""
        if isinstance(broken, TimeoutError):
            return "CellTimeoutError", f"the cell ran for more than {self.most.seconds:g} s"
        if isinstance(broken, TooLong):
            return "OutputTooLong", f"the notebook's output is more than {self.most.output_megabytes} MB"
        code = self.child.end()
        return "DeadKernelError", f"the cell ended its process: {_named(code)}"

    def allows_errors(self, cell: Any) -> bool:
        """Whether the notebook goes on after an error in this cell."""
        tagged = "raises-exception" in cell.metadata.get("tags", [])
        return not self.force_raise_errors and (self.allow_errors or tagged)


def _named(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
