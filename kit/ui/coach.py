"""The coach: a child process that holds the truth, so that this process need not. It is never started in assessed mode.

One JSON line asks, one JSON line answers. An answer that takes long, as on a weak computer, is fetched later; whatever
goes wrong, the answer is None and the desk goes on.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import Any

Json = dict[str, Any]
COMMAND = (sys.executable, "-m", "grading.coach")
PATIENCE = 5.0  # seconds for which a page stands still for an answer
SILENCE = 60.0  # seconds after which a child that says nothing is ended


class Coach:
    """Feedback on the attempts of a training session; without a name for the session nobody is started."""

    def __init__(
        self, session: str, command: tuple[str, ...] = COMMAND, patience: float = PATIENCE, silence: float = SILENCE
    ) -> None:
        self.session, self.command, self.patience, self.silence = session, command, patience, silence
        self.owed, self.heard = 0, 0.0  # answers still to come; when the last one came
        self.about = ""  # the attempt of the newest question
        self.child: subprocess.Popen[str] | None = None
        self.answers: Queue[str] = Queue()
        # A published bundle has no grading: then nobody is started in any mode.
        self.broken = not session or (command is COMMAND and find_spec("grading") is None)

    def start(self) -> None:
        """Start the child ahead of the first question; a child that cannot start is not tried again."""
        if self.child or self.broken:
            return
        try:
            self.child = subprocess.Popen(
                [*self.command, self.session], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True, encoding="utf-8", bufsize=1,
            )  # fmt: skip
        except OSError:
            self.broken = True
            return
        Thread(target=_listen, args=(self.child, self.answers), daemon=True).start()

    def ask(self, attempt: str, language: str, patience: float | None = None) -> Json | None:
        """What the coach says about an attempt as it stands; None where there is no answer, or none yet (`late`).

        `patience`: seconds to wait, where that is not as long as usual.
        """
        self.start()
        if self.child is None or self.child.stdin is None:
            return None
        try:
            self.child.stdin.write(json.dumps({"attempt": attempt, "language": language}) + "\n")
            self.child.stdin.flush()
        except OSError:
            self._give_up()
            return None
        usual = self.patience if patience is None else patience
        patience = 0.0 if self.owed else usual  # one that is slow already is not waited for
        self.heard = self.heard if self.owed else monotonic()
        self.owed, self.about = self.owed + 1, attempt
        return self.late(attempt, patience)

    def late(self, attempt: str, patience: float = 0.0) -> Json | None:
        """The answer to the newest question, if it is about this attempt and here within so many seconds."""
        if attempt != self.about:
            return None
        until, line = monotonic() + patience, ""
        while self.owed:
            try:
                line = self.answers.get(timeout=max(0.0, until - monotonic()))
            except Empty:
                if monotonic() - self.heard > self.silence:
                    self._give_up()
                return None
            if not line:
                self._give_up()
                return None
            self.owed, self.heard = self.owed - 1, monotonic()
        return _read(line)

    def stop(self) -> None:
        """End the child."""
        if self.child:
            self.child.kill()
            self.child.wait()
        self.child = None

    def _give_up(self) -> None:
        """The child is not asked again."""
        self.stop()
        self.broken, self.owed = True, 0


def _listen(child: "subprocess.Popen[str]", answers: "Queue[str]") -> None:
    for line in child.stdout or ():
        answers.put(line)
    answers.put("")


def _read(line: str) -> Json | None:
    try:
        answer = json.loads(line)
    except ValueError:
        return None
    if not isinstance(answer, dict) or not isinstance(answer.get("findings"), list):
        return None
    return {**answer, "findings": [one for one in answer["findings"] if isinstance(one, dict)]}
