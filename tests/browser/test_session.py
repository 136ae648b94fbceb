"""A session of three people and a trainer in four browsers, from the plan to the released result.

The trainees' pages are the published bundle's, served where neither the project nor grading is installed.
"""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from grading.players import model
from kit.cli import main
from kit.event import ACKNOWLEDGED, ACTED
from kit.publish import starting
from kit.publish.serving import Place, place_trainer
from kit.seating import sit_down
from kit.session import Session
from kit.store import EventStore
from kit.words import say
from tests.browser.accessibility import too_wide
from tests.browser.answering import answering, port_of_its_own, serving
from tests.desk_setting import ROOT
from tests.hostile.served import clean_python

pytestmark = pytest.mark.timeout(240)
PATIENCE = 60_000  # milliseconds
DEAF = 400  # milliseconds after a click in which another one is the second half of a double click
NAME = "lop-1"
PLAN = """\
title: {vi: Lớp, en: Class}
province: hcm
exercises: [4]
mode: assessed
teams: [{name: to-1, exercise: 4, members: [{person: HV1, role: reception}, {person: HV3, role: specialist}]}]
"""
PEOPLE = {"HV1": "Nguyễn Thị Tập", "HV2": "Trần Văn Huấn", "HV3": "Lê Thị Mẫu"}
WHY, ANSWER = "nghỉ <script>alert(1)</script>", "Ghi sổ giấy <img src=x>"
NOTICE = "Mất đường truyền mạng"


@dataclass
class Room:
    """The board, the trainees' desks by their code, their links, and the store that all share."""

    browser: Browser
    store: EventStore
    invited: dict[str, dict[str, str]]
    ends: ExitStack
    board: Page
    desks: dict[str, Page] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """A browser of its own at an address."""
        page = self.browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN").new_page()
        self.ends.callback(page.context.close)
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)
        return page

    def order(self, kind: str, why: str = "") -> float:
        """Click an order's button, with a reason; twice where the board asks. When that was."""
        if why:
            self.board.locator(".kit-board-why input").fill(why)
            self.board.locator(".kit-board-why input").press("Tab")
        self.board.locator(f".kit-order-{kind}").click()
        if kind in ("close", "release"):
            self.board.locator(".kit-board-yes").click()
        return monotonic()

    def all_see(self, where: str, text: str, *codes: str, since: float = 0) -> None:
        """Wait until it stands on these desks, or on all."""
        for code in codes or self.desks:
            expect(self.desks[code].locator(where).first).to_contain_text(text)
        if since:
            print(f"{where}: {monotonic() - since:.2f} s until all saw it")


