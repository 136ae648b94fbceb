"""How fast and how dense the desk is served: forked visitors and stock Voila in turns on the same notebook.

    python tests/bench/bench_serving.py [PART ...]      parts: class hundred memory flood act browser; none: all

The class opens the page at the same moment (websocket clients, until the first widgets are known); `browser` is one
visitor in headless Chromium until the desk can be used. Panel's column needs KIT_BENCH_PANEL, a Python with panel.
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tornado.httpclient import HTTPClientError

from kit.publish.serving import place_apps
from tests.bench.one_browser import browser
from tests.bench.served import Served, served, spent
from tests.desk_setting import make_home
from tests.visiting import Refused, Visitor

CLASS, ROUNDS = 40, 2
TRAINEES, EVERY, MINUTES = 300, 10.0, 1.0
LEFT_SECONDS = 150  # a page that nobody looks at is given up after 60
MEGABYTE = 2**20


async def opened(server: Served, count: int) -> tuple[list[Visitor], list[float], int]:
    """So many visitors at the same moment: who came in, after how many seconds, how many failed."""
    took: list[float] = []

    async def one() -> Visitor | None:
        began = time.perf_counter()
        try:
            visitor = await Visitor(server.address).open()
        except (Refused, HTTPClientError, OSError, TimeoutError):  # an answer that takes too long is none
            return None
        took.append(time.perf_counter() - began)
        return visitor

    found = await asyncio.gather(*(one() for _ in range(count)))
    inside = [visitor for visitor in found if visitor]
    return inside, took, count - len(inside)


def p(values: list[float], share: int) -> float:
    """A percentile."""
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)] if values else float("nan")


def report(name: str, text: str) -> None:
    """Print a line, with the machine's load."""
    print(f"{name:34} {text}   [load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores]", flush=True)


def at_once(home: Path, ways: tuple[str, ...], count: int, rounds: int) -> None:
    """A class that opens the page at the same moment."""
    ratios: dict[str, list[float]] = {}
    for _ in range(rounds):
        for way in ways:
            with served(way, home) as server:
                before = spent(server)
                _, took, failed = asyncio.run(leaving(opened(server, count)))
                cpu = sum(spent(server, before).values()) / count
            ratios.setdefault(way, []).append(p(took, 95))
            report(f"{count} at once, {way}", f"p50 {p(took, 50):.2f} s, p95 {p(took, 95):.2f} s, {failed} failed, "
                   f"{cpu:.2f} CPU s each")  # fmt: skip
    if len(ratios) == 2:
        times = statistics.median(slow / fast for slow, fast in zip(ratios["stock"], ratios["forked"], strict=True))
        report("  p95, stock / forked", f"{times:.1f} x")


async def leaving(
    visit: Awaitable[tuple[list[Visitor], list[float], int]],
) -> tuple[list[Visitor], list[float], int]:
    """The same, everybody gone afterwards."""
    found = await visit
    await asyncio.gather(*(visitor.leave() for visitor in found[0]))
    return found


def class_(home: Path) -> None:
    """Forty at once, both ways."""
    at_once(home, ("forked", "stock"), CLASS, ROUNDS)


def hundred(home: Path) -> None:
    """A hundred at once, forked."""
    at_once(home, ("forked",), 100, 1)


def memory(home: Path) -> None:
    """Memory that one idle trainee takes: the unique set of each kernel."""
    for way, count in (("forked", 20), ("stock", 5)):
        with served(way, home) as server:
            asyncio.run(leaving(opened(server, count)))
            sizes = [one.memory_full_info().uss / MEGABYTE for one in server.kernels()]
            files = server.process.num_fds() / max(1, len(sizes))
            mine = server.megabytes()
        report(f"memory, {way}", f"{statistics.mean(sizes):.1f} MB each (most {max(sizes):.1f}), server {mine:.0f} MB, "
               f"{files:.1f} open files of the server for each")  # fmt: skip


