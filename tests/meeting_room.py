"""A meeting to test with: one session, one item of it, one proposal, nine members; some come late, leave or ring up."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from kit.systems.form import Situation
from kit.systems.meetings import MEETINGS

TWO = datetime(2025, 7, 1, 14)
SESSION, ITEM = "S-1", "I-1"
WHY = {"reason": "Theo quy định"}
GOOD: dict[str, dict[str, Any]] = {
    "place_item": {"item_kind": "decide", "presenter": "economy", "planned_minutes": 20},
    "leave_to_chair": WHY,
    "return_item": {"missing_parts": ["annex"], "answer_by": "2025-07-04", **WHY},
    "postpone_item": WHY,
    "refer_item": {"receiver_body": "health", **WHY},
    "consult_in_writing": {"answer_by": "2025-07-03"},
    "collect_answers": {},
    "check_credentials": {"valid_delegates": 8, "doubtful": ["UV03"]},
    "edit_draft": {"draft_text": "Điều 1. Nội dung mới."},
    "send_invitation": {
        "meets_on": "2025-07-02", "meets_time": "14:00", "papers_by": "2025-07-01", "invited_bodies": ["health"],
    },
    "take_attendance": {},
    "record_roll_call": {"members_count": 9, "present_count": 7, "excused_count": 1, "quorum_met": "yes"},
    "open_session": {},
    "adopt_agenda": {"agenda_count": 3},
    "suspend_session": {"suspend_ground": "quorum_lost"},
    "resume_session": {},
    "close_session": {},
    "draw_up_minutes": {"minutes_note": ""},
    "issue_conclusions": {"signing_form": "by_order"},
    "file_session": {},
    "open_discussion": {},
    "announce_item": {"announced_kind": "designation", "source_number": "12/QĐ-UBND"},
    "accept_recusal": {"recused": ["UV04"]},
    "answer_objection": {"objector": ["UV05"], "objection_ruling": "accept", **WHY},
    "put_amendment": {"amended_by": ["UV02"], "amendment_text": "Thêm một điều"},
    "declare_amendment": {"amend_for": 5, "amend_against": 2, "amend_outcome": "passed"},
    "form_ballot_committee": {"tellers": ["UV06", "UV07"]},
    "call_vote": {"vote_form": "show_of_hands"},
    "count_ballots": {"issued_count": 7, "returned_ballots": 7, "valid_count": 6, "invalid_count": 1},
    "declare_result": {
        "for_count": 5, "against_count": 2, "other_count": 0, "vote_base": "all_members", "base_count": 9,
        "vote_outcome": "passed",
    },
    "repeat_vote": WHY,
    "note_minority": {"minority": ["UV08"], "minority_text": "Chưa rõ nguồn"},
    "conclude_item": {
        "task_text": "Lập danh sách", "task_lead": "culture", "task_product": "danh sách", "product_due": "2025-07-11",
    },
    "issue_act": {"act_kind": "decision", "signing_form": "on_behalf"},
}  # fmt: skip
SUBMITTED, CALLED = {"item_submitted"}, {"item_called", "item_discussed"}
SEATING = {"session_convened", "session_seated", "session_open", "session_suspended"}
SETTLED = {"item_settled", "item_concluded"}
STEPS: dict[str, set[str]] = {
    **dict.fromkeys(("place_item", "leave_to_chair", "consult_in_writing"), SUBMITTED),
    **dict.fromkeys(("return_item", "postpone_item", "refer_item"), SUBMITTED | CALLED),
    "collect_answers": {"item_consulted"}, "check_credentials": {"credentials_open"},
    "edit_draft": SUBMITTED | CALLED | {"item_placed"}, "send_invitation": {"session_preparing", "session_convened"},
    "take_attendance": SEATING, "record_roll_call": SEATING, "open_session": {"session_convened", "session_seated"},
    "adopt_agenda": {"session_open"}, "suspend_session": {"session_open"}, "resume_session": {"session_suspended"},
    "close_session": {"session_open", "session_suspended"}, "draw_up_minutes": {"session_closed"},
    "issue_conclusions": {"session_closed", "session_minuted"}, "file_session": {"session_minuted", "session_reported"},
    "open_discussion": {"item_called"}, "announce_item": CALLED, "accept_recusal": CALLED, "answer_objection": CALLED,
    "put_amendment": CALLED, "declare_amendment": {"item_discussed"}, "form_ballot_committee": CALLED,
    "call_vote": CALLED, "count_ballots": {"item_voted"}, "declare_result": {"item_voted", "item_answered"},
    "repeat_vote": {"item_voted", "item_answered", "item_settled"},
    "note_minority": {"item_voted", "item_answered"} | SETTLED, "conclude_item": {"item_discussed", "item_settled"},
    "issue_act": SETTLED | {"item_left"},
}  # fmt: skip


def seats() -> list[dict[str, Any]]:
    """Nine members: the third comes after 20 minutes, the fourth leaves after 60, the fifth is excused and rings up."""
    posts = ["Chủ tịch", "Phó Chủ tịch", *["Ủy viên"] * 7]
    found = [{"id": f"UV0{place}", "name": f"Người Tập Số {place}", "post": post}
             for place, post in enumerate(posts, start=1)]  # fmt: skip
    found[2]["arrives"] = 20
    found[3]["leaves"] = 60
    found[4].update(absent="excused", by_phone=True)
    return found


def room(step: str, minute: int = 30, **more: Any) -> Situation:
    """The record that has such a step, the session open where it is another one; `more` goes into that record."""
    sitting = step.startswith("session")
    names = {one["id"]: one["name"] for one in seats()}
    session: dict[str, Any] = {
        "kind": "meeting", "step": step if sitting else "session_open", "code": SESSION, "title": "Phiên họp thứ nhất",
        "title_en": "First session", "who": "Văn phòng", "body": "peoples_committee", "meets_at": TWO.isoformat(),
        "place": "Phòng số 1", "members": seats(), "asks": names, "guests": ["Ông Khách"],
        "breaks": [{"from": "2025-07-01T14:10", "ground": "recess"}],
    }  # fmt: skip
    votes = {one["id"]: "for" for one in seats()} | {"UV06": "against", "UV07": "other"}
    item: dict[str, Any] = {
        "kind": "meeting", "step": "item_called" if sitting else step, "code": ITEM, "title": "Phân bổ ngân sách",
        "title_en": "Budget", "who": "Phòng Kinh tế", "session": SESSION, "asks": names, "votes": votes,
        "speeches": [{"by": "UV03", "says": "Tôi đồng ý"}, {"by": "UV05", "says": "Tôi vắng"}],
        "amendment": {"by": "UV02", "text": "Thêm", "votes": votes | {"UV08": "against"}, "doc_body": "Điều 9. Sửa"},
        "doc_title": "Phân bổ", "doc_body": "Điều 1. Phân bổ", "answer_by": "2025-07-03", "vote_form": "",
    }  # fmt: skip
    if step == "item_voted":
        item |= {"vote_form": "secret_ballot", "box": [{"shows": "x", "counts_as": "for"}], "cast": {"UV01": "for"}}
    if step == "item_discussed":
        item["amendment_cast"] = {"UV01": "for"}
    (session if sitting else item).update(more)
    officials = {"CB04": {"role": "division_head", "full_name": "Đỗ Thị Chánh", "post_vi": "Chánh Văn phòng"},
                 "CB11": {"role": "clerk", "full_name": "Bùi Văn Thư", "post_vi": "Văn thư"}}  # fmt: skip
    office = {"short_name": "Phường Sài Gòn", "officials": officials, "bodies": {"health": {"vi": "Sở Y tế"}},
              "units": {}, "code": "26740", "committee": "UBND Phường Sài Gòn"}  # fmt: skip
    records = {SESSION: session, ITEM: item}
    chosen = SESSION if sitting else ITEM
    return Situation(chosen, records[chosen], TWO + timedelta(minutes=minute), office, records)


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    """What a good form, with some other entries, changes."""
    return MEETINGS.decide(action, situation, {**GOOD[action], **other})[1]


def logged(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    """What the log keeps of it: the entries and what the software counted."""
    return MEETINGS.decide(action, situation, {**GOOD[action], **other})[0]


def after(situation: Situation, changes: dict[str, Any], minutes: int = 0) -> Situation:
    """The same record once the changes are made, some minutes later."""
    records = dict(situation.records)
    for name, new in changes.items():
        records[name] = {**records.get(name, {}), **new}
    later = situation.moment + timedelta(minutes=minutes)
    return replace(situation, record=records[situation.id], records=records, moment=later)


def turned(situation: Situation, record: str) -> Situation:
    """The same moment, seen from another record."""
    return replace(situation, id=record, record=situation.records[record])
