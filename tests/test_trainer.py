"""The evaluator's sheet on a real session: what it lists, what it shows to whom, what it stores; then the report."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from grading.report import page, read_report
from grading.report.judgements import points
from kit.errors import WrongUse
from kit.event import MARKED
from kit.marks import LEAD
from kit.trainer.book import MACHINE, WAITING, Book
from kit.trainer.book import MARKED as DONE_ONES
from kit.trainer.form import levels
from kit.trainer.sheet import Sheet
from tests.marked_home import attempted, judged_home

AN, BINH, CHI = "Trần Thị An", "Lê Văn Bình", "Phạm Thị Chi"
HOSTILE = "<b>Ác</b> \u202e<script>alert(1)</script>"
SAYS = "Mỗi đoạn một ý, không thừa"


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    made = judged_home(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(folder))
        for trainee, robot, end in (
            ("Nguyễn Tập", "model", True),
            (HOSTILE, "careless", True),
            ("Đang Làm", "", False),
        ):
            attempted(made, trainee, robot, end)
        yield made


@pytest.fixture
def sheet(session, tmp_path):
    return Sheet(Book(session.store(), session.keys()), "practice", "vi", tmp_path / "desk.log")


def marked(sheet, who, level, remark="thấy ở đoạn 1", role="evaluator", place=0):
    sheet.chosen.who, sheet.chosen.role = who, role
    sheet.refresh()
    sheet.choose(sheet.chosen.item or sheet.list.options[place][1])
    sheet.save(level, remark, role)


def told(sheet):
    """Everything that the middle and the right of the page say."""
    boxes = [*sheet.seen.children, *(child for box in sheet.side.children for child in getattr(box, "children", [box]))]
    return "\n".join(str(getattr(one, "value", "")) for one in boxes)


def test_only_ended_attempts_with_something_to_see_wait_and_hostile_names_are_text(sheet):
    labels = [label for label, _ in sheet.list.options]
    assert sheet.book.running == 1 and len(sheet.book.reports) == 2
    assert len(labels) == 3 and not any("Đang Làm" in label or "\u202e" in label for label in labels)
    hostile = next(name for label, name in sheet.list.options if "Ác" in label)
    sheet.choose(hostile)
    assert "<script>" not in told(sheet) and "&lt;script&gt;" in told(sheet)
    assert "kit-paper" in told(sheet) and "Nội dung văn bản" in told(sheet)


def test_entries_that_the_guide_does_not_name_are_not_shown(sheet):
    sheet.choose(sheet.list.options[0][1])
    deed = told(sheet).split('<article class="kit-paper')[0]
    assert "Loại văn bản" in deed and "Nơi nhận" not in deed.split("<section>")[1]


def test_two_evaluators_and_a_lead_mark_through_the_page_and_the_report_tells_all(session, sheet):
    mine = next(name for label, name in sheet.list.options if "Nguyễn Tập" in label)
    sheet.chosen.item = mine
    marked(sheet, AN, "full", HOSTILE)
    assert "alert(1)" in told(sheet) and "<script>" not in told(sheet)
    sheet.chosen.who = BINH
    sheet.refresh()
    early = page(read_report("practice", mine.partition("|")[0]))
    assert AN not in early and SAYS not in early and "chờ người thứ hai" in early
    assert AN not in told(sheet) and "alert(1)" not in told(sheet) and "Có thể đã có người chấm" in told(sheet)
    marked(sheet, BINH, "none")
    assert AN in told(sheet) and mine in [name for _, name in sheet.list.options]
    marked(sheet, CHI, "part", "lấy mức giữa", LEAD)
    assert mine not in [name for _, name in sheet.list.options] and "Đạt một phần · 3 / 6" in told(sheet)
    assert "trùng mức 0 (0%)" in sheet.summary.value
    attempt = mine.partition("|")[0]
    html = page(read_report("practice", attempt))
    for words in (AN, BINH, CHI, SAYS, "người phụ trách", "lệch 2 mức", "Soạn thảo văn bản", "chờ chấm"):
        assert words in html
    given = datetime.fromisoformat(session.store().read(attempt)[-1].at) + timedelta(hours=7)
    for shown in (told(sheet), html):
        assert f"{given:%H:%M:%S %d/%m/%Y}" in shown and "UTC" not in shown, "the time on the wall in Viet Nam"
    assert "<script>" not in html and "Chưa xếp loại" in html and "cả bài có thể từ" in html
    assert [event.kind for event in session.store().read(attempt)][-3:] == [MARKED] * 3


def test_the_page_speaks_english_and_keeps_who_marks(sheet):
    sheet.chosen.who = AN
    sheet.choose(sheet.list.options[0][1])
    sheet.speak("en")
    assert "not marked" in sheet.list.options[-1][0] and sheet.chosen.who == AN
    assert "<dt>Basis</dt><dd>Decree 30/2020/ND-CP, Article 8</dd>" in told(sheet)
    assert sheet.list.value == sheet.chosen.item


def test_what_the_door_refuses_is_told_and_stores_nothing(session, sheet):
    item = sheet.list.options[-1][1]
    before = len(session.store().read(item.partition("|")[0]))
    sheet.chosen.item = item
    with pytest.raises(WrongUse, match="2 to 80"):
        marked(sheet, "", "full")
    assert len(session.store().read(item.partition("|")[0])) == before
    assert not sheet.guard.run(lambda: sheet.save("full", "", "evaluator"))
    assert "Họ tên người chấm" in sheet.notice.value


def test_a_machines_finding_is_overridden_with_a_reason_and_both_are_reported(session, sheet):
    sheet.chosen.scope, sheet.chosen.who = MACHINE, AN
    sheet.refresh()
    wrong = next(name for label, name in sheet.list.options if "Ác" in label and "Sai" in label)
    sheet.choose(wrong)
    form = sheet.side.children[0]
    assert len(form.children[1].children[0].options) == 4
    with pytest.raises(WrongUse, match="reason"):
        sheet.save("done", "", "override")
    sheet.save("done", "thiết bị hỏng giữa chừng", "override")
    html = page(read_report("practice", wrong.partition("|")[0]), "en")
    assert (
        "thiết bị hỏng giữa chừng" in html and "machine: Wrong, 0 points" in html and "override of the machine" in html
    )


def test_one_broken_attempt_is_named_and_stops_nothing(session, sheet):
    import sqlalchemy as sql

    broken, _ = attempted(session, "Người Hỏng")
    with session.store().engine.begin() as connection:
        connection.execute(sql.text("update events set body = '{}' where attempt = :a and seq = 3"), {"a": broken.id})
    sheet.open()
    assert list(sheet.book.broken) == [broken.id] and len(sheet.book.reports) == 2
    assert "1 lượt không đọc được" in sheet.summary.value


def test_scopes_hold_different_things(sheet):
    found = {scope: {item.id for item in sheet.book.items(scope, BINH)} for scope in (WAITING, DONE_ONES, MACHINE)}
    assert not found[WAITING] & found[DONE_ONES] and not found[MACHINE] & (found[WAITING] | found[DONE_ONES])
    assert json.dumps(sorted(found[MACHINE]))
    assert sheet.book.item("nobody|x") is None


@pytest.mark.parametrize(("language", "share", "got"), [("vi", "1,25/2,5 -", "0,75"), ("en", "1.25/2.5 -", "0.75")])
def test_points_have_the_comma_of_the_language(sheet, language, share, got):
    item = sheet.book.item(sheet.list.options[0][1])
    target = replace(item.finding.target, weight=2.5)
    finding = item.finding._replace(target=target, status="partly", points=0.75)
    assert any(text.startswith(share) for text, _ in levels(replace(item, finding=finding), language))
    assert got in points(finding, language)
