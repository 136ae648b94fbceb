"""The papers that the one-stop system prints: which form, filled with what; form numbers follow the date in force."""

from collections.abc import Callable

from kit.systems.form import Changes, Json, Situation
from kit.systems.sheets import addressee, beside, holder, money, place_date, vietnamese_day

DECREED_BY = {"2018": "Thông tư 01/2018/TT-VPCP", "2025": "Thông tư 03/2025/TT-VPCP"}
FORM_NUMBERS = {"receipt": "01", "supplement_slip": "02", "refusal_slip": "03", "apology_slip": "04"}
APOLOGY_TITLE = {
    "2018": "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    "2025": "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
}
CHANNEL_NAMES = {"counter": "Tại quầy", "post": "Qua bưu chính công ích", "online": "Trực tuyến"}
GROUND_NAMES = {
    "not_competent": "Không thuộc thẩm quyền giải quyết",
    "altered_original": "Bản chính bị tẩy xóa, sửa chữa",
    "not_original": "Giấy tờ xuất trình không phải bản chính",
    "duplicate": "Hồ sơ đã được tiếp nhận trước đó",
    "not_eligible": "Không đủ điều kiện giải quyết",
    "unlawful_content": "Nội dung giấy tờ trái pháp luật",
}
SOFTWARE_NAMES = {
    "civil_status": "Hộ tịch điện tử", "onestop": "Một cửa điện tử", "documents": "Quản lý văn bản và điều hành",
}  # fmt: skip
PRINTED_AS = {"civil_extract_copy": "birth_certificate"}  # the copy shows what the register holds

_APPLICANT = ("office", "dossier_code", "applicant_name", "procedure")
_CIVIL = ("issuer", "number", "registered_at", "registered_on", "place_date", "signer_post", "signer_name")
_ATTEST = ("issuer", "number", "book", "attested_on", "signer_post", "signer_name")
SHOWS: dict[str, tuple[str, ...]] = {
    "receipt": (*_APPLICANT, "form_code", "applicant_address", "applicant_phone", "components", "received_at", "due_at",
                "competent_unit", "fee", "receive_channel", "officer_name"),
    "supplement_slip": (*_APPLICANT, "form_code", "number", "applicant_address", "components", "reason", "place_date",
                        "officer_name"),
    "refusal_slip": (*_APPLICANT, "form_code", "number", "ground", "reason", "place_date", "officer_name"),
    "apology_slip": ("form_code", "title_by_set", "office", "dossier_code", "applicant_name", "received_at", "due_at",
                     "reason", "new_due_at", "place_date", "signer_name"),
    "stop_notice": (*_APPLICANT, "form_code", "number", "applicant_address", "received_at", "stopped_at", "reason",
                    "place_date", "signer_name"),
    "transfer_slip": (*_APPLICANT, "number", "receiver", "components", "transferred_at", "due_at", "note",
                      "place_date", "sender_name"),
    "account_request": ("sender", "number", "receiver", "system", "officer_name", "officer_post", "officer_unit",
                        "reason", "place_date", "signer_post", "signer_name"),
    "birth_certificate": tuple(name for name in _CIVIL if name != "place_date"),
    "marriage_certificate": ("issuer", "number", "registered_on", "signer_post", "signer_name"),
    "marital_certificate": ("issuer", "number", "place_date", "signer_post", "signer_name"),
    "copy_attestation": _ATTEST,
    "signature_attestation": (*_ATTEST, "attested_place"),
}  # fmt: skip


def issue(situation: Situation, kind: str, given: Json) -> Changes:
    """One new slip of `kind` as a paper record beside the dossier."""
    available = _common(situation) | _SPECIFIC[kind](situation, given)
    return beside(situation, kind, {name: available[name] for name in SHOWS[kind]})


def issue_result(situation: Situation, number: int) -> Changes:
    """The signed result that the dossier's draft names, as a paper record."""
    drafted = situation.record["result_kind"]
    kind = PRINTED_AS.get(drafted, drafted)
    available = _common(situation) | _signed(situation, number)
    fields = {name: available[name] for name in SHOWS.get(kind, _CIVIL)}
    shown = situation.record["result"].get(drafted, {})
    signed = {**shown, **fields, "e_signer": available["signer_name"]}
    return beside(situation, kind, signed, "result", "electronic")


