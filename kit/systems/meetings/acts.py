"""The act that comes of an item: decision, resolution, notice, submission to the council; its number, its paper."""

from collections.abc import Mapping
from typing import Any

from kit.systems.form import Changes, Json, Situation
from kit.systems.meetings.heads import body_of, head, in_party_layout, signature, symbol
from kit.systems.meetings.people import members, session_of
from kit.systems.sheets import beside, preview

ACTS = {
    "decision": "QUYẾT ĐỊNH", "resolution": "NGHỊ QUYẾT", "notice": "THÔNG BÁO", "council_draft": "TỜ TRÌNH",
}  # fmt: skip
RECIPIENTS = "Như nội dung; các thành viên; Lưu: VT."


def next_number(situation: Situation, kind: str) -> str:
    """The next number of this body's series for a kind of act; a new unit's series begins at 01 (training value)."""
    body = body_of(situation)
    earlier = sum(1 for one in situation.records.values() if _numbered(one, kind) and _of(one, situation) == body)
    return symbol(situation, kind, earlier + 1)


def act(situation: Situation, given: Json, number: str) -> Changes:
    """The signed act beside the item."""
    return beside(situation, _kind(situation), _fields(situation, given, number), "act")


def act_preview(situation: Situation, given: Json) -> Json:
    """The act as the entries so far would make it: without a number."""
    return preview(situation, _kind(situation), _fields(situation, given, ""), "act")


def result_line(situation: Situation, record: Mapping[str, Any]) -> str:
    """What was announced about the vote, in words; nothing was announced: that."""
    if not record.get("vote_outcome"):
        return "Chưa công bố kết quả biểu quyết"
    outcome = "thông qua" if record["vote_outcome"] == "passed" else "không thông qua"
    everybody = len(members(session_of(situation)))
    return (f"Tán thành {record['for_count']}, không tán thành {record['against_count']}, ý kiến khác "
            f"{record['other_count']}, trên tổng số {everybody} thành viên: {outcome}")  # fmt: skip


def _kind(situation: Situation) -> str:
    return "party_resolution" if in_party_layout(situation) else "session_decision"


def _fields(situation: Situation, given: Mapping[str, Any], number: str) -> Json:
    """What is printed: the draft as it stood at the end, and in a collective act what the vote was said to be."""
    record = situation.record
    alone = record.get("step") == "item_left"
    ground = "Theo thẩm quyền của người đứng đầu" if alone else result_line(situation, record)
    return {
        **head(situation), "number": number, "kind_name": ACTS.get(str(given.get("act_kind") or ""), ""),
        "subject": str(record.get("doc_title") or record["title"]), "vote": ground,
        "content": str(record.get("doc_body", "")), "recipients": RECIPIENTS, **signature(situation, given),
    }  # fmt: skip


def _numbered(record: Mapping[str, Any], kind: str) -> bool:
    """Whether a record took a number of this kind; the notice of a session's conclusions takes one of the notices."""
    concluded = kind == "notice" and bool(record.get("conclusions_at"))
    return concluded or (record.get("act_kind") == kind and bool(record.get("act_number")))


def _of(record: Mapping[str, Any], situation: Situation) -> str:
    """Which body issued another act."""
    return body_of(Situation("", record, situation.moment, situation.office, situation.records))
