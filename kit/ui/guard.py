"""One guard around every callback: whatever happens, the trainee reads a sentence and the log file holds the cause."""

import logging
import secrets
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from kit.errors import KitError
from kit.words import say

Tell = Callable[[str], None]
QUEUED = 0.03  # seconds in which a click that waited in the queue is taken up


class Guard:
    """Makes callbacks safe; `tell` shows a sentence, `language` is asked each time, `clock` counts seconds."""

    def __init__(
        self, tell: Tell, language: Callable[[], str], log: logging.Logger, clock: Callable[[], float] = monotonic
    ) -> None:
        self.tell = tell
        self.language = language
        self.log = log
        self.clock = clock

    def __call__(self, callback: Callable[[], None], calm: float = 0.0) -> Callable[[object], None]:
        """The callback for a button: disabled meanwhile, deaf to the second half of a double click.

        That is a click within `calm` seconds of the one before, or one that queued up while that was answered.
        """
        deaf_until = -1e9

        def guarded(source: Any) -> None:
            nonlocal deaf_until
            began = self.clock()
            if began < deaf_until:
                return
            _enable(source, False)
            self.run(callback)
            _enable(source, True)
            deaf_until = max(began + calm, self.clock() + (QUEUED if calm else 0.0))

        return guarded

    def run(self, callback: Callable[[], None]) -> bool:
        """Call it; True where it ended well, else the trainee has been told why."""
        try:
            callback()
        except KitError as problem:
            self.tell(problem.say(self.language()))
        except Exception:
            number = secrets.token_hex(4)
            self.log.exception("[%s]", number)
            self.tell(say("desk.fault", self.language(), number=number))
        else:
            return True
        return False


def desk_log(path: Path) -> logging.Logger:
    """The desk's log file; opened once a process."""
    log = logging.getLogger("kit.desk")
    if not log.handlers:
        handler = logging.FileHandler(path, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(handler)
        log.propagate = False
    return log


def _enable(source: Any, on: bool) -> None:
    if hasattr(source, "disabled"):
        source.disabled = not on
