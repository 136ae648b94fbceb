"""Each word of the criteria's closed vocabulary takes what it should and nothing else."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.criteria import NAMES, example, meets, plain, slip

AT = datetime(2025, 7, 1, 9)  # a Tuesday
GIVEN = {"signer": "CB02", "other": ""}
THREE_DAYS = {"unit": "working_day", "value": 3, "same_day": False}
CASES = [
    ("equal", "eligible", ["eligible"], ["Eligible", "", None, ["eligible"]]),
    ("equal", 0, [0], [1, "0", None, ""]),
    ("equal", "079123456789", ["079123456789"], [79123456789, "79123456789"]),
    ("one_of", {"one_of": ["a", "b"]}, ["a", "b"], ["c", "", None, "ab", ["a"]]),
    ("one_of", {"one_of": [3]}, [3], ["3", 4]),
    ("any_set", {"any_set": [["form"], ["id", "form"]]}, [["form"], ["form", "id"], ["id", "form"]],
     [["id"], [], None, "form", ["form", "id", "x"], ["form", "form"]]),
    ("at_least", {"at_least": "2025-07-03"}, ["2025-07-03", "2026-01-01"], ["2025-07-02", "", None, 20250704]),
    ("at_least", {"at_least": 5}, [5, 6], [4, "6", None, True]),
    ("at_most", {"at_most": "2025-07-03"}, ["2025-07-03", "2025-01-01"], ["2025-07-04", None, 1]),
    ("at_most", {"at_most": 5}, [5, 0], [6, "0", None]),
    ("not_empty", {"not_empty": True}, ["x", [1], 1], ["", None, []]),
    ("mentions", {"mentions": ["căn cước", "Ủy quyền"]},
     ["CĂN CƯỚC, ủy quyền", "can cuoc va uy quyen", "u\u0309y quye\u0302\u0300n, căn cước"], ["căn cước", "", None]),
    ("mentions_any", {"mentions_any": ["trân trọng", "cảm ơn"]}, ["Trân trọng.", "xin CAM ON"], ["", None, "trân"]),
    ("lacks", {"lacks": ["0600 111 222", "Nguyễn Thị Tập"]}, ["đã xử lý", "", "0600 111 333"],
     ["nguyen thi tap", "gọi 0600 111 222"]),
    ("has", {"has": ["a", "b"]}, [["a", "b"], ["c", "b", "a"]], [["a"], [], None, "ab"]),
    ("all", {"all": [{"mentions": ["hạn"]}, {"mentions": ["phường"]}, {"lacks": ["quận"]}]},
     ["phường, hạn"], ["hạn", "phường", "phường quận hạn", None]),
    ("all", {"all": [{"has": ["a"]}, {"has": ["b"]}]}, [["b", "a"]], [["a"], "ab", None]),
    ("same_as", {"same_as": "signer"}, ["CB02"], ["CB01", "", None]),
    ("differs_from", {"differs_from": "signer"}, ["CB01", ""], ["CB02"]),
    ("mapped", {"mapped": "signer", "by": {"CB01": "chairman", "CB02": "for_chairman"}}, ["for_chairman"],
    ["chairman", "", None]),
    ("allots", {"allots": {"o01": 3, "o02": {"at_least": 1}}}, [{"o01": 3, "o02": 1}, {"o01": 3, "o02": 9, "o03": 0}],
     [{"o01": 3, "o02": 0}, {"o01": 3}, {"o02": 1}, {}, None, "3", [3, 1]]),
    ("total", {"total": 7}, [{"o01": 3, "o02": 4}, {"x": 7}], [{"o01": 3}, {}, None, 7, "7", [7]]),
    ("total", {"total": {"at_most": 7}}, [{"o01": 3, "o02": 4}, {"x": 0}, {}], [{"o01": 8}, None]),
    ("all", {"all": [{"allots": {"a": 1}}, {"allots": {"b": 2}}, {"total": 3}]}, [{"a": 1, "b": 2}],
     [{"a": 1}, {"a": 1, "b": 2, "c": 1}, None]),
    ("appointment", {"appointment": THREE_DAYS}, ["2025-07-04"], ["2025-07-03", "2025-07-05", "", None]),
]  # fmt: skip


def test_every_word_is_tried():
    assert {name for name, *_ in CASES} == {"equal", *NAMES}


@pytest.mark.parametrize(("criterion", "good", "bad"), [case[1:] for case in CASES])
def test_it_takes_what_it_should_and_nothing_else(criterion, good, bad):
    assert [value for value in good if not meets(criterion, value, GIVEN, AT)] == []
    assert [value for value in bad if meets(criterion, value, GIVEN, AT)] == []


@pytest.mark.parametrize("criterion", [case[1] for case in CASES])
def test_the_example_meets_its_own_criterion(criterion):
    assert meets(criterion, example(criterion, GIVEN, AT), GIVEN, AT)


@pytest.mark.parametrize(
    ("moment", "time", "day"),
    [("2025-07-01T14:59", {"same_day": True}, "2025-07-01"), ("2025-07-01T15:01", {"same_day": True}, "2025-07-02"),
     ("2025-07-04T16:00", {"same_day": True}, "2025-07-07"), ("2025-07-04T09:00", {"value": 1}, "2025-07-07"),
     ("2025-08-29T09:00", {"value": 1}, "2025-09-03")],
)  # fmt: skip
def test_an_appointment_is_the_date_that_the_calendar_gives_at_that_moment(moment, time, day):
    when, criterion = datetime.fromisoformat(moment), {"appointment": {"unit": "working_day", "value": 0, **time}}
    assert example(criterion, {}, when) == day and meets(criterion, day, {}, when)


def test_a_slip_of_numbers_by_row_names_the_rows_that_differ_or_the_sum():
    entered = {"a": 1, "b": 5, "c": 0}
    assert slip({"allots": {"a": 1, "b": 4, "c": {"at_least": 1}}}, entered, GIVEN, AT) == (
        {"b": 5, "c": 0},
        {"b": 4, "c": 1},
    )
    assert slip({"total": 7}, entered, GIVEN, AT) == ({"": 6}, {"": 7})
    assert slip({"allots": {"d": 2}}, entered, GIVEN, AT) == ({"d": None}, {"d": 2})
    assert slip({"one_of": ["x"]}, "y", GIVEN, AT) == ("y", "x")
    assert slip({"allots": {"a": 1}}, None, GIVEN, AT) == (None, {"a": 1})


def test_what_a_leader_may_not_do_maps_to_nothing():
    criterion = {"mapped": "signer", "by": {"CB01": "chairman"}}
    assert not meets(criterion, "chairman", {"signer": "CB09"}, AT)


def test_plain_text_forgets_case_and_marks_but_no_letters():
    assert plain("ĐƯỜNG Nguyễn Huệ") == "duong nguyen hue"
    assert plain("a-b 1") == "a-b 1"


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.lists(st.integers(), max_size=3)
)


@given(st.sampled_from([case[1] for case in CASES]), VALUES)
def test_no_logged_value_stops_the_grading(criterion, value):
    assert meets(criterion, value, GIVEN, AT) in (True, False)
    assert meets(criterion, value, {}, AT) in (True, False)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_text_mentions_itself(text, around):
    assert meets({"mentions": [text]}, around + text, {}, AT) or not plain(text).isascii()
