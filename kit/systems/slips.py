"""The papers that the one-stop system prints: which form, filled with what; form numbers follow the date in force."""

from kit.systems.form import Changes, Json, Situation

FORMS = {
    "2018": {"receipt": "Mẫu số 01", "supplement_slip": "Mẫu số 02", "refusal_slip": "Mẫu số 03",
             "apology_slip": "Mẫu số 04"},
    "2025": {"receipt": "Mẫu số 01", "supplement_slip": "Mẫu số 02", "refusal_slip": "Mẫu số 03",
             "apology_slip": "Mẫu số 04", "stop_notice": "Mẫu số 05"},
}  # fmt: skip
DECREED_BY = {"2018": "Thông tư 01/2018/TT-VPCP", "2025": "Thông tư 03/2025/TT-VPCP"}
APOLOGY_TITLE = {
    "2018": "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    "2025": "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
}


def issue(situation: Situation, kind: str, given: Json) -> Changes:
    """One new paper record of `kind` beside the dossier; "result" prints what the dossier's draft names."""
    paper_kind = situation.record["result_kind"] if kind == "result" else kind
    earlier = sum(1 for key in situation.records if key.startswith(f"{situation.id}/{kind}-"))
    paper_id = f"{situation.id}/{kind}-{earlier + 1}"
    paper = {"id": paper_id, "kind": _printed(paper_kind), "medium": "electronic" if kind == "result" else "original",
             "fields": _result(situation, given) if kind == "result" else _slip(situation, kind, given)}  # fmt: skip
    return {paper_id: {"kind": "paper", "dossier": situation.id, "issued": True, "paper": paper}}


def _printed(kind: str) -> str:
    return "birth_certificate" if kind == "civil_extract_copy" else kind


def _slip(situation: Situation, kind: str, given: Json) -> Json:
    record, office = situation.record, situation.office
    form_set = office["form_set"]
    form = FORMS[form_set].get(kind)
    common = {
        "form_code": f"{form} - {DECREED_BY[form_set]}" if form else "",
        "office": office["centre"],
        "dossier_code": situation.id,
        "number": f"{situation.moment:%d%m}-{situation.id[-4:]}",
        "applicant_name": record["applicant_name"],
        "applicant_address": record["applicant_address"],
        "applicant_phone": record["applicant_phone"],
        "procedure": record["procedure_name"],
        "place_date": _place_date(situation),
        "officer_name": _name(office, "specialist" if kind == "apology_slip" else "reception"),
        "signer_name": _name(office, "signer"),
        "reason": given.get("reason", ""),
    }
    return common | _SPECIFIC.get(kind, lambda situation, given: {})(situation, given)


def _receipt(situation: Situation, given: Json) -> Json:
    papers = [record["paper"] for record in situation.records.values()
              if record.get("dossier") == situation.id and not record["issued"]]  # fmt: skip
    asks = situation.record["asks"]
    names = [asks.get(paper["component"], paper["component"]) for paper in papers]
    return {
        "components": "\n".join(dict.fromkeys(names)),
        "received_at": f"{situation.moment:%H giờ %M, ngày %d/%m/%Y}",
        "due_at": vietnamese_day(given["due_date"]),
        "competent_unit": situation.office["units"][given["competent_unit"]],
        "fee": f"{given['fee']:,} đồng".replace(",", "."),
        "receive_channel": CHANNEL_NAMES[given["result_channel"]],
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


def _supplement(situation: Situation, given: Json) -> Json:
    asks = situation.record["asks"]
    return {"components": "\n".join(asks[paper] for paper in given["papers"])}


def _apology(situation: Situation, given: Json) -> Json:
    record = situation.record
    return {
        "title_by_set": APOLOGY_TITLE[situation.office["form_set"]],
        "received_at": vietnamese_day(record.get("received_at", "")[:10]),
        "due_at": vietnamese_day(record.get("due_date", "")),
        "new_due_at": vietnamese_day(given["new_due_date"]),
    }


_SPECIFIC = {
    "receipt": _receipt,
    "supplement_slip": _supplement,
    "refusal_slip": lambda situation, given: {"ground": GROUND_NAMES[given["ground"]]},
    "apology_slip": _apology,
    "transfer_slip": lambda situation, given: {
        "destination": situation.office["units"][given["destination"]],
        "paper_file_by": vietnamese_day(given["paper_file_by"]),
    },
    "account_request": lambda situation, given: {
        "official_name": situation.office["officials"][given["official"]]["full_name"],
        "software": given["software"],
    },
}


def _result(situation: Situation, given: Json) -> Json:
    record, office = situation.record, situation.office
    signer = office["officials"][record["signer"]]
    return {
        **record["result"].get(record["result_kind"], {}),
        "issuer": office["committee"],
        "number": f"{given['result_number']:02d}/{situation.moment:%Y}",
        "registered_at": office["committee"],
        "registered_on": vietnamese_day(situation.today()),
        "place_date": _place_date(situation),
        "signer_post": "KT. CHỦ TỊCH" if record["capacity"] == "for_chairman" else signer["post_vi"].upper(),
        "signer_name": signer["full_name"],
        "e_signer": signer["full_name"],
    }


def _name(office: Json, role: str) -> str:
    return next((o["full_name"] for o in office["officials"].values() if o["role"] == role), "")


def _place_date(situation: Situation) -> str:
    return f"{situation.office['short_name']}, {situation.moment:ngày %d tháng %m năm %Y}"


def vietnamese_day(iso: str) -> str:
    """2025-07-01 as 01/07/2025; an empty text stays empty."""
    return "/".join(reversed(iso.split("-"))) if iso else ""
