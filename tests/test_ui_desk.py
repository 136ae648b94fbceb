"""The desk without a browser: what is stored, what is kept, and what may never be in a widget."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ipywidgets.widgets.widget import _instances

from grading.coach import serve
from kit.attempt import Attempt
from kit.errors import KitError
from kit.plain_text import short_code
from kit.store.engines import GONE
from kit.systems.form import Field
from kit.ui import Desk, open_desk
from kit.ui.coach import Coach
from kit.ui.matters import matters, papers, progress
from kit.words import say
from tests.desk_setting import ROOT, make_home, record_of, script_and_key
from tests.warm import soon

READY = """
import os, sys
from pathlib import Path
from kit.session import Session
from kit.ui import Desk, open_desk
from kit.ui.coach import Coach
open_desk("", "vi")
desk = Desk(Session.named("practice").store(), "vi", Path("desk.log"), Coach("practice")).open("")
desk.entered.name, desk.entered.mode = "An", "assessed"
desk.page.begin()
desk.page.panel.open("look_up")
desk.page.panel._submit(*desk.page.panel.offered()[0])
desk.page.finish()
assert len(desk.view.attempt.events) == 4
heavy = ("pandas", "faker", "numpy", "grading", "kit.world", "kit.exercise", "kit.compiling")
found = ", ".join(sorted(name for name in list(sys.modules) if name.startswith(heavy)))
sys.stderr.write(found)
sys.stderr.flush()
os._exit(bool(found))  # threads that still import something are not waited for
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    make_home(folder)
    return folder


@pytest.fixture
def setting(home, monkeypatch, tmp_path):
    """(store, script, key) of the seat; the session's own home is KIT_HOME."""
    from kit.session import Session

    monkeypatch.setenv("KIT_HOME", str(home))
    session = Session.named("practice")
    return session.store(), *script_and_key(session)


@pytest.fixture
def desk(setting, tmp_path) -> Desk:
    return Desk(setting[0], "vi", tmp_path / "desk.log", Coach("")).open("")


def begin(desk: Desk, mode: str = "practice") -> Attempt:
    desk.entered.name, desk.entered.mode = "Nguyễn Thị An", mode
    desk.page.begin()
    return desk.view.attempt


def everything(widget) -> list:
    return [widget, *(below for child in getattr(widget, "children", ()) for below in everything(child))]


def shown(desk: Desk) -> str:
    """All that any client could read: the whole state of every widget on the page."""
    states = [one.get_state() for one in everything(desk.widget)]
    return json.dumps(states, default=str, ensure_ascii=False)


def enter(desk: Desk, **given) -> None:
    """Type into the open form as a browser would."""
    for entry in desk.page.panel.entries:
        if entry.field.name in given:
            entry.controls[0].value = given[entry.field.name]


def press(desk: Desk, name: str) -> None:
    """Click the first button with this class."""
    next(one for one in everything(desk.widget) if name in one._dom_classes).click()


def test_opening_makes_no_attempt_and_start_makes_one(desk, setting):
    before = len(setting[0].attempts())
    assert len(setting[0].attempts()) == before
    attempt = begin(desk)
    assert len(setting[0].attempts()) == before + 1
    assert [event.kind for event in attempt.events] == ["started", "delivered"]


@pytest.mark.parametrize("name", ["", " ", "A", "x" * 81])
def test_a_trainee_without_a_proper_name_does_not_start(desk, setting, name):
    before = len(setting[0].attempts())
    desk.entered.name = name
    press(desk, "kit-begin")
    assert len(setting[0].attempts()) == before
    assert "2 đến 80" in shown(desk)


