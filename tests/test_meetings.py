"""Meetings: what each action does, when the software refuses, which paper comes out."""

from typing import Any

import pytest

from kit import papers
from kit.systems.form import Refused
from kit.systems.meetings import MEETINGS, STATE
from kit.systems.registry import SYSTEMS
from kit.words import words
from tests.meeting_room import GOOD, ITEM, SESSION, STEPS, done, room
from tests.system_desk import printed, wrong_steps

NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
PRINTS = {
    "return_item": "item_return_slip", "refer_item": "item_refer_slip", "consult_in_writing": "consultation_slip",
    "collect_answers": "consultation_sheet", "check_credentials": "credentials_report",
    "send_invitation": "session_invitation", "take_attendance": "attendance_sheet",
    "draw_up_minutes": "session_minutes", "issue_conclusions": "session_conclusions",
    "open_discussion": "discussion_notes", "put_amendment": "vote_sheet", "call_vote": "vote_sheet",
    "count_ballots": "ballot_minutes", "issue_act": "session_decision",
}  # fmt: skip
LEADS_TO = {
    "place_item": "item_placed", "leave_to_chair": "item_left", "return_item": "item_returned",
    "postpone_item": "item_postponed", "refer_item": "item_referred", "consult_in_writing": "item_consulted",
    "collect_answers": "item_answered", "check_credentials": "credentials_checked",
    "send_invitation": "session_convened", "open_session": "session_open", "suspend_session": "session_suspended",
    "resume_session": "session_open", "close_session": "session_closed", "draw_up_minutes": "session_minuted",
    "file_session": "session_filed", "open_discussion": "item_discussed", "announce_item": "item_announced",
    "call_vote": "item_voted", "declare_result": "item_settled", "repeat_vote": "item_discussed",
    "conclude_item": "item_concluded", "issue_act": "item_issued",
}  # fmt: skip
MOVES = {("record_roll_call", "session_convened"): "session_seated",
         ("issue_conclusions", "session_minuted"): "session_reported"}  # fmt: skip


def refusal(action: str, situation: Any, **other: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as no:
        done(action, situation, **other)
    return no.value.reason, no.value.field


def test_the_tables_here_name_every_action():
    assert set(GOOD) == set(STEPS) == {action.name for action in MEETINGS.actions}
    assert SYSTEMS["meetings"] is MEETINGS and set(MEETINGS.routine) <= set(GOOD)


def taken_at_its_steps_alone(action: str, step: str) -> None:
    situation = room(step)
    if step not in STEPS[action]:
        assert refusal(action, situation) == ("wrong_step", "")
        return
    changes = done(action, situation)
    new = changes.get(situation.id, {}).get("step", step)
    assert new == MOVES.get((action, step), LEADS_TO.get(action, step))
    assert [printed(changes)["kind"]] == [PRINTS[action]] if action in PRINTS else len(changes) == 1


def test_an_action_is_taken_at_its_steps_and_at_no_other():
    wrong = wrong_steps(taken_at_its_steps_alone, GOOD, STATE)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("action", "step", "other", "reason"),
    [
        ("place_item", "item_submitted", {"item_kind": "sing"}, ("not_on_offer", "item_kind")),
        ("place_item", "item_submitted", {"planned_minutes": "x"}, ("malformed", "planned_minutes")),
        ("return_item", "item_submitted", {"answer_by": "2025-06-30"}, ("date_in_the_past", "answer_by")),
        ("return_item", "item_submitted", {"missing_parts": []}, ("empty", "missing_parts")),
        ("refer_item", "item_submitted", {"receiver_body": "circus"}, ("not_on_offer", "receiver_body")),
        ("send_invitation", "session_preparing", {"meets_on": "2025-06-30"}, ("date_in_the_past", "meets_on")),
        ("send_invitation", "session_preparing", {"papers_by": "2025-07-03"}, ("papers_after_meeting", "papers_by")),
        ("send_invitation", "session_preparing", {"meets_time": "25:00"}, ("malformed", "meets_time")),
        ("accept_recusal", "item_called", {"recused": ["UV77"]}, ("not_on_offer", "recused")),
        ("conclude_item", "item_settled", {"product_due": "2025-06-30"}, ("date_in_the_past", "product_due")),
        ("declare_result", "item_voted", {"for_count": "năm"}, ("malformed", "for_count")),
        ("declare_result", "item_voted", {"step": "item_issued"}, ("unknown_field", "step")),
        ("issue_act", "item_settled", {"signing_form": "stamp"}, ("not_on_offer", "signing_form")),
    ],
)
def test_what_the_software_refuses(action, step, other, reason):
    assert refusal(action, room(step), **other) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