def _common(situation: Situation) -> Json:
    record, office = situation.record, situation.office
    return {
        "office": office["centre"], "issuer": office["committee"], "sender": office["committee"],
        "dossier_code": situation.id, "number": f"{situation.moment:%d%m}-{situation.id[-4:]}",
        "applicant_name": record["applicant_name"], "applicant_address": record["applicant_address"],
        "applicant_phone": record["applicant_phone"], "procedure": record["title"],
        "place_date": place_date(situation),
        "officer_name": holder(office, "reception"), "sender_name": holder(office, "reception"),
        "signer_name": holder(office, "signer"), "signer_post": "CHỦ TỊCH",
        "components": "\n".join(_presented(situation)),
        "received_at": vietnamese_day(record.get("received_at", "")[:10]),
        "due_at": vietnamese_day(record.get("due_date", "")),
    }  # fmt: skip


def _form_code(situation: Situation, kind: str) -> str:
    return f"Mẫu số {FORM_NUMBERS.get(kind, '05')} - {DECREED_BY[situation.office['form_set']]}"


def _presented(situation: Situation) -> list[str]:
    asks = situation.record["asks"]
    papers = [record["paper"]["component"] for record in situation.records.values()
              if record.get("dossier") == situation.id and not record["issued"]]  # fmt: skip
    return [asks[name] for name in dict.fromkeys(papers) if name in asks]


def _receipt(situation: Situation, given: Json) -> Json:
    return {
        "form_code": _form_code(situation, "receipt"),
        "received_at": f"{situation.moment:%H giờ %M, ngày %d/%m/%Y}",
        "due_at": vietnamese_day(given["due_date"]),
        "competent_unit": situation.office["units"][given["competent_unit"]],
        "fee": money(given["fee"]),
        "receive_channel": CHANNEL_NAMES[given["result_channel"]],
    }


def _supplement(situation: Situation, given: Json) -> Json:
    asked = "\n".join(situation.record["asks"][name] for name in given["papers"])
    return {"form_code": _form_code(situation, "supplement_slip"), "components": asked, "reason": given["reason"]}


def _refusal(situation: Situation, given: Json) -> Json:
    return {"form_code": _form_code(situation, "refusal_slip"), "ground": GROUND_NAMES[given["ground"]],
            "reason": given["reason"]}  # fmt: skip


def _apology(situation: Situation, given: Json) -> Json:
    title = APOLOGY_TITLE[situation.office["form_set"]]
    return {"form_code": _form_code(situation, "apology_slip"), "title_by_set": title, "reason": given["reason"],
            "new_due_at": vietnamese_day(given["new_due_date"])}  # fmt: skip


def _stop(situation: Situation, given: Json) -> Json:
    return {"form_code": _form_code(situation, "stop_notice"), "reason": given["reason"],
            "stopped_at": vietnamese_day(situation.today())}  # fmt: skip


def _transfer(situation: Situation, given: Json) -> Json:
    by = vietnamese_day(given["paper_file_by"])
    return {"receiver": addressee(situation.office["units"][given["destination"]]),
            "transferred_at": f"{situation.moment:%H:%M}",
            "note": f"Hồ sơ giấy chuyển ngày {by}" if by else "Chưa ghi ngày chuyển hồ sơ giấy"}  # fmt: skip


def _account(situation: Situation, given: Json) -> Json:
    official = situation.office["officials"][given["official"]]
    return {"receiver": "Sở Tư pháp", "system": SOFTWARE_NAMES[given["software"]], "reason": given["reason"],
            "officer_name": official["full_name"], "officer_post": official["post_vi"],
            "officer_unit": situation.office["committee"]}  # fmt: skip


_SPECIFIC: dict[str, Callable[[Situation, Json], Json]] = {
    "receipt": _receipt,
    "supplement_slip": _supplement,
    "refusal_slip": _refusal,
    "apology_slip": _apology,
    "stop_notice": _stop,
    "transfer_slip": _transfer,
    "account_request": _account,
}


def _signed(situation: Situation, number: int) -> Json:
    record, office = situation.record, situation.office
    signer, today = office["officials"][record["signer"]], vietnamese_day(situation.today())
    post = signer["post_vi"].upper()
    return {
        "number": f"{number:02d}/{situation.moment:%Y}", "book": f"01/{situation.moment:%Y}",
        "registered_at": office["committee"], "registered_on": today, "attested_on": today,
        "attested_place": office["centre"], "signer_name": signer["full_name"],
        "signer_post": f"KT. CHỦ TỊCH\n{post}" if record["capacity"] == "for_chairman" else post,
    }  # fmt: skip