def test_an_accepted_action_is_stored_and_a_refused_one_keeps_the_entries(desk, setting):
    attempt = begin(desk)
    press(desk, "kit-do-look_up")
    enter(desk, personal_id="099 12")
    press(desk, "kit-submit")
    assert attempt.events[-1].reason == "malformed:personal_id"
    assert "12 chữ số" in desk.page.notice.value
    assert desk.page.panel.entries[0].controls[0].value == "099 12"
    assert "kit-wrong" in desk.page.panel.entries[0].widget._dom_classes
    number = next(iter(attempt.script.office["population"]))
    enter(desk, personal_id=number)
    stored = len(setting[0].read(attempt.id))
    desk.page.panel._submit(*next(pair for pair in desk.page.panel.offered() if pair[1].name == "look_up"))
    assert len(setting[0].read(attempt.id)) == stored + 1
    assert "Đã lưu: Tra cứu dân cư" in desk.page.notice.value
    assert attempt.script.office["population"][number]["residence"] in desk.page.dossier.top.value


def test_another_language_redraws_and_loses_nothing(desk):
    begin(desk)
    press(desk, "kit-do-receive")
    enter(desk, due_date="3/7/2025", competent_unit="", fee="15.000")
    desk.speak("en")  # the form stays open
    assert [entry.read() for entry in desk.page.panel.entries][:3] == ["", "2025-07-03", "15000"]
    assert say("queue.waiting", "en") in shown(desk)
    assert "Thứ Ba" not in desk.page.header.status.value


def test_every_action_of_every_record_can_be_opened(desk):
    attempt = begin(desk)
    while attempt.wait():
        attempt.deliver()
    desk.page.refresh()
    for matter in matters(attempt):
        desk.page.choose(matter.id)
        for _, action in desk.page.panel.offered():
            desk.page.panel.open(action.name)
            assert [entry.field for entry in desk.page.panel.entries] == list(action.fields)
            assert all(isinstance(entry.field, Field) for entry in desk.page.panel.entries)
            assert all(entry.read() in ("", []) for entry in desk.page.panel.entries)
        for place in range(len(papers(attempt, matter.id))):
            desk.page.dossier.turn(place)
            assert "kit-paper" in desk.page.dossier.paper.value
    assert progress(attempt)[0] == 0


@pytest.mark.parametrize("mode", ["guided", "practice", "assessed"])
def test_no_truth_and_nothing_of_later_is_in_a_widget(desk, setting, mode):
    _, script, key = setting
    attempt = begin(desk, mode)
    desk.page.open("reference")
    page = shown(desk)
    for cue in script.cues[1:]:
        assert cue.says["vi"] not in page
        assert cue.record not in page
    for target in key.targets:
        assert target.hint["vi"] not in page
        assert target.advice["vi"] not in page
    for number, person in script.office["population"].items():
        if number not in json.dumps(attempt.state.records, ensure_ascii=False):
            assert number not in page
        assert f"<td>{person['residence']}</td>" not in page
    assert script.hash() not in page


def test_a_code_opens_the_attempt_where_it_was_and_a_wrong_one_says_so(desk, setting, tmp_path):
    attempt = begin(desk)
    desk.page.wait()
    token = desk.view.token
    again = Desk(setting[0], "vi", tmp_path / "desk.log", Coach("")).open(f"luot={token}")
    assert again.view.attempt.id == attempt.id
    assert again.view.attempt.state.seq == attempt.state.seq
    assert token in shown(again)
    wrong = Desk(setting[0], "vi", tmp_path / "desk.log", Coach("")).open("luot=nonsense")
    assert wrong.view is None
    assert "Mã tiếp tục không đúng. Hãy chép lại cả mã." in shown(wrong)
    assert token not in shown(wrong)


def test_an_open_page_does_not_make_a_removed_session_again(setting, home, tmp_path, monkeypatch):
    from kit.session import Session
    from kit.trainer import open_trainer

    shutil.copytree(home / "sessions", tmp_path / "sessions")
    monkeypatch.setenv("KIT_STATE", str(tmp_path))
    session = Session.named("practice")
    desk = Desk(session.store(), "vi", tmp_path / "desk.log", Coach("")).open("")
    begin(desk)
    shutil.rmtree(session.folder)
    desk.look()
    assert GONE[0] in desk.page.notice.value
    signed = lambda: desk.view.authority.signatures  # noqa: E731
    for deed in (desk.page.wait, signed, lambda: serve(session, io.StringIO(), io.StringIO())):
        with pytest.raises(KitError):
            deed()
    again = json.dumps([one.get_state() for one in everything(open_desk())], default=str, ensure_ascii=False)
    assert "Chưa có đợt tập huấn “practice”, hoặc đợt đã bị xóa" in again
    assert "Chưa có đợt" in open_trainer().children[-1].value
    assert not session.folder.exists()
    session.folder.mkdir()
    session.store().add_script(setting[1])
    with pytest.raises(KitError):
        desk.page.wait()


