"""The system for delegates of a congress: every action, every refusal, hostile grids, the life of a table."""

from datetime import datetime
from types import MappingProxyType

import pytest

from kit import papers
from kit.systems.delegates import DELEGATES
from kit.systems.form import Refused, Situation

OFFICE = {"short_name": "Phường Giả Định", "committee": "UBND Phường Giả Định", "units": {}, "bodies": {},
          "officials": {"CB04": {"full_name": "Trần Thị Thử", "role": "division_head"}}}  # fmt: skip
ROWS = {f"o0{place}": {"name": f"Chi bộ số {place}", "members": 10 * place, "probationary": 1} for place in (1, 2, 3)}
NAMES = {one: row["name"] for one, row in ROWS.items()}
COMMON = {"kind": "delegation", "title": "Việc", "who": "Chi bộ số 2", "asks": NAMES, "parent": "Đảng bộ thành phố"}
RECORDS = {
    "T": {**COMMON, "step": "table_open", "organisations": ROWS},
    "R": {**COMMON, "step": "report_in", "organisation": "o02", "table": "T"},
    "K": {**COMMON, "step": "committee_in", "asks": {"p1": "A", "p2": "B"}},
    "Q": {**COMMON, "step": "request_in"},
    "N": {**COMMON, "step": "nominees_in", "asks": {"p1": "A", "p2": "B"}},
    "B": {**COMMON, "step": "notice_open", "organisations": ROWS, "table": "T"},
}
FRAME = {"congress_form": "delegates_only", "delegates_total": 60, "ex_officio_seats": 11, "elected_seats": 49,
         "base_seats": 6, "special_seats": 2, "rest_seats": 41}  # fmt: skip
SEATS = {"o01": 9, "o02": 16, "o03": 24}
GIVEN = {
    "confirm_members": ("R", {"official_members": 18, "probationary_members": 2}),
    "ask_report_again": ("R", {"report_ground": "not_signed", "answer_by": "2025-07-03", "reason": "Chưa ký."}),
    "strike_organisation": ("R", {"heir_organisation": ["o03"], "decision_number": "12-QĐ/ĐU"}),
    "count_ex_officio": ("K", {"ex_officio_seats": 11, "not_ex_officio": ["p2"]}),
    "set_frame": ("T", FRAME),
    "allot_seats": ("T", {"seats": SEATS, "tie_rule": "Phần dư lớn nhất."}),
    "answer_request": (
        "Q", {"request_outcome": "granted", "request_ground": "special_post", "answer_text": "Đồng ý."}
    ),
    "check_nominees": ("N", {"not_electable": ["p1"], "reason": "Đã là đương nhiên."}),
    "notify_organisations": (
        "B", {"notified": ["o01", "o02"], "resolution_number": "01-NQ/ĐU", "elect_by": "2025-07-11"}
    ),
}  # fmt: skip


def situation(record: str, **changes: object) -> Situation:
    records = {**RECORDS, record: {**RECORDS[record], **changes}}
    return Situation(record, records[record], datetime(2025, 7, 1, 8), OFFICE, MappingProxyType(records))


def done(action: str, at: Situation | None = None, **instead: object) -> dict:
    record, given = GIVEN[action]
    return DELEGATES.decide(action, at or situation(record), {**given, **instead})[1]


def refusal(action: str, at: Situation | None = None, **instead: object) -> tuple[str, str]:
    with pytest.raises(Refused) as no:
        done(action, at, **instead)
    return no.value.reason, no.value.field


def test_every_action_is_tried():
    assert set(GIVEN) == {action.name for action in DELEGATES.actions}


@pytest.mark.parametrize("action", GIVEN)
def test_each_action_moves_its_record_and_what_it_prints_can_be_drawn(action):
    record = GIVEN[action][0]
    changes = done(action)
    assert changes[record]["step"] != RECORDS[record]["step"]
    assert changes[record]["step"] in DELEGATES.states
    for number, change in changes.items():
        if "/" in number:
            assert "BẢN TẬP HUẤN" in papers.render(change["paper"])


@pytest.mark.parametrize("action", GIVEN)
def test_no_action_is_offered_at_another_sort_of_record(action):
    sort = {"T": "K", "R": "Q", "K": "T", "Q": "N", "N": "R", "B": "T"}[GIVEN[action][0]]
    assert refusal(action, situation(sort)) == ("wrong_step", "")


@pytest.mark.parametrize(("action", "field"), [(name, field) for name, (_, given) in GIVEN.items() for field in given])
def test_what_must_be_entered_is_asked_for(action, field):
    fields = {one.name: one for one in next(a for a in DELEGATES.actions if a.name == action).fields}
    if fields[field].required:
        assert refusal(action, **{field: ""}) == ("empty", field)
    else:
        assert done(action, **{field: ""})


