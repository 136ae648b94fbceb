"""Worker processes that the terminal's Ctrl+C does not reach: who started them ends them, and speaks for all."""

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import active_children, forkserver, get_context, resource_tracker
from multiprocessing.context import BaseContext

from kit.kernels import fork_exists

ALONE = {signal.SIGINT}


@contextmanager
def unreached() -> Iterator[None]:
    """What starts in here hears no Ctrl+C from its first moment on; this process heeds one when all have started."""
    if not fork_exists() or threading.current_thread() is not threading.main_thread():
        yield
        return
    resource_tracker.ensure_running()  # before: its own start would end the silence
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    signal.pthread_sigmask(signal.SIG_BLOCK, ALONE)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ALONE)
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt


def deaf() -> None:
    """In a worker, first of all: Ctrl+C is for the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if fork_exists():
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ALONE)


@contextmanager
def thrown_away() -> Iterator[None]:
    """After any error in here, Ctrl+C too, the workers started in here are ended: nobody waits for what they make."""
    others = set(active_children())
    try:
        yield
    except BaseException:
        for worker in set(active_children()) - others:
            worker.terminate()
        raise


def forking(modules: Iterable[str]) -> BaseContext:
    """Processes forked from one that has imported these modules; fresh ones where there is no fork."""
    if not fork_exists():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(list(modules))
    with unreached():
        forkserver.ensure_running()
    return context
