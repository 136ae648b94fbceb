"""The papers that portal 1022 prints: address answer, slips, interim and final reply, and the live view of a reply."""

from collections.abc import Callable
from typing import Any

from kit.systems.form import Changes, Json, Preview, Situation
from kit.systems.sheets import beside, holder, leader_post, place_date, preview, vietnamese_day

DIVISION_NAMES = {
    "centre": "Trung tâm Phục vụ hành chính công", "office": "Văn phòng HĐND và UBND",
    "culture": "Phòng Văn hóa - Xã hội", "economy": "Phòng Kinh tế, Hạ tầng và Đô thị",
}  # fmt: skip
NATURE_NAMES = {
    "feedback": "Phản ánh, kiến nghị cần xử lý theo quy trình tiếp công dân",
    "complaint": "Đơn có nội dung khiếu nại", "denunciation": "Đơn có nội dung tố cáo",
}  # fmt: skip
GROUND_NAMES = {
    "not_competent": "Không thuộc phạm vi tiếp nhận của Cổng 1022",
    "no_contact": "Không có nội dung hoặc thông tin liên hệ để xử lý",
    "insult": "Nội dung xúc phạm, không nêu sự việc cần xử lý",
}
HIDDEN = "(bảo mật - chuyển riêng trong phong bì dán kín)"
RECEPTION = "Ban tiếp công dân của phường, xã, đặc khu"

_HEAD = ("issuer", "number", "place_date", "petition_code")
SHOWS: dict[str, tuple[str, ...]] = {
    "address_sheet": ("petition_code", "stated_place", "old_ward", "current_units", "boundary", "neighbourhood",
                      "looked_up_at"),
    "assignment_slip": (*_HEAD, "division", "subject", "due_at", "officer_name"),
    "petition_transfer": (*_HEAD, "receiver", "nature", "petitioner", "subject", "reason", "officer_name"),
    "petition_refusal": (*_HEAD, "petitioner", "ground", "reason", "officer_name"),
    "reroute_request": (*_HEAD, "subject", "reason", "officer_name"),
    "interim_reply": (*_HEAD, "petitioner", "content", "officer_name"),
    "final_reply": (*_HEAD, "petitioner", "content", "signer_post", "signer_name"),
}  # fmt: skip


def issue_sheet(situation: Situation, kind: str, given: Json) -> Changes:
    """One new paper of `kind` beside the petition."""
    return beside(situation, kind, _fields(situation, kind, _SPECIFIC[kind](situation, given)))


def reply_preview(kind: str, entry: str) -> Preview:
    """What draws a reply of `kind` while its text is typed in the field `entry`; nobody has signed it yet."""

    def so_far(situation: Situation, given: Json) -> Json:
        return preview(situation, kind, _fields(situation, kind, {"content": str(given.get(entry) or "")}))

    return so_far


def _fields(situation: Situation, kind: str, specific: Json) -> Json:
    available = _shared(situation) | specific
    return {name: available.get(name, "") for name in SHOWS[kind]}


def _shared(situation: Situation) -> Json:
    record, office = situation.record, situation.office
    return {
        "issuer": office["committee"], "number": f"{situation.id[-4:]}/UBND-VP", "petition_code": record["code"],
        "place_date": place_date(situation), "petitioner": record.get("who", ""), "subject": record["title"],
        "officer_name": holder(office, "reception"),
    }  # fmt: skip


def _address(situation: Situation, given: Json) -> Json:
    located: Json = situation.record.get("located", {})
    return {**located, "stated_place": situation.record.get("stated_place", ""),
            "looked_up_at": f"{situation.moment:%H:%M}"}  # fmt: skip


def _assignment(situation: Situation, given: Json) -> Json:
    return {"division": DIVISION_NAMES[given["handling_division"]], "due_at": vietnamese_day(given["answer_by"])}


def _transfer(situation: Situation, given: Json) -> Json:
    """To a body, to another unit or to the citizen reception; a sealed one shows neither name nor subject."""
    office = situation.office
    if "receiver_body" in given:
        return {"receiver": office["bodies"][given["receiver_body"]]["vi"], "reason": given["reason"]}
    if "receiver_unit" in given:
        return {"receiver": f"Cổng 1022 để chuyển {office['units'][given['receiver_unit']]}", "reason": given["reason"]}
    sealed: dict[str, Any] = {"petitioner": HIDDEN, "subject": HIDDEN} if given["confidentiality"] == "sealed" else {}
    return {"receiver": RECEPTION, "nature": NATURE_NAMES[given["nature"]], "reason": given["reason"], **sealed}


def _refusal(situation: Situation, given: Json) -> Json:
    return {"ground": GROUND_NAMES[given["refusal_ground"]], "reason": given["reason"]}


def _final(situation: Situation, given: Json) -> Json:
    signer = situation.office["officials"][situation.record["approver"]]
    return {"content": situation.record["reply"], "signer_name": signer["full_name"],
            "signer_post": leader_post(signer)}  # fmt: skip


_SPECIFIC: dict[str, Callable[[Situation, Json], Json]] = {
    "address_sheet": _address,
    "assignment_slip": _assignment,
    "petition_transfer": _transfer,
    "petition_refusal": _refusal,
    "reroute_request": lambda situation, given: {"reason": given["reason"]},
    "interim_reply": lambda situation, given: {"content": given["interim_text"]},
    "final_reply": _final,
}
