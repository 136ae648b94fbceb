"""The papers of preparation and session: invitation, slips, attendance, notes of a discussion, hands, ballots."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kit.systems.form import Changes, Json, Situation
from kit.systems.meetings.heads import head, in_party_layout, signature, symbol
from kit.systems.meetings.people import members, name_of, session_of, whereabouts
from kit.systems.meetings.steps import agenda
from kit.systems.meetings.votes import answer_days, seen_hands
from kit.systems.sheets import beside, holder, preview, vietnamese_day

MARKS = {
    "for": "Giơ tay khi hỏi ai tán thành", "against": "Giơ tay khi hỏi ai không tán thành", "other": "Không giơ tay",
    "away": "Không có mặt", "recused": "Không biểu quyết nội dung này", "guest": "Không giơ tay",
    "guest_raised": "Giơ tay khi hỏi ai tán thành", "phone_for": "Không có mặt; gọi điện thoại nói tán thành",
    "phone_against": "Không có mặt; gọi điện thoại nói không tán thành",
    "phone_other": "Không có mặt; gọi điện thoại, chưa nói tán thành hay không",
}  # fmt: skip
PARTS = {
    "submission": "Tờ trình", "draft_text": "Dự thảo văn bản", "legal_opinion": "Ý kiến tư pháp (pháp chế)",
    "finance_opinion": "Ý kiến tài chính", "annex": "Phụ lục, số liệu kèm theo",
    "consultation": "Bản tổng hợp ý kiến các phòng, đơn vị",
}  # fmt: skip
SIGNED = {
    "present": "Đã ký", "not_yet": "Chưa đến", "gone": "Đã ký; đã xin phép ra về",
    "excused": "Vắng, có giấy xin phép", "unexcused": "Vắng, không báo",
}  # fmt: skip
ANSWERS = {"for": "Tán thành", "against": "Không tán thành", "other": "Ý kiến khác"}


def cell(text: object) -> str:
    """A text that fits into one cell of a table: one line, no separator."""
    return " ".join(str(text).replace("|", "/").split())


def meeting_name(session: Mapping[str, Any]) -> str:
    """What papers call the meeting: `doc_title`, where the matter's own title says what there is to do."""
    return str(session.get("doc_title") or session["title"])


def invitation(situation: Situation, given: Json) -> Changes:
    """The invitation with the agenda as it stands."""
    return beside(situation, _invitation_kind(situation), _invitation(situation, given), "invitation")


def invitation_preview(situation: Situation, given: Json) -> Json:
    """The invitation as the entries so far would make it."""
    return preview(situation, _invitation_kind(situation), _invitation(situation, given), "invitation")


def credentials_report(situation: Situation, given: Json) -> Changes:
    """The report on the delegates' credentials."""
    return beside(situation, "credentials_report", _credentials(situation, given))


def credentials_preview(situation: Situation, given: Json) -> Json:
    """The report as the entries so far would make it."""
    return preview(situation, "credentials_report", _credentials(situation, given))


def return_slip(situation: Situation, given: Json) -> Changes:
    """What goes back to the proposing division."""
    parts = "\n".join(PARTS[one] for one in given["missing_parts"])
    fields = {**_letter(situation), "parts": parts, "deadline": vietnamese_day(given["answer_by"]),
              "reason": given["reason"]}  # fmt: skip
    return beside(situation, "item_return_slip", fields)


def refer_slip(situation: Situation, given: Json) -> Changes:
    """What goes to the competent body."""
    receiver = situation.office["bodies"][given["receiver_body"]]["vi"]
    return beside(situation, "item_refer_slip", {**_letter(situation), "receiver": receiver, "reason": given["reason"]})


def consultation_slip(situation: Situation, given: Json) -> Changes:
    """The slip on which members answer in writing."""
    fields = {**_letter(situation), "deadline": vietnamese_day(given["answer_by"]),
              "draft": str(situation.record.get("doc_body", ""))}  # fmt: skip
    return beside(situation, "consultation_slip", fields)


def answers_sheet(situation: Situation, given: Json) -> Changes:
    """Every answer with the day on which it came in, late ones too."""
    days, votes = answer_days(situation), situation.record.get("votes", {})
    rows = [f"{one['name']} | {ANSWERS[votes.get(one['id'], 'other')]} | {vietnamese_day(days[one['id']])}"
            if one["id"] in days else f"{one['name']} | Chưa trả lời | -"
            for one in members(session_of(situation))]  # fmt: skip
    fields = {**_item(situation), "rows": "\n".join(rows), "deadline": vietnamese_day(situation.record["answer_by"])}
    return beside(situation, "consultation_sheet", fields)