@pytest.mark.parametrize("closed", ["session_convened", "session_seated", "session_suspended", "session_closed"])
@pytest.mark.parametrize("action", ["open_discussion", "accept_recusal", "put_amendment", "call_vote", "announce_item"])
def test_nothing_is_debated_or_voted_while_the_session_is_not_open(action, closed):
    situation = room("item_called")
    situation.records[SESSION]["step"] = closed
    assert refusal(action, situation) == ("session_not_open", "")
    assert done("postpone_item", situation), "putting off needs no open session"


def test_an_amendment_is_declared_after_it_was_put_and_a_box_is_counted_where_there_is_one():
    assert refusal("declare_amendment", _without_amendment()) == ("no_amendment", "")
    assert refusal("count_ballots", room("item_voted", vote_form="show_of_hands")) == ("no_ballot_box", "")


def _without_amendment() -> Any:
    situation = room("item_discussed")
    del situation.records[ITEM]["amendment_cast"]
    return situation


@pytest.mark.parametrize(
    ("action", "step", "minute", "other"),
    [
        ("open_session", "session_convened", 0, {}),  # five of nine
        ("record_roll_call", "session_convened", 0, {"present_count": 9, "members_count": 3}),
        ("call_vote", "item_called", 0, {}),
        ("declare_result", "item_voted", 30, {"for_count": 1, "vote_base": "present", "base_count": 1}),
        ("issue_act", "item_settled", 30, {"act_kind": "resolution", "signing_form": "deputy"}),
        ("leave_to_chair", "item_submitted", 30, {}),
    ],
)
def test_mistakes_that_real_software_lets_through_go_through(action, step, minute, other):
    assert done(action, room(step, minute), **other)


# ---- papers --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("body", ["peoples_committee", "council", "front", "party_committee", "inspection_commission"])
@pytest.mark.parametrize("action", PRINTS)
def test_each_paper_renders_for_each_body_with_all_that_it_needs(action, body):
    situation = room(sorted(STEPS[action])[0])
    situation.records[SESSION]["body"] = body
    sheet = printed(done(action, situation))
    html = papers.render(sheet)
    assert NOTICE in html and "None" not in html
    assert {name for name, value in sheet["fields"].items() if not value} <= {"opened", "closed"}
    party = body in ("party_committee", "inspection_commission") and sheet["kind"].startswith("party")
    assert ("ĐẢNG CỘNG SẢN VIỆT NAM" in html) == party


def test_the_forms_of_signing_differ_by_body():
    situation = room("item_settled")
    state = {form: printed(done("issue_act", situation, signing_form=form))["fields"] for form in
             ("on_behalf", "in_own_name", "deputy", "by_order")}  # fmt: skip
    assert state["on_behalf"]["signer_post"] == "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    assert state["deputy"]["signer_post"].endswith("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    assert (state["deputy"]["signer_name"], state["by_order"]["signer_name"]) == ("Người Tập Số 2", "Đỗ Thị Chánh")
    assert state["on_behalf"]["number"] == "01/QĐ-UBND"
    situation.records[SESSION]["body"] = "party_committee"
    party = printed(done("issue_act", situation, act_kind="resolution"))["fields"]
    assert (party["number"], party["signer_post"]) == ("01-NQ/ĐU", "T/M BAN CHẤP HÀNH\nBÍ THƯ")


def test_each_kind_of_act_of_a_body_has_its_own_series():
    situation = room("item_settled")
    situation.records["I-2"] = {
        "kind": "meeting",
        "session": SESSION,
        "act_kind": "decision",
        "act_number": "01/QĐ-UBND",
    }
    assert done("issue_act", situation)[ITEM]["act_number"] == "02/QĐ-UBND"
    assert done("issue_act", situation, act_kind="notice")[ITEM]["act_number"] == "01/TB-UBND"
    situation.records[SESSION]["conclusions_at"] = "2025-07-01T17:00"
    assert done("issue_act", situation, act_kind="notice")[ITEM]["act_number"] == "02/TB-UBND"
