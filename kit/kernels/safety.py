"""What makes a fork unsafe, and what a fork must do first: `hazards()` before, `reseed()` after."""

import gc
import os
import random
import sqlite3
import sys
import threading
from functools import cache
from typing import Any


def hazards() -> list[str]:
    """Why this process must not be forked now: threads, zmq contexts and database connections, by name.

    A fork that opens the same SQLite file again reports a disk error, for its library believes that it holds locks.
    """
    found = [f"thread {thread.name!r}" for thread in threading.enumerate() if thread is not threading.main_thread()]
    kinds = {sqlite3.Connection: "SQLite connection"}
    if zmq := sys.modules.get("zmq"):
        kinds[zmq.Context] = "zmq context"
    if sqlalchemy := sys.modules.get("sqlalchemy.engine"):
        kinds[sqlalchemy.Connection] = "database connection"
    open_now = [one for one in _living(tuple(kinds)) if not getattr(one, "closed", False)]
    return found + [next(name for kind, name in kinds.items() if isinstance(one, kind)) for one in open_now]


def open_files() -> set[str]:
    """The files, sockets and pipes that this process has open, each by number and name; none where none can be seen."""
    folder = "/proc/self/fd"
    if not os.path.isdir(folder):
        return set()
    found = {number: _target(f"{folder}/{number}") for number in os.listdir(folder)}
    return {f"{number} {name}" for number, name in found.items() if name and not name.startswith("/proc/")}


def _target(link: str) -> str:
    try:
        return os.readlink(link)
    except OSError:  # the listing's own
        return ""


def generators() -> list[Any]:
    """Every random generator that exists: forks would all draw the same numbers from it."""
    kinds: tuple[type, ...] = (random.Random,)
    if numpy := sys.modules.get("numpy"):
        kinds = (*kinds, numpy.random.RandomState, numpy.random.Generator)
    return [one for one in _living(kinds) if not isinstance(one, random.SystemRandom)]


@cache
def generators_with(modules: int) -> list[Any]:
    """The same for a process with so many modules imported; looked for once, because looking takes a while."""
    return generators()


def _living(kinds: tuple[type, ...]) -> list[Any]:
    # By type(): isinstance would wake up lazy stand-ins.
    return [one for one in gc.get_objects() if issubclass(type(one), kinds)]


def reseed(shared: list[Any]) -> None:
    """Give each of these generators a fresh seed from the system; `secrets` and `uuid4` have no state to share."""
    random.seed()
    for one in shared:
        if hasattr(one, "bit_generator"):
            one.bit_generator.state = type(one.bit_generator)().state
        else:
            one.seed()
