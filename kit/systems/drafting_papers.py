"""The papers that drafting prints: requests for figures, reconciliation sheets, slips, the draft in Party layout."""

from collections.abc import Callable, Mapping
from typing import Any

from kit.systems.drafting_text import PART_NAMES, measured, parts, whole
from kit.systems.form import Changes, Json, Situation
from kit.systems.sheets import beside, holder, place_date, preview, vietnamese_day

Draw = Callable[[Situation, Json], Json]
SOURCE_NAMES = {
    "as_reported": "Cộng số của các báo cáo", "one_report": "Lấy theo một báo cáo",
    "cleared": "Cộng các báo cáo, trừ phần không thuộc địa bàn hoặc tính trùng",
    "confirmed": "Theo xác nhận của cơ quan có thẩm quyền", "recounted": "Tính lại từ tử số và mẫu số",
}  # fmt: skip
CAUSE_NAMES = {
    "wording": "Sửa câu chữ", "committee_competence": "Thuộc thẩm quyền quyết định hành chính của Ủy ban nhân dân",
    "higher_level": "Thuộc thẩm quyền của cấp trên",
    "not_checkable": "Không kiểm đếm được: thiếu đầu mối, sản phẩm, thời hạn",
    "state_secret": "Có nội dung phải quản lý theo chế độ mật",
}  # fmt: skip
CHANNEL_NAMES = {
    "group_chat": "Nhóm trò chuyện nội bộ", "public_annex": "Phụ lục kèm nghị quyết", "axis": "Trục liên thông văn bản",
    "reception_book": "Bộ phận tiếp công dân, sổ thụ lý đơn",
    "personnel_file": "Hồ sơ cán bộ (Ban Xây dựng Đảng), bì niêm phong",
    "confidential_book": "Văn thư mật, sổ và bì riêng",
}  # fmt: skip
DISCREET = frozenset({"personnel_file", "confidential_book"})
HIDDEN = "(chuyển riêng, không ghi nội dung)"
FIRST_NUMBER = 1


def request(situation: Situation, given: Json) -> Json:
    """The Party office's letter that asks a body to confirm a figure."""
    bodies, asked = situation.office["bodies"], str(given.get("asked_of") or "")
    receiver = bodies[asked]["vi"] if asked in bodies else asked
    return preview(situation, "figure_request", {
        **_head(situation), "receiver": receiver, "figure": situation.record["title"],
        "content": str(given.get("reason") or ""), "due_at": vietnamese_day(given.get("deadline")),
    })  # fmt: skip


def reconciliation(situation: Situation, given: Json) -> Json:
    """The sheet that says which figure was taken and where it comes from."""
    record = situation.record
    return preview(situation, "reconciliation_sheet", {
        **_head(situation), "figure": record["title"], "period": str(record.get("figure_period", "")),
        "value": measured(given.get("settled_value"), record),
        "source": SOURCE_NAMES.get(str(given.get("value_source")), ""),
    })  # fmt: skip


def transfer(situation: Situation, given: Json) -> Json:
    """The slip by which the detail of a matter goes on by its own channel; a discreet one does not say what it is."""
    channel = str(given.get("detail_channel") or "")
    subject = HIDDEN if channel in DISCREET else situation.record["title"]
    return preview(situation, "detail_slip", {
        **_head(situation), "channel": CHANNEL_NAMES.get(channel, ""), "subject": subject,
        "reason": HIDDEN if channel in DISCREET else str(given.get("reason") or ""),
    })  # fmt: skip


def returned(situation: Situation, given: Json) -> Json:
    """The slip with which a proposal goes back."""
    return preview(situation, "proposal_return", {
        **_head(situation), "receiver": situation.record["who"], "subject": situation.record["title"],
        "cause": CAUSE_NAMES.get(str(given.get("return_cause")), ""), "reason": str(given.get("reason") or ""),
    })  # fmt: skip


def draft(situation: Situation, given: Json) -> Json:
    """The draft resolution as the records and the entries so far make it, in the layout of 36-HD/VPTW (page)."""
    entered = {**situation.record, **given}
    if "amendment" in given:
        entered |= amended(situation.record, given)
    texts = {name.removesuffix("_part"): text
             for name, text in zip(PART_NAMES, parts(situation, entered), strict=True)}  # fmt: skip
    earlier = sum(1 for key in situation.records if key.startswith(f"{situation.id}/resolution_draft-"))
    return preview(situation, "resolution_draft", {
        **_head(situation), "version": str(earlier + FIRST_NUMBER), "subject": title(entered), **texts,
        "secretary": str(situation.record.get("secretary", "")),
    })  # fmt: skip


def issued(situation: Situation, draw: Draw, given: Json) -> Changes:
    """A paper laid beside the matter: what `draw` shows of the entries."""
    drawn = draw(situation, given)
    return beside(situation, drawn["kind"], drawn["fields"])


def amended(record: Mapping[str, Any], given: Mapping[str, Any]) -> Json:
    """The record's amendments with one more, in the order in which they came."""
    one = {"part": str(given.get("amended_part") or ""), "text": str(given.get("amendment") or "")}
    listed = [*record.get("amended", ()), one]
    return {"amended": listed, "amendments": len(listed)}


def title(record: Mapping[str, Any]) -> str:
    """The resolution's title."""
    return str(record.get("resolution_title") or "")


def body(situation: Situation, record: Mapping[str, Any]) -> str:
    """The resolution's text as the meeting gets it."""
    return whole(situation, record)


def _head(situation: Situation) -> Json:
    record = situation.record
    return {
        "parent": str(record.get("parent", "")), "issuer": str(record.get("organisation", "")),
        "number": situation.id[-4:], "place_date": place_date(situation),
        "drafter": str(record.get("drafter", "")) or holder(situation.office, "specialist"),
    }  # fmt: skip
