"""Cells run in a fork by IPython's own shell, as in a kernel, until the channel to the notebook is closed."""

import builtins
import getpass
import os
import resource
import sys
from types import MethodType, SimpleNamespace
from typing import Any

import comm
from comm.base_comm import CommManager
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets.config import Config

from kit.kernels.speech import Beneath, Printed, Shows, SocketComm, SocketSession
from kit.kernels.wire import Channel, Closed, Json

WITHOUT_HISTORY = Config({"HistoryManager": {"enabled": False}, "IPKernelApp": {"quiet": True}})


def prepared_shell() -> Any:
    """The shell of this process, made when there is none: as a kernel's, without history.

    It becomes `__main__` only where cells run, so that a worker still finds the functions that it is given.
    """
    main = sys.modules["__main__"]
    shell: Any = ZMQInteractiveShell.instance(config=WITHOUT_HISTORY, compiler_class=XCachingCompiler)
    shell.kernel = SimpleNamespace(eventloop=None)
    shell.enable_gui = lambda gui=None: None  # `%matplotlib inline` asks for it
    sys.modules["__main__"] = main
    return shell


def run_cells(channel: Channel, megabytes: int) -> None:
    """Run each cell that comes, answer as a kernel does, until the channel is closed.

    Cells may take so many megabytes of memory on top of what the process has already; then they get a MemoryError.
    """
    bound_memory(megabytes)
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    os.register_at_fork(after_in_child=channel.close)  # what a cell forks must not keep the channel open
    session = SocketSession(channel=channel)
    shell, beneath = prepared_shell(), Beneath(session)
    attach(shell, session)
    carry_widgets(session)
    sys.modules["__main__"] = shell.user_module
    channel.send({"language_info": IPythonKernel.language_info})
    while True:
        try:
            request, _ = channel.receive()
        except Closed:
            return
        run_cell(shell, session, request["code"], beneath)
        if os.getpid() != session.pid:
            os._exit(0)  # a process that the cell forked and that came back here


def bound_memory(megabytes: int) -> None:
    """Let this process grow by so much at most, where the system knows its size (Linux)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (now + megabytes * 2**20,) * 2)


def attach(shell: Any, session: SocketSession) -> None:
    """Everything that the shell says goes through the session; nobody is there to be asked."""
    for publisher in (shell.displayhook, shell.display_pub):
        publisher.session = session
    sys.stdout, sys.stderr = Printed(session, "stdout"), Printed(session, "stderr")
    nobody = SimpleNamespace(_allow_stdin=False)
    builtins.input = MethodType(IPythonKernel.raw_input, nobody)
    getpass.getpass = MethodType(IPythonKernel.getpass, nobody)


def carry_widgets(session: SocketSession) -> None:
    """Widgets speak through the session, too."""
    widgets = CommManager()
    SocketComm.session, comm.create_comm, comm.get_comm_manager = session, SocketComm, lambda: widgets


def run_cell(shell: Any, session: SocketSession, code: str, beneath: Shows) -> None:
    """Run one cell and send the messages of a kernel, the reply last."""
    parent = session.msg("execute_request", {"code": code})
    shell.set_parent(parent)

    def say(kind: str, content: Json) -> None:
        session.send(None, kind, content, parent=parent["header"])

    say("status", {"execution_state": "busy"})
    say("execute_input", {"code": code, "execution_count": shell.execution_count})
    result = shell.run_cell(code, store_history=True)
    sys.stdout.flush()
    sys.stderr.flush()
    beneath.show(parent)
    say("status", {"execution_state": "idle"})
    say("execute_reply", _reply(shell, result))


def _reply(shell: Any, result: Any) -> Json:
    reply: Json = {"status": "ok", "execution_count": shell.execution_count - 1}
    problem = result.error_before_exec or result.error_in_exec
    if result.success and not shell._last_traceback_during_displayhook:
        return reply
    return {**reply, "status": "error", "ename": type(problem).__name__, "evalue": str(problem),
            "traceback": shell._last_traceback or []}  # fmt: skip
