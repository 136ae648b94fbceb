"""What a fork of a template kernel does: become an ipykernel whose widgets exist already, and receive its visitor."""

import os
import sys
import traceback
from types import SimpleNamespace
from typing import Any

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp
from tornado.ioloop import IOLoop

from kit.kernels.nursery import Birth
from kit.kernels.visitors import welcome
from kit.kernels.wire import Channel


class VisitorApp(IPKernelApp):
    """The kernel of one visitor. Nobody runs cells or debugs here: no profile, no subshells, no heart to listen to."""

    def parse_command_line(self, argv: Any = None) -> None:
        """The connection file is all that a command line would say."""

    def init_kernel(self) -> None:
        """Without a list of all modules, for which every one's memory would become this process's own."""
        given: Any = ipkernel
        given.sys = SimpleNamespace(modules={})
        try:
            super().init_kernel()  # type: ignore[no-untyped-call]
        finally:
            given.sys = sys

    def load_config_file(self, **_: Any) -> None:  # type: ignore[override]
        """The shell was configured when the template was made."""

    def init_heartbeat(self) -> None:
        """The server watches the process itself."""

    def init_control(self, context: Any) -> None:
        """Without the thread that subshells need."""
        super().init_control(context)  # type: ignore[no-untyped-call]
        self.shell_channel_thread = None

    def init_extensions(self) -> None:
        """Were loaded when the cells ran, as what follows."""

    def init_code(self) -> None:
        """None."""

    def init_gui_pylab(self) -> None:
        """None."""


def visitor(born: Birth) -> None:
    """Serve the widgets until the server ends this process; `ready` learns whether the visitor could be received."""
    ready = Channel.of(born.files[3])
    words = born.details["arguments"]
    sys.argv = [born.details["program"], *words]
    file = words[words.index("-f") + 1]
    # 1: somebody else watches over the owner.
    app: Any = VisitorApp.instance(connection_file=file, parent_handle=1, capture_fd_output=False)
    app.initialize([])
    app.shell.kernel = app.kernel
    IOLoop.current().add_callback(receive, ready)
    app.start()


def receive(ready: Channel) -> None:
    """Run what waited for the visitor, before any message of the page is answered."""
    try:
        welcome()
    except Exception as error:  # noqa: BLE001 - a notebook may raise anything
        traceback.print_exc(file=sys.__stderr__)
        ready.send({"error": type(error).__name__})
        os._exit(1)  # a page without its content helps nobody
    ready.send({})
    ready.close()
