"""The program of a template kernel: run a notebook's cells once, then fork a kernel for each visitor."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kit.kernels.newborn import live
from kit.kernels.nursery import Nursery, prepare
from kit.kernels.safety import hazards, open_files
from kit.kernels.visitors import expect
from kit.kernels.wire import Channel, Json


def main() -> None:
    """Run the cells that the owner sends, answer with what they put out, fork on request until the owner is gone."""
    if sys.path[0] == "":
        del sys.path[0]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = Channel.of(int(sys.argv[1]))
    asked, _ = control.receive()
    with missing("debugpy"):  # nobody debugs a page, and it takes longer than all the others
        prepare(json.loads(sys.argv[2]))
    before = open_files()
    answer = told(asked)
    answer["hazards"] = [*hazards(), *(f"open file {name}" for name in open_files() - before)]
    control.send(answer)
    born = Nursery(control, answer["hazards"]).serve()
    if born is None:
        os._exit(0)
    live(born)


def told(asked: Json) -> Json:
    """Run the cells in the notebook's folder; outputs of each, the first error, and the files they were made from."""
    from kit.kernels.cells import prepared_shell
    from kit.kernels.visitors.first_cells import run

    prepared_shell()  # libraries that ask at their import whether there is a kernel find one
    prepare(asked["libraries"])
    os.chdir(asked["cwd"])
    sys.path.insert(0, "")
    expect()
    with read_files() as read:
        outputs, problem = run(asked["cells"])
    sources = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {"outputs": outputs, "problem": problem, "files": ours({*read, *(name for name in sources if name)})}


@contextmanager
def missing(name: str) -> Iterator[None]:
    """Meanwhile a module cannot be imported, as where it is not installed."""
    sys.modules[name] = None  # type: ignore[assignment]
    yield
    del sys.modules[name]


@contextmanager
def read_files() -> Iterator[set[str]]:
    """The names of all files that are opened to be read meanwhile."""
    found: set[str] = set()
    looking = [True]

    def look(event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and looking and isinstance(given[0], str) and not str(given[1] or "r").strip("rbt"):
            found.add(os.path.abspath(given[0]))

    sys.addaudithook(look)  # there for ever: it must cost nothing afterwards
    yield found
    looking.clear()


def ours(files: set[str]) -> list[str]:
    """Those that people change: not Python's, nor those of installed packages."""
    installed = tuple({os.path.join(folder, "lib") for folder in (sys.prefix, sys.base_prefix)})
    strange = (*installed, "/proc", "/dev", "/sys")
    return sorted(name for name in files if not name.startswith(strange) and os.path.isfile(name))