def prepare(home: Path) -> dict[str, dict[str, str]]:
    """A session and its bundle by the product's own commands; each person's link and code."""
    for name in ("datasets", "exercises", "notebooks", "requirements.lock"):
        (home / name).symlink_to(ROOT / name)
    lines = "".join(f"{name},{code},26740\n" for code, name in PEOPLE.items())
    (home / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (home / "people.csv").write_text(f"Họ và tên,Mã,Đơn vị\n{lines}", encoding="utf-8")
    for words in (
        ("session", "new", NAME, "--plan", "plan.yaml", "--roster", "people.csv"),
        ("session", "prepare", NAME, "--jobs", "1"),
        ("session", "links", NAME, "--address", "http://127.0.0.1/", "--csv", "links.csv"),
        ("publish", "79", "--session", NAME, "--out", str(home / "bundle")),
    ):
        assert main(words) == 0
    with (home / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def room(browser: Browser, tmp_path_factory) -> Iterator[Room]:
    home = tmp_path_factory.mktemp("home")
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, ExitStack() as ends:
        patch.setenv("KIT_HOME", str(home))
        patch.delenv("KIT_STORE", raising=False)
        patch.chdir(home)
        invited, port = prepare(home), port_of_its_own()
        command, around = starting.ready(home / "bundle", home, Place(port))
        command[0] = clean_python(home / "clean")
        around |= {"JUPYTER_PATH": f"{around['JUPYTER_PATH']}:{sys.prefix}/share/jupyter"}
        desks = ends.enter_context(answering(command, around, port, home / "bundle.log"))
        page = place_trainer(home / "app") / "trainer.ipynb"
        board = ends.enter_context(serving(page, home, KIT_SESSION=NAME))
        for one in invited.values():
            one["link"] = one["link"].replace("http://127.0.0.1/", desks)
        made = Room(browser, Session.named(NAME).store(), invited, ends, board=None)
        made.board = made.open(board)
        yield made
        assert not made.complaints


def come_in_and_work(room: Room) -> None:
    """One types a code, two open links; the team plays one attempt."""
    alone = room.desks["HV2"] = room.open(room.invited["HV2"]["link"].partition("?")[0])
    expect(alone.locator(".kit-start h1")).to_be_visible()
    assert PEOPLE["HV2"][:5] not in alone.content(), "before anybody is known nobody is named"
    for code, said in (("SAI-SAI-SAI", "không đúng"), (room.invited["HV2"]["join_code"], "")):
        alone.locator(".kit-field-join input").fill(code)
        alone.locator(".kit-enter").click()
        if said:
            expect(alone.locator(".kit-notice")).to_contain_text(said)
            alone.wait_for_timeout(DEAF)
    expect(alone.locator("h1")).to_contain_text(f"Chào {PEOPLE['HV2']}")
    alone.wait_for_url(lambda address: "ma=" in address)
    assert room.invited["HV2"]["join_code"] not in alone.url
    alone.reload()
    for code in ("HV1", "HV3"):
        room.desks[code] = room.open(room.invited[code]["link"])
    for code, page in room.desks.items():
        expect(page.locator("h1")).to_contain_text(f"Chào {PEOPLE[code]}")
        page.locator(".kit-begin-seat, .kit-join-seat").click()
        expect(page.locator(".kit-work")).to_be_visible()
    (team,) = [row for row in room.store.attempts() if row["team"]]
    first, second = room.desks["HV1"], room.desks["HV3"]
    expect(second.locator(".kit-do-look_up")).to_have_count(0)
    first.locator(".kit-do-look_up").click()
    first.locator(".kit-panel input").fill(next(iter(room.store.script(team["script"]).office["population"])))
    first.locator(".kit-submit").click()
    room.all_see(".kit-notice-good", "Đã lưu", "HV1")
    room.all_see(".kit-footer", "Tra cứu dân cư", "HV3", since=monotonic())
    assert [event.actor for event in room.store.read(team["id"]) if event.kind == ACTED] == ["HV1"]


def work_well(room: Room) -> None:
    """Somebody does all that the guide asks about the first matter, as its perfect robot does."""
    session, person = Session.named(NAME), room.store.people.person("HV2")
    (seat,) = room.store.people.seats(person.code)
    attempt = sit_down(room.store, seat, person)
    model(attempt, attempt.script.cues[0], session.keys().key(seat.script), Random(1))
    room.all_see(".kit-progress", "Đã bắt đầu xử lý 1/", "HV2")


def be_led(room: Room) -> None:
    """Paused, refused, resumed, given more time."""
    people = room.board.locator(".kit-board-people")
    expect(people.locator("tbody tr")).to_have_count(2)
    expect(people).to_contain_text(f"{PEOPLE['HV1']}, {PEOPLE['HV3']}")
    room.board.locator(".kit-board-who input").fill("Trần Thị Giảng")
    began = room.order("pause", WHY)
    room.all_see(".kit-ordered", say("ordered.paused", "vi"), since=began)
    room.all_see(".kit-ordered", WHY)
    room.desks["HV2"].locator(".kit-wait").click()
    room.all_see(".kit-right .kit-notice-bad", "tạm dừng", "HV2")
    expect(people).to_contain_text(say("board.state_paused", "vi"))
    room.order("resume")
    for page in room.desks.values():
        expect(page.locator(".kit-ordered p")).to_have_count(0)
    room.all_see(".kit-ordered", say("ordered.extended", "vi", minutes=15), since=room.order("extend", "mất mạng"))


def read_a_notice(room: Room) -> None:
    """It is in the log, and on the board with who and what; whoever is looked for is found."""
    room.board.locator(".kit-board-notice select").select_option(label=NOTICE)
    room.order("push")
    reader = room.desks["HV3"]
    reader.locator(".kit-card", has_text=NOTICE).locator("button").click()
    reader.locator(".kit-notice-text textarea").fill(ANSWER)
    reader.locator(".kit-notice-send").click()
    room.all_see(".kit-notice-good", say("notice.stored", "vi"), "HV3")
    (team,) = [row["id"] for row in room.store.attempts() if row["team"]]
    said = [event for event in room.store.read(team) if event.kind == ACKNOWLEDGED]
    assert [(event.actor, event.given["text"]) for event in said] == [("HV3", ANSWER)]
    below = room.board.locator(".kit-board-below")
    expect(below).to_contain_text("đã đọc 1/3")
    expect(below).to_contain_text(ANSWER)
    room.board.locator(".kit-search input").fill("mau hv3")
    expect(room.board.locator(".kit-board-people tbody tr")).to_have_count(1)
    room.board.locator(".kit-search input").fill("")


def end_and_see_the_result(room: Room) -> None:
    """A reload, both kinds of end, the hot wash of each, the result as `kit grade` has it."""
    room.desks["HV3"].reload()
    room.desks["HV3"].locator(".kit-join-seat").click()
    room.all_see(".kit-card", "T0", "HV3")
    room.desks["HV2"].locator(".kit-finish").click()
    room.desks["HV2"].locator(".kit-finish-yes").click()
    room.all_see(".kit-finished", PEOPLE["HV2"], "HV2")
    room.all_see(".kit-finished", "hết giờ", "HV1", "HV3", since=room.order("close", "hết giờ"))
    room.all_see(".kit-finished", say("finished.next_assessed", "vi"))
    for page in room.desks.values():
        page.locator(".kit-hotwash-well textarea").fill("Chia việc nhanh")
        page.locator(".kit-hotwash-send").click()
    room.all_see(".kit-hotwash", say("hotwash.thanks", "vi"))
    expect(room.board.locator(".kit-board-below")).to_contain_text("3 người đã trả lời")
    began = room.order("release")
    room.all_see(".kit-result", "/100 điểm", since=began)
    room.all_see(".kit-next-step", say("finished.next_released_silent", "vi"))
    assert main(("grade", "--session", NAME)) == 0
    graded = json.loads(Path("build/grades/grades.json").read_text(encoding="utf-8"))["graded"]
    told = {page.locator(".kit-result").inner_text().split("/")[0] for page in room.desks.values()}
    assert told == {f"{one['score']:g}".replace(".", ",") for one in graded} and len(told) == 2


def test_a_session_from_its_plan_to_the_released_result(room: Room):
    for stage in (come_in_and_work, work_well, be_led, read_a_notice, end_and_see_the_result):
        began = monotonic()
        stage(room)
        print(f"{stage.__name__}: {monotonic() - began:.1f} s")


@pytest.mark.parametrize("width", [1700, 1366, 1024, 400])
def test_nothing_runs_out_of_the_board(room: Room, width: int):
    room.board.set_viewport_size({"width": width, "height": 768})
    assert too_wide(room.board) == []
