"""Minutes, notice and acts say what happened in a meeting and what was entered, and nothing else."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.meeting_room import SESSION, after, done, logged, room, turned
from tests.system_desk import printed

NUMBERS = st.tuples(*[st.integers(0, 9)] * 3)


@settings(max_examples=60, deadline=None)
@given(NUMBERS, st.sampled_from(["passed", "not_passed"]), st.booleans(), st.booleans())
def test_the_minutes_say_what_was_entered_and_nothing_else(numbers, outcome, minority, concluded):
    situation = room("item_called")
    for action, other in (
        ("open_discussion", {}), ("call_vote", {}),
        ("declare_result", {**dict(zip(("for_count", "against_count", "other_count"), numbers, strict=True)),
                            "vote_outcome": outcome}),
        *([("note_minority", {})] if minority else []), *([("conclude_item", {})] if concluded else []),
    ):  # fmt: skip
        situation = after(situation, done(action, situation, **other), 2)
    situation = turned(situation, SESSION)
    situation = after(situation, done("close_session", situation))
    fields = printed(done("draw_up_minutes", situation, minutes_note="Hết"))["fields"]
    said = "Tán thành {}, không tán thành {}, ý kiến khác {}, trên tổng số 9 thành viên".format(*numbers)
    assert fields["rows"].count(said) == 1 and fields["rows"].count("Tán thành") == 1
    assert ("không thông qua" in fields["rows"]) == (outcome == "not_passed")
    assert ("Chưa rõ nguồn" in fields["rows"]) == minority
    assert ("Lập danh sách" in fields["rows"]) == concluded
    assert "Tôi đồng ý" in fields["rows"] and "Tôi vắng" not in fields["rows"]
    notice = printed(done("issue_conclusions", situation))["fields"]["rows"]
    assert ("Lập danh sách" in notice) == concluded
    assert logged("issue_conclusions", situation)["counted_tasks"] == int(concluded)


def test_a_session_in_which_nothing_happened_has_minutes_that_say_so():
    fields = printed(done("draw_up_minutes", room("session_closed")))["fields"]
    assert fields["rows"] == "(không có nội dung nào được xem xét)"
    assert fields["roll_calls"] == "Không ghi nhận điểm danh" and fields["agenda"].startswith("Chưa thông qua")


def test_a_repeated_vote_stays_in_the_minutes_and_an_announcement_is_no_vote():
    voted = after(room("item_called"), done("call_vote", room("item_called")))
    again = turned(after(voted, done("repeat_vote", voted, reason="Mất kết nối")), SESSION)
    assert "Biểu quyết lại (Mất kết nối)" in _rows(again)
    told = room("item_called")
    told = turned(after(told, done("announce_item", told)), SESSION)
    assert "Công bố quyết định chỉ định số 12/QĐ-UBND; không biểu quyết" in _rows(told)


def _rows(situation: Any) -> str:
    closed = after(situation, done("close_session", situation))
    return str(printed(done("draw_up_minutes", closed))["fields"]["rows"])


def test_a_carried_amendment_changes_the_act_and_a_lost_one_does_not():
    for outcome, text in (("passed", "Điều 9. Sửa"), ("not_passed", "Điều 1. Phân bổ")):
        situation = room("item_called")
        for action, other in (("open_discussion", {}), ("put_amendment", {}),
                              ("declare_amendment", {"amend_outcome": outcome}), ("call_vote", {}),
                              ("declare_result", {})):  # fmt: skip
            situation = after(situation, done(action, situation, **other))
        assert printed(done("issue_act", situation))["fields"]["content"] == text


def test_late_and_missing_answers_do_not_count():
    asked = room("item_consulted", answered_on="2025-07-02", late_on="2025-07-04", late_answers=["UV01", "UV02"],
                 unanswered=["UV09"])  # fmt: skip
    collected = after(asked, done("collect_answers", asked))
    counted = logged("declare_result", collected)
    assert (counted["counted_for"], counted["counted_against"], counted["counted_other"]) == (4, 1, 1)
    assert counted["counted_outcome"] == "not_passed", "four of nine"
