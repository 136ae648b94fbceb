"""What may be done with a payment order: each action's rule, pure, from the record to what it changes."""

from kit.systems import payment_papers as papers
from kit.systems.form import Changes, Json, Refused, Situation


def request_payment(situation: Situation, given: Json) -> Changes:
    """Ask for a fee on the national portal, payable to a unit's account."""
    asked = {**given, "asked_at": situation.moment.isoformat(timespec="minutes")}
    return _move(situation, "pay_asked", **asked) | papers.request(situation, given)


def cancel_request(situation: Situation, given: Json) -> Changes:
    """Nothing is to be paid: the request is taken back with its ground."""
    return _move(situation, "pay_cancelled", waive_ground=given["waive_ground"]) | papers.cancelled(situation, given)


def take_cash(situation: Situation, given: Json) -> Changes:
    """Money taken at the counter or at the machine beside it; the receipt is printed."""
    return _move(situation, "pay_receipted", **given) | papers.receipt(situation, given)


def look_up_transactions(situation: Situation, given: Json) -> Changes:
    """Every transaction that the payment log holds for this order, as the bank reported it."""
    return {situation.id: {"looked_up_at": situation.moment.isoformat(timespec="minutes")}} | papers.log(situation)


def reconcile_payment(situation: Situation, given: Json) -> Changes:
    """Match one transaction of the log with the order and say what was found."""
    _logged(situation, given)
    return _move(situation, "pay_matched", **given) | papers.reconciled(situation, given)


def ask_difference(situation: Situation, given: Json) -> Changes:
    """Ask for the rest, and for no more."""
    return _move(situation, "pay_asked", difference=given["difference"]) | papers.request(
        situation, {"fee": given["difference"], "payee": situation.record.get("payee", situation.office["code"])}
    )


def request_refund(situation: Situation, given: Json) -> Changes:
    """Ask for money to be sent back to whoever paid too much; never more than the transaction held."""
    if given["refund_amount"] > _logged(situation, given)["amount"]:
        raise Refused("more_than_paid", "refund_amount")
    return _move(situation, "pay_refunding", refund_amount=given["refund_amount"]) | papers.refund(situation, given)


def claim_transfer(situation: Situation, given: Json) -> Changes:
    """Ask that what lies in a dissolved unit's account be moved to the unit that took over."""
    return _move(situation, "pay_claimed") | papers.claim(situation, given, _logged(situation, given))


def issue_receipt(situation: Situation, given: Json) -> Changes:
    """The electronic receipt: amount and the unit whose fee it is."""
    return _move(situation, "pay_receipted", **given) | papers.receipt(situation, given)


def _logged(situation: Situation, given: Json) -> Json:
    """The transaction of the payment log with the number entered."""
    lines: list[Json] = situation.record.get("log", [])
    for line in lines:
        if line["number"] == given["transaction"]:
            return line
    raise Refused("no_such_transaction", "transaction")


def _move(situation: Situation, step: str, **fields: object) -> Changes:
    return {situation.id: {"step": step, **fields}}
