"""The papers of the allotment of delegates: table of seats, answers, notice to the organisations, reports sent back.

Layout of Party documents: Guidance 36-HD/VPTW as a public summary tells it (page).
"""

from collections.abc import Mapping
from typing import Any

from kit.systems.form import Changes, Json, Situation
from kit.systems.sheets import beside, holder, place_date, preview, vietnamese_day

GROUND_NAMES = {
    "figures_disagree": "Các số trong báo cáo không khớp nhau",
    "not_signed": "Báo cáo chưa có chữ ký của bí thư chi bộ",
    "other_day": "Số liệu không chốt đúng ngày quy định",
}  # fmt: skip
OUTCOME_NAMES = {
    "granted": "Đồng ý, điều chỉnh theo số liệu đã chứng minh", "refused_request": "Không điều chỉnh",
    "for_the_committee": "Báo cáo Ban Chấp hành xem xét, quyết định",
}  # fmt: skip


def table(situation: Situation, given: Json) -> Changes:
    """The table of seats."""
    return beside(situation, "seat_table", _table(situation, given))


def answer(situation: Situation, given: Json) -> Changes:
    """The answer to a request."""
    return beside(situation, "request_answer", _answer(situation, given))


def notice(situation: Situation, given: Json) -> Changes:
    """The notice of seats to the organisations."""
    return beside(situation, "seat_notice", _notice(situation, given))


def return_slip(situation: Situation, given: Json) -> Changes:
    """The slip with which a report goes back."""
    return beside(situation, "report_return", _returned(situation, given))


def table_preview(situation: Situation, given: Json) -> Json:
    """The table as the entries so far would make it."""
    return preview(situation, "seat_table", _table(situation, given))


def answer_preview(situation: Situation, given: Json) -> Json:
    """The answer so far."""
    return preview(situation, "request_answer", _answer(situation, given))


def notice_preview(situation: Situation, given: Json) -> Json:
    """The notice so far."""
    return preview(situation, "seat_notice", _notice(situation, given))


def return_preview(situation: Situation, given: Json) -> Json:
    """The slip so far."""
    return preview(situation, "report_return", _returned(situation, given))


def _head(situation: Situation, symbol: str) -> Json:
    record, office = situation.record, situation.office
    return {
        "parent": str(record.get("parent") or "ĐẢNG BỘ CẤP TRÊN").upper(), "place_date": place_date(situation),
        "issuer": str(record.get("organisation_name") or f"Đảng ủy {office['short_name']}").upper(),
        "number": f"{situation.id.rstrip('-AB')[-2:]}-{symbol}/ĐU", "signer_name": holder(office, "division_head"),
    }  # fmt: skip


def _table(situation: Situation, given: Mapping[str, Any]) -> Json:
    rows: Json = situation.record.get("organisations", {})
    typed = given.get("seats")
    seats: Mapping[str, Any] = typed if isinstance(typed, Mapping) else {}
    lines = [f"{row['name']} | {row['members']} | {seats.get(one, '')}" for one, row in rows.items()]
    numbers = [int(str(one)) for one in seats.values() if str(one).isascii() and str(one).isdigit()]
    return _head(situation, "BC") | {"rows": "\n".join(lines), "sum": str(sum(numbers)),
                                     "tie_rule": str(given.get("tie_rule") or "")}  # fmt: skip


def _answer(situation: Situation, given: Mapping[str, Any]) -> Json:
    outcome = OUTCOME_NAMES.get(str(given.get("request_outcome") or ""), "")
    return _head(situation, "CV") | {"receiver": str(situation.record["who"]), "outcome": outcome,
                                     "content": str(given.get("answer_text") or "")}  # fmt: skip


def _notice(situation: Situation, given: Mapping[str, Any]) -> Json:
    rows: Json = situation.record.get("organisations", {})
    seats = situation.records.get(str(situation.record.get("table", "")), {}).get("seats", {})
    chosen = given.get("notified")
    told = [one for one in chosen if one in rows] if isinstance(chosen, list | tuple) else []
    lines = "\n".join(f"{rows[one]['name']} | {seats.get(one, '')}" for one in told)
    return _head(situation, "TB") | {"rows": lines, "resolution": str(given.get("resolution_number") or ""),
                                     "elect_by": vietnamese_day(given.get("elect_by"))}  # fmt: skip


def _returned(situation: Situation, given: Mapping[str, Any]) -> Json:
    ground = GROUND_NAMES.get(str(given.get("report_ground") or ""), "")
    return _head(situation, "CV") | {"receiver": str(situation.record["who"]), "ground": ground,
                                     "reason": str(given.get("reason") or ""),
                                     "answer_by": vietnamese_day(given.get("answer_by"))}  # fmt: skip
