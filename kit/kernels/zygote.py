"""The zygote as its owner sees it: start it, ask it for a fork, hold the fork's process."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any

from kit.kernels.nursery import kill_group
from kit.kernels.wire import Channel, Closed, Json

UNKNOWN_END = 255  # the zygote died before its fork did: nobody could ask for the code

_zygotes: dict[tuple[int, tuple[str, ...]], "Zygote"] = {}
_starting = threading.Lock()


class NotForked(Exception):
    """The zygote cannot give a fork: it says why, or it is gone."""


class ForkedProcess:
    """A fork of the zygote; asks and answers like `subprocess.Popen`. Dropping its line ends the fork."""

    stdin = stdout = stderr = None

    def __init__(self, line: Channel) -> None:
        self.line = line
        self.pid = 0
        self.returncode: int | None = None

    def started(self, seconds: float) -> bool:
        """Whether the fork exists by now; raises `NotForked` when there will be none."""
        try:
            message, _ = self.line.receive(seconds)
        except (BlockingIOError, TimeoutError):
            return False
        except Closed:
            raise NotForked("the zygote is gone, or may open no more files") from None
        if "error" in message:
            raise NotForked(message["error"])
        self.pid = message["pid"]
        return True

    def poll(self) -> int | None:
        """The exit code (negative for a signal), None while it runs."""
        if self.returncode is None:
            self._listen(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; the exit code. Raises `subprocess.TimeoutExpired`."""
        if self.returncode is None:
            self._listen(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired("fork", timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the fork alone, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it and every process that it started in its group."""
        if self.poll() is None:
            kill_group(self.pid)

    def close(self) -> None:
        """Let go: a fork that still runs is killed."""
        self.line.close()

    def _listen(self, seconds: float | None) -> None:
        try:
            self.returncode = self.line.receive(seconds)[0]["code"]
        except (BlockingIOError, TimeoutError):
            return
        except Closed:
            self.returncode = UNKNOWN_END
        self.line.close()


class Zygote:
    """A process with libraries imported, from which others are forked; it ends with the process that started it."""

    program = "from kit.kernels.nursery import main; main()"

    def __init__(self, libraries: Sequence[str]) -> None:
        self.control, theirs = Channel.pair()
        words = [sys.executable, "-c", self.program, str(theirs.fileno()), json.dumps(list(libraries))]
        # From the root folder: no file of the user's folder may stand for a library.
        self.process = subprocess.Popen(
            words, pass_fds=[theirs.fileno()], cwd=os.sep, env=_surroundings(), start_new_session=True,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()
        self.asking = threading.Lock()

    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def fork(self, task: str, details: Json, files: Sequence[int]) -> ForkedProcess:
        """Ask for a fork that does `task` with these open files; it has a process id once it `started`."""
        line, theirs = Channel.pair()
        try:
            with self.asking:
                self.control.send({"task": task, "files": 1 + len(files), **details}, [theirs.fileno(), *files])
        except Closed:
            raise NotForked("the zygote is gone") from None
        finally:
            theirs.close()
        return ForkedProcess(line)

    def close(self) -> None:
        """End it and every fork."""
        self.control.close()
        self.process.wait()


def zygote(libraries: Sequence[str]) -> Zygote:
    """This process's zygote with these libraries, started when there is none or when it has died."""
    with _starting:
        known = _zygotes.get((os.getpid(), tuple(libraries)))
        if known is None or not known.alive():
            if known is not None:
                known.control.close()
            known = _zygotes[os.getpid(), tuple(libraries)] = Zygote(libraries)
        return known


def _surroundings() -> dict[str, str]:
    """The environment in which libraries are imported: as a kernel's, but without threads for linear algebra."""
    ours: dict[str, Any] = {name: value for name, value in os.environ.items() if name != "JPY_PARENT_PID"}
    ours.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    return {**ours, "OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
