"""The province's page in a real browser, served as `kit serve --province` serves it: a hundred units on one screen."""

from collections.abc import Iterator
from contextlib import closing
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from kit.exercise import load_exercise, names
from kit.province.overview import Costly, Overview, Place, Requirement, Spot, write_overview
from kit.publish.serving import place_province
from kit.words import say
from kit.world.rows import of_province
from tests.browser.accessibility import Keys, heavy_faults, out_of_reach
from tests.browser.answering import serving
from tests.depth import depth
from tests.desk_setting import ROOT

pytestmark = pytest.mark.timeout(240)
PATIENCE = 60_000  # milliseconds
WINDOW, ZOOMED = {"width": 1366, "height": 768}, {"width": 683, "height": 384}
UNITS, EXERCISES = 102, 15
HOSTILE = {"vi": "<img src=x onerror=alert(1)>Chuyển đúng nơi", "en": "<b>Sent</b>"}


def figures(session: str) -> Overview:
    """Every unit of Ho Chi Minh City at every exercise, as random figures of the right form."""
    draw, units = Random(1), of_province("units", "79")
    groups = sorted({unit["working_group"] for unit in units})
    places = [Place("province", "79", "Thành phố Hồ Chí Minh", "79", "", 900, 1000)]
    places += [Place("group", code, code, "79", "", 90, 100) for code in groups]
    places += [Place("unit", one["code"], one["name_vn"], "79", one["working_group"], 9, 10) for one in units]
    spots = {f"{place.id}|{exercise}": _spot(draw, exercise) for place in places for exercise in names()}
    titles = {exercise: dict(load_exercise(exercise).scenario.title.texts) for exercise in names()}
    asked = {f"{name}|send": Requirement(HOSTILE, HOSTILE, HOSTILE, ("Điều 7",), True, True) for name in names()}
    return Overview(session, "2025-07-01T03:00:00+00:00", titles, tuple(places), spots, asked, 15_000, 2)


def _spot(draw: Random, exercise: str) -> Spot:
    if draw.random() < 0.1:
        return Spot(3, 3, suppressed=True, expected=4)
    rating, mean = draw.choice([("P", 95.0), ("S", 80.5), ("M", 60.0), ("U", 30.0)])
    costly = (Costly(f"{exercise}|send", 0.4, 20, 5, 12.5),)
    return Spot(9, 9, mean, rating, 0.5, 1, ratings=(3, 2, 2, 1), expected=10, costly=costly)


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory) -> Iterator[Page]:
    """The open page; its console stays clean."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("datasets", "exercises", "notebooks"):
        (folder / name).symlink_to(ROOT / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(folder))
        write_overview(figures("dot"))
        app = place_province(folder / "build" / "province" / "app")
    opened, found = browser.new_page(viewport=WINDOW), []
    expect.set_options(timeout=PATIENCE)
    with serving(app, folder, KIT_SESSION="dot") as address, closing(opened):
        opened.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: found.append(str(error)))
        opened.set_default_timeout(PATIENCE)
        opened.goto(f"{address}voila/render/province.ipynb")
        expect(opened.locator(".kit-grid")).to_have_count(3, timeout=PATIENCE)
        yield opened
    assert not found


def test_every_unit_and_situation_is_on_one_screen(page: Page):
    cells = page.locator(".kit-grid-unit .kit-spot")
    assert cells.count() == UNITS * EXERCISES
    boxes = page.evaluate("Array.from(document.querySelectorAll('.kit-spot')).map(one => one.getBoundingClientRect())")
    assert all(box["x"] >= 0 and box["right"] <= 1366 and box["top"] > 0 and box["bottom"] <= 768 for box in boxes)
    assert set(cells.all_inner_texts()) == {"P", "S", "M", "U", "•"}
    expect(page.locator(".kit-worst")).to_have_count(2)


def test_the_keyboard_goes_from_cell_to_cell(page: Page):
    keys = Keys(page)  # one cell of all is a stop for Tab, at first the first
    keys.to(".kit-grid thead button").press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight")
    picked = page.evaluate("document.activeElement.dataset.kitPick")
    assert picked.startswith("unit|") and picked.endswith("02-portal-1022")
    keys.press("Enter")
    expect(page.locator(".kit-evidence-what")).to_contain_text("02. ")
    page.locator(".kit-close").click()


def test_the_evidence_is_one_click_away_and_suppressed_cells_hold_none(page: Page):
    side = page.locator(".kit-province-side")
    page.locator(".kit-grid-unit .kit-spot-U").first.click()
    expect(side).to_contain_text(say("province.costly", "vi"))
    expect(side).to_contain_text(HOSTILE["vi"])
    expect(side).to_contain_text("9/10 người")
    expect(side).to_contain_text("kit report --session dot --unit")
    page.locator(".kit-grid-unit .kit-spot-suppressed").first.click()
    expect(side).to_contain_text("3/4 người")
    expect(side).not_to_contain_text(say("province.costly", "vi"))
    page.locator(".kit-worst button").first.click()
    expect(side.locator("h2")).to_have_text(say("province.whole", "vi"))
    page.locator(".kit-close").click()
    expect(side).to_be_hidden()


def test_the_page_is_fit_for_all_in_both_languages(page: Page):
    """Under `make test` in Vietnamese alone: each look goes through thousands of cells."""
    for language in ("en", "vi")[-depth(1, 2) :]:
        page.get_by_role("button", name=language.upper(), exact=True).click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.locator(".kit-grid-unit .kit-spot-M").first.click()
        expect(page.locator(".kit-province-side")).to_contain_text(say("province.costly", language))
        assert heavy_faults(page, leaving=".kit-grid ~ .kit-grid, .kit-grid tr:nth-child(n+6)") == []
        page.set_viewport_size(ZOOMED)
        assert out_of_reach(page) == []
        page.set_viewport_size(WINDOW)
