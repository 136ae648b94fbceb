"""The grid on screen: a box for each row, the rule and the sum beside it, what is read, kept and refused."""

from datetime import datetime
from types import MappingProxyType

import pytest

from kit.store import EventStore
from kit.systems.entries import Refused, check
from kit.systems.form import Field, Situation
from kit.ui import Desk
from kit.ui.coach import Coach
from kit.ui.entries import Entry, entry
from kit.words import words
from tests.desk_trial import OFFICE
from tests.rehearsed import compiled

SEATS = Field("seats", "allotment", rows="organisations", columns=("members", "probationary"))
ROWS = {
    "o01": {"name": "Chi bộ <b>A</b>", "members": 31, "probationary": 2},
    "o02": {"name": "Chi bộ số 9", "members": 1200, "probationary": 0},
    "o03": {"name": "Chi bộ số 12", "members": 28},
}
RULE = {"vi": "Giữ phần nguyên.\nPhần dư <i>lớn</i> nhất.", "en": "Whole parts."}


def situation(**record: object) -> Situation:
    shown = {"kind": "delegation", "organisations": ROWS, "organisations_rule": RULE, **record}
    return Situation("T", shown, datetime(2025, 7, 1, 8), OFFICE, MappingProxyType({"T": shown}))


def made(draft: dict, language: str = "vi", **record: object) -> Entry:
    return entry(SEATS, situation(**record), language, draft)


def html(one: Entry) -> str:
    title, rule, table = one.widget.children
    return "".join(part.value for part in (title, rule, table.children[0], table.children[-1]))


def test_each_row_has_a_box_with_its_name_and_its_figures():
    one = made({})
    lines = one.widget.children[2].children[1:-1]
    assert [box.description for box in one.controls] == ["Chi bộ <b>A</b>", "Chi bộ số 9", "Chi bộ số 12"]
    assert "31" in lines[0].children[1].value and "28" in lines[2].children[1].value


def test_what_is_typed_is_what_the_system_takes():
    one = made({})
    for box, typed in zip(one.controls, ("9", " 07 ", "1.024"), strict=True):
        box.value = typed
    assert one.read() == {"o01": "9", "o02": "7", "o03": "1024"}
    assert check((SEATS,), situation(), {"seats": one.read()}) == {"seats": {"o01": 9, "o02": 7, "o03": 1024}}


def test_the_sum_runs_along_and_says_nothing_about_right_or_wrong():
    one = made({})
    assert "Tổng đã nhập: 0 (đã ghi 0/3 dòng)" in html(one)
    one.controls[0].value, one.controls[1].value, one.controls[2].value = "9", "x", "40"
    assert "Tổng đã nhập: 49 (đã ghi 2/3 dòng)" in html(one)
    one.controls[1].value = "0"
    assert "Tổng đã nhập: 49 (đã ghi 3/3 dòng)" in html(one)


def test_a_draft_brings_every_row_back_and_hears_of_each_change():
    draft: dict = {}
    one, heard = made(draft), []
    one.watch(lambda: heard.append(1))
    one.controls[1].value = "16"
    assert draft["seats"] == {"o01": "", "o02": "16", "o03": ""} and heard == [1]
    again = made(draft, "en")
    assert [box.value for box in again.controls] == ["", "16", ""]
    assert "Sum so far: 16 (1 of 3 rows filled)" in html(again)


def test_a_table_that_was_drawn_up_before_is_there_to_be_changed_and_a_draft_comes_first():
    before = {"o01": 9, "o02": 0, "o03": 4}
    assert [box.value for box in made({}, seats=before).controls] == ["9", "0", "4"]
    assert [box.value for box in made({"seats": {"o01": "8"}}, seats=before).controls] == ["8", "", ""]


def test_a_grid_of_one_row_is_kept_as_a_grid():
    draft: dict = {}
    one = made(draft, organisations={"o01": ROWS["o01"]})
    one.controls[0].value = "5"
    assert draft["seats"] == {"o01": "5"}
    assert made(draft, organisations={"o01": ROWS["o01"]}).read() == {"o01": "5"}


def test_the_rule_stands_line_by_line_and_its_marks_are_no_markup():
    shown = html(made({}))
    assert "<li>Giữ phần nguyên.</li><li>Phần dư &lt;i&gt;lớn&lt;/i&gt; nhất.</li>" in shown
    assert "<li>Whole parts.</li>" in html(made({}, "en"))
    assert "<ol>" not in html(made({}, organisations_rule={}))


def test_a_row_left_blank_is_refused_and_a_record_without_rows_takes_nothing():
    one = made({})
    one.controls[0].value = "1"
    with pytest.raises(Refused, match="row_empty"):
        check((SEATS,), situation(), {"seats": one.read()})
    with pytest.raises(Refused, match="not_on_offer"):
        check((SEATS,), situation(organisations={}), {"seats": {"o01": 1}})


def test_an_allotment_that_is_not_required_may_be_left_blank_as_a_whole_only():
    spare = Field("seats", "allotment", required=False, rows="organisations")
    assert check((spare,), situation(), {"seats": dict.fromkeys(ROWS, "")}) == {"seats": {}}
    assert check((spare,), situation(), {}) == {"seats": {}}
    with pytest.raises(Refused, match="row_empty"):
        check((spare,), situation(), {"seats": {"o01": 1}})


def test_the_kind_says_what_it_wants():
    assert all(words(language)["kind.allotment"] for language in ("vi", "en"))


def wrong(one: Entry) -> list[str]:
    return [box.description for box in one.controls if "kit-wrong" in box._dom_classes]


def test_only_the_rows_without_a_whole_number_are_at_fault_and_the_first_is_named():
    one = made({})
    for box, typed in zip(one.controls, ("9", "1,5", ""), strict=True):
        box.value = typed
    assert one.blame(True) == "Chi bộ số 9"
    assert wrong(one) == ["Chi bộ số 9", "Chi bộ số 12"] and "kit-wrong" not in one.widget._dom_classes
    one.controls[1].value = one.controls[2].value = " 1.024 "
    assert one.blame(True) == "" and wrong(one) == []
    assert "kit-wrong" in one.widget._dom_classes, "all rows hold numbers: the grid as a whole is at fault"
    assert one.blame(False) == "" and "kit-wrong" not in one.widget._dom_classes


def test_the_desk_names_the_row_that_was_refused(tmp_path):
    store = EventStore("sqlite://")
    store.add_script(compiled(1, "07-congress-delegates")[0])
    desk = Desk(store, "vi", tmp_path / "desk.log", Coach("")).open("")
    desk.entered.name = "Nguyễn An"
    desk.page.begin()
    desk.page.choose(next(key for key, one in desk.view.attempt.state.records.items() if one.get("organisations")))
    desk.page.panel.open("allot_seats")
    boxes = desk.page.panel.entries[0].controls
    for box in boxes:
        box.value = "1"
    boxes[4].value = "1,5"
    desk.page.panel._submit(*desk.page.panel._open_action())
    assert f"Xem dòng: {boxes[4].description}." in desk.page.notice.value
    assert wrong(desk.page.panel.entries[0]) == [boxes[4].description]
