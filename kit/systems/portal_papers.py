"""The papers that the portal and the one-stop system print about a filing, and the live views of three of them."""

from kit.systems.filing_sheets import head
from kit.systems.form import Changes, Json, Situation
from kit.systems.sheets import addressee, beside, holder, preview, unit_name, vietnamese_day
from kit.systems.slips import CHANNEL_NAMES, DECREED_BY, FORM_NUMBERS

STATE_NAMES = {
    "newly_filed": "Mới đăng ký", "received": "Được tiếp nhận", "not_received": "Không được tiếp nhận",
    "processing": "Đang xử lý", "supplement": "Yêu cầu bổ sung giấy tờ",
    "financial": "Yêu cầu thực hiện nghĩa vụ tài chính", "withdrawn": "Công dân yêu cầu rút hồ sơ",
    "stopped": "Dừng xử lý", "processed": "Đã xử lý xong", "returned": "Đã trả kết quả",
}  # fmt: skip
SIDE_NAMES = {"local": "Hệ thống một cửa", "portal": "Cổng Dịch vụ công quốc gia"}
GUIDANCE_NAMES = {
    "install_app": "Cài đặt ứng dụng rồi nộp lại", "sign_for_citizen": "Cán bộ ký thay bằng tài khoản của mình",
    "raise_or_counter": "Nâng mức tài khoản định danh hoặc ký tại quầy, giữ nguyên hồ sơ đã nộp",
    "use_kiosk": "Thao tác tại máy đặt ở Trung tâm, có người hỗ trợ",
}  # fmt: skip


def receipt(situation: Situation, given: Json) -> Changes:
    """The receipt and appointment: it names the unit that decides."""
    return beside(situation, "receipt", _receipt(situation, given))


def receipt_preview(situation: Situation, given: Json) -> Json:
    """The receipt as the entries so far would make it."""
    return preview(situation, "receipt", _receipt(situation, given))


def return_preview(situation: Situation, given: Json) -> Json:
    """The request to supplement as the entries so far would make it."""
    return preview(situation, "supplement_slip", _supplement(situation, given))


def message_preview(situation: Situation, given: Json) -> Json:
    """The message as it is typed."""
    return preview(situation, "filing_message", _message(situation, given))


def supplement(situation: Situation, given: Json) -> Changes:
    """The request to supplement, all at once."""
    return beside(situation, "supplement_slip", _supplement(situation, given))


def transfer(situation: Situation, given: Json) -> Changes:
    """The slip that goes with the file to the unit that decides."""
    by = vietnamese_day(given["paper_file_by"])
    fields = _applicant(situation) | {
        "receiver": addressee(unit_name(situation, given["destination"])), "components": "",
        "transferred_at": f"{situation.moment:%H:%M %d/%m/%Y}",
        "due_at": vietnamese_day(situation.record.get("due_date", "")),
        "note": f"Hồ sơ giấy chuyển chậm nhất ngày {by}" if by else "Chỉ chuyển hồ sơ điện tử",
        "sender_name": holder(situation.office, "reception"), "receiver_name": "",
    }  # fmt: skip
    return beside(situation, "transfer_slip", fields)


def guidance(situation: Situation, given: Json) -> Changes:
    """The slip that says where to file."""
    fields = _about(situation) | {"unit": unit_name(situation, given["competent_unit"]), "reason": given["reason"]}
    return beside(situation, "filing_guidance", fields)


def linked(situation: Situation, given: Json) -> Changes:
    """The note that this filing is joined to an earlier one."""
    return beside(situation, "filing_link", _about(situation) | {
        "kept_code": situation.records[given["kept_dossier"]]["code"], "reason": given["reason"]})  # fmt: skip


def message(situation: Situation, given: Json) -> Changes:
    """A message to the applicant."""
    return beside(situation, "filing_message", _message(situation, given))


