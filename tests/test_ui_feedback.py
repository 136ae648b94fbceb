"""What guided mode says beside the work: after an action on many records, in another language, after a reload."""

import json
import sys

import pytest

from kit.store import EventStore
from kit.ui import Desk
from kit.ui.coach import Coach
from kit.ui.feedback import AT_ONCE, MOST_CODES
from tests.rehearsed import compiled
from tests.warm import soon

EXERCISE = "05-handover-dossiers"
FAKE = """
import json, sys
for line in sys.stdin:
    titled = [{"title": json.loads(line)["language"], **one} for one in json.loads(sys.argv[1])]
    print(json.dumps({"findings": titled, "planted": json.loads(sys.argv[2])}), flush=True)
"""


@pytest.fixture(scope="module")
def store() -> EventStore:
    made = EventStore("sqlite://")
    made.add_script(compiled(1, EXERCISE)[0])
    return made


@pytest.fixture
def guided(store, tmp_path, request):
    """Opens a desk whose coach always finds the same."""
    coaches = []

    def opened(findings: list[dict], query: str = "", planted: dict | None = None) -> Desk:
        says = (json.dumps(findings), json.dumps(planted or {}))
        coaches.append(Coach("practice", (sys.executable, "-c", FAKE, *says), patience=30))
        desk = Desk(store, "vi", tmp_path / "desk.log", coaches[-1]).open(query)
        if not query:
            desk.entered.name, desk.entered.mode = "Nguyễn An", "guided"
            desk.page.begin()
        return desk

    yield opened
    for coach in coaches:
        coach.stop()


def choose_many(desk: Desk, count: int) -> list[str]:
    desk.page.open("table")
    table = desk.page.table
    table.want(step="on_list")
    keys = [one.id for one in table.found()][:count]
    table.choose(keys, True)
    return keys


def sign_for(desk: Desk) -> None:
    desk.page.table.form.pick.value = "acknowledge"
    desk.page.table.form.do.click()


@pytest.fixture(scope="module")
def codes() -> list[str]:
    """The dossiers in the order of the table."""
    cues = compiled(1, EXERCISE)[0].cues
    return sorted(key for cue in cues for key, one in cue.records.items() if one.get("step") == "on_list")


def found(record: str, status: str) -> dict:
    return {"record": record, "status": status, "points": 1}


def test_an_action_on_many_records_names_those_that_went_wrong(guided, codes):
    of = [(2, "wrong"), (0, "wrong"), (0, "wrong"), (1, "late"), (3, "done"), (4, "missing"), (9, "wrong")]
    desk = guided([found(codes[place], status) for place, status in of])
    assert choose_many(desk, 5) == codes[:5]
    sign_for(desk)
    short = [one[-4:] for one in codes]
    table = desk.page.table
    assert "Đã lưu: Ký nhận cho 5 hồ sơ" in table.notice.value
    said = f"Sai (2): {short[0]}, {short[2]}. Muộn (1): {short[1]}. Mở từng hồ sơ để xem vì sao."
    assert said in table.warning.value and short[9] not in table.warning.value
    desk.page.tell("khác", "good")
    assert "Sai" not in table.warning.value


def test_many_wrong_records_are_counted_and_only_the_first_are_named(guided, codes):
    desk = guided([found(code, "partly") for code in codes])
    keys = choose_many(desk, MOST_CODES + 1)
    sign_for(desk)
    text = desk.page.table.warning.value
    assert f"({len(keys)})" in text and keys[MOST_CODES - 1][-4:] in text and keys[MOST_CODES][-4:] not in text


def test_nothing_is_said_where_nothing_went_wrong_or_the_coach_is_silent(guided, codes):
    desk = guided([found(codes[0], "done")])
    choose_many(desk, 3)
    sign_for(desk)
    assert "kit-notice" not in desk.page.table.warning.value
    desk.coach.command, desk.coach.broken = (), True
    desk.coach.stop()
    desk.page.feedback.findings = [found(codes[0], "wrong")]
    assert desk.page.feedback.after_many(codes) == ""


@pytest.mark.parametrize("reloaded", [False, True])
def test_what_was_said_is_there_again_in_another_language_and_after_a_reload(guided, codes, reloaded):
    desk = guided([found(codes[0], "wrong")])
    desk.page.choose(codes[0])
    pair = next(pair for pair in desk.page.panel.offered() if pair[1].name == "acknowledge")
    desk.page.act(*pair, {})
    assert "vi</p>" in desk.page.feedback.news.value and "vi</p>" not in desk.page.feedback.shown.value
    if reloaded:
        desk = guided([found(codes[0], "wrong")], f"luot={desk.view.token}")
        desk.page.choose(codes[0])
        assert soon(lambda: desk.look() or "vi</p>" in desk.page.feedback.shown.value)
    desk.speak("en")
    assert soon(lambda: desk.look() or "en</p>" in desk.page.feedback.shown.value)
    assert "kit-finding-wrong" in desk.page.feedback.shown.value


def test_what_an_action_made_known_stands_above_the_actions_until_the_next_step(guided, codes):
    """Seen without scrolling, beside the message that it is stored; then it stands below with the rest."""
    desk = guided([found(codes[0], "wrong"), found(codes[1], "late")], planted={codes[0]: "Thiếu giấy tờ: Bìa"})
    desk.page.choose(codes[0])
    feedback, right = desk.page.feedback, desk.page.columns.children[2].children
    assert right.index(desk.page.notice) < right.index(feedback.news) < right.index(desk.page.panel.widget)
    desk.page.act(*next(pair for pair in desk.page.panel.offered() if pair[1].name == "acknowledge"), {})
    assert feedback.news.value.count("kit-finding-wrong") == 1 == feedback.news.value.count("Thiếu giấy tờ: Bìa")
    assert "kit-finding" not in feedback.shown.value
    desk.page.panel.open("")
    assert feedback.news.value == "" and "kit-finding-wrong" in feedback.shown.value
    assert "Thiếu giấy tờ: Bìa" in feedback.shown.value
    desk.page.choose(codes[1])
    assert "Thiếu" not in feedback.shown.value and "kit-finding-late" in feedback.shown.value


def test_after_the_end_a_wrong_entry_stands_beside_the_right_one(guided, codes):
    slip = {"name": "Lệ phí", "found": "<b>0</b>", "expected": "2.000"}
    desk = guided([found(codes[0], "wrong") | {"slips": [slip]}])
    desk.page.finish()
    shown = desk.finished.widget.value
    assert "Lệ phí" in shown and "Đúng ra" in shown and "2.000" in shown
    assert "&lt;b&gt;0&lt;/b&gt;" in shown, "what was entered is text"


def test_a_page_that_opens_does_not_stand_still_for_the_coach(guided, codes, monkeypatch):
    asked = []
    monkeypatch.setattr(Coach, "ask", lambda *given: asked.append(given[3:]))
    desk = guided([])
    assert asked == [], "nothing was done yet"
    choose_many(desk, 1)
    sign_for(desk)
    desk.speak("en")
    assert asked == [(None,), (AT_ONCE,)]
