"""The desk served in several ways, and a form of the same kind in Panel, for the benchmark of serving."""

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from kit.publish.hardening import as_options
from kit.publish.serving import environment
from tests.visiting import Visitor

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {"forked": "kit.kernels.visitors", "stock": "voila"}
PANEL = """import panel as pn
pn.extension()
options = {f"Bài {n}": n for n in range(15)}
side = [pn.widgets.TextInput(name="Họ và tên", css_classes=["kit-name"]), pn.widgets.RadioBoxGroup(options=options),
        pn.widgets.RadioButtonGroup(options=["a", "b", "c"]), pn.widgets.Button(name="Bắt đầu", css_classes=["begin"]),
        pn.widgets.TextInput(name="Mã"), pn.widgets.Button(name="Làm tiếp")]
text = pn.pane.HTML("<style>" + ".x{color:red}" * 4000 + "</style><h1>Bàn làm việc</h1>" + "<p>Đề bài</p>" * 30)
pn.Row(text, pn.Column(*side)).servable()
"""


@dataclass(frozen=True)
class Served:
    """A server: the desk's address, its process."""

    address: str
    process: psutil.Process

    def kernels(self) -> list[psutil.Process]:
        """The processes of visitors, or of whole kernels."""
        found = []
        for one in self.process.children(recursive=True):
            with suppress(psutil.Error):
                words = " ".join(one.cmdline())
                forked = one.ppid() != self.process.pid and "visitors.mother" in words
                found += [one] if forked or "ipykernel_launcher" in words else []
        return found


@contextmanager
def served(way: str, home: Path) -> Iterator[Served]:
    """The desk served one way, ready: its first page has been opened."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", PROGRAMS[way], str(home / "apps"), "--no-browser", f"--port={port}", *as_options()]
    words += ["--VisitorKernels.most=600", "--VisitorKernels.most_unseen=400"] if way == "forked" else []
    around = {**environment(os.environ), "PYTHONPATH": str(ROOT)}
    with (home / f"{way}.log").open("wb") as log:
        process = subprocess.Popen(words, env=around, stdout=log, stderr=log)
    try:
        made = Served(f"http://127.0.0.1:{port}/voila/render/desk.ipynb", psutil.Process(process.pid))
        wait_for(made.address.rsplit("/", 3)[0])
        asyncio.run(Visitor(made.address).open())
        yield made
    finally:
        process.terminate()
        process.wait(60)


def wait_for(address: str) -> None:
    """Return once a server answers."""
    for _ in range(600):
        with suppress(OSError):
            urllib.request.urlopen(address, timeout=60).close()
            return
        time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


def spent(server: Served, before: dict[int, float] | None = None) -> dict[int, float]:
    """CPU seconds of a server's processes, by process."""
    found = {}
    for one in [server.process, *server.process.children(recursive=True)]:
        with suppress(psutil.Error):
            found[one.pid] = sum(one.cpu_times()[:2]) - (before or {}).get(one.pid, 0.0)
    return found


@contextmanager
def panel(home: Path) -> Iterator[str]:
    """A form of the same kind in Panel; empty where there is no Panel."""
    python = os.environ.get("KIT_BENCH_PANEL", "")
    if not python:
        yield ""
        return
    (home / "form.py").write_text(PANEL, encoding="utf-8")
    words = [python, "-m", "panel", "serve", str(home / "form.py"), "--port", "5099", "--address", "127.0.0.1"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for("http://127.0.0.1:5099/form")
        yield "http://127.0.0.1:5099/form"
    finally:
        process.terminate()
        process.wait()