def attendance(situation: Situation) -> Changes:
    """The sheet of signatures at this moment."""
    session = session_of(situation)
    seats = [f"{one['name']} | {one['post']} | {SIGNED[whereabouts(session, one, situation.moment)]}"
             for one in members(session)]  # fmt: skip
    guests = [f"{guest} | Khách mời | Đã ký" for guest in session.get("guests", ())]
    fields = {"meeting": meeting_name(session), "at": _clock(situation), "rows": "\n".join([*seats, *guests]),
              "clerk": holder(situation.office, "clerk")}  # fmt: skip
    return beside(situation, "attendance_sheet", fields)


def notes(situation: Situation, spoken: Iterable[Mapping[str, str]]) -> Changes:
    """What was said, each with its speaker; nobody spoke: that."""
    session = session_of(situation)
    rows = [f"{name_of(session, one['by'])} | {cell(one['says'])}" for one in spoken]
    fields = _item(situation) | {"rows": "\n".join(rows or ["- | Không có ý kiến"])}
    return beside(situation, "discussion_notes", fields)


def vote_sheet(situation: Situation, cast: Mapping[str, str]) -> Changes:
    """Each seat and what its hand does when the whole item is put to the vote."""
    return beside(situation, "vote_sheet", _hands(situation, cast, situation.record.get("votes", {}), "Toàn văn"))


def amendment_sheet(situation: Situation, cast: Mapping[str, str]) -> Changes:
    """Each seat and what its hand does when the amendment is put to the vote."""
    wishes = situation.record.get("amendment", {}).get("votes", {})
    return beside(situation, "vote_sheet", _hands(situation, cast, wishes, "Đề nghị sửa đổi"), "amendment_sheet")


def ballot_sheet(situation: Situation, box: Sequence[Mapping[str, str]], issued: int) -> Changes:
    """Slips given out, and every slip of the box as it looks."""
    fields = {**_item(situation), "issued": str(issued), "rows": "\n".join(cell(one["shows"]) for one in box)}
    return beside(situation, "ballot_sheet", fields)


def ballot_minutes(situation: Situation, given: Json) -> Changes:
    """The minutes of the count, with the numbers that were entered."""
    session, tellers = session_of(situation), situation.record.get("tellers", [])
    names = "\n".join(name_of(session, one) for one in tellers) or "(chưa lập tổ kiểm phiếu)"
    fields = {name: str(given[name]) for name in ("issued_count", "returned_ballots", "valid_count", "invalid_count")}
    return beside(situation, "ballot_minutes", {**_item(situation), **fields, "tellers": names})


def _invitation_kind(situation: Situation) -> str:
    return "party_invitation" if in_party_layout(situation) else "session_invitation"


def _invitation(situation: Situation, given: Mapping[str, Any]) -> Json:
    """Typed entries may still be malformed: everything is written as it stands."""
    session, book = situation.record, situation.office.get("bodies", {})
    typed = given.get("invited_bodies") or []
    listed = typed if isinstance(typed, list | tuple) else [typed]
    bodies = [str(book.get(str(one), {}).get("vi", one)) for one in listed]
    invited = "; ".join([f"Các thành viên ({len(members(session))} người)", *bodies])
    rows = "\n".join(f"{cell(one['title'])} | {one.get('planned_minutes', '')} phút" for one in agenda(situation))
    return {
        **head(situation), "number": symbol(situation, "invitation", 1), "meeting": meeting_name(session),
        "receiver": invited, "at": f"{given.get('meets_time') or ''}, ngày {vietnamese_day(given.get('meets_on'))}",
        "place": str(session.get("place", "")), "papers_by": vietnamese_day(given.get("papers_by")),
        "rows": rows or "(chưa có nội dung)", **signature(situation, {"signing_form": "by_order"}),
    }  # fmt: skip


def _credentials(situation: Situation, given: Mapping[str, Any]) -> Json:
    """Typed entries may still be malformed: everything is written as it stands."""
    session, typed = session_of(situation), given.get("doubtful") or []
    listed = typed if isinstance(typed, list | tuple) else [typed]
    rows = "\n".join(cell(name_of(session, str(one))) for one in listed) or "Không có"
    named = {name: value for name, value in _letter(situation).items() if name not in ("at", "receiver")}
    return {**named, "members": str(len(members(session))), "valid": str(given.get("valid_delegates") or ""),
            "rows": rows}  # fmt: skip


def _letter(situation: Situation) -> Json:
    return {**_item(situation), "issuer": head(situation)["issuer"], "place_date": head(situation)["place_date"],
            "receiver": str(situation.record.get("who", "")), "clerk": holder(situation.office, "clerk")}  # fmt: skip


def _item(situation: Situation) -> Json:
    return {"item": str(situation.record["title"]), "at": _clock(situation)}


def _hands(situation: Situation, cast: Mapping[str, str], wishes: Mapping[str, str], subject: str) -> Json:
    rows = "\n".join(f"{who} | {MARKS[mark]}" for who, mark in seen_hands(situation, cast, wishes))
    return {**_item(situation), "subject": subject, "rows": rows}


def _clock(situation: Situation) -> str:
    return f"{situation.moment:%H giờ %M, %d/%m/%Y}"
