"""The table of all records in a real browser with two hundred of them: filter, choose all, act, change the language."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kit.event import ACTED, Event
from kit.home import PRACTICE
from kit.publish.serving import place_apps
from kit.session import Plan, Session, prepare
from kit.store import EventStore
from kit.ui.table import PAGE
from kit.words import say
from tests.browser.accessibility import too_wide
from tests.browser.answering import serving
from tests.desk_setting import ROOT

EXERCISE = "05-handover-dossiers"
LARGER = {"routine-civil": 60, "routine-land": 52, "routine-building": 43}  # and 45 of the other kinds
RECORDS = 200
PATIENCE = 40_000  # milliseconds
pytestmark = pytest.mark.timeout(200)


@dataclass(frozen=True)
class Served:
    """The desk's address and what it stores."""

    address: str
    store: EventStore

    def acted(self) -> list[Event]:
        """What was done in the only attempt."""
        (attempt,) = self.store.attempts()
        return [event for event in self.store.read(attempt["id"]) if event.kind == ACTED]


def larger_exercise(folder: Path) -> None:
    """The exercise as it is, with as many routine dossiers as make two hundred rows."""
    shutil.copytree(ROOT / "exercises" / EXERCISE, folder / EXERCISE)
    file = folder / EXERCISE / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    for inject, count in LARGER.items():
        text, found = re.subn(rf"(- id: {inject}\n(?:  .*\n)*?  count: )\d+", rf"\g<1>{count}", text)
        assert found == 1
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    for name in ("datasets", "notebooks"):
        (home / name).symlink_to(ROOT / name)
    larger_exercise(home / "exercises")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home))
        session = Session.named(PRACTICE)
        prepare(session, Plan("26740", seed=1, exercises=(EXERCISE,), seats=1))
        place_apps(home / "apps")
        store = session.store()
    with serving(home / "apps", home) as address:
        yield Served(f"{address}voila/render/desk.ipynb", store)


def open_table(page: Page, address: str) -> None:
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(address)
    page.get_by_label(say("start.name", "vi")).fill("Nguyễn An")
    page.locator(".kit-modes").get_by_text(say("mode.practice", "vi")).first.click()
    page.locator(".kit-begin").click()
    page.get_by_role("button", name=say("desk.tab_table", "vi"), exact=True).click()
    counts(page, RECORDS, RECORDS, 0)


def counts(page: Page, found: int, all_of_them: int, chosen: int, language: str = "vi") -> None:
    """See how many rows the filter leaves, and how many are chosen."""
    told = say("table.count", language, found=found, all=all_of_them, chosen=chosen)
    expect(page.locator(".kit-table-count")).to_contain_text(told)


def chosen_and_ready(page: Page, found: int, language: str) -> None:
    """The filter, the choice and the action picked are what they were, in this language."""
    counts(page, found, RECORDS, found, language)
    expect(page.locator(".kit-table-tools .kit-search input")).to_have_value("dat dai")
    expect(page.locator(".kit-line:visible")).to_have_count(PAGE)
    assert page.locator(".kit-line:visible .kit-tick input:checked").count() == PAGE
    assert too_wide(page) == []
    picked = page.locator(".kit-bulk-pick select option:checked")
    expect(picked).to_have_text(say("action.acknowledge", language))
    fitting = say("table.fitting", language, fitting=found - 1, chosen=found)  # the list itself cannot be signed for
    expect(page.locator(".kit-bulk-state")).to_have_text(fitting)


def test_two_hundred_rows_are_filtered_chosen_and_acted_upon(page: Page, served: Served, complaints: list[str]):
    open_table(page, served.address)
    expect(page.locator(".kit-line:visible")).to_have_count(PAGE)

    # Filter, choose all that it leaves, and pick what to do with them.
    page.locator(".kit-table-tools .kit-search input").fill("dat dai")
    expect(page.locator(".kit-table-count")).not_to_contain_text(f"{RECORDS}/")
    found = int(page.locator(".kit-table-count").inner_text().split("/")[0])
    assert PAGE < found < RECORDS / 2
    page.locator(".kit-choose-all").click()
    counts(page, found, RECORDS, found)
    page.locator(".kit-bulk-pick select").select_option(label=say("action.acknowledge", "vi"))
    chosen_and_ready(page, found, "vi")

    # All of it outlives a change of language.
    page.get_by_role("button", name="EN").click()
    chosen_and_ready(page, found, "en")
    page.get_by_role("button", name="VI").click()
    chosen_and_ready(page, found, "vi")

    # One action for all; the table goes on.
    page.locator(".kit-bulk-submit").click()
    action = say("action.acknowledge", "vi")
    expect(page.locator(".kit-table .kit-notice-good")).to_contain_text(f"{action} cho {found - 1} hồ sơ")
    done = served.acted()
    assert len(done) == len({event.record for event in done}) == found - 1
    expect(page.locator(".kit-cell-step").first).to_have_text(say("step.acknowledged", "vi"))
    page.locator(".kit-choose-none").click()
    counts(page, found, RECORDS, 0)
    page.locator(".kit-page-on").click()
    expect(page.locator(".kit-line:visible")).to_have_count(found - PAGE)

    # A code opens its dossier; the table is as it was left.
    code = page.locator(".kit-open:visible").first.inner_text()
    page.locator(".kit-open:visible").first.click()
    expect(page.locator(".kit-facts")).to_contain_text(code)
    page.get_by_role("button", name=say("desk.tab_table", "vi"), exact=True).click()
    expect(page.locator(".kit-open:visible").first).to_have_text(code)
    counts(page, found, RECORDS, 0)
