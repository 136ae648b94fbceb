"""What each action of the Front's software does, what it refuses and what it prints."""

from collections.abc import Mapping
from typing import Any

from kit.systems.form import Changes, Json, Refused, Situation
from kit.systems.sheets import beside, holder, money, place_date, preview, vietnamese_day

MEMBER_NAMES = {
    "front_office": "Ban Thường trực Ủy ban MTTQ Việt Nam", "veterans_union": "Hội Cựu chiến binh",
    "womens_union": "Hội Liên hiệp Phụ nữ", "youth_union": "Đoàn Thanh niên", "farmers_union": "Hội Nông dân",
    "trade_union": "Công đoàn",
}  # fmt: skip
OUTCOME_NAMES = {"agreed": "Được quá nửa tổng số hộ đồng ý", "not_agreed": "Chưa được quá nửa tổng số hộ đồng ý"}


def count_forms(situation: Situation, given: Json) -> Changes:
    """The forms of a neighbourhood: given out, come back in time, valid, for, against."""
    return {situation.id: {"step": "forms_counted", **given}} | beside(
        situation, "forms_minutes", _head(situation, "BB") | {name: str(number) for name, number in given.items()}
    )


def report(situation: Situation, given: Json) -> Changes:
    """The result of the consultation with what both sides said."""
    kept = {name: given[name] for name in ("consulted_outcome", "agreed_total", "opposed_total")}
    printed = beside(situation, "consultation_report", _report(situation, given))
    return {situation.id: {"step": "consultation_reported", **kept}} | printed


def report_preview(situation: Situation, given: Json) -> Json:
    """The report so far."""
    return preview(situation, "consultation_report", _report(situation, given))


def check_fund(situation: Situation, given: Json) -> Changes:
    """The balance that book, vouchers and bank prove, and what was found."""
    return {situation.id: {"step": "fund_checked", **given}}


def take_fund(situation: Situation, given: Json) -> Changes:
    """Sign the minutes by which the fund passes over."""
    return {situation.id: {"step": "fund_taken"}} | _fund_minutes(situation, "Nhận bàn giao, không có bảo lưu")


def hold_fund(situation: Situation, given: Json) -> Changes:
    """Sign with a reservation: nothing is spent until what is missing is there."""
    if given["deadline"] < situation.today():
        raise Refused("date_in_the_past", "deadline")
    kept = f"Tạm giữ nguyên số dư, chưa chi, đến ngày {vietnamese_day(given['deadline'])}: {given['reason']}"
    return {situation.id: {"step": "fund_held"}} | _fund_minutes(situation, kept)


def share_relief(situation: Situation, given: Json) -> Changes:
    """Gifts for each neighbourhood; a later list takes the place of the one before."""
    rows: Json = situation.record["areas"]
    lines = "\n".join(f"{row['name']} | {given['relief'][one]}" for one, row in rows.items())
    total = sum(given["relief"].values())
    fields = _head(situation, "QĐ") | {"rows": lines, "sum": str(total), "reason": given["reason"]}
    changes: Changes = {situation.id: {"step": "relief_shared", "relief": given["relief"], "relief_sum": total}}
    return changes | beside(situation, "relief_list", fields)


def arrange_help(situation: Situation, given: Json) -> Changes:
    """Which member organisation leads, who helps, by when."""
    if given["deadline"] < situation.today():
        raise Refused("date_in_the_past", "deadline")
    helping = ", ".join(MEMBER_NAMES[one] for one in given["supporting_members"]) or "-"
    fields = _head(situation, "CV") | {
        "lead": MEMBER_NAMES[given["lead_member"]], "helping": helping, "content": given["task_text"],
        "deadline": vietnamese_day(given["deadline"]),
    }  # fmt: skip
    kept = {"step": "help_arranged", "lead_member": given["lead_member"], "due_date": given["deadline"]}
    return {situation.id: kept} | beside(situation, "help_letter", fields)


def _fund_minutes(situation: Situation, kept: str) -> Changes:
    balance = money(situation.record.get("fund_balance", ""))
    fields = _head(situation, "BB") | {"fund": str(situation.record["title"]), "balance": balance, "reservation": kept}
    return beside(situation, "fund_minutes", fields)


def _report(situation: Situation, given: Mapping[str, Any]) -> Json:
    return _head(situation, "BC") | {
        "subject": str(situation.record["title"]), "asked": str(given.get("households_asked", "")),
        "agreed": str(given.get("agreed_total", "")), "opposed": str(given.get("opposed_total", "")),
        "outcome": OUTCOME_NAMES.get(str(given.get("consulted_outcome") or ""), ""),
        "content": str(given.get("report_text") or ""),
    }  # fmt: skip


def _head(situation: Situation, symbol: str) -> Json:
    return {"issuer": f"ỦY BAN MTTQ VIỆT NAM {situation.office['short_name']}".upper(),
            "number": f"{situation.id[-2:]}/{symbol}-MTTQ", "place_date": place_date(situation),
            "signer_name": holder(situation.office, "division_head")}  # fmt: skip
