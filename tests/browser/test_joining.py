"""A session with a roster in real browsers: a typed code, a personal link, a team of two who see each other's moves."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from kit.identity import Gate
from kit.publish.serving import place_apps
from kit.store import EventStore
from tests.browser.answering import serving
from tests.desk_setting import ROOT
from tests.roster import BINH, CHI, EM, UNTIL, link, session_in

PATIENCE = 30_000  # milliseconds
DEAF = 400  # milliseconds after a click in which another one is the second half of a double click
pytestmark = pytest.mark.timeout(180)


@dataclass(frozen=True)
class Served:
    address: str
    store: EventStore


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    for name in ("datasets", "exercises", "notebooks"):
        (home / name).symlink_to(ROOT / name)
    store = session_in(home / "sessions" / "lop-1")
    place_apps(home / "apps")
    with serving(home / "apps", home, KIT_SESSION="lop-1") as address:
        yield Served(f"{address}voila/render/desk.ipynb", store)


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator(".kit-start h1").first).to_be_visible(timeout=PATIENCE)
    return page


def test_a_code_is_typed_once_and_a_reload_still_knows_who_came(page, served):
    opened(page, served.address)
    assert BINH.name not in page.content()
    code = Gate.at("lop-1", served.store.folder()).typed(BINH, UNTIL)
    field = page.locator(".kit-field-join input")
    field.fill("SAI-SAI-SAI")
    page.locator(".kit-enter").click()
    expect(page.locator(".kit-notice")).to_contain_text("không đúng", timeout=PATIENCE)
    page.wait_for_timeout(DEAF)
    field.fill(code)
    page.locator(".kit-enter").click()
    expect(page.locator("h1")).to_contain_text(f"Chào {BINH.name}", timeout=PATIENCE)
    page.wait_for_url(lambda address: "ma=" in address)
    assert code not in page.url and BINH.code not in page.url
    page.reload()
    expect(page.locator("h1")).to_contain_text(f"Chào {BINH.name}", timeout=PATIENCE)


def test_a_team_of_two_sees_each_others_moves(page, browser, served):
    other = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN").new_page()
    for who, person in ((page, CHI), (other, EM)):
        opened(who, f"{served.address}?{link(served.store, person)}")
        expect(who.locator("h1")).to_contain_text(person.name)
        who.locator(".kit-begin-seat, .kit-join-seat").click()
        expect(who.locator(".kit-work")).to_be_visible(timeout=PATIENCE)
    (attempt,) = served.store.attempts()
    number = next(iter(served.store.script(attempt["script"]).office["population"]))
    expect(other.locator(".kit-do-look_up")).to_have_count(0)
    page.locator(".kit-do-look_up").click()
    page.locator(".kit-panel input").fill(number)
    page.locator(".kit-submit").click()
    expect(page.locator(".kit-notice").first).to_contain_text("Đã lưu", timeout=PATIENCE)
    began = time.monotonic()
    expect(other.locator(".kit-footer")).to_contain_text("Tra cứu dân cư", timeout=PATIENCE)
    print(f"a mate's move was seen after {time.monotonic() - began:.2f} s")
    events = served.store.read(attempt["id"])
    assert [event.actor for event in events if event.kind == "acted"] == [CHI.code]
    other.context.close()
