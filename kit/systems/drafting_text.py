"""The text of the resolution, part by part, from what was entered about figures, issues, proposals and the draft."""

from collections.abc import Iterator, Mapping
from typing import Any

from kit.systems.form import Json, Situation
from kit.systems.sheets import money, vietnamese_day

LEAD_NAMES = {
    "district_party": "Quận ủy, huyện ủy, thành ủy cũ", "district_division": "Phòng chuyên môn của UBND cấp huyện cũ",
    "district_board": "Ban Quản lý dự án của cấp huyện cũ", "party_office": "Văn phòng Đảng ủy",
    "party_building": "Ban Xây dựng Đảng", "inspection": "Ủy ban Kiểm tra Đảng ủy", "committee": "Ủy ban nhân dân",
    "economy": "Phòng Kinh tế (Kinh tế, Hạ tầng và Đô thị)", "culture": "Phòng Văn hóa - Xã hội",
    "office": "Văn phòng HĐND và UBND", "centre": "Trung tâm Phục vụ hành chính công", "police": "Công an",
    "military": "Ban Chỉ huy quân sự", "front": "Ủy ban Mặt trận Tổ quốc Việt Nam",
}  # fmt: skip
FIELD_NAMES = {
    "party_building": "Xây dựng Đảng và hệ thống chính trị", "economy": "Kinh tế",
    "culture_society": "Văn hóa - xã hội",
    "defence_security": "Quốc phòng - an ninh", "admin_reform": "Cải cách hành chính, chuyển đổi số",
}  # fmt: skip
COMPETENCE_NAMES = {
    "resolution_decides": "Quyết định", "party_decides": "Ban Chấp hành quyết định theo thẩm quyền",
    "leads_committee": "Lãnh đạo Ủy ban nhân dân xem xét, quyết định theo thẩm quyền",
    "proposes_upward": "Kiến nghị cấp có thẩm quyền xem xét, quyết định",
}  # fmt: skip
CYCLE_NAMES = {"weekly": "hằng tuần", "monthly": "hằng tháng", "quarterly": "hằng quý"}
NOT_WRITTEN = "(chưa có nội dung)"
DUE_UNKNOWN = "(chưa có thời hạn)"
PART_TITLES = (
    "I. ĐÁNH GIÁ TÌNH HÌNH 6 THÁNG ĐẦU NĂM",
    "II. QUAN ĐIỂM, MỤC TIÊU, CHỈ TIÊU 6 THÁNG CUỐI NĂM",
    "III. NHIỆM VỤ, GIẢI PHÁP",
    "IV. VIỆC PHỨC TẠP PHÁT SINH SAU KHI THÀNH LẬP",
    "V. TỔ CHỨC THỰC HIỆN",
)
PART_NAMES = ("assessment_part", "target_part", "task_part", "issue_part", "implementation_part")


def parts(situation: Situation, draft: Mapping[str, Any]) -> tuple[str, ...]:
    """The five parts of the resolution as the records and the draft's own entries make them."""
    figures = [one for one in _drafting(situation) if "settled_value" in one]
    issues = [one for one in _drafting(situation) if one.get("step") == "issue_placed"]
    tasks = [one for one in _drafting(situation) if one.get("step") == "proposal_placed"]
    texts = (
        _lines(_written(draft, "assessment"), *(_figure(one) for one in figures)),
        _lines(_written(draft, "viewpoint"), *(_target(one) for one in figures if "target_value" in one)),
        _lines(*_tasks(tasks)),
        _lines(*(_issue(number, one) for number, one in enumerate(issues, 1))),
        _lines(*_implementation(draft)),
    )
    return tuple(_lines(text or NOT_WRITTEN, *_amended(draft, name))
                 for name, text in zip(PART_NAMES, texts, strict=True))  # fmt: skip


def whole(situation: Situation, draft: Mapping[str, Any]) -> str:
    """The resolution's whole text, each part under its title."""
    return "\n".join(f"{title}\n{text}" for title, text in zip(PART_TITLES, parts(situation, draft), strict=True))


def _drafting(situation: Situation) -> Iterator[Json]:
    return (one for one in situation.records.values() if one.get("kind") == "drafting")


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _written(draft: Mapping[str, Any], name: str) -> str:
    return str(draft.get(name) or "")


def _figure(one: Json) -> str:
    return f"- {one['title']}: {measured(one['settled_value'], one)}."


def _target(one: Json) -> str:
    until = "đến hết năm" if one["target_rule"] == "assigned_level" else "6 tháng cuối năm"
    return f"- {one['title']} {until}: {measured(one['target_value'], one)}."


def measured(typed: object, record: Mapping[str, Any]) -> str:
    """A value in the record's unit of measure: 24.000 triệu đồng, 85%."""
    unit = str(record.get("figure_unit", ""))
    return f"{money(typed, '').strip()}%" if unit == "%" else money(typed, unit)


def _sentence(text: str) -> str:
    """A text on one line that ends as sentences do."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", ";")) else f"{line}."


def _tasks(placed: list[Json]) -> Iterator[str]:
    for number, (field, name) in enumerate(FIELD_NAMES.items(), 1):
        own = [one for one in placed if one["resolution_field"] == field]
        yield _lines(f"{number}. {name}", *(_task(one) for one in own)) if own else f"{number}. {name}: {NOT_WRITTEN}"


def _task(one: Json) -> str:
    lead, due = LEAD_NAMES[one["lead_body"]], vietnamese_day(one["deadline"])
    return f"- {_sentence(one['measure_text'])} Chủ trì: {lead}. Sản phẩm: {one['measure_product']}. Thời hạn: {due}."


def _issue(number: int, one: Json) -> str:
    lead, due = LEAD_NAMES[one["lead_body"]], vietnamese_day(one["deadline"])
    support = ", ".join(LEAD_NAMES[name] for name in one["support_bodies"])
    with_whom = f" Phối hợp: {support}." if support else ""
    who = f"{COMPETENCE_NAMES[one['competence']]}. Chủ trì: {lead}.{with_whom} Thời hạn: {due}."
    return f"{number}. {one['title']} ({measured(one['issue_count'], one)}): {_sentence(one['issue_text'])} {who}"


def _implementation(draft: Mapping[str, Any]) -> Iterator[str]:
    if draft.get("programme_due"):
        yield f"- Ủy ban nhân dân ban hành chương trình hành động trước {vietnamese_day(draft['programme_due'])}."
    if draft.get("inspected_by"):
        yield f"- Kiểm tra, giám sát việc thực hiện: {LEAD_NAMES.get(str(draft['inspected_by']), '')}."
    if draft.get("report_cycle") or draft.get("review_on"):
        cycle, day = CYCLE_NAMES.get(str(draft.get("report_cycle")), ""), vietnamese_day(draft.get("review_on"))
        yield f"- Báo cáo {cycle}; sơ kết {day or DUE_UNKNOWN}."
    yield _written(draft, "implementation")


def _amended(draft: Mapping[str, Any], part: str) -> Iterator[str]:
    return (f"- {one['text']}" for one in draft.get("amended", ()) if one["part"] == part)
