"""The papers of the readiness list: requests, minutes, test slips, submissions, the report, and their live view."""

from collections.abc import Mapping

from kit.systems.form import Changes, Json, Preview, Situation
from kit.systems.sheets import beside, holder, place_date, preview, vietnamese_day

SOFTWARE_NAMES = {
    "documents": "Quản lý văn bản và điều hành", "onestop": "Một cửa điện tử", "civil_status": "Hộ tịch điện tử",
    "land": "Cơ sở dữ liệu đất đai", "portal1022": "Cổng 1022", "national_portal": "Cổng Dịch vụ công quốc gia",
    "mail": "Thư điện tử công vụ",
}  # fmt: skip
REQUEST_NAMES = {
    "new_account": "cấp mới tài khoản", "move_account": "chuyển tài khoản từ đơn vị cũ",
    "change_role": "điều chỉnh vai trò tài khoản", "issue": "cấp mới", "extend": "gia hạn",
    "change_information": "thay đổi thông tin",
}  # fmt: skip
ROLE_NAMES = {"viewer": "Xem", "processor": "Xử lý", "approver": "Phê duyệt", "administrator": "Quản trị"}
HOLDER_NAMES = {"personal": "Cá nhân", "body": "Cơ quan, tổ chức"}
GROUND_NAMES = {
    "lost_token": "Mất thiết bị lưu khóa",
    "left_post": "Người được cấp không còn giữ vị trí",
    "unit_dissolved": "Cơ quan được cấp đã kết thúc hoạt động",
}
PIN_NAMES = {"pin_kept": "Giữ nguyên mã PIN", "pin_changed": "Đổi mã PIN trước khi bàn giao"}
DEVICE_NAMES = {
    "computer": "Máy tính", "scanner": "Máy quét", "printer": "Máy in", "card_reader": "Đầu đọc thẻ căn cước",
    "camera": "Camera", "network": "Đường truyền",
}  # fmt: skip
LEVEL_NAMES = {"support_channel": "Kênh hỗ trợ trực tuyến của tỉnh, thành phố", "leader": "Lãnh đạo UBND"}

SYMBOLS = {  # type of document before the body's symbol: Decree 30/2020, annex III (primary)
    "token_minutes": "BB-UBND", "borrow_minutes": "BB-UBND", "assignment_submission": "TTr-UBND",
    "readiness_report": "BC-UBND",
}  # fmt: skip
_HEAD = ("issuer", "number", "place_date")
_SIGNED = ("signer_post", "signer_name")
SHOWS: dict[str, tuple[str, ...]] = {
    "access_request": (*_HEAD, "receiver", "request", "system", "holder", "post", "access_role",
                       "decision_no", *_SIGNED),
    "certificate_application": (*_HEAD, "receiver", "request", "holder_kind", "holder", "post",
                                "decision_no", *_SIGNED),
    "revocation_request": (*_HEAD, "serial", "holder", "ground", *_SIGNED),
    "token_minutes": (*_HEAD, "token_serial", "handed_by", "pin", "officer_name"),
    "assignment_submission": (*_HEAD, "post", "holder", "stand_in", "starts_on", "officer_name"),
    "login_test": ("holder", "system", "tested_at", "shows"),
    "signature_test": ("holder", "tested_at", "shows"),
    "sharing_refusal": (*_HEAD, "holder", "content", "officer_name"),
    "fault_report": (*_HEAD, "receiver", "device", "content", "officer_name"),
    "borrow_minutes": (*_HEAD, "device", "lender", "return_by", "place", "officer_name"),
    "escalation_note": (*_HEAD, "receiver", "subject", "content", "officer_name"),
    "readiness_report": (*_HEAD, "ready_count", "stand_in_count", "not_ready_count", "off_list_count", "content",
                         *_SIGNED),
}  # fmt: skip


def issue_sheet(situation: Situation, kind: str, given: Json) -> Changes:
    """One new paper of `kind` beside the seat."""
    return beside(situation, kind, _fields(situation, kind, given))


def preview_of(kind: str) -> Preview:
    """What draws a paper of `kind` while its form is filled in; nobody has signed it yet."""

    def so_far(situation: Situation, given: Json) -> Json:
        unsigned = dict.fromkeys(("signer_name", "officer_name"), "")
        fields = _fields(situation, kind, given)
        return preview(situation, kind, {name: unsigned.get(name, value) for name, value in fields.items()})

    return so_far


def _fields(situation: Situation, kind: str, given: Json) -> Json:
    symbol = {"number": f"{situation.id[-4:]}/{SYMBOLS.get(kind, 'UBND-VP')}"}
    available = _shared(situation) | symbol | _entered(situation, given)
    return {name: available.get(name, "") for name in SHOWS[kind]}


def _shared(situation: Situation) -> Json:
    record, office = situation.record, situation.office
    return {
        "issuer": office["committee"], "holder": record.get("who", ""),
        "place_date": place_date(situation), "subject": record.get("title", ""),
        "post": record.get("post", ""), "place": record.get("work_place", ""),
        "tested_at": f"{situation.moment:%H giờ %M, ngày %d/%m/%Y}",
        "officer_name": holder(office, "division_head"), "signer_name": holder(office, "signer"),
        "signer_post": "CHỦ TỊCH",
    }  # fmt: skip


_NAMED: dict[str, tuple[str, Mapping[str, str]]] = {  # entry: field of the paper, words of its choices
    "access_request": ("request", REQUEST_NAMES),
    "certificate_request": ("request", REQUEST_NAMES),
    "software": ("system", SOFTWARE_NAMES),
    "access_role": ("access_role", ROLE_NAMES),
    "certificate_holder": ("holder_kind", HOLDER_NAMES),
    "revocation_ground": ("ground", GROUND_NAMES),
    "pin": ("pin", PIN_NAMES),
    "equipment": ("device", DEVICE_NAMES),
    "escalated_to": ("receiver", LEVEL_NAMES),
}
_COPIED = {"reason": "content", "symptom": "content", "way_out": "content"}
_DAYS = ("starts_on", "return_by")


def _entered(situation: Situation, given: Json) -> Json:
    """The entries as they stand on paper; they may still be malformed where only a preview is drawn."""
    typed = {name: str(value) for name, value in given.items() if value is not None}
    fields = {_COPIED.get(name, name): text for name, text in typed.items() if name not in _NAMED}
    fields |= {_NAMED[name][0]: _NAMED[name][1].get(text, "") for name, text in typed.items() if name in _NAMED}
    fields |= {name: vietnamese_day(typed[name]) for name in _DAYS if name in typed}
    body = situation.office["bodies"].get(typed.get("sent_to", ""))
    return fields | ({"receiver": body["vi"]} if body else {})
