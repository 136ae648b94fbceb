"""Worker processes that inherit no open database, and that an interrupted command does not wait for."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from kit import home
from kit.kernels import fork_exists

NEEDED = ("kit.compiling", "kit.exercise", "kit.session.compiled", "kit.world")


@contextmanager
def workers(number: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes, forked from one that has imported everything; what waits is dropped in the end."""
    context = get_context("forkserver" if fork_exists() else "spawn")
    if fork_exists():
        context.set_forkserver_preload(list(NEEDED))
    pool = ProcessPoolExecutor(number, context, _begin, (_surroundings(),))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _surroundings() -> dict[str, str]:
    """What a worker must know of where it is: a fork server remembers how it was started."""
    return {"KIT_HOME": str(home.home()), "KIT_STORE": os.environ.get("KIT_STORE", "")}


def _begin(surroundings: dict[str, str]) -> None:
    """The terminal's Ctrl+C reaches everybody; the parent alone speaks about it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(surroundings)
