"""The papers of direction: assignment, reminder, decision, report upward ... in the layout of Decree 30/2020/NĐ-CP.

Every function gives a whole paper from the entries so far, so that the same one is drawn live and issued.
"""

from collections.abc import Callable

from kit.systems import sheets
from kit.systems.document_papers import KINDS
from kit.systems.form import Changes, Json, Situation

OPEN = "……"
DIVISION_NAMES = {
    "centre": "Trung tâm Phục vụ hành chính công", "office": "Văn phòng HĐND và UBND", "economy": "Phòng Kinh tế",
    "culture": "Phòng Văn hóa - Xã hội", "military": "Ban Chỉ huy quân sự", "police": "Công an",
}  # fmt: skip
PRODUCT_NAMES = {
    "report": "Báo cáo", "list_table": "Bảng tổng hợp, danh sách", "plan": "Kế hoạch",
    "draft_decision": "Dự thảo quyết định, văn bản chỉ đạo", "draft_reply": "Dự thảo văn bản trả lời",
    "check_minutes": "Biên bản kiểm tra",
}  # fmt: skip
GROUND_NAMES = {
    "council_draft": "Dự thảo nghị quyết trình HĐND, quyết định của UBND",
    "plan_budget": "Kế hoạch, đầu tư công, dự toán, phân bổ, điều chỉnh, quyết toán ngân sách",
    "period_report": "Báo cáo tháng, quý, 6 tháng, năm và biện pháp thực hiện",
    "organisation": "Thành lập, tổ chức lại, giải thể phòng; địa giới, tên gọi",
    "work_programme": "Chương trình công tác năm; kiểm điểm",
    "asked_by_members": "Theo đề nghị của ít nhất một phần ba tổng số thành viên UBND",
}

Draw = Callable[[Situation, Json], Json]


def issue(situation: Situation, draw: Draw, given: Json) -> Changes:
    """The paper that a function draws, laid beside the record with the next number of its series, signed."""
    drawn = draw(situation, given)
    fields = dict(drawn["fields"])
    if "number" in fields:
        series = str(fields["number"]).removeprefix(OPEN)
        fields["number"] = f"{_next(situation, series):02d}{series}"
    if "signer_post" in fields:
        chairman = sheets.holder(situation.office, "signer")
        signed = {"signer_name": chairman, "e_signer": chairman, "e_signed_at": f"{situation.moment:%H:%M %d/%m/%Y}"}
        fields |= signed
    medium = "electronic" if "signer_post" in fields else "original"
    return sheets.beside(situation, drawn["kind"], fields, medium=medium)


def _next(situation: Situation, series: str) -> int:
    """One more than how many papers of the series were issued; a new unit begins at 01 (training value)."""
    issued = (one["paper"]["fields"] for one in situation.records.values() if one.get("issued"))
    return 1 + sum(str(fields.get("number", "")).endswith(series) for fields in issued)


def assignment(situation: Situation, given: Json) -> Json:
    """A letter that gives a division a task."""
    return _letter(situation, "task_assignment", "/UBND-VP", {
        "receiver": _division(situation, given.get("lead_division")),
        "subject": _about(situation),
        "content": _typed(given, "requirement"),
        "product": PRODUCT_NAMES.get(_typed(given, "product_kind"), ""),
        "supporting": _divisions(situation, given.get("supporting")),
        "deadline": sheets.vietnamese_day(given.get("deadline")),
    })  # fmt: skip


def reminder(situation: Situation, given: Json) -> Json:
    """A letter that reminds a division."""
    return _letter(situation, "task_reminder", "/UBND-VP", {
        "receiver": _division(situation, given.get("urged_division")),
        "subject": _about(situation),
        "content": _typed(given, "reason"),
        "deadline": sheets.vietnamese_day(given.get("deadline")),
    })  # fmt: skip


def decision(situation: Situation, given: Json) -> Json:
    """What the chairman decides, under the name of the chosen type of document."""
    short, name = KINDS.get(_typed(given, "decision_form"), ("", ""))
    return _letter(situation, "chairman_decision", f"/{short or OPEN}-UBND", {
        "kind_name": name, "subject": str(situation.record["title"]), "content": _typed(given, "direction"),
    })  # fmt: skip


def passed_on(situation: Situation, given: Json) -> Json:
    """A letter that sends a demand to the body that it belongs to."""
    return _letter(situation, "pass_on_letter", "/UBND-VP", {
        "receiver": _body(situation, given.get("receiver_body")), "demand_from": str(situation.record["who"]),
        "subject": _about(situation), "content": _typed(given, "reason"),
    })  # fmt: skip


