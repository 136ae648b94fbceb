"""The evaluator's sheet in a real browser, served as `kit serve --trainer` serves it: look, choose a level, store."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from kit.marks import marks_of
from kit.publish.serving import place_trainer
from kit.session import Session
from tests.browser.accessibility import too_wide
from tests.browser.answering import serving
from tests.marked_home import attempted, judged_home

pytestmark = pytest.mark.timeout(240)
PATIENCE = 60_000  # milliseconds
HOSTILE = "<b>Ác</b><img src=x onerror=alert(1)>"
REMARK = "Đoạn 1 rõ <script>alert(1)</script>"


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("home")
    made = judged_home(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(folder))
        attempted(made, HOSTILE)
        yield made


@pytest.fixture(scope="module")
def page(browser: Browser, session: Session) -> Iterator[Page]:
    """The open sheet; its console stays clean."""
    folder = session.folder.parents[1]
    opened, found = browser.new_page(viewport={"width": 1366, "height": 768}), []
    with serving(place_trainer(folder / "trainer"), folder, KIT_SESSION=session.name) as address, closing(opened):
        opened.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: found.append(str(error)))
        opened.goto(f"{address}voila/render/trainer.ipynb")
        opened.locator(".kit-tab-sheet").click(timeout=PATIENCE)
        expect(opened.locator(".kit-mark-list option")).to_have_count(2, timeout=PATIENCE)
        yield opened
    assert not found


def test_a_mark_is_given_with_the_keyboard_and_is_in_the_log(page: Page, session: Session):
    page.locator(".kit-mark-name input").fill("Trần Thị An")
    page.locator(".kit-mark-name input").press("Tab")
    page.locator(".kit-mark-list select").select_option(index=0)
    expect(page.locator(".kit-mark-exhibits .kit-paper").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".kit-mark-about")).to_contain_text(HOSTILE)
    page.locator(".kit-mark-levels input").first.focus()
    page.keyboard.press("ArrowDown")
    page.locator(".kit-mark-remark textarea").fill(REMARK)
    page.locator(".kit-mark-save").press("Enter")
    expect(page.locator(".kit-mark-given")).to_contain_text(REMARK, timeout=PATIENCE)
    ((row),) = session.store().attempts()
    ((given),) = [mark for marks in marks_of(session.store().read(row["id"])).values() for mark in marks]
    assert (given.who, given.level, given.remark) == ("Trần Thị An", "part", REMARK)


@pytest.mark.parametrize("width", [1700, 1366, 1024, 400])
def test_nothing_runs_out_of_the_page(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 768})
    assert too_wide(page) == []
