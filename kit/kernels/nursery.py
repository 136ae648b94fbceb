"""The program of the zygote: import once, fork on request, report how each fork ended, end with the owner."""

import gc
import importlib
import json
import os
import selectors
import signal
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress

from kit.kernels.birth import Birth
from kit.kernels.newborn import live
from kit.kernels.safety import generators, hazards
from kit.kernels.wire import Channel, Closed, Json

OWNER_CHECK_SECONDS = 2.0


def main() -> None:
    """Serve until the owner is gone; in a fork, live its life."""
    if sys.path[0] == "":
        del sys.path[0]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare(json.loads(sys.argv[2]))
    born = Nursery(Channel.of(int(sys.argv[1])), hazards()).serve()
    if born is None:
        os._exit(0)
    live(born)


def prepare(libraries: Sequence[str]) -> None:
    """Import what kernels will need; a library that cannot be imported is left to them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in libraries:
            try:
                importlib.import_module(name)
            except Exception as error:  # noqa: BLE001 - an import may raise anything
                sys.stderr.write(f"kit-warm: {name}: {type(error).__name__}: {error}\n")
    gc.collect()


class Nursery:
    """Forks on request. One thread, no zmq, no database: nothing that a fork could inherit half-done."""

    def __init__(self, control: Channel, hazards: list[str]) -> None:
        self.control = control
        self.hazards = hazards
        self.shared = generators()
        self.owner = os.getppid()
        self.children: dict[int, Channel] = {}
        self.selector = selectors.DefaultSelector()
        self.wake, signalled = os.pipe()
        self.pipe = (self.wake, signalled)
        for end in self.pipe:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(signalled, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(control, selectors.EVENT_READ, "request")
        self.selector.register(self.wake, selectors.EVENT_READ, "signal")
        gc.freeze()  # forks share these pages as long as no collection touches them

    def serve(self) -> Birth | None:
        """In the zygote: None when the owner is gone and every fork is killed. In a fork: what it has to do."""
        while os.getppid() == self.owner:
            for key, _ in self.selector.select(OWNER_CHECK_SECONDS):
                if key.data == "request":
                    try:
                        born = self.answer()
                    except Closed:
                        self.end()
                        return None
                    if born:
                        return born
                elif key.data == "signal":
                    os.read(self.wake, 4096)
                else:
                    self.drop(key.data)
            self.reap()
        self.end()
        return None

    def answer(self) -> Birth | None:
        """Fork as asked, or say why not; in the fork, what it has to do."""
        request, files = self.control.receive()
        if len(files) < request["files"]:  # the limit of open files: the owner sees its line end
            for number in files:
                os.close(number)
            return None
        line = Channel.of(files[0])
        born = Birth(request.pop("task"), request, line, files[1:], self.shared)
        pid = -1
        try:
            if not self.hazards:
                pid = os.fork()
            message = {"error": ", ".join(self.hazards)} if self.hazards else {"pid": pid}
        except OSError as error:
            message = {"error": str(error)}
        if pid == 0:
            self.leave()
            return born
        for number in born.files:
            os.close(number)
        self.introduce(line, pid, message)
        return None

    def introduce(self, line: Channel, pid: int, message: Json) -> None:
        """Tell the owner who was born; from now on the end of the line is the end of the fork."""
        with suppress(Closed):  # an owner that does not want it any more: the selector sees it next
            line.send(message)
        if pid < 0:
            line.close()
            return
        self.children[pid] = line
        self.selector.register(line, selectors.EVENT_READ, pid)

    def reap(self) -> None:
        """Report every fork that has ended."""
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            line = self.children.pop(pid)
            with suppress(Closed):  # nobody asks any more
                line.send({"code": os.waitstatus_to_exitcode(status)})
            if line in {key.fileobj for key in self.selector.get_map().values()}:
                self.selector.unregister(line)
            line.close()

    def drop(self, pid: int) -> None:
        """The owner let go of a fork: kill it with all that it started."""
        if pid in self.children:
            self.selector.unregister(self.children[pid])
            kill_group(pid)

    def end(self) -> None:
        """The owner is gone: nothing may stay behind."""
        for pid in self.children:
            kill_group(pid)

    def leave(self) -> None:
        """In a fork: let go of everything that is the zygote's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.selector.close()
        self.control.close()
        for line in self.children.values():
            line.close()
        for end in self.pipe:
            os.close(end)


def kill_group(pid: int) -> None:
    """Kill a fork and its process group; before it has one, the fork alone."""
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
            return
        except ProcessLookupError:
            continue
