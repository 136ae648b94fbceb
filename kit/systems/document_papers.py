"""The papers that document management prints: outgoing sheets in the layout of Decree 30/2020, slips and lists."""

from collections.abc import Callable, Mapping
from typing import Any

from kit.systems.form import Changes, Json, Situation
from kit.systems.sheets import beside, holder, laid, place_date, sheet, vietnamese_day

KINDS = {
    "resolution": ("NQ", "Nghị quyết"), "decision": ("QĐ", "Quyết định"), "directive": ("CT", "Chỉ thị"),
    "regulation": ("QC", "Quy chế"), "rules": ("QyĐ", "Quy định"), "communique": ("TC", "Thông cáo"),
    "notice": ("TB", "Thông báo"), "guidance": ("HD", "Hướng dẫn"), "programme": ("CTr", "Chương trình"),
    "plan": ("KH", "Kế hoạch"), "option_plan": ("PA", "Phương án"), "scheme": ("ĐA", "Đề án"),
    "project": ("DA", "Dự án"), "report": ("BC", "Báo cáo"), "minutes": ("BB", "Biên bản"),
    "submission": ("TTr", "Tờ trình"), "contract": ("HĐ", "Hợp đồng"), "official_letter": ("", "Công văn"),
    "urgent_dispatch": ("CĐ", "Công điện"), "memorandum": ("BGN", "Bản ghi nhớ"),
    "agreement": ("BTT", "Bản thỏa thuận"), "authorisation": ("GUQ", "Giấy ủy quyền"),
    "invitation": ("GM", "Giấy mời"), "introduction": ("GGT", "Giấy giới thiệu"),
    "leave_paper": ("GNP", "Giấy nghỉ phép"), "transmittal": ("PG", "Phiếu gửi"),
    "transfer_paper": ("PC", "Phiếu chuyển"), "notification": ("PB", "Phiếu báo"),
    "official_personal_letter": ("", "Thư công"),
}  # fmt: skip
DRAFT = "draft"
LETTERS = frozenset({"official_letter", "official_personal_letter"})
DEFECT_NAMES = {
    "wrong_addressee": "Gửi không đúng nơi nhận",
    "missing_attachment": "Thiếu tài liệu kèm theo",
    "no_signature": "Văn bản điện tử chưa được ký số đầy đủ",
    "changed_after_signing": "Nội dung thay đổi sau khi ký số",
    "certificate_expired": "Chứng thư số hết hiệu lực khi ký",
    "signed_by_dissolved_body": "Ký số bằng chứng thư của cơ quan đã kết thúc hoạt động",
}
DIVISION_NAMES = {
    "centre": "Trung tâm Phục vụ hành chính công", "office": "Văn phòng HĐND và UBND",
    "economy": "Phòng Kinh tế (Phòng Kinh tế, Hạ tầng và Đô thị)", "culture": "Phòng Văn hóa - Xã hội",
    "military": "Ban Chỉ huy quân sự", "police": "Công an cấp xã",
}  # fmt: skip


def issue(situation: Situation, name: str, given: Json) -> Changes:
    """One new paper beside the record, drawn up from what was entered."""
    kind, medium, fields = _PRINTED[name](situation, given)
    return beside(situation, kind, fields, name, medium)


def lay_draft(situation: Situation, given: Json) -> Changes:
    """The draft as a paper beside the record, in the place of the draft before."""
    return laid(situation, preview(situation, given))


def preview(situation: Situation, given: Json) -> Json:
    """The sheet that the entries so far would make; entries may still be anything."""
    kind, _, fields = _sheet(situation, given, "……")
    return sheet(f"{situation.id}/{DRAFT}", kind, fields, DRAFT)


Printed = tuple[str, str, Json]


def _outgoing(situation: Situation, given: Json) -> Printed:
    kind, medium, fields = _sheet(situation, given, f"{given['out_number']:02d}")
    signer, (day, time) = _official(situation, given["signer"]), given["signed_at"].split("T")
    return kind, medium, {**fields, **signer, "e_signer": signer["signer_name"],
                          "e_signed_at": f"{time} {vietnamese_day(day)}"}  # fmt: skip


def _sheet(situation: Situation, given: Json, number: str) -> Printed:
    """Number and symbol, place and date, authority line, recipients: Decree 30/2020, Article 8."""
    office, kind = situation.office, _typed(given, "out_kind")
    post = str(_of(office, _typed(given, "signatory")).get("post_vi", ""))
    fields = {
        "issuer": office["committee"], "number": f"{number}/{_typed(given, 'out_symbol') or '……'}",
        "place_date": place_date(situation), "subject": _typed(given, "out_excerpt"),
        "content": _typed(given, "draft_body"), "recipients": _copies(situation, given, kind in LETTERS),
        "signer_post": capacity(_typed(given, "authority"), post),
    }  # fmt: skip
    if kind in LETTERS:
        return "official_letter", "electronic", {**fields, "receiver": ";\n".join(_bodies(situation, given))}
    return "titled_document", "electronic", {**fields, "kind_name": KINDS.get(kind, ("", ""))[1]}


