"""The papers that the conference system prints: list of participants, test record, technical report, tasks taken over.

Every maker also serves as preview, so it takes entries that are still empty or malformed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kit.systems.form import Changes, Json, Situation

ITEM_NAMES = {
    "camera": "Camera", "microphone": "Micro", "speaker": "Loa, tiếng vọng", "screen": "Màn hình",
    "main_line": "Đường truyền chính", "second_line": "Đường truyền dự phòng", "power": "Nguồn điện, bộ lưu điện",
    "document_sharing": "Chia sẻ tài liệu",
}  # fmt: skip
CAUSE_NAMES = {
    "provider_fault": "Sự cố phía nhà cung cấp dịch vụ", "router_fault": "Thiết bị định tuyến hỏng",
    "cable_pulled": "Tuột cáp mạng tại điểm cầu", "power_fault": "Mất điện thiết bị mạng",
}  # fmt: skip


def printed(situation: Situation, paper: Json) -> Changes:
    """The paper as a record beside the matter."""
    return {paper["id"]: {"kind": "paper", "dossier": situation.id, "issued": True, "paper": paper}}


def participants(situation: Situation, given: Json) -> Json:
    """The bridge's list of participants, its head first."""
    head, named = given.get("head_of_bridge", ""), _list(given.get("attending"))
    people = [*(one for one in named if one == head), *(one for one in named if one != head)]
    rows = "\n".join(f"{_name(situation, one)} | {_post(situation, one)} | {_part(one == head)}" for one in people)
    fields = {"rows": rows, "head_name": _name(situation, head), "expected_count": str(len(people))}
    return _paper(situation, "bridge_participants", fields)


def test_record(situation: Situation, given: Json) -> Json:
    """The record of the connection test with a verdict for each item."""
    failed = _list(given.get("failed_items"))
    rows = "\n".join(f"{name} | {'Chưa đạt' if item in failed else 'Đạt'}" for item, name in ITEM_NAMES.items())
    return _paper(situation, "bridge_test_record", {"rows": rows, "tested_at": f"{situation.moment:%H:%M, %d/%m/%Y}"})


def technical_report(situation: Situation, given: Json) -> Json:
    """The closing technical report with the numbers of bridges and the loss of the line."""
    names = ("expected_points", "present_points", "lost_points", "lost_at")
    fields = {name: str(given.get(name, "")) for name in names}
    cause = str(given.get("lost_cause", ""))
    return _paper(situation, "bridge_report", {**fields, "lost_cause": CAUSE_NAMES.get(cause, cause)})


def tasks_taken(situation: Situation, given: Json) -> Json:
    """The sheet of the tasks that the unit takes over from the conclusions."""
    numbers = [str(task).rpartition("_")[2] for task in _list(given.get("tasks"))]
    rows = "\n".join(f"Nhiệm vụ số {number} tại thông báo kết luận" for number in numbers)
    return _paper(situation, "bridge_tasks", {"rows": rows, "task_due": vietnamese_day(str(given.get("task_due", "")))})


def vietnamese_day(text: str) -> str:
    """2025-07-01 as 01/07/2025; anything else as it was typed."""
    parts = text.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else text


def long_day(day: date) -> str:
    """ngày 01 tháng 7 năm 2025: days under 10 and months under 3 with a nought, as Decree 30/2020 has it (primary)."""
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _paper(situation: Situation, kind: str, fields: Json) -> Json:
    earlier = sum(1 for key in situation.records if key.startswith(f"{situation.id}/{kind}-"))
    office = situation.office
    signed = {
        "office": office["committee"], "number": f"{situation.moment:%d%m}-{situation.id[-4:]}",
        "place_date": f"{office['short_name']}, {long_day(situation.moment)}",
        "signer_name": next(
            (str(one["full_name"]) for one in office["officials"].values() if one["role"] == "reception"), ""
        ),
    }  # fmt: skip
    return {"id": f"{situation.id}/{kind}-{earlier + 1}", "component": kind, "kind": kind, "medium": "original",
            "fields": {**signed, **fields}, "alterations": {}}  # fmt: skip


def _list(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _part(heads: bool) -> str:
    return "Chủ trì điểm cầu" if heads else "Tham dự"


def _official(situation: Situation, number: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = situation.office["officials"].get(number, {})
    return found


def _name(situation: Situation, number: str) -> str:
    return str(_official(situation, number).get("full_name", number))


def _post(situation: Situation, number: str) -> str:
    return str(_official(situation, number).get("post_vi", ""))