def test_confirmed_members_are_seen_in_the_table_at_once():
    changes = done("confirm_members")
    assert changes["T"]["organisations"]["o02"] == {"name": "Chi bộ số 2", "members": 18, "probationary": 2}
    assert changes["T"]["organisations"]["o01"] == ROWS["o01"]
    assert "T" not in done("confirm_members", situation("R", table="X"))
    assert "T" not in done("confirm_members", situation("R", organisation="o99"))


def test_a_struck_organisation_keeps_its_row_without_members():
    row = done("strike_organisation")["T"]["organisations"]["o02"]
    assert row == {"name": "Chi bộ số 2 (đã kết thúc hoạt động)", "members": 0, "probationary": 0}
    assert refusal("strike_organisation", heir_organisation=["o01", "o03"]) == ("one_heir_only", "heir_organisation")
    assert refusal("strike_organisation", heir_organisation=["o02"]) == ("own_heir", "heir_organisation")


def test_days_gone_by_are_refused():
    assert refusal("ask_report_again", answer_by="2025-06-30") == ("date_in_the_past", "answer_by")
    assert refusal("notify_organisations", elect_by="2025-06-30") == ("date_in_the_past", "elect_by")


@pytest.mark.parametrize(
    ("seats", "reason"),
    [({"o01": 1, "o02": 2}, "row_empty"), ({**SEATS, "o03": ""}, "row_empty"), ({**SEATS, "o04": 1}, "not_on_offer"),
     ({**SEATS, "o03": -1}, "malformed"), ({**SEATS, "o03": "1.5"}, "malformed"), ({**SEATS, "o03": 2.0}, "malformed"),
     ({**SEATS, "o03": True}, "malformed"), ({**SEATS, "o03": 10**13}, "malformed"),
     ({**SEATS, "o03": []}, "malformed"), ({**SEATS, "o03": {"o01": 1}}, "malformed"), ({**SEATS, 3: 1}, "malformed"),
     ({**SEATS, "\x00": 1}, "malformed"),
     ({**SEATS, "\ud800": 1}, "malformed"), ({f"x{n}": 1 for n in range(200)}, "malformed"), ("9, 16", "malformed"),
     ([9, 16, 24], "malformed"), (49, "malformed"), ({}, "empty"), (None, "empty")],
)  # fmt: skip
def test_a_grid_that_is_none_is_refused(seats, reason):
    assert refusal("allot_seats", seats=seats) == (reason, "seats")


def test_a_grid_takes_noughts_and_typed_numbers_in_the_order_of_the_rows():
    changes = done("allot_seats", seats={"o03": "007", "o01": 0, "o02": "16"})
    assert list(changes["T"]["seats"].items()) == [("o01", 0), ("o02", 16), ("o03", 7)]
    assert changes["T"]["allotted_sum"] == 23


def test_a_table_above_the_total_goes_through():
    assert done("allot_seats", seats=dict.fromkeys(SEATS, 250))["T"]["allotted_sum"] == 750


def test_the_printed_table_shows_members_seats_and_sum():
    fields = done("allot_seats")["T/seat_table-1"]["paper"]["fields"]
    assert fields["rows"].split("\n")[1] == "Chi bộ số 2 | 20 | 16"
    assert (fields["sum"], fields["parent"]) == ("49", "ĐẢNG BỘ THÀNH PHỐ")


def test_the_notice_takes_the_seats_from_the_table_that_was_drawn_up():
    records = {**RECORDS, "T": {**RECORDS["T"], "seats": SEATS}}
    at = Situation("B", RECORDS["B"], datetime(2025, 7, 1, 8), OFFICE, MappingProxyType(records))
    fields = done("notify_organisations", at)["B/seat_notice-1"]["paper"]["fields"]
    assert fields["rows"] == "Chi bộ số 1 | 9\nChi bộ số 2 | 16"
    assert fields["elect_by"] == "11/07/2025"


@pytest.mark.parametrize(
    "entries", [{}, {"seats": {"o01": "chín"}}, {"seats": "x", "tie_rule": None}, {"seats": {"o01": "9"}}]
)
def test_a_preview_stands_whatever_was_typed_so_far(entries):
    action = next(one for one in DELEGATES.actions if one.name == "allot_seats")
    assert action.preview is not None
    assert "Bảng phân bổ" in papers.render(action.preview(situation("T"), entries))


def test_a_table_may_be_drawn_up_again_after_remarks():
    assert done("allot_seats", situation("T", step="table_questioned"))["T"]["step"] == "table_allotted"
