"""One visitor in headless Chromium until the desk can be used: forked, stock Voila and Panel, in turns."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.served import panel, served
from tests.browser.ensure_chromium import find_chromium
from tests.conftest import ARGUMENTS

READY = ".kit-begin:enabled"
ROUNDS = 5


def browser(home: Path, report: Callable[[str, str], None]) -> None:
    """One visitor in Chromium, in turns: a fresh profile, then the same one again."""
    with served("forked", home) as forked, served("stock", home) as stock, panel(home) as other:
        ways: dict[str, tuple[str, str]] = {"forked": (forked.address, READY), "stock": (stock.address, READY)}
        if other:
            ways["Panel"] = (other, "button:has-text('Bắt đầu')")
        found: dict[str, list[tuple[float, float, int, float]]] = {way: [] for way in ways}
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=str(find_chromium()), args=ARGUMENTS)
            for _ in range(ROUNDS):
                for way, (address, mark) in ways.items():
                    context = chromium.new_context()
                    first = loaded(context.new_page(), address, mark)
                    again = loaded(context.new_page(), address, mark)
                    found[way].append((first[0], again[0], *first[1:]))
                    context.close()
    for way, rounds in found.items():
        first, again, asked, size = (statistics.median(values) for values in zip(*rounds, strict=True))
        part = statistics.median(one[0] / other[0] for one, other in zip(rounds, found["stock"], strict=True))
        report(f"usable desk, {way}", f"fresh {first:.2f} s, again {again:.2f} s, {asked:.0f} requests, "
               f"{size / 1e6:.2f} MB; fresh / stock {part:.2f}")  # fmt: skip


def loaded(page: Page, address: str, mark: str) -> tuple[float, int, float]:
    """(seconds until usable, requests, bytes over the wire)."""
    asked, size = [0], [0.0]
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: size.append(event["encodedDataLength"]))
    page.on("request", lambda _: asked.append(1))
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(mark, timeout=120_000)
    took = time.perf_counter() - began
    page.close()
    return took, sum(asked), sum(size)
