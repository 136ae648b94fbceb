"""Online payment on the national portal: requests, what the bank answered, reconciliation, refunds, receipts.

Online payment and reconciled receipts: named by the seed articles (Quang Ninh); whose account, deadlines and the form
of the payment log are training values. A second request, a receipt for too much or a wrong transaction goes through.
"""

from kit.systems import payment_rules as rules
from kit.systems.form import Action, Field, Shown, System
from kit.systems.payment_papers import receipt_preview, request_preview

STATE = {
    "pay_unasked": 0, "pay_asked": 2, "pay_paid": 4, "pay_matched": 6, "pay_refunding": 6, "pay_claimed": 6,
    "pay_cancelled": 10, "pay_receipted": 10,
}  # fmt: skip
UNPAID, MONEY = frozenset({"pay_unasked", "pay_asked"}), frozenset({"pay_asked", "pay_paid"})
FINDINGS = ("matched", "short", "double", "old_account", "no_debit")
GROUNDS = ("applicant_asks", "duplicate_filing", "poor_household", "merit_family", "disabled_person", "on_time")
PLACES = ("counter_desk", "kiosk")

WHY, PAYEE = Field("reason", "long_text"), Field("payee", "unit")
FEE, AMOUNT, TRANSACTION = Field("fee", "number"), Field("amount", "number"), Field("transaction", "text")
SHOWS = (
    Shown("code"), Shown("fee", "money"), Shown("payee", "unit"), Shown("asked_at", "moment"),
    Shown("transaction"), Shown("received_amount", "money"), Shown("match_result", "choice.match_result"),
    Shown("difference", "money"), Shown("refund_amount", "money"), Shown("paid", "money", "amount"),
    Shown("waive_ground", "choice.waive_ground"),
)  # fmt: skip

PAYMENT = System(
    name="payment",
    lists="payment_order",
    states=STATE,
    shows=SHOWS,
    routine=("request_payment", "look_up_transactions", "reconcile_payment", "issue_receipt"),
    actions=(
        Action("request_payment", "cashier", 2, UNPAID, (FEE, PAYEE), rules.request_payment, request_preview),
        Action("cancel_request", "cashier", 2, UNPAID,
               (Field("waive_ground", "choice", GROUNDS), WHY), rules.cancel_request),
        Action("take_cash", "cashier", 3, UNPAID,
               (AMOUNT, Field("cash_place", "choice", PLACES)), rules.take_cash, receipt_preview),
        Action("look_up_transactions", "cashier", 2, frozenset(STATE), (), rules.look_up_transactions),
        Action("reconcile_payment", "cashier", 3, MONEY,
               (TRANSACTION, Field("received_amount", "number"), Field("match_result", "choice", FINDINGS)),
               rules.reconcile_payment),
        Action("ask_difference", "cashier", 2, frozenset({"pay_matched"}),
               (Field("difference", "number"), WHY), rules.ask_difference),
        Action("request_refund", "cashier", 3, frozenset({"pay_matched"}),
               (TRANSACTION, Field("refund_amount", "number"), WHY), rules.request_refund),
        Action("claim_transfer", "cashier", 3, frozenset({"pay_matched"}), (TRANSACTION, WHY), rules.claim_transfer),
        Action("issue_receipt", "cashier", 1, frozenset({"pay_matched", "pay_refunding"}),
               (AMOUNT, PAYEE), rules.issue_receipt, receipt_preview),
    ),
)  # fmt: skip
