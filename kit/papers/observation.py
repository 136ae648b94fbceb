"""The line under a paper: what an eye sees of the paper itself, never whether that is acceptable."""

from kit.papers.sheet import Sheet

MATERIAL = {
    "form": "mẫu in sẵn, chữ điền mực xanh",
    "card": "thẻ nhựa in màu",
    "drawing": "bản vẽ in khổ lớn",
    "slip": "giấy in",
    "letter": "giấy in",
    "certificate": "giấy in màu",
}
ON_SCREEN = frozenset({  # what software shows, and nobody has printed
    "account_extract", "address_sheet", "bank_message", "bridge_screen", "caller_words", "certificate_extract",
    "citizen_message", "email_message", "filing_message", "filing_sheet", "filing_words", "parcel_answer",
    "parcel_sheet", "payment_log", "payment_request", "petition_ticket", "photo_note", "population_answer",
    "register_answer", "staff_message", "state_sheet",
})  # fmt: skip
COLOURED = {"dấu": "dấu đỏ", "chữ ký": "chữ ký mực xanh"}


def observation(sheet: Sheet) -> str:
    """Material, stamp, signatures and traces in one neutral Vietnamese sentence; it names no field."""
    return "Quan sát: " + ", ".join([*_material(sheet), *_traces(sheet)]) + "."


def _material(sheet: Sheet) -> list[str]:
    if sheet.medium == "electronic":
        return ["bản điện tử", *(["có khối chữ ký số"] if sheet.text("e_signer") else [])]
    marks = _marks(sheet)
    if sheet.medium == "original" and sheet.form.kind in ON_SCREEN:
        return ["bản hiển thị trên phần mềm"]
    if sheet.medium == "original":
        return [MATERIAL[sheet.form.layout], *(COLOURED[mark] for mark in marks)]
    black = ["bản in đen trắng", *([" và ".join(marks) + " màu đen"] if marks else [])]
    if sheet.medium == "photocopy":
        return black
    return [*black, "bản sao có chứng thực của " + (sheet.text("certifier") or "cơ quan chứng thực")]


def _marks(sheet: Sheet) -> list[str]:
    """Which of stamp and signature are on the paper."""
    signed = [place for place in sheet.form.signatures if sheet.text(place.field)]
    stamped = any(place.stamp for place in signed) or bool(sheet.text(sheet.form.attestation[1]))
    return [word for word, there in (("dấu", stamped), ("chữ ký", bool(signed))) if there]


def _traces(sheet: Sheet) -> list[str]:
    count = len(sheet.alterations)
    return [f"có vết tẩy xóa ở {'một' if count == 1 else count} ô chữ"] if count else []
