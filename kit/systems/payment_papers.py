"""The papers of a payment: request, log, reconciliation, refund, claim, cancellation, receipt."""

from kit.systems.filing_sheets import head
from kit.systems.form import Changes, Json, Situation
from kit.systems.sheets import beside, holder, money, preview, unit_name

FINDING_NAMES = {
    "matched": "Khớp với khoản phải nộp", "short": "Nộp thiếu", "double": "Nộp hai lần",
    "old_account": "Tiền vào tài khoản của đơn vị cũ", "no_debit": "Ngân hàng chưa ghi nợ",
}  # fmt: skip
GROUND_NAMES = {
    "applicant_asks": "Người nộp đề nghị", "duplicate_filing": "Hồ sơ trùng, đã nhập vào hồ sơ trước",
    "poor_household": "Miễn: hộ nghèo", "merit_family": "Miễn: người có công với cách mạng",
    "disabled_person": "Miễn: người khuyết tật", "on_time": "Miễn: đăng ký hộ tịch đúng hạn",
}  # fmt: skip


def request(situation: Situation, given: Json) -> Changes:
    """What the payer sees on the portal."""
    return beside(situation, "payment_request", _request(situation, given))


def request_preview(situation: Situation, given: Json) -> Json:
    """The request as the entries so far would make it."""
    return preview(situation, "payment_request", _request(situation, given))


def receipt_preview(situation: Situation, given: Json) -> Json:
    """The receipt as the entries so far would make it."""
    return preview(situation, "payment_receipt", _receipt(situation, given))


def cancelled(situation: Situation, given: Json) -> Changes:
    """The note that nothing is to be paid."""
    fields = _about(situation) | {"ground": GROUND_NAMES[given["waive_ground"]], "reason": given["reason"]}
    return beside(situation, "payment_cancel", fields)


def log(situation: Situation) -> Changes:
    """The payment log, one transaction a line; it names no conclusion."""
    lines = [
        f"{line['number']} · {line['at']} | {money(line['amount'])} · {line['outcome']}. "
        f"Thụ hưởng: {line['payee']}. Nội dung: {line['content']}"
        for line in situation.record.get("log", [])
    ]
    fields = {"filing_code": situation.record["code"], "looked_up_at": f"{situation.moment:%H:%M %d/%m/%Y}",
              "transactions": "\n".join(lines) or "Không có giao dịch nào"}  # fmt: skip
    return beside(situation, "payment_log", fields)


def reconciled(situation: Situation, given: Json) -> Changes:
    """The slip of a reconciliation."""
    fields = _about(situation) | {"transaction": given["transaction"], "received": money(given["received_amount"]),
                                  "finding": FINDING_NAMES[given["match_result"]]}  # fmt: skip
    return beside(situation, "payment_match", fields)


def refund(situation: Situation, given: Json) -> Changes:
    """The request to send money back."""
    fields = _about(situation) | {"transaction": given["transaction"], "amount": money(given["refund_amount"]),
                                  "reason": given["reason"]}  # fmt: skip
    return beside(situation, "refund_request", fields)


def claim(situation: Situation, given: Json, line: Json) -> Changes:
    """The letter about money in a dissolved unit's account."""
    fields = _about(situation) | {"transaction": given["transaction"], "amount": money(line["amount"]),
                                  "account": line["payee"], "reason": given["reason"]}  # fmt: skip
    return beside(situation, "transfer_claim", fields)


def receipt(situation: Situation, given: Json) -> Changes:
    """The receipt for money."""
    return beside(situation, "payment_receipt", _receipt(situation, given))


def _about(situation: Situation) -> Json:
    record = situation.record
    return head(situation) | {"payer": record["who"], "procedure": record.get("procedure", record["title"]),
                              "cashier_name": holder(situation.office, "cashier")}  # fmt: skip


def _request(situation: Situation, given: Json) -> Json:
    return _about(situation) | {"amount": money(given.get("fee") or 0),
                                "payee": unit_name(situation, given.get("payee"))}  # fmt: skip


def _receipt(situation: Situation, given: Json) -> Json:
    unit = given.get("payee") or situation.office["code"]
    return _about(situation) | {"amount": money(given.get("amount") or 0), "payee": unit_name(situation, unit)}
