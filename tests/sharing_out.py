"""How tests are shared out among processes: a file at a time, the exercises' tests an exercise at a time."""

import re

import pytest
from xdist.scheduler import LoadFileScheduling

BROWSER, HOSTILE = "browser", "tests/hostile/"
LONG = {"test_world_writing.py", "test_dask.py", "test_kernels_servers.py", "test_visitors.py"}
NUMBER = re.compile(r"\[(?:[^\]]*-)?(\d\d)-[a-z]")


class ByFileAndExercise(LoadFileScheduling):
    """Files that are one per process, except that each exercise of `test_exercises.py` may go to another one.

    The hostile tests are one too: the bundle that they attack is published and served once for a process.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        if file.startswith(HOSTILE):
            return HOSTILE
        exercise = NUMBER.search(nodeid) if file.endswith("test_exercises.py") else None
        return f"{file}-{exercise[1]}" if exercise else file


def long_ones_first(items: list[pytest.Item]) -> None:
    """Browsers, then the files that take half a minute: what is left at the end is short, and nobody waits for it."""
    items.sort(key=lambda item: (BROWSER not in item.path.parts, item.path.name not in LONG))
