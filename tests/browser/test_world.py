"""The world explorer in a real browser, served as `kit serve` serves it: choose a unit, look, download."""

import csv
import io
import shutil
from collections.abc import Iterator

import pyarrow.parquet as parquet
import pytest
from playwright.sync_api import Browser, Page, expect

from kit import home
from kit.words import say
from tests.browser.accessibility import too_wide
from tests.browser.answering import serving
from tests.desk_setting import make_home

PATIENCE = 40_000  # milliseconds
NOTEBOOK = "world.ipynb"


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """The page's address."""
    folder = tmp_path_factory.mktemp("home")
    make_home(folder)
    (folder / "apps").mkdir()
    shutil.copyfile(home.notebooks() / NOTEBOOK, folder / "apps" / NOTEBOOK)
    with serving(folder / "apps", folder) as server:
        yield f"{server}voila/render/{NOTEBOOK}"


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """One page for all tests, as opening one starts a kernel; its console stays clean."""
    opened, found = browser.new_page(viewport={"width": 1366, "height": 768}), []
    opened.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: found.append(str(error)))
    opened.goto(address)
    expect(opened.locator(".kit-draw")).to_be_visible(timeout=PATIENCE)
    yield opened
    opened.close()
    assert not found


def drawn(page: Page, unit: str, people: str, seed: str) -> None:
    """Choose and draw; the page has it when the heading names the seed."""
    page.locator(".kit-field-unit select").select_option(label=unit)
    page.locator(".kit-field-people select").select_option(label=people)
    page.locator(".kit-field-seed input").fill(seed)
    page.locator(".kit-field-seed input").press("Tab")
    page.locator(".kit-draw").click()
    chosen = say("world.choice", "vi", people=people, seed=seed, day="01/07/2025")
    expect(page.locator(".kit-world-about")).to_contain_text(chosen, timeout=PATIENCE)
    expect(page.locator(".kit-world-card svg")).to_have_count(4, timeout=PATIENCE)


def saved(page: Page, form: str) -> tuple[str, bytes]:
    page.locator(f".kit-{form}").click()
    link = page.locator(".kit-download")
    expect(link).to_contain_text(f".{form}", timeout=PATIENCE)
    with page.expect_download() as waiting:
        link.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_the_largest_offer_reaches_the_browser(page: Page):
    """Five thousand people as CSV: more than a server passes on in one message, so packed."""
    drawn(page, say("world.whole", "vi"), "5.000", "8")
    name, content = saved(page, "csv")
    assert name == "79-8-citizens.csv.zip" and content.startswith(b"PK")


def test_choose_a_unit_look_and_download(page: Page):
    drawn(page, "Phường Sài Gòn", "500", "7")
    expect(page.locator(".kit-world-about h1")).to_have_text("Phường Sài Gòn")
    assert page.locator(".kit-chart-men").count() == 17
    assert "kit" in page.locator("body").get_attribute("class")
    for width, height in ((800, 1100), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert too_wide(page) == []
    _households_are_browsed(page)
    _files_hold_the_people(page)
    _a_changed_choice_is_pointed_out(page)
    page.get_by_role("button", name="EN").click()
    expect(page.locator(".kit-world-card h2").first).to_have_text(say("world.pyramid", "en"))
    assert page.evaluate("document.documentElement.lang") == "en"


def _households_are_browsed(page: Page) -> None:
    first = page.locator(".kit-world-home").inner_text()
    page.locator(".kit-next").click()
    expect(page.locator(".kit-world-home")).not_to_have_text(first)


def _files_hold_the_people(page: Page) -> None:
    name, content = saved(page, "csv")
    people = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert name == "26740-7-citizens.csv" and len(people) >= 500
    assert all(person["personal_id"].startswith("099") for person in people)
    name, content = saved(page, "xlsx")
    assert name.endswith(".xlsx") and content.startswith(b"PK")
    name, content = saved(page, "parquet")
    assert parquet.read_table(io.BytesIO(content)).num_rows == len(people)


def _a_changed_choice_is_pointed_out(page: Page) -> None:
    """The place stays on the page and in the file's name until it is drawn anew; a seed is kept in its bounds."""
    page.locator(".kit-field-province select").select_option(index=2)
    expect(page.locator(".kit-notice")).to_contain_text(say("world.stale", "vi"), timeout=PATIENCE)
    assert saved(page, "csv")[0] == "26740-7-citizens.csv"
    seed = page.locator(".kit-field-seed input")
    seed.fill("-5")
    seed.press("Tab")
    expect(seed).to_have_value("0", timeout=PATIENCE)
