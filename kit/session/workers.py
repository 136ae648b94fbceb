"""Worker processes that inherit no open database, and that an interrupted command does not wait for."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from kit import home
from kit.processes import deaf, forking, thrown_away

NEEDED = ("kit.compiling", "kit.exercise", "kit.session.compiled", "kit.world")


@contextmanager
def workers(number: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes, forked from one that has imported everything; what waits is dropped in the end."""
    pool = ProcessPoolExecutor(number, forking(NEEDED), _begin, (_surroundings(),))
    try:
        with thrown_away():
            yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _surroundings() -> dict[str, str]:
    """What a worker must know of where it is: a fork server remembers how it was started."""
    return {"KIT_HOME": str(home.home()), "KIT_STORE": os.environ.get("KIT_STORE", "")}


def _begin(surroundings: dict[str, str]) -> None:
    """The terminal's Ctrl+C reaches everybody; the parent alone speaks about it."""
    deaf()
    os.environ.update(surroundings)
