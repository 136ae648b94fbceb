"""Minutes and notice of conclusions, written from what was entered during the session: nothing stands there that did
not happen, and no number that nobody entered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kit.systems.form import Changes, Json, Situation
from kit.systems.meetings.acts import next_number, result_line
from kit.systems.meetings.heads import chair_of, head, in_party_layout, secretary_of, signature, symbol
from kit.systems.meetings.papers import cell, meeting_name
from kit.systems.meetings.people import name_of, session_of
from kit.systems.sheets import beside, preview, vietnamese_day

LEADS = {
    "office": "Văn phòng HĐND và UBND", "economy": "Phòng Kinh tế (Kinh tế, Hạ tầng và Đô thị)",
    "culture": "Phòng Văn hóa - Xã hội", "centre": "Trung tâm Phục vụ hành chính công", "police": "Công an",
    "military": "Ban Chỉ huy quân sự",
}  # fmt: skip
GROUNDS = {"recess": "nghỉ giải lao", "quorum_lost": "không đủ số thành viên", "disorder": "mất trật tự"}
FORMS = {"show_of_hands": "giơ tay", "secret_ballot": "bỏ phiếu kín", "in_writing": "lấy ý kiến bằng văn bản"}
PUT_OFF = {"item_postponed": "Hoãn sang phiên sau", "item_returned": "Trả lại để hoàn chỉnh",
           "item_referred": "Chuyển cơ quan có thẩm quyền"}  # fmt: skip
ANNOUNCED = {
    "higher_resolution": "nghị quyết của cơ quan cấp trên", "designation": "quyết định chỉ định",
    "information": "thông tin",
}  # fmt: skip
RULINGS = {"reject": "không chấp nhận", "accept": "chấp nhận", "put_to_vote": "đưa ra biểu quyết"}
TOUCHED = ("announced_at", "objections", "discussed_at", "voted_at", "concluded_at", "amendment_cast", "recused")


def minutes(situation: Situation, given: Json) -> Changes:
    """The minutes beside the session."""
    return beside(situation, _kind(situation, "minutes"), _minutes(situation, given), "minutes")


def minutes_preview(situation: Situation, given: Json) -> Json:
    """The minutes as they would be printed now."""
    return preview(situation, _kind(situation, "minutes"), _minutes(situation, given), "minutes")


def conclusions(situation: Situation, given: Json) -> Changes:
    """The notice of conclusions beside the session."""
    return beside(situation, _kind(situation, "notice"), _notice(situation, given), "conclusions")


def notice_preview(situation: Situation, given: Json) -> Json:
    """The notice as it would be printed now."""
    return preview(situation, _kind(situation, "notice"), _notice(situation, given), "conclusions")


def dealt_with(situation: Situation) -> list[tuple[str, Mapping[str, Any]]]:
    """The items of this session about which something was done, in the order in which they were called."""
    return [(key, one) for key, one in situation.records.items()
            if one.get("kind") == "meeting" and one.get("session") == situation.id
            and (one["step"] in PUT_OFF or any(one.get(name) for name in TOUCHED))]  # fmt: skip


def concluded(situation: Situation) -> list[Mapping[str, Any]]:
    """The items of this session that ended in a task."""
    return [one for _, one in dealt_with(situation) if one.get("concluded_at")]


def _kind(situation: Situation, name: str) -> str:
    layouts = {"minutes": ("session_minutes", "party_minutes"), "notice": ("session_conclusions", "party_notice")}
    return layouts[name][in_party_layout(situation)]


def _minutes(situation: Situation, given: Mapping[str, Any]) -> Json:
    session = situation.record
    rows = [_row(_at(situation, key, one), one) for key, one in dealt_with(situation)]
    return {
        **head(situation), "number": symbol(situation, "minutes", 1), "meeting": meeting_name(session),
        "place": str(session.get("place", "")), "opened": _clock(session.get("opened_at")),
        "closed": _clock(session.get("closed_at")), "chair": chair_of(situation),
        "chair_name": chair_of(situation), "secretary_name": secretary_of(situation),
        "roll_calls": "\n".join(map(_roll_call, session.get("roll_calls", []))) or "Không ghi nhận điểm danh",
        "breaks": "\n".join(map(_break, session.get("breaks", []))) or "Không",
        "agenda": str(session.get("agenda_count", "")) or "Chưa thông qua chương trình",
        "rows": "\n".join(rows) or "(không có nội dung nào được xem xét)",
        "note": str(given.get("minutes_note") or "") or "Không",
    }  # fmt: skip


def _row(situation: Situation, item: Mapping[str, Any]) -> str:
    """One item: title, what was said and moved, the vote, the conclusion."""
    parts = (item["title"], _debate(situation, item), _vote(situation, item), _conclusion(situation, item))
    return " | ".join(cell(part) for part in parts)


def _debate(situation: Situation, item: Mapping[str, Any]) -> str:
    session = session_of(situation)
    said = [f"{name_of(session, one['by']).split(' - ')[0]}: {one['says']}" for one in item.get("spoken", [])]
    said += [f"Không tham gia biểu quyết: {_names(session, item['recused'])}."] if item.get("recused") else []
    said += [f"Phản đối của {_names(session, one['objector'])}: {RULINGS[one['objection_ruling']]}; {one['reason']}."
             for one in item.get("objections", [])]  # fmt: skip
    if item.get("amendment_text"):
        told = {"passed": "được chấp nhận", "not_passed": "không được chấp nhận"}.get(item.get("amend_outcome", ""), "")
        counts = f"tán thành {item['amend_for']}, không tán thành {item['amend_against']}" if told else "chưa công bố"
        said.append(f"Đề nghị sửa đổi của {_names(session, item['amended_by'])}: {item['amendment_text']} "
                    f"({counts}{', ' + told if told else ''}).")  # fmt: skip
    return " ".join(said) or "Không có ý kiến"


def _vote(situation: Situation, item: Mapping[str, Any]) -> str:
    if item["step"] in PUT_OFF:
        return PUT_OFF[item["step"]]
    if item.get("announced_at"):
        return f"Công bố {ANNOUNCED[item['announced_kind']]} số {item['source_number']}; không biểu quyết"
    told = [f"Biểu quyết lại ({one['reason']})." for one in item.get("repeats", [])]
    if item.get("vote_form"):
        told.append(f"Hình thức: {FORMS[item['vote_form']]}. {result_line(situation, item)}.")
    if item.get("minority"):
        told.append(f"Bảo lưu ý kiến: {_names(session_of(situation), item['minority'])}: {item['minority_text']}")
    return " ".join(told) or "Không biểu quyết"


def _conclusion(situation: Situation, item: Mapping[str, Any]) -> str:
    done = [_task(item)] if item.get("concluded_at") else []
    done += [f"Ban hành {item['act_number']}"] if item.get("act_number") else []
    return ". ".join(done) or "Không kết luận giao việc"


def _task(item: Mapping[str, Any]) -> str:
    return (f"{item['task_text']}; chủ trì: {LEADS[item['task_lead']]}; sản phẩm: {item['task_product']}; "
            f"thời hạn: {vietnamese_day(item['product_due'])}")  # fmt: skip


def _notice(situation: Situation, given: Mapping[str, Any]) -> Json:
    rows = [" | ".join(map(cell, (one["task_text"], LEADS[one["task_lead"]], one["task_product"],
                                  vietnamese_day(one["product_due"])))) for one in concluded(situation)]  # fmt: skip
    return {**head(situation), "number": next_number(situation, "notice"), "meeting": meeting_name(situation.record),
            "rows": "\n".join(rows) or "(không có việc nào được giao)", **signature(situation, given)}  # fmt: skip


def _names(session: Mapping[str, Any], listed: list[str]) -> str:
    return ", ".join(name_of(session, one).split(" - ")[0] for one in listed)


def _roll_call(call: Mapping[str, Any]) -> str:
    enough = "đủ" if call["quorum_met"] == "yes" else "không đủ"
    return (f"Lúc {_clock(call['at'])}: tổng số {call['members_count']}, có mặt {call['present_count']}, "
            f"vắng có phép {call['excused_count']}; {enough} số thành viên để họp")  # fmt: skip


def _break(one: Mapping[str, str]) -> str:
    until = f" đến {_clock(one['until'])}" if one.get("until") else ""
    return f"Tạm dừng từ {_clock(one['from'])}{until}: {GROUNDS[one['ground']]}"


def _clock(iso: object) -> str:
    return f"{datetime.fromisoformat(str(iso)):%H giờ %M}" if iso else ""


def _at(situation: Situation, key: str, record: Mapping[str, Any]) -> Situation:
    """The same moment, seen from another record."""
    return Situation(key, record, situation.moment, situation.office, situation.records)
