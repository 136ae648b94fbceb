"""What a fork does first: a session, folder, environment and random numbers of its own; then its task."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from kit.kernels.birth import Birth
from kit.kernels.safety import reseed
from kit.kernels.wire import Channel


def live(born: Birth) -> None:
    """Become what was asked for; returns when it is over."""
    settle(born)
    TASKS[born.task](born)


def settle(born: Birth) -> None:
    """Leave the zygote's session, folder, environment, files and random state."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for target, number in enumerate(born.files[:3]):
        os.dup2(number, target)
        os.close(number)
    os.environ.clear()
    os.environ.update(born.details["env"])
    time.tzset()
    os.chdir(born.details["cwd"])
    reseed(born.shared)
    end_with(born.line)


def end_with(line: Channel) -> None:
    """Kill this process and its group as soon as the other end of the line is closed, even by a sudden death."""

    def watch() -> None:
        line.end.recv(1)
        os.killpg(0, signal.SIGKILL)

    os.register_at_fork(after_in_child=line.close)  # what a notebook starts must not keep the line open
    threading.Thread(target=watch, name="kit-warm-line", daemon=True).start()


def kernel(born: Birth) -> None:
    """An ordinary IPython kernel on the given connection file."""
    from ipykernel.kernelapp import IPKernelApp

    words = born.details["arguments"]
    sys.argv = [born.details["program"], *words]
    app: Any = IPKernelApp.instance(parent_handle=1)  # 1: somebody else watches over the owner
    app.initialize(words)
    if widgets := sys.modules.get("ipywidgets"):
        widgets.register_comm_target()  # it does so at its import, where there was no kernel yet
    app.start()


def cells(born: Birth) -> None:
    """Cells of one notebook, without sockets of a kernel."""
    from kit.kernels.cells import run_cells

    run_cells(Channel.of(born.files[3]), born.details["megabytes"])


def visitor(born: Birth) -> None:
    """A kernel whose notebook has run already."""
    from kit.kernels.visitors.arrival import visitor

    visitor(born)


TASKS: dict[str, Callable[[Birth], None]] = {"kernel": kernel, "cells": cells, "visitor": visitor}
