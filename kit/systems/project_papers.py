"""The papers that project software prints: handover minutes, requests, submissions, notices, short reports."""

from collections.abc import Callable, Mapping
from typing import Any

from kit.systems.form import Changes, Json, Situation
from kit.systems.sheets import beside, holder, leader_post, money, place_date, preview, vietnamese_day

PROPOSAL_NAMES = {
    "add_capital": "bổ sung, bố trí đủ vốn để tiếp tục thực hiện dự án",
    "assign_investor": "giao chủ đầu tư mới cho dự án",
    "adjust_plan": "điều chỉnh giảm kế hoạch vốn năm của dự án",
    "stop_project": "dừng thực hiện, đưa dự án ra khỏi danh mục đầu tư",
    "settle_project": "thẩm tra, phê duyệt quyết toán dự án hoàn thành",
    "emergency_work": "xử lý khẩn cấp công trình mất an toàn",
    "procure": "cho tiếp tục lựa chọn nhà thầu trong trường hợp khẩn cấp",
}
NOTICE_NAMES = {
    "resume_work": "Tiếp tục thi công bình thường",
    "stop_part": "Tạm dừng thi công phần diện tích đang vướng mắc",
    "fence_off": "Rào chắn, cảnh báo, cấm qua lại khu vực nguy hiểm",
    "renew_guarantee": "Gia hạn bảo lãnh, hợp đồng trước khi thanh toán tiếp",
    "repay_advance": "Hoàn trả tạm ứng quá hạn, gia hạn bảo lãnh tạm ứng",
}
INSTRUMENT_NAMES = {
    "old_seal": "Tiếp tục dùng dấu, tài khoản của chủ đầu tư cũ",
    "contract_annex": "Phụ lục hợp đồng thay đổi chủ đầu tư",
    "procurement_account": "Chuyển vai trò bên mời thầu trên hệ thống đấu thầu",
}
INVESTOR_NAMES = {
    "former_board": "Ban Quản lý dự án của cấp huyện cũ", "department": "Sở chuyên ngành",
    "regional_board": "Ban Quản lý dự án khu vực", "other_ward": "UBND phường, xã khác",
}  # fmt: skip
RISK_NAMES = {"low": "Thấp", "medium": "Trung bình", "high": "Cao"}


def issue(situation: Situation, name: str, given: Json) -> Changes:
    """One new paper beside the project, drawn up from what was entered."""
    kind, fields = _filled(situation, name, given)
    return beside(situation, kind, fields | {"signer_name": _signer(situation, name, given)}, name)


def minutes(situation: Situation, given: Json) -> Json:
    """The handover minutes as the entries so far would make them."""
    return _preview(situation, "minutes", given)


def request(situation: Situation, given: Json) -> Json:
    """The request to the handing side so far."""
    return _preview(situation, "request", given)


def submission(situation: Situation, given: Json) -> Json:
    """The submission to the department so far."""
    return _preview(situation, "submission", given)


def plan(situation: Situation, given: Json) -> Json:
    """The sheet of the year's disbursement so far."""
    return _preview(situation, "plan", given)


def notice(situation: Situation, given: Json) -> Json:
    """The notice to site and contractor so far."""
    return _preview(situation, "notice", given)


def report(situation: Situation, given: Json) -> Json:
    """The short report to the leader so far."""
    return _preview(situation, "report", given)


def _preview(situation: Situation, name: str, given: Json) -> Json:
    return preview(situation, *_filled(situation, name, given), name)


def _filled(situation: Situation, name: str, given: Json) -> tuple[str, Json]:
    """The form of a paper and its fields."""
    kind, fields = _PRINTED[name]
    return kind, _common(situation) | fields(situation, given)


def _common(situation: Situation) -> Json:
    office, record = situation.office, situation.record
    return {
        "issuer": office["committee"], "number": situation.id[-4:], "project_name": str(record["title"]),
        "project_code": str(record.get("project_code", "")) or "-",
        "place_date": place_date(situation),
    }  # fmt: skip


def _minutes(situation: Situation, given: Json) -> Json:
    kept = str(given.get("reservation") or "") or "Không có bảo lưu"
    return {
        "handing_side": str(situation.record["who"]), "spent": _millions(given.get("disbursed_confirmed")),
        "total": _millions(situation.record["total_capital"]), "reservation": kept,
    }  # fmt: skip


def _request(situation: Situation, given: Json) -> Json:
    asks, chosen = situation.record["asks"], given.get("missing_papers") or []
    wanted = "\n".join(str(asks.get(str(one), one)) for one in _listed(chosen))
    return {"receiver": str(situation.record["who"]), "papers": wanted, "reason": str(given.get("reason") or ""),
            "deadline": vietnamese_day(given.get("deadline"))}  # fmt: skip


def _submission(situation: Situation, given: Json) -> Json:
    book, code = situation.office.get("bodies", {}), str(given.get("addressee") or "")
    return {
        "receiver": str(book.get(code, {}).get("vi", "")), "subject": str(given.get("submission_subject") or ""),
        "content": str(given.get("submission_body") or ""), "figure": _millions(given.get("figure")),
        "proposal": PROPOSAL_NAMES.get(str(given.get("proposal") or ""), ""),
        "signer_post": _authority(situation, str(given.get("signer") or "")),
    }  # fmt: skip


def _authority(situation: Situation, signer: str) -> str:
    """The lines above the signature: the chairman's own, or for him (Decree 30/2020, Article 8)."""
    official = situation.office["officials"].get(signer)
    return f"TM. ỦY BAN NHÂN DÂN\n{leader_post(official) if official else ''}".strip()


def _plan(situation: Situation, given: Json) -> Json:
    risk = RISK_NAMES.get(str(given.get("disbursement_risk") or ""), "")
    return {"remaining": _millions(given.get("remaining")), "risk": risk}


def _notice(situation: Situation, given: Json) -> Json:
    measure = NOTICE_NAMES.get(str(given.get("notice_kind") or ""), "")
    return {"measure": measure, "content": str(given.get("notice_text") or ""),
            "contractor": str(situation.record.get("project_contractor", "")) or "-"}  # fmt: skip


def _investor(situation: Situation, given: Json) -> Json:
    investor = INVESTOR_NAMES.get(given["new_investor"], str(situation.office["committee"]))
    return {"instrument": INSTRUMENT_NAMES[given["instrument"]], "investor": investor,
            "effective_on": vietnamese_day(given["effective_on"])}  # fmt: skip


def _report(situation: Situation, given: Json) -> Json:
    return {"content": str(given.get("report_text") or "")}


def _signer(situation: Situation, name: str, given: Mapping[str, Any]) -> str:
    if name == "submission":
        return str(situation.office["officials"][given["signer"]]["full_name"])
    role = "signer" if name == "minutes" else "division_head" if name == "report" else "specialist"
    return holder(situation.office, role)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _millions(value: object) -> str:
    return money(value, "triệu đồng")


_PRINTED: dict[str, tuple[str, Callable[[Situation, Json], Json]]] = {
    "minutes": ("project_minutes", _minutes),
    "request": ("project_request", _request),
    "submission": ("project_submission", _submission),
    "plan": ("project_plan", _plan),
    "notice": ("project_notice", _notice),
    "investor": ("project_investor", _investor),
    "report": ("project_report", _report),
}
