"""Online payment: what each action does, when the software refuses, what the exercise plants in the payment log."""

from datetime import datetime
from typing import Any

import pytest

from kit import papers
from kit.systems.form import Refused, Situation
from kit.systems.payment import FINDINGS, GROUNDS, PAYMENT, STATE
from kit.systems.payment_papers import FINDING_NAMES, GROUND_NAMES
from kit.words import words
from tests.rehearsed import compiled, inject_with
from tests.system_desk import after, printed

EXERCISE = "10-boundary-free-payment"
OUR, OTHER = "26740", "26737"
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
PAID_ONE, PAID_TWO = "TT2507011111", "TT2507012222"
GOOD: dict[str, dict[str, Any]] = {
    "request_payment": {"fee": "15000", "payee": OTHER},
    "cancel_request": {"waive_ground": "poor_household", "reason": "Hộ nghèo"},
    "take_cash": {"amount": "24000", "cash_place": "counter_desk"},
    "look_up_transactions": {},
    "reconcile_payment": {"transaction": PAID_ONE, "received_amount": "15000", "match_result": "double"},
    "ask_difference": {"difference": "8000", "reason": "Nộp thiếu một bản"},
    "request_refund": {"transaction": PAID_TWO, "refund_amount": "15000", "reason": "Nộp hai lần"},
    "claim_transfer": {"transaction": PAID_TWO, "reason": "Tài khoản đơn vị cũ"},
    "issue_receipt": {"amount": "15000", "payee": OUR},
}
UNPAID = {"pay_unasked", "pay_asked"}
STEPS = {
    **dict.fromkeys(("request_payment", "cancel_request", "take_cash"), UNPAID),
    **dict.fromkeys(("ask_difference", "request_refund", "claim_transfer"), frozenset({"pay_matched"})),
    "look_up_transactions": set(STATE), "reconcile_payment": {"pay_asked", "pay_paid"},
    "issue_receipt": {"pay_matched", "pay_refunding"},
}  # fmt: skip
LEADS_TO = {
    "request_payment": "pay_asked", "cancel_request": "pay_cancelled", "take_cash": "pay_receipted",
    "reconcile_payment": "pay_matched", "ask_difference": "pay_asked", "request_refund": "pay_refunding",
    "claim_transfer": "pay_claimed", "issue_receipt": "pay_receipted",
}  # fmt: skip
PRINTS = {
    "request_payment": "payment_request", "cancel_request": "payment_cancel", "take_cash": "payment_receipt",
    "look_up_transactions": "payment_log", "reconcile_payment": "payment_match", "ask_difference": "payment_request",
    "request_refund": "refund_request", "claim_transfer": "transfer_claim", "issue_receipt": "payment_receipt",
}  # fmt: skip


def desk(step: str, **more: Any) -> Situation:
    """A payment order at a step, with two transactions in its log."""
    line = {"at": "09:10 30/06/2025", "amount": 15000, "outcome": "Thành công", "payee": "UBND Phường Sài Gòn",
            "content": "PDG-250701-0001-A"}  # fmt: skip
    record = {
        "kind": "payment_order", "step": step, "code": "PDG-250701-0001-A", "title": "Thanh toán: Cải chính",
        "title_en": "Payment", "procedure": "Cải chính", "who": "Trần Thị Tập", "fee": 15000, "payee": OUR,
        "log": [{"number": PAID_ONE, **line}, {"number": PAID_TWO, **line}], **more,
    }  # fmt: skip
    office = {
        "code": OUR, "short_name": "Phường Sài Gòn", "centre": "Trung tâm PVHCC Phường Sài Gòn", "form_set": "2018",
        "units": {OUR: "Phường Sài Gòn", OTHER: "Phường Tân Định"},
        "officials": {"CB12": {"role": "cashier", "full_name": "Lý Thị Quỹ"}},
    }  # fmt: skip
    return Situation("F-1-A", record, datetime(2025, 7, 1, 9), office, {"F-1-A": record})


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    return PAYMENT.decide(action, situation, {**GOOD[action], **other})[1]


def test_every_action_has_its_steps_and_a_good_form_here():
    assert {action.name: set(action.steps) for action in PAYMENT.actions} == STEPS
    assert GOOD.keys() == STEPS.keys() and set(PAYMENT.routine) <= set(GOOD)


@pytest.mark.parametrize("action", GOOD)
def test_where_each_action_leads_and_nowhere_else_is_it_offered(action):
    for step in STATE:
        if step in STEPS[action]:
            assert after(desk(step), done(action, desk(step))).record["step"] == LEADS_TO.get(action, step)
        else:
            with pytest.raises(Refused, match="wrong_step"):
                done(action, desk(step))


@pytest.mark.parametrize(
    ("action", "step", "other", "reason"),
    [
        ("request_payment", "pay_unasked", {"fee": "15.000 đ"}, ("malformed", "fee")),
        ("request_payment", "pay_unasked", {"payee": "99999"}, ("not_on_offer", "payee")),
        ("cancel_request", "pay_asked", {"waive_ground": "rich"}, ("not_on_offer", "waive_ground")),
        ("take_cash", "pay_unasked", {"amount": ""}, ("empty", "amount")),
        ("reconcile_payment", "pay_paid", {"transaction": "TT0"}, ("no_such_transaction", "transaction")),
        ("request_refund", "pay_matched", {"refund_amount": "15001"}, ("more_than_paid", "refund_amount")),
        ("claim_transfer", "pay_matched", {"transaction": ""}, ("empty", "transaction")),
    ],
)  # fmt: skip
def test_what_the_software_refuses(action, step, other, reason):
    with pytest.raises(Refused) as no:
        done(action, desk(step), **other)
    assert (no.value.reason, no.value.field) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


