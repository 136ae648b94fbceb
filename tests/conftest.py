"""What all tests share: a browser that never leaves this computer, and a free port."""

import gc
import os
import re
import socket
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

import kit  # noqa: F401 - before Jupyter's libraries, which then start sooner
from tests.browser.ensure_chromium import ADVICE, browser_is_required, find_chromium
from tests.browser.fonts import only_wide_fonts
from tests.depth import depth
from tests.fork_server import fork_server  # noqa: F401 - a fixture
from tests.sharing_out import ByFileAndExercise, long_ones_first

# A busy machine is no reason for a property to fail.
settings.register_profile("kit", deadline=None, max_examples=depth(30, 100))
settings.load_profile("kit")

HERE = re.compile(r"((https?|wss?)://(127\.0\.0\.1|localhost)([:/]|$)|data:|blob:|about:)")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name resolves but this computer's, also for what no page asked for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def pytest_sessionstart() -> None:
    """Thousands of tests and all that they import stay to the end: looking for rubbish among them is lost time."""
    gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_xdist_make_scheduler(config, log):
    return ByFileAndExercise(config, log)


@pytest.fixture
def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium with a fresh profile.

    One a file and not one a run: while it lives, playwright's event loop runs in this thread, and no test
    beside it can call asyncio.run.
    """
    with sync_playwright() as playwright:
        surroundings = {**os.environ, **only_wide_fonts(tmp_path_factory.mktemp("fonts"))}
        chromium = playwright.chromium.launch(
            executable_path=_chromium(), args=ARGUMENTS, headless=True, env=surroundings
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new window as on a clerk's computer; the test fails if it asks for one beyond this computer."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        service_workers="block",
    )
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("page", lambda new: new.on("websocket", lambda socket: asked.append(socket.url)))
    context.route(lambda url: not HERE.match(url), lambda route: route.abort())
    yield context.new_page()
    context.close()
    outside = [url for url in asked if not HERE.match(url)]
    assert not outside, f"the page asked for addresses beyond this computer: {outside}"


def _chromium() -> str:
    found = find_chromium()
    if found:
        return found
    if browser_is_required():
        pytest.fail(f"CI=true and no browser.\n{ADVICE}", pytrace=False)
    pytest.skip(ADVICE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives the browser, so that `-m 'not browser'` leaves it out; the long ones begin first."""
    for item in items:
        if {"browser", "page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
    long_ones_first(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A skipped browser is said at the end, where it is read."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(ADVICE[:40] in str(report.longrepr) for report in skipped):
        terminalreporter.section("BỎ QUA KIỂM THỬ TRÌNH DUYỆT / BROWSER TESTS SKIPPED", yellow=True)
        terminalreporter.write_line(ADVICE)
