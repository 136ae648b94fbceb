"""Work that runs an event loop of its own, called from a notebook that has one already."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Done = TypeVar("Done")


def outside_the_loop(work: Callable[[], Done]) -> Done:
    """The result of `work` from a thread of its own; what it raises is raised here."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()