@pytest.mark.parametrize(("query", "language"), [("tieng=en", "en"), ("tieng=vi", "vi"), ("tieng=xx", "vi")])
def test_a_reloaded_page_goes_on_in_the_language_of_its_address(setting, tmp_path, query, language):
    again = Desk(setting[0], "vi", tmp_path / "desk.log", Coach("")).open(query)
    assert f'"{say("start.name", language)}"' in shown(again)


@pytest.mark.parametrize(
    ("typed", "told"), [("", "Hãy dán mã tiếp tục."), ("  ", "Hãy dán mã tiếp tục."), ("abc", "Mã tiếp tục không đúng")]
)
def test_a_code_that_opens_nothing_is_told_in_words_about_the_code(desk, typed, told):
    desk.guard.run(lambda: desk.resume(typed))
    assert told in shown(desk) and desk.view is None
    assert "Không tìm thấy" not in shown(desk)


def test_two_windows_the_second_is_told_and_nothing_is_stored(desk, setting, tmp_path):
    attempt = begin(desk)
    other = Desk(setting[0], "vi", tmp_path / "desk.log", Coach("")).open(f"luot={desk.view.token}")
    desk.page.wait()
    stored = len(setting[0].read(attempt.id))
    press(other, "kit-wait")
    assert len(setting[0].read(attempt.id)) == stored
    assert "cửa sổ khác" in other.page.notice.value


def test_the_citizen_comes_back_with_what_the_slip_asked_for(desk, setting):
    _, script, key = setting
    inject, record = record_of(script, key, "missing_component")
    attempt = begin(desk)
    while record not in attempt.state.records:
        desk.page.wait()
    desk.page.choose(record)
    presented = len(papers(attempt, record))
    given = {"papers": key.facts[inject]["defects"], "reason": "Thiếu giấy tờ."}
    system, action = next(pair for pair in desk.page.panel.offered() if pair[1].name == "supplement")
    desk.page.act(system, action, given)
    assert next(matter for matter in matters(attempt) if matter.id == record).group == "working"
    while not attempt.state.records[record].get("brought_back"):
        desk.page.wait()
    assert next(matter for matter in matters(attempt) if matter.id == record).group == "waiting"
    assert len(papers(attempt, record)) == presented + 2


def test_the_end_is_asked_for_and_final(desk, setting):
    attempt = begin(desk, "assessed")
    press(desk, "kit-finish")
    assert not attempt.state.finished
    press(desk, "kit-finish-yes")
    assert attempt.state.finished
    assert "người tổ chức công bố" in shown(desk)
    assert setting[0].read(attempt.id)[-1].kind == "finished"


@pytest.mark.parametrize(("mode", "started"), [("guided", True), ("practice", True), ("assessed", False)])
def test_only_an_assessed_attempt_never_starts_the_coach(setting, tmp_path, mode, started):
    coach = Coach("practice", (sys.executable, "-c", ""))
    desk = Desk(setting[0], "vi", tmp_path / "desk.log", coach).open("")
    begin(desk, mode)
    desk.page.finish()
    begun = coach.child is not None or coach.broken  # broken: it was asked, and said nothing in time
    coach.stop()
    assert begun is started
    assert ("Nhận xét có trong báo cáo" in shown(desk)) is started


