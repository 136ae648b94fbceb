"""A forked child for the cells of one notebook: forked here where that is safe, by a zygote where it is not."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn, Protocol

from kit.kernels.nursery import kill_group
from kit.kernels.safety import generators_with, hazards, reseed
from kit.kernels.wire import Channel
from kit.kernels.zygote import NotForked, zygote

CELLS = ("kit.kernels.cells", "IPython.core.completerlib", "pandas", "matplotlib.pyplot")
PATIENCE_SECONDS = 60.0


class Process(Protocol):
    """What both kinds of fork have."""

    pid: int

    def wait(self) -> int:
        """Wait for the end; the exit code, negative for a signal."""


class OwnFork:
    """A direct child of this process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def wait(self) -> int:
        """Wait for the end; the exit code, negative for a signal."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class Child:
    """A forked process that runs cells, and the channel to it."""

    def __init__(self, channel: Channel, process: Process) -> None:
        self.channel = channel
        self.process = process
        self.code: int | None = None

    def end(self) -> int:
        """Kill what is left of it and of all that it started; the exit code, its own if it had ended before."""
        if self.code is None:
            kill_group(self.process.pid)
            self.code = self.process.wait()
            self.channel.close()
        return self.code


@contextmanager
def child(megabytes: int) -> Iterator[Child]:
    """A child whose cells may take so much memory; raises `NotForked` when there can be none."""
    ours, theirs = Channel.pair()
    try:
        process = _forked_here(ours, theirs, megabytes) if not hazards() else _forked_by_zygote(theirs, megabytes)
    finally:
        theirs.close()
    made = Child(ours, process)
    try:
        yield made
    finally:
        made.end()


def _forked_here(ours: Channel, theirs: Channel, megabytes: int) -> Process:
    shared = generators_with(len(sys.modules))
    pid = os.fork()
    if not pid:
        _live(theirs, megabytes, shared)
    return OwnFork(pid)


def _live(channel: Channel, megabytes: int, shared: list[object]) -> NoReturn:
    """In the child: keep nothing of the parent's but its modules, run cells, and never return."""
    try:
        os.setsid()
        reseed(shared)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.closerange(3, channel.fileno())
        os.closerange(channel.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
        from kit.kernels.cells import run_cells

        run_cells(channel, megabytes)
    finally:
        os._exit(0)


def _forked_by_zygote(theirs: Channel, megabytes: int) -> Process:
    details = {"env": dict(os.environ), "cwd": os.getcwd(), "megabytes": megabytes}
    with open(os.devnull, "rb") as nothing:
        forked = zygote(CELLS).fork("cells", details, [nothing.fileno(), 1, 2, theirs.fileno()])
    if not forked.started(PATIENCE_SECONDS):
        forked.close()
        raise NotForked(f"no fork within {PATIENCE_SECONDS:g} s")
    return forked