def test_an_order_without_transactions_can_be_looked_up_and_reconciled_with_nothing():
    empty = desk("pay_asked", log=[])
    assert "Không có giao dịch" in printed(done("look_up_transactions", empty))["fields"]["transactions"]
    with pytest.raises(Refused, match="no_such_transaction"):
        done("reconcile_payment", empty)


@pytest.mark.parametrize(
    ("action", "step", "other"),
    [
        ("request_payment", "pay_asked", {}),
        ("reconcile_payment", "pay_paid", {"received_amount": "1", "match_result": "matched"}),
        ("issue_receipt", "pay_matched", {"amount": "30000", "payee": OTHER}),
        ("take_cash", "pay_asked", {"amount": "0"}),
        ("ask_difference", "pay_matched", {"difference": "15000"}),
    ],
)
def test_mistakes_that_real_software_lets_through_go_through(action, step, other):
    assert done(action, desk(step), **other)


@pytest.mark.parametrize("action", PRINTS)
def test_each_paper_renders_with_all_that_it_needs(action):
    sheet = printed(done(action, desk(sorted(STEPS[action])[0])))
    html = papers.render(sheet)
    assert sheet["kind"] == PRINTS[action] and NOTICE in html and "None" not in html and all(sheet["fields"].values())


def test_the_log_shows_every_transaction_and_decides_nothing():
    lines = printed(done("look_up_transactions", desk("pay_paid")))["fields"]["transactions"].split("\n")
    assert [PAID_ONE in lines[0], PAID_TWO in lines[1]] == [True, True] and "15.000 đồng" in lines[0]
    assert set(done("look_up_transactions", desk("pay_paid"))["F-1-A"]) == {"looked_up_at"}


def test_the_life_of_an_order_paid_twice_and_of_one_paid_short():
    situation = desk("pay_paid")
    for action in ("look_up_transactions", "reconcile_payment", "request_refund", "issue_receipt"):
        situation = after(situation, done(action, situation))
    record = situation.record
    assert (record["step"], record["refund_amount"], record["amount"]) == ("pay_receipted", 15000, 15000)
    short = after(desk("pay_paid"), done("reconcile_payment", desk("pay_paid"), match_result="short"))
    again = after(short, done("ask_difference", short))
    assert (again.record["step"], again.record["difference"], again.record["fee"]) == ("pay_asked", 8000, 15000)
    assert again.records["F-1-A/payment_request-1"]["paper"]["fields"]["amount"] == "8.000 đồng"


def test_papers_and_screen_call_findings_and_grounds_by_the_same_names():
    assert {words("vi")[f"choice.match_result.{one}"] for one in FINDINGS} == set(FINDING_NAMES.values())
    assert {words("vi")[f"choice.waive_ground.{one}"] for one in GROUNDS} == set(GROUND_NAMES.values())


# ---- what the exercise plants --------------------------------------------------------------------------------------
def order(seed: int, truth: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The payment order of a case, and the case's facts."""
    script, key = compiled(seed, EXERCISE)
    cue = next(one for one in script.cues if one.id == inject_with(key, truth))
    return cue.records[f"{cue.record}-A"], key.facts[cue.id]


def debited(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for line in record["log"] if "đã ghi nợ" in line["outcome"]]


@pytest.mark.parametrize("seed", range(1, 13))
def test_the_log_alone_tells_the_truths_of_payment_apart(seed):
    asked = {truth: order(seed, truth) for truth in ("failed_debited", "failed_plain", "exempt")}
    paid = {truth: order(seed, truth) for truth in ("paid_twice", "paid_less", "old_account")}
    for group in (asked, paid):
        assert len({(one["step"], tuple(sorted(one)), len(one["log"])) for one, _ in group.values()}) == 1
    count = {truth: len(debited(one)) for truth, (one, _) in {**asked, **paid}.items()}
    assert count == {"failed_debited": 1, "failed_plain": 0, "exempt": 0, "paid_twice": 2, "paid_less": 1,
                     "old_account": 1}  # fmt: skip


@pytest.mark.parametrize("seed", range(1, 13))
def test_amounts_and_numbers_of_the_key_stand_in_the_log(seed):
    record, facts = order(seed, "failed_debited")
    assert [(one["number"], one["amount"]) for one in debited(record)] == [(facts["transaction"], facts["fee"])]
    record, facts = order(seed, "paid_twice")
    assert [one["number"] for one in debited(record)] == [facts["first"], facts["second"]]
    record, facts = order(seed, "paid_less")
    assert record["fee"] - debited(record)[0]["amount"] == facts["difference"] > 0
    record, _ = order(seed, "old_account")
    assert "trước 01/7/2025" in debited(record)[0]["payee"]
