"""The papers that the handover software prints: requests, returns, transfers, notices, the minutes with numbers."""

from collections.abc import Callable, Mapping
from typing import Any

from kit.systems.form import Changes, Json, Preview, Situation
from kit.systems.handover_tally import dossiers
from kit.systems.sheets import beside, holder, money, place_date, preview, vietnamese_day

FIELD_NAMES = {"civil": "Hộ tịch", "land": "Đất đai", "construction": "Xây dựng"}
MISSING_NAMES = {
    "paper_file": "Hồ sơ giấy", "list_entry": "Dòng trong danh mục bàn giao", "original": "Bản chính đang giữ",
    "receipt": "Biên lai, chứng từ thu phí", "explanation": "Giải trình tình trạng hồ sơ",
}  # fmt: skip
GROUND_NAMES = {
    "incomplete": "Hồ sơ chưa đủ giấy tờ", "already_finished": "Hồ sơ đã giải quyết xong, đã trả kết quả",
    "withdrawn": "Người nộp đã rút hồ sơ", "not_handed_over": "Không thuộc diện bàn giao",
}  # fmt: skip
NOTICE_TEXTS = {
    "new_date": "Ngày hẹn trả kết quả được tính lại là ngày {due}.",
    "same_date": "Ngày hẹn trả kết quả không thay đổi: ngày {due}.",
    "apology": "{committee} xin lỗi Ông/Bà vì hồ sơ đã quá hạn khi bàn giao. Kết quả được hẹn trả ngày {due}.",
    "new_office": "Hồ sơ đã được chuyển đến cơ quan có thẩm quyền hiện nay: {receiver}.",
}
KEPT_RIGHT = "Ông/Bà không phải nộp lại giấy tờ đã nộp."

_HEAD = ("issuer", "number", "place_date", "dossier_code")
SHOWS: dict[str, tuple[str, ...]] = {
    "parcel_sheet": ("dossier_code", "listed_place", "old_ward", "current_units", "boundary", "looked_up_at"),
    "handing_request": (*_HEAD, "applicant_name", "asked", "due_at", "officer_name"),
    "handing_return": (*_HEAD, "applicant_name", "ground", "reason", "officer_name"),
    "handover_transfer": (*_HEAD, "applicant_name", "procedure", "receiver", "reason", "due_at", "officer_name"),
    "leader_report": (*_HEAD, "applicant_name", "receiver", "leader_proposal", "officer_name"),
    "citizen_notice": (*_HEAD, "applicant_name", "procedure", "content", "rights", "officer_name"),
    "fee_request": (*_HEAD, "applicant_name", "fee", "receipt_number", "officer_name"),
    "handover_minutes": ("issuer", "number", "place_date", "list_field", "counts", "reservations", "officer_name",
                         "signer_name"),
}  # fmt: skip


def issue_paper(situation: Situation, kind: str, given: Json) -> Changes:
    """One new paper of `kind` beside the record."""
    return beside(situation, kind, _fields(situation, kind, given))


def paper_preview(kind: str) -> Preview:
    """What draws a paper of `kind` while its entries are made."""
    return lambda situation, given: preview(situation, kind, _fields(situation, kind, given))


def _fields(situation: Situation, kind: str, given: Json) -> Json:
    available = _shared(situation) | _SPECIFIC[kind](situation, given)
    return {name: available.get(name, "") for name in SHOWS[kind]}


def _shared(situation: Situation) -> Json:
    record, office = situation.record, situation.office
    return {
        "issuer": office["committee"], "number": f"{situation.id[-4:]}/BG", "dossier_code": record["code"],
        "place_date": place_date(situation),
        "applicant_name": record.get("who", ""), "procedure": record["title"],
        "due_at": vietnamese_day(record.get("due_date", "")), "officer_name": holder(office, "reception"),
        "signer_name": holder(office, "signer"), "list_field": FIELD_NAMES.get(record.get("list_field", ""), ""),
    }  # fmt: skip


def _parcel(situation: Situation, given: Json) -> Json:
    located: Json = situation.record.get("located", {})
    return {**located, "listed_place": situation.record.get("listed_place", ""),
            "looked_up_at": f"{situation.moment:%H:%M}"}  # fmt: skip


def _request(situation: Situation, given: Json) -> Json:
    return {"asked": "\n".join(MISSING_NAMES[one] for one in given["missing"]),
            "due_at": vietnamese_day(given["answer_by"])}  # fmt: skip


def _return(situation: Situation, given: Json) -> Json:
    return {"ground": GROUND_NAMES[given["return_ground"]], "reason": given["reason"]}


def _transfer(situation: Situation, given: Json) -> Json:
    return {"receiver": _receiver(situation.office, given), "reason": given["reason"]}


def _receiver(office: Mapping[str, Any], named: Mapping[str, Any]) -> str:
    """The unit or body that a record or an entry names; empty where it names none."""
    if named.get("receiver_unit"):
        return str(office["units"][named["receiver_unit"]])
    return str(office["bodies"][named["receiver_body"]]["vi"]) if named.get("receiver_body") else ""


def _report(situation: Situation, given: Json) -> Json:
    leader = situation.office["officials"][given["approver"]]
    return {"receiver": f"{leader['post_vi']} {leader['full_name']}", "leader_proposal": given["leader_proposal"]}


def _notice(situation: Situation, given: Json) -> Json:
    """While nothing is chosen yet, the notice is still empty."""
    text = NOTICE_TEXTS.get(str(given.get("told") or ""), "")
    named = {"due": vietnamese_day(situation.record.get("due_date", "")), "committee": situation.office["committee"],
             "receiver": _receiver(situation.office, situation.record)}  # fmt: skip
    where = situation.office["centre"]
    kept = "" if given.get("told") == "new_office" else f"Hồ sơ hiện do {where} theo dõi. "
    return {"content": kept + text.format_map(named) if text else "", "rights": KEPT_RIGHT}


def _fee(situation: Situation, given: Json) -> Json:
    return {"fee": money(given["amount"]), "receipt_number": given["receipt_number"]}


def _minutes(situation: Situation, given: Json) -> Json:
    """The numbers as they were entered, and every reservation with its dossier."""
    counts = (f"{label} | {given.get(name, '')}" for name, label in COUNT_NAMES.items())
    noted = [f"{one['code']} | {one.get('reservation_note', '')}" for one in dossiers(situation)
             if one.get("reserved_for")]  # fmt: skip
    return {"counts": "\n".join(counts), "reservations": "\n".join(noted) or "Không có | "}


COUNT_NAMES = {
    "received_count": "Nhận, không bảo lưu", "reserved_count": "Nhận, có bảo lưu", "returned_count": "Trả lại bên giao",
    "passed_count": "Chuyển đơn vị khác, cấp tỉnh", "merged_count": "Nhập vào hồ sơ trùng",
    "open_count": "Chưa ký nhận, chưa xử lý",
}  # fmt: skip
_SPECIFIC: dict[str, Callable[[Situation, Json], Json]] = {
    "parcel_sheet": _parcel, "handing_request": _request, "handing_return": _return, "handover_transfer": _transfer,
    "leader_report": _report, "citizen_notice": _notice, "fee_request": _fee, "handover_minutes": _minutes,
}  # fmt: skip
