"""The desk served in several ways, and a form of the same kind in Panel, for the benchmark of serving."""

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from kit.publish.hardening import as_options
from kit.publish.serving import environment
from tests.visiting import Visitor

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {"forked": "kit.kernels.visitors", "stock": "voila"}
MANY = ("--VisitorKernels.most=600", "--VisitorKernels.most_unseen=400")  # more at once than a server takes by itself
PANEL = """import panel as pn
pn.extension()
# What the desk's first page shows: seven texts (one with a stylesheet of 80 kB), four buttons, two entries, a choice.
style = "<style>" + ".x{color:red}" * 6000 + "</style>"
texts = [pn.pane.HTML(f"<h1>Bàn làm việc {n}</h1>" + "<p>Đề bài</p>" * 8) for n in range(6)]
buttons = [pn.widgets.Button(name=name) for name in ("VI", "EN", "Bắt đầu", "Làm tiếp")]
entries = [pn.widgets.TextInput(name=name) for name in ("Họ và tên", "Mã")]
choice = pn.widgets.RadioBoxGroup(options=["Hướng dẫn", "Luyện tập", "Kiểm tra"])
head, box = pn.Row(texts[0], pn.Row(*buttons[:2])), pn.Column(texts[1], entries[0], choice, buttons[2])
back = pn.Column(texts[2], entries[1], buttons[3])
pn.Column(pn.pane.HTML(style), head, pn.Row(pn.Column(*texts[3:]), pn.Column(box, back))).servable()
"""


@dataclass(frozen=True)
class Served:
    """A server: the desk's address, its process."""

    address: str
    process: psutil.Process

    def megabytes(self) -> float:
        """Memory of the server's own process (its unique set)."""
        return float(self.process.memory_full_info().uss) / 2**20

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
def served(way: str, home: Path, limits: Sequence[str] = MANY) -> Iterator[Served]:
    """The desk served one way, ready: its first page has been opened, and is left open."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", PROGRAMS[way], str(home / "apps"), "--no-browser", f"--port={port}", *as_options()]
    words += limits if way == "forked" else ()
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