def report(situation: Situation, given: Json) -> Json:
    """A report to the body above, in the committee's name."""
    drawn = _letter(situation, "report_upward", "/BC-UBND", {
        "receiver": _body(situation, given.get("receiver_body")), "subject": str(situation.record["title"]),
        "content": _typed(given, "report_content"),
    })  # fmt: skip
    return drawn | {"fields": drawn["fields"] | {"signer_post": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"}}


def answer(situation: Situation, given: Json) -> Json:
    """A letter to whoever asked."""
    return _letter(situation, "sender_answer", "/UBND-VP", {
        "receiver": str(situation.record["who"]), "subject": _about(situation),
        "content": _typed(given, "answer_text"),
    })  # fmt: skip


def item(situation: Situation, given: Json) -> Json:
    """The slip that puts a matter on the agenda of the next session."""
    return _slip(situation, "session_item_slip", {
        "ground": GROUND_NAMES.get(_typed(given, "session_ground"), ""), "reason": _typed(given, "reason"),
        "preparing": _division(situation, given.get("preparing_division")),
    })  # fmt: skip


def briefing(situation: Situation, given: Json) -> Json:
    """The line that stands for the matter in the chairman's report to the next session."""
    return _slip(situation, "session_briefing", {"content": _typed(given, "briefing")})


def returned(situation: Situation, given: Json) -> Json:
    """The slip with which a product goes back."""
    return _slip(situation, "product_return", {
        "receiver": _division(situation, situation.record.get("lead_division")), "reason": _typed(given, "reason"),
        "deadline": sheets.vietnamese_day(given.get("deadline")),
    })  # fmt: skip


def alarm(situation: Situation, given: Json) -> Json:
    """The log of an alarm: whom the chairman called, when, with which words."""
    called = "\n".join(_body(situation, one) for one in given["alerted_bodies"])
    fields = {"called_at": f"{situation.moment:%H:%M}", "called": called, "message": given["message"]}
    return _slip(situation, "alarm_log", fields)


def figures(situation: Situation, given: Json) -> Json:
    """What was found when figures were compared with their source."""
    rows = ", ".join(f"dòng {row.removeprefix('row_')}" for row in given["wrong_rows"])
    return _slip(situation, "figure_check", {
        "rows": rows or "Các dòng đã đối chiếu đều khớp", "note": given["figure_note"] or "Không",
        "right_figure": given["right_figure"] or "Không",
    })  # fmt: skip


def _letter(situation: Situation, kind: str, series: str, own: Json) -> Json:
    """A letter that nobody has signed yet; its number is open."""
    head = {"issuer": situation.office["committee"], "number": f"{OPEN}{series}",
            "place_date": sheets.place_date(situation), "signer_post": "CHỦ TỊCH", "signer_name": ""}  # fmt: skip
    return sheets.preview(situation, kind, head | own)


def _slip(situation: Situation, kind: str, own: Json) -> Json:
    head = {"issuer": situation.office["committee"], "subject": str(situation.record["title"]),
            "task_code": str(situation.record["code"]), "place_date": sheets.place_date(situation),
            "officer_name": sheets.holder(situation.office, "signer")}  # fmt: skip
    return sheets.preview(situation, kind, head | own)


def _about(situation: Situation) -> str:
    """What a letter is about, as it stands behind "V/v": with a small letter."""
    title = str(situation.record["title"])
    return title[:1].lower() + title[1:]


def _typed(given: Json, name: str) -> str:
    """What is typed in a field so far; anything but a text counts as nothing."""
    value = given.get(name)
    return value if isinstance(value, str) else ""


def _division(situation: Situation, code: object) -> str:
    """A division as it is called here: a ward's Economic division also has infrastructure and urban matters."""
    ward = str(situation.office["short_name"]).startswith("Phường")
    if code == "economy" and ward:
        return "Phòng Kinh tế, Hạ tầng và Đô thị"
    if code in ("police", "military"):
        return f"{DIVISION_NAMES[str(code)]} {situation.office['short_name']}"
    return DIVISION_NAMES.get(str(code), "")


def _divisions(situation: Situation, codes: object) -> str:
    chosen = codes if isinstance(codes, list | tuple) else [codes]
    return "; ".join(filter(None, (_division(situation, code) for code in chosen))) or "Không"


def _body(situation: Situation, code: object) -> str:
    found = situation.office.get("bodies", {}).get(str(code), {})
    return str(found.get("vi", ""))