def flood(home: Path) -> None:
    """500 pages fetched, none looked at, under the product's own limits; the page that was open before stays."""
    with served("forked", home, ()) as server:
        before, mine = len(server.kernels()), server.megabytes()
        most, answers = asyncio.run(flooded(server))
        began = time.monotonic()
        while len(server.kernels()) > before and time.monotonic() - began < LEFT_SECONDS:
            time.sleep(1)
        left, took, grown = len(server.kernels()) - before, time.monotonic() - began, server.megabytes() - mine
    text = f"{answers.count(200)} pages, {answers.count(503)} asked to wait, most {most[0]} kernels, {most[1]:.0f} MB"
    report("500 GETs without a websocket", f"{text}; {left} left after {took:.0f} s, server {grown:+.0f} MB")


async def flooded(server: Served) -> tuple[tuple[int, float], list[int]]:
    """How many kernels and megabytes there were at most, and what was answered."""
    answers: list[int] = []

    async def one() -> None:
        try:
            await Visitor(server.address).get()
            answers.append(200)
        except Refused as refused:
            answers.append(refused.args[0])

    for _ in range(10):
        await asyncio.gather(*(one() for _ in range(50)))
    kernels = server.kernels()
    return (len(kernels), sum(each.memory_full_info().uss for each in kernels) / MEGABYTE), answers


def act(home: Path) -> None:
    """Trainees who are all there, and each changes something every ten seconds."""
    with served("forked", home) as server:
        asyncio.run(acted(server))


async def acted(server: Served) -> None:
    """Come in, thirty at a time; then act."""
    inside: list[Visitor] = []
    while len(inside) < TRAINEES:
        came, _, failed = await opened(server, 30)
        inside += came
        if failed:
            report("act", f"{failed} could not come in behind {len(inside)}: no more are let in")
            break
    before, mine, took, problems = spent(server), time.process_time(), list[float](), list[str]()
    until = time.monotonic() + 60 * MINUTES
    await asyncio.gather(*(trainee(one, until, took, problems) for one in inside))
    cpu, ours = (1000 * seconds / max(1, len(took))
                 for seconds in (sum(spent(server, before).values()), time.process_time() - mine))  # fmt: skip
    times = f"{len(took)} actions, click to screen p50 {p(took, 50):.3f} s, p95 {p(took, 95):.3f} s"
    report(f"{len(inside)} live, each every {EVERY:g} s",
           f"{times}, {len(problems)} failed, {cpu:.0f} CPU ms each, and {ours:.0f} of those who click")  # fmt: skip
    await asyncio.gather(*(visitor.leave() for visitor in inside))


async def trainee(one: Visitor, until: float, took: list[float], problems: list[str]) -> None:
    """Change the desk's language every ten seconds: the whole page is drawn anew."""
    await asyncio.sleep(random.random() * EVERY)
    while (began := time.monotonic()) < until:
        try:
            took.append(await clicked(one))
        except (TimeoutError, AssertionError, OSError) as problem:
            problems.append(repr(problem))
        await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))


async def clicked(one: Visitor) -> float:
    """Click the other language; seconds until the page shows it."""
    buttons = {state["description"]: number for number, state in one.widgets.items()
               if "kit-language" in state.get("_dom_classes", ()) and "description" in state}  # fmt: skip
    chosen = next(name for name, number in buttons.items()
                  if "kit-chosen" not in one.widgets[number]["_dom_classes"])  # fmt: skip
    old = buttons[chosen]
    await one.click(old)
    return await one.until(lambda: old not in one.widgets, 30)


PARTS: dict[str, Callable[[Path], None]] = {
    "class": class_, "hundred": hundred, "memory": memory, "flood": flood, "act": act,
    "browser": partial(browser, report=report),
}  # fmt: skip


def main(parts: list[str]) -> None:
    """Measure the parts that are named, or all."""
    with tempfile.TemporaryDirectory(prefix="kit-bench-") as name:
        home = Path(name)
        make_home(home)
        os.environ["KIT_HOME"] = name
        place_apps(home / "apps")
        for part in parts or PARTS:
            PARTS[part](home)


if __name__ == "__main__":
    main(sys.argv[1:])
