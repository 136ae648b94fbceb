"""How tests are shared out among processes: a file at a time, the exercises' tests an exercise at a time."""

import re

from xdist.scheduler import LoadFileScheduling

HOSTILE = "tests/hostile/"
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
