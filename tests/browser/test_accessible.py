"""Whoever reads with a screen reader, by keyboard or at 200 % can use every page of every app, in both languages."""

from collections.abc import Iterator
from itertools import cycle, islice

import pytest
from playwright.sync_api import Locator, Page, expect

from grading.evaluate import evaluate
from kit.event import Event
from kit.plain_text import short_code
from kit.script import Script
from kit.systems.form import Field
from kit.systems.registry import system
from kit.words import say
from tests.browser.accessibility import Keys, heavy_faults, out_of_reach
from tests.browser.all_apps import REPORT, Served, every_app_served
from tests.depth import depth

pytestmark = pytest.mark.timeout(300)
LANGUAGES = cycle(("vi", "en"))
PATIENCE, DEAF = 60_000, 400  # milliseconds
WINDOW, ZOOMED = {"width": 1366, "height": 768}, {"width": 683, "height": 384}  # 1366 x 768 as it is, and at 200 %


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    with every_app_served(tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture(autouse=True)
def patient(page: Page) -> None:
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)


def fit_for_all(page: Page, language: str = "vi") -> None:
    """The page as it stands: axe-core, the language it says it is in, everything in reach at 200 %."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert heavy_faults(page) == []
    page.set_viewport_size(ZOOMED)
    assert out_of_reach(page) == []
    page.set_viewport_size(WINDOW)


def in_both(page: Page, seen: Locator) -> None:
    """The page in Vietnamese, then in English, what is open in it stays so; ends in Vietnamese.

    Under `make test` a page is looked at in one language, the next one in the other.
    """
    for language in islice(LANGUAGES, depth(1, 2)):
        speak(page, language)
        expect(seen).to_be_visible()
        fit_for_all(page, language)
    speak(page, "vi")


def speak(page: Page, language: str) -> None:
    if page.evaluate("document.documentElement.lang") == language:
        return
    page.get_by_role("button", name=language.upper(), exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def open_app(page: Page, served: Served, name: str, seen: str) -> Locator:
    page.goto(f"{served.address}voila/render/{name}.ipynb")
    expect(page.locator(seen).first).to_be_visible()
    return page.locator(seen).first


def begin(page: Page, script: Script) -> None:
    page.get_by_label(say("start.name", "vi")).fill("Trần Văn Đạt")
    page.locator(".kit-exercises").get_by_text(script.title["vi"]).first.click()
    page.locator(".kit-modes").get_by_text(say("mode.practice", "vi")).first.click()
    page.locator(".kit-begin").click()
    expect(page.locator(".kit-card").first).to_be_visible()


def test_the_list_and_a_report(page: Page, served: Served):
    page.goto(served.address)
    expect(page.get_by_role("link").nth(1)).to_be_visible()
    fit_for_all(page)
    open_app(page, served, REPORT, ".aar section.vi h1")
    fit_for_all(page)
    page.get_by_text("English", exact=True).click()
    expect(page.locator(".aar section.en")).to_be_visible()
    fit_for_all(page, "en")


def test_the_desk_from_start_to_end(page: Page, served: Served):
    in_both(page, open_app(page, served, "desk", ".kit-begin"))
    begin(page, served.tabled)
    in_both(page, page.locator(".kit-facts"))
    page.locator(".kit-action").first.click()
    in_both(page, page.locator(".kit-submit"))
    tab = page.locator(".kit-main-tab")
    tab.nth(2).click()
    page.locator(".kit-choose-all").click()
    in_both(page, page.locator(".kit-bulk"))
    tab.nth(1).click()
    in_both(page, page.locator(".kit-reference-page"))
    page.locator(".kit-reference > .kit-tabs button").last.click()
    expect(page.locator(".kit-month").first).to_be_visible()
    page.locator(".kit-finish").click()
    fit_for_all(page)
    page.locator(".kit-finish-yes").click()
    expect(page.locator(".kit-finished")).to_be_visible()  # the buttons of the page before are no more
    in_both(page, page.locator(".kit-finished"))


def test_the_world_explorer(page: Page, served: Served):
    draw = open_app(page, served, "world", ".kit-draw")
    page.locator(".kit-field-people select").select_option(label="500")
    draw.click()
    expect(page.locator(".kit-world-card svg")).to_have_count(4)
    page.locator(".kit-csv").click()
    expect(page.locator(".kit-download")).to_be_visible()
    in_both(page, draw)


def test_the_trainers_board_and_the_evaluators_sheet(page: Page, served: Served):
    in_both(page, open_app(page, served, "trainer", ".kit-tab-board"))
    page.locator(".kit-tab-sheet").click()
    listed = page.locator(".kit-mark-list select")
    expect(listed.locator("option")).not_to_have_count(0)
    listed.select_option(index=0)
    expect(page.locator(".kit-mark-about")).to_be_visible()
    in_both(page, page.locator(".kit-mark-form"))


def test_a_fault_is_found(page: Page, served: Served):
    """The scan sees into the pages as Voila lays them out: what is planted there is named."""
    open_app(page, served, REPORT, ".aar section.vi h1")
    page.evaluate("""() => document.querySelector('.aar').insertAdjacentHTML('afterbegin', `<input id="unnamed">
      <p style="color:#aaa;background:#fff">Chữ mờ</p><button></button><div style="width:900px">rộng</div>`)""")
    assert {fault.split(":")[0] for fault in heavy_faults(page)} == {"label", "color-contrast", "button-name"}
    page.set_viewport_size(ZOOMED)
    page.evaluate("document.querySelector('#unnamed').style = 'position: absolute; left: -500px'")
    wide, hidden = out_of_reach(page)
    assert wide.endswith("px wide") and "unnamed" in hidden


def entered(page: Page, keys: Keys, event: Event) -> None:
    """One action by keyboard: its matter, its form, every entry, sent."""
    code = short_code(event.record)
    keys.to(".kit-cover", code).press("Enter")
    expect(page.locator(".kit-facts")).to_contain_text(event.record)
    keys.to(f".kit-do-{event.action}").press("Enter")
    expect(page.locator(".kit-submit")).to_be_visible()
    for field in system(event.system).action(event.action).fields:
        _fill(page, keys, field, event.given[field.name])
    keys.to(".kit-submit").press("Enter")
    expect(page.locator(".kit-notice-good")).to_contain_text(say(f"action.{event.action}", "vi"))


def _fill(page: Page, keys: Keys, field: Field, value: object) -> None:
    place = f".kit-field-{field.name}"
    if field.listed:
        for label in page.locator(f"{place} .widget-checkbox").all():
            named = label.inner_text().strip()
            if named in {say(f"choice.{field.words or field.name}.{one}", "vi") for one in value}:
                keys.to(f"{place} input[type=checkbox]", named).press("Space")
        return
    keys.to(f"{place} input, {place} textarea, {place} select")
    if field.kind == "choice":
        options = [text.replace("\xa0", " ").strip() for text in page.locator(f"{place} option").all_text_contents()]
        keys.press(*["ArrowDown"] * options.index(say(f"choice.{field.words or field.name}.{value}", "vi")))
    else:
        keys.type(str(value))


def test_an_exercise_is_finished_by_keyboard_alone(page: Page, served: Served):
    keys = Keys(page)
    open_app(page, served, "desk", ".kit-begin")
    keys.to(".kit-exercises input").press(*["ArrowDown"] * (page.locator(".kit-exercises input").count() - 1))
    keys.to(".kit-field-name input").type("Lê Thị Ánh").to(".kit-modes:not(.kit-exercises) input").press("ArrowDown")
    keys.to(".kit-begin").press("Enter")
    expect(page.locator(".kit-card").first).to_be_visible()
    for event in served.deeds:
        while not page.locator(".kit-card", has_text=short_code(event.record)).count():
            keys.to(".kit-wait").press("Enter")
            page.wait_for_timeout(DEAF)
        entered(page, keys, event)
    keys.to(".kit-finish").press("Enter").to(".kit-finish-yes").press("Enter")
    expect(page.locator(".kit-finished")).to_contain_text(say("finished.title", "vi"))
    ((attempt),) = [row["id"] for row in served.store.attempts() if row["trainee"] == "Lê Thị Ánh"]
    assert evaluate(served.key, served.store.read(attempt)).score == 100