def capacity(authority: str, post: str) -> str:
    """The authority line above the signature: TM., KT., TL., TUQ. as Decree 30/2020, Article 8 has them."""
    own = post.split(" Ủy ban nhân dân")[0].split(" Hội đồng nhân dân")[0].upper()
    lines = {
        "collective": ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        "collective_for_chairman": ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "chairman": ("CHỦ TỊCH",),
        "chairman_for": ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "by_order": ("TL. CHỦ TỊCH", own),
        "by_delegation": ("TUQ. CHỦ TỊCH", own),
    }
    return "\n".join(lines.get(authority, ()))


def _copies(situation: Situation, given: Mapping[str, Any], letter: bool) -> str:
    named = ["Như trên"] if letter else _bodies(situation, given)
    return "\n".join([*(f"- {name};" for name in named), "- Lưu: VT."])


def _bodies(situation: Situation, given: Mapping[str, Any]) -> list[str]:
    book, chosen = situation.office.get("bodies", {}), given.get("recipients") or []
    codes = chosen if isinstance(chosen, list | tuple) else [chosen]
    return [str(book[code]["vi"]) for code in codes if isinstance(code, str) and code in book]


def _typed(given: Mapping[str, Any], name: str) -> str:
    """What is typed in a field so far; anything but a text counts as nothing."""
    value = given.get(name)
    return value if isinstance(value, str) else ""


def _handling(situation: Situation, given: Json) -> Printed:
    record = situation.record
    others = "; ".join(DIVISION_NAMES[one] for one in given["supporting"]) or "Không"
    return "handling_slip", "original", {
        "issuer": situation.office["committee"], "arrival_number": f"{record['arrival_number']:02d}",
        "document": _named(record), "opinion": given["opinion"],
        "lead": DIVISION_NAMES[given["lead_division"]], "supporting": others,
        "deadline": vietnamese_day(given["deadline"]),
        "signer_name": _of(situation.office, record["leader"])["full_name"],
    }  # fmt: skip


def _reminder(situation: Situation, given: Json) -> Printed:
    return "reminder_slip", "original", {
        **_slip(situation), "document": _named(situation.record), "lead": DIVISION_NAMES[given["lead_division"]],
        "deadline": vietnamese_day(given["deadline"]), "reason": given["reason"],
    }  # fmt: skip


def _return(situation: Situation, given: Json) -> Printed:
    return "return_slip", "electronic", {
        **_slip(situation), "receiver": str(situation.record["who"]), "document": str(situation.record["title"]),
        "ground": DEFECT_NAMES[given["defect"]], "reason": given["reason"],
    }  # fmt: skip


def _recall(situation: Situation, given: Json) -> Printed:
    record = situation.record
    return "recall_slip", "electronic", {
        **_slip(situation), "receiver": ";\n".join(_bodies(situation, record)),
        "document": f"{KINDS[record['out_kind']][1]} số {record['out_number']:02d}/{record['out_symbol']}",
        "reason": given["reason"],
    }  # fmt: skip


def _file_list(situation: Situation, given: Json) -> Printed:
    lying = [one["paper"] for one in situation.records.values() if one.get("dossier") == situation.id]
    lying = [paper for paper in lying if paper["component"] != DRAFT]
    listed = "\n".join(_listed(paper) for paper in lying)
    return "document_file_list", "original", {
        **_slip(situation), "title": str(situation.record["title"]), "papers": listed, "items": f"{given['items']:02d}",
    }  # fmt: skip


def _listed(paper: Mapping[str, Any]) -> str:
    fields = paper["fields"]
    named = (fields.get("number"), fields.get("place_date"), fields.get("subject") or fields.get("document"))
    return " | ".join(str(one or "-").replace("|", "/").replace("\n", " ") for one in named)


def _slip(situation: Situation) -> Json:
    office = situation.office
    return {"issuer": office["committee"], "place_date": place_date(situation), "signer_name": holder(office, "clerk")}


def _named(record: Mapping[str, Any]) -> str:
    if "doc_kind" not in record:
        return str(record["title"])
    kind = KINDS[record["doc_kind"]][1]
    return f"{kind} số {record['doc_symbol']} ngày {vietnamese_day(record['issued_on'])} của {record['doc_issuer']}"


def _of(office: Mapping[str, Any], number: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = office["officials"].get(number, {})
    return found


def _official(situation: Situation, number: str) -> Json:
    return {"signer_name": str(_of(situation.office, number)["full_name"])}


_PRINTED: dict[str, Callable[[Situation, Json], Printed]] = {
    "outgoing": _outgoing,
    "handling_slip": _handling,
    "reminder_slip": _reminder,
    "return_slip": _return,
    "recall_slip": _recall,
    "file_list": _file_list,
}
