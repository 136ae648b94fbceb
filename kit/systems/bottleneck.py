"""The report on a bottleneck at the end of the day: which step holds dossiers up, how long, what is proposed.

The report's form is a training value; that bottlenecks are found and reported is Phong Dien's case (seed).
"""

from kit.systems.form import Action, Changes, Field, Json, Refused, Shown, Situation, System
from kit.systems.loop_papers import issue_sheet, sheet_preview

STATE = {"bottleneck_due": 0, "bottleneck_sent": 10}
SLOW_STEPS = ("reception_step", "citizen_duty", "entry_step", "parcel_step", "branch_step", "approval_step")
STEP_NAMES = {
    "reception_step": "Tiếp nhận, số hóa hồ sơ", "citizen_duty": "Chờ người dân nộp nghĩa vụ tài chính",
    "entry_step": "Nhập, đối chiếu sổ hộ tịch", "parcel_step": "Tra cứu thửa đất trên phần mềm đất đai",
    "branch_step": "Chuyển và nhận kết quả của chi nhánh", "approval_step": "Lãnh đạo duyệt, ký số",
}  # fmt: skip


def report_bottleneck(situation: Situation, given: Json) -> Changes:
    """Report to a leader, with the step, the time and the proposal."""
    if situation.office["officials"][given["approver"]]["role"] != "signer":
        raise Refused("not_a_leader", "approver")
    sheet = issue_sheet(situation, "bottleneck_report", worded(situation, given))
    return {situation.id: {"step": "bottleneck_sent", **given}} | sheet


def worded(situation: Situation, given: Json) -> Json:
    """The entries as they stand on the report; they may still be malformed where only a preview is drawn."""
    leader = situation.office["officials"].get(str(given.get("approver")))
    days, count = (str(given.get(name, "")) for name in ("waited_days", "waiting_count"))
    return {
        "receiver": f"{leader['post_vi']} {leader['full_name']}" if leader else "",
        "slow_step": STEP_NAMES.get(str(given.get("slow_step")), ""),
        "improvement": str(given.get("improvement") or ""),
        "waited_days": f"{days} ngày làm việc" if days else "", "waiting_count": f"{count} hồ sơ" if count else "",
    }  # fmt: skip


BOTTLENECK = System(
    name="bottleneck",
    lists="bottleneck_report",
    states=STATE,
    shows=(
        Shown("code"), Shown("due", "day", "due_date"), Shown("slow_step", "choice.slow_step"), Shown("waited_days"),
        Shown("waiting_count"),
    ),
    routine=("report_bottleneck",),
    actions=(
        Action("report_bottleneck", "division_head", 6, frozenset({"bottleneck_due"}),
               (Field("slow_step", "choice", SLOW_STEPS), Field("waited_days", "count"),
                Field("waiting_count", "count"), Field("improvement", "long_text"), Field("approver", "official")),
               report_bottleneck, sheet_preview("bottleneck_report", worded)),
    ),
)  # fmt: skip