@pytest.mark.parametrize(("language", "told"), [("vi", "Đã bắt đầu xử lý 1/2 việc"), ("en", "1/2 matters begun")])
def test_a_matter_in_work_is_counted_as_begun_and_not_as_dealt_with(desk, language, told):
    attempt = begin(desk)
    first = matters(attempt)[0].id
    desk.page.act(
        *next(pair for pair in desk.page.panel.offered() if pair[1].name == "supplement"),
        {"papers": [next(iter(attempt.state.records[first]["asks"]))], "reason": "Thiếu."},
    )
    assert [one.group for one in matters(attempt) if one.id == first] == ["working"]
    desk.speak(language)
    assert told in desk.page.header.status.value


def test_guided_feedback_comes_from_the_real_coach(setting, monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    coach = Coach("practice", patience=60)
    desk = Desk(setting[0], "vi", tmp_path / "desk.log", coach).open("")
    try:
        begin(desk, "guided")
        press(desk, "kit-hint")
        assert "kit-hint-text" in desk.page.feedback.shown.value
        system, action = next(pair for pair in desk.page.panel.offered() if pair[1].name == "refuse")
        desk.page.act(system, action, {"ground": "not_eligible", "reason": "Không rõ."})
        assert "kit-finding-wrong" in desk.page.feedback.news.value
        desk.page.finish()
        begun = next(event for event in desk.view.attempt.events if event.kind == "acted")
        told, attempt = desk.finished.widget.value, desk.view.attempt
        never_came = {cue.record for cue in setting[1].cues} - attempt.state.records.keys()
        assert f"{len(never_came)} việc khác chưa đến khi lượt kết thúc" in told
        assert f">{short_code(begun.record)}</span>" in told
        assert not any(f">{short_code(one)}</span>" in told for one in never_came)
    finally:
        coach.stop()


SLOW = """
import json, sys, time
for line in sys.stdin:
    time.sleep(1)
    finding = {"id": "a", "record": "", "status": "wrong", "title": "chậm mà chắc"}
    print(json.dumps({"findings": [finding]}), flush=True)
"""


def test_the_feedback_of_a_slow_coach_appears_by_itself(setting, tmp_path):
    coach = Coach("practice", (sys.executable, "-c", SLOW), patience=0.1)
    desk = Desk(setting[0], "vi", tmp_path / "desk.log", coach).open("")
    begin(desk, "practice")
    desk.page.finish()
    assert "Đang soạn nhận xét" in shown(desk)
    desk.asked.draft["well"] = "đang gõ dở"
    form = desk.asked
    assert soon(lambda: desk.look() or "chậm mà chắc" in shown(desk))
    coach.stop()
    assert "Nhận xét đầy đủ ở dưới" in shown(desk) and desk.asked is form


def test_a_slow_coach_is_heard_beside_the_work_too(setting, tmp_path):
    coach = Coach("practice", (sys.executable, "-c", SLOW), patience=0.1)
    desk = Desk(setting[0], "vi", tmp_path / "desk.log", coach).open("")
    begin(desk, "guided")
    press(desk, "kit-hint")
    desk.page.view.chosen = ""
    assert soon(lambda: desk.look() or "chậm mà chắc" in desk.page.feedback.shown.value)
    coach.stop()


def test_an_empty_store_says_what_to_run(tmp_path):
    from kit.store import EventStore

    desk = Desk(EventStore.at(tmp_path / "a.sqlite"), "vi", tmp_path / "desk.log", Coach("")).open("")
    assert "make rehearsal" in shown(desk)


def test_the_desk_reaches_neither_world_nor_grade(home):
    environment = {"KIT_HOME": str(home), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", READY],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_page_that_is_gone_leaves_no_widget_behind(desk):
    begin(desk)
    desk.speak("en")
    before = len(_instances)
    for language in ("vi", "en") * 3:
        desk.speak(language)
        desk.page.panel.open("receive")
        desk.page.panel.open("")
    assert len(_instances) == before


def test_a_page_is_made_of_few_widgets(desk):
    desk.speak("en")
    before = len(_instances)
    begin(desk)
    assert len(_instances) - before < 80