def states(situation: Situation) -> Changes:
    """What each of the two systems shows, and the last message between them."""
    record, log = situation.record, situation.record.get("sync", {})
    shown = {f"{side}_shows": STATE_NAMES.get(record.get(f"{side}_state", ""), "") for side in SIDE_NAMES}
    fields = {"filing_code": record["code"], "compared_at": f"{situation.moment:%H:%M %d/%m/%Y}", **shown,
              "message_number": log.get("message", ""), "sent_at": log.get("sent_at", ""),
              "outcome": log.get("outcome", "")}  # fmt: skip
    return beside(situation, "state_sheet", fields)


def correction(situation: Situation, given: Json) -> Changes:
    """The note of a corrected state."""
    return beside(situation, "state_correction", _about(situation) | {
        "side": SIDE_NAMES[given["corrected_side"]], "state": STATE_NAMES[given["true_state"]],
        "reason": given["reason"]})  # fmt: skip


def recall(situation: Situation, given: Json) -> Changes:
    """The letter that asks for a result back."""
    fields = _about(situation) | {"unit": addressee(unit_name(situation, given["held_by"])), "reason": given["reason"]}
    return beside(situation, "result_recall", fields)


def delivery(situation: Situation, given: Json) -> Changes:
    """The slip that goes with the result."""
    fields = _about(situation) | {"channel": CHANNEL_NAMES[given["result_channel"]],
                                  "unit": unit_name(situation, given["destination"])}  # fmt: skip
    return beside(situation, "result_delivery", fields)


def _about(situation: Situation) -> Json:
    record = situation.record
    return head(situation) | {"applicant_name": record["who"], "procedure": record["title"],
                              "officer_name": holder(situation.office, "reception")}  # fmt: skip


def _message(situation: Situation, given: Json) -> Json:
    way = GUIDANCE_NAMES.get(str(given.get("guidance") or ""), "")
    content = "\n".join(part for part in (f"{way}." if way else "", str(given.get("message") or "")) if part)
    return _about(situation) | {"content": content}


def _applicant(situation: Situation) -> Json:
    record = situation.record
    return {
        "office": situation.office["centre"], "number": head(situation)["number"], "dossier_code": record["code"],
        "applicant_name": record["who"], "procedure": record["title"],
        "place_date": head(situation)["place_date"],
    }  # fmt: skip


def _form_code(situation: Situation, kind: str) -> str:
    return f"Mẫu số {FORM_NUMBERS[kind]} - {DECREED_BY[situation.office['form_set']]}"


def _receipt(situation: Situation, given: Json) -> Json:
    record = situation.record
    asked = {name: value for name, value in _applicant(situation).items() if name not in ("number", "place_date")}
    return asked | {
        "form_code": _form_code(situation, "receipt"), "applicant_address": record.get("address", ""),
        "applicant_phone": record.get("phone", ""), "components": record.get("attached", ""),
        "received_at": f"{situation.moment:%H giờ %M, ngày %d/%m/%Y}",
        "due_at": vietnamese_day(str(given.get("due_date") or "")),
        "competent_unit": unit_name(situation, given.get("competent_unit")),
        "fee": "Theo yêu cầu thanh toán kèm hồ sơ",
        "receive_channel": CHANNEL_NAMES.get(str(given.get("result_channel")), ""),
        "officer_name": holder(situation.office, "reception"),
    }  # fmt: skip


def _supplement(situation: Situation, given: Json) -> Json:
    asked, chosen = situation.record["asks"], given.get("papers")
    named = [str(asked.get(str(name), name)) for name in chosen] if isinstance(chosen, list | tuple) else []
    return _applicant(situation) | {
        "form_code": _form_code(situation, "supplement_slip"), "components": "\n".join(named),
        "applicant_address": situation.record.get("address", ""), "reason": str(given.get("reason") or ""),
        "officer_name": holder(situation.office, "reception"),
    }  # fmt: skip
