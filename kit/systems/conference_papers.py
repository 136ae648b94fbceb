"""The papers that the conference system prints: list of participants, test record, technical report, tasks taken over.

Every maker also serves as preview, so it takes entries that are still empty or malformed.
"""

from collections.abc import Mapping
from typing import Any

from kit.systems.form import Changes, Json, Situation
from kit.systems.sheets import holder, laid, next_number, place_date, sheet, vietnamese_day

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
    return laid(situation, paper)


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
    return _paper(situation, "bridge_tasks", {"rows": rows, "task_due": vietnamese_day(given.get("task_due"))})


def _paper(situation: Situation, kind: str, fields: Json) -> Json:
    signed = {
        "office": situation.office["committee"], "number": f"{situation.moment:%d%m}-{situation.id[-4:]}",
        "place_date": place_date(situation), "signer_name": holder(situation.office, "reception"),
    }  # fmt: skip
    return sheet(next_number(situation, kind), kind, {**signed, **fields}, kind)


def _list(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _part(heads: bool) -> str:
    return "Chủ trì điểm cầu" if heads else "Tham dự"


def _official(situation: Situation, number: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = situation.office["officials"].get(str(number), {})
    return found


def _name(situation: Situation, number: str) -> str:
    return str(_official(situation, number).get("full_name", number))


def _post(situation: Situation, number: str) -> str:
    return str(_official(situation, number).get("post_vi", ""))
