"""The land software and the bottleneck report: actions, refusals, papers; and what exercise 12 plants."""

import re
from typing import Any

import pytest

from kit import papers
from kit.plain_text import plain
from kit.systems.bottleneck import BOTTLENECK, SLOW_STEPS, STEP_NAMES
from kit.systems.form import Situation
from kit.systems.land import LAND, STATE
from kit.systems.land_rules import NOT_FOUND
from kit.systems.registry import SYSTEMS
from kit.words import words
from tests import loop_desk
from tests.loop_desk import NOTICE, OTHER, OUR
from tests.rehearsed import compiled, inject_with
from tests.system_desk import after, printed, wrong_steps

EXERCISE = "12-whole-loop"
GOOD: dict[str, dict[str, Any]] = {
    "find_parcel": {"unit_code": "C26737", "map_sheet": 12, "parcel_number": 45},
    "ask_land_support": {"support_problem": "old_code_only", "reason": "Chỉ thấy theo mã cũ"},
    "enter_change": {"change_kind": "gift", "parcel_holder": "Trần Thị Tập"},
    "pass_parcel": {"receiver_unit": OTHER, "reason": "Thửa đất nay thuộc đơn vị khác"},
    "send_to_branch": {"receiver_body": "branch_2", "transfer_note": "Gửi hồ sơ"},
    "recall_from_branch": {"reason": "Nhầm địa bàn"},
    "send_duty_notice": {"amount": 38_750_000, "pay_by": "2025-07-15"},
    "settle_duty": {"amount": 38_750_000, "receipt_number": "W123456"},
    "close_parcel": {},
}
LOOKED_FOR = {"parcel_sought", "parcel_found"}
STEPS = {
    "find_parcel": LOOKED_FOR, "ask_land_support": LOOKED_FOR | {"change_entered", "with_branch"},
    "enter_change": {"parcel_found"}, "pass_parcel": LOOKED_FOR, "send_to_branch": {"change_entered"},
    "recall_from_branch": {"with_branch"}, "send_duty_notice": {"with_branch", "duty_noticed"},
    "settle_duty": {"duty_noticed"}, "close_parcel": {"duty_settled"},
}  # fmt: skip
LEADS_TO = {
    "find_parcel": "parcel_found", "enter_change": "change_entered", "pass_parcel": "parcel_passed",
    "send_to_branch": "with_branch", "recall_from_branch": "change_entered", "send_duty_notice": "duty_noticed",
    "settle_duty": "duty_settled", "close_parcel": "parcel_closed",
}  # fmt: skip
PRINTS = {
    "find_parcel": "parcel_answer", "ask_land_support": "land_support_request", "pass_parcel": "parcel_transfer",
    "send_to_branch": "parcel_transfer", "send_duty_notice": "duty_notice",
}  # fmt: skip
REPORT: dict[str, Any] = {"slow_step": "approval_step", "waited_days": 6, "waiting_count": 14,
                          "improvement": "Cấp tài khoản cho người ký thứ hai", "approver": "CB02"}  # fmt: skip


def desk(step: str, **more: Any) -> Situation:
    """A matter at a step, whose parcel is known under the old code only."""
    parcel = {
        "unit_code": "C26737", "map_sheet": 12, "parcel_number": 45, "holder": "Lê Văn Cũ", "area": "80 m²",
        "address": "Số 9 Lê Lợi, Phường Đa Kao, Quận 1", "current_unit": "Phường Tân Định",
    }  # fmt: skip
    found = {"found_parcel": "Tờ bản đồ 12, thửa 45", "parcels": [parcel]}
    return loop_desk.desk({"kind": "parcel_matter", "step": step, **found, **more})


def report_desk(step: str = "bottleneck_due") -> Situation:
    return loop_desk.desk({"kind": "bottleneck_report", "step": step})


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    return LAND.decide(action, situation, {**GOOD[action], **other})[1]


def through(situation: Situation, *actions: str) -> Situation:
    for action in actions:
        situation = after(situation, done(action, situation))
    return situation


def test_the_tables_here_name_every_action():
    assert set(GOOD) == set(STEPS) == {action.name for action in LAND.actions}
    assert SYSTEMS["land"] is LAND and SYSTEMS["bottleneck"] is BOTTLENECK and set(LAND.routine) <= set(GOOD)


def taken_at_its_steps_alone(action: str, step: str) -> None:
    situation = desk(step)
    if step not in STEPS[action]:
        assert loop_desk.refusal(LAND, action, situation, GOOD[action]) == ("wrong_step", "")
        return
    changes = done(action, situation)
    assert changes["M-1"].get("step", step) == LEADS_TO.get(action, step)
    assert (action in PRINTS) == any(change.get("kind") == "paper" for change in changes.values())


def test_an_action_is_taken_at_its_steps_and_at_no_other():
    wrong = wrong_steps(taken_at_its_steps_alone, GOOD, STATE)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("action", "step", "other", "reason"),
    [
        ("find_parcel", "parcel_sought", {"map_sheet": "mười"}, ("malformed", "map_sheet")),
        ("find_parcel", "parcel_sought", {"unit_code": ""}, ("empty", "unit_code")),
        ("pass_parcel", "parcel_found", {"receiver_unit": OUR}, ("own_unit", "receiver_unit")),
        ("send_to_branch", "change_entered", {"receiver_body": "branch_9"}, ("not_on_offer", "receiver_body")),
        ("send_duty_notice", "duty_noticed", {"pay_by": "2025-06-30"}, ("date_in_the_past", "pay_by")),
        ("enter_change", "parcel_found", {"change_kind": "theft"}, ("not_on_offer", "change_kind")),
    ],
)  # fmt: skip
def test_what_the_software_refuses(action, step, other, reason):
    assert loop_desk.refusal(LAND, action, desk(step), {**GOOD[action], **other}) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


def test_a_parcel_under_another_code_is_answered_and_not_refused():
    changes = done("find_parcel", desk("parcel_sought"), unit_code="M26740")
    assert changes["M-1"] == {"searches": 1} and printed(changes)["fields"]["result"] == NOT_FOUND
    found = done("find_parcel", desk("parcel_sought"), unit_code="c26737")
    assert found["M-1"]["step"] == "parcel_found" and printed(found)["fields"]["current_unit"] == "Phường Tân Định"
    for wrong in ({"map_sheet": 13}, {"parcel_number": 46}):
        assert "step" not in done("find_parcel", desk("parcel_sought"), **wrong)["M-1"]


@pytest.mark.parametrize("action", PRINTS)
def test_each_paper_renders_with_all_that_it_needs(action):
    sheet = printed(done(action, desk(sorted(STEPS[action])[0])))
    html = papers.render(sheet)
    assert sheet["kind"] == PRINTS[action] and NOTICE in html and "None" not in html
    assert {name for name in papers.fields(sheet["kind"]) if not sheet["fields"].get(name)} == set()


def test_the_whole_life_of_a_matter_that_went_to_the_wrong_branch():
    sent = through(desk("parcel_sought"), "find_parcel", "ask_land_support", "enter_change", "send_to_branch")
    back = through(sent, "recall_from_branch")
    assert back.record["receiver_body"] == ""
    closed = through(back, "send_to_branch", "send_duty_notice", "send_duty_notice", "settle_duty", "close_parcel")
    assert closed.record["step"] == "parcel_closed" and closed.record["tax_receipt"] == "W123456"
    fields = closed.records["M-1/duty_notice-1"]["paper"]["fields"]
    assert (fields["officer_name"], fields["number"]) == ("Lê CB08", "0001/UBND")
    assert "38.750.000 đồng" in papers.render(closed.records["M-1/duty_notice-2"]["paper"])


# ---- the report ----------------------------------------------------------------------------------------------------
def test_a_report_goes_to_a_leader_and_ends_there():
    changes = BOTTLENECK.decide("report_bottleneck", report_desk(), REPORT)[1]
    html = papers.render(printed(changes))
    assert (
        changes["M-1"]["step"] == "bottleneck_sent"
        and NOTICE in html
        and "6 ngày làm việc" in html
        and "Lê CB04" in html
    )
    assert loop_desk.refusal(BOTTLENECK, "report_bottleneck", report_desk("bottleneck_sent"), REPORT)[0] == "wrong_step"
    wrong = {**REPORT, "approver": "CB07"}
    assert loop_desk.refusal(BOTTLENECK, "report_bottleneck", report_desk(), wrong) == ("not_a_leader", "approver")
    assert set(STEP_NAMES) == set(SLOW_STEPS)


# ---- what the exercise plants --------------------------------------------------------------------------------------
def drawn(seed: int, truth: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """(the part in the other software, the facts, all that is written) of the inject with a truth."""
    script, key = compiled(seed, EXERCISE)
    cue = next(one for one in script.cues if one.id == inject_with(key, truth))
    part = next((one for name, one in cue.records.items() if name.endswith("-A")), {})
    sheets = [one["paper"]["fields"] for one in cue.records.values() if one.get("kind") == "paper"]
    return part, key.facts_of(cue.id), str(sheets)


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_code_that_finds_a_parcel_stands_on_the_papers(seed):
    for truth, letter in (("parcel_new_code", "M"), ("parcel_old_code", "C"), ("parcel_elsewhere", "C")):
        part, facts, written = drawn(seed, truth)
        assert facts["unit_code"].startswith(letter) and facts["unit_code"] in written
        assert [one["unit_code"] for one in part["parcels"]] == [facts["unit_code"]]
        assert str(facts["map_sheet"]) in written and str(facts["parcel_number"]) in written
    part, facts, _ = drawn(seed, "parcel_elsewhere")
    units = compiled(seed, EXERCISE)[0].office["units"]
    assert part["parcels"][0]["current_unit"] == units[facts["receiver_unit"]] and facts["receiver_unit"] != OUR


@pytest.mark.parametrize("seed", range(1, 7))
def test_exactly_one_item_of_the_entry_differs(seed):
    part, facts, written = drawn(seed, "data_differ")
    wrong = facts["part"]
    assert part[wrong] not in facts["corrections"] and facts["corrections"][0] in written
    for name in {"subject_name", "residence"} - {wrong}:
        assert part[name] in written
    for name in {"event_date", "related_birth_date"} - {wrong}:
        assert "/".join(reversed(part[name].split("-"))) in written


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_bottleneck_is_the_offices_step_furthest_above_its_norm(seed):
    script, key = compiled(seed, EXERCISE)
    cue = next(one for one in script.cues if one.id == inject_with(key, "report"))
    facts = key.facts_of(cue.id)
    (log,) = [one["paper"]["fields"]["rows"] for one in cue.records.values() if one.get("kind") == "paper"]
    rows = [line.split(" | ") for line in log.split("\n")]
    over = {row[0]: int(row[2]) - int(row[3]) for row in rows if row[3].isdigit()}
    label = max(over, key=over.__getitem__)
    assert label == STEP_NAMES[facts["slow_step"]] and sorted(over.values())[-2] == 0
    assert [facts["waiting_count"], facts["waited_days"]] == [
        int(one) for one in next(r for r in rows if r[0] == label)[1:3]
    ]
    guidebook = plain(" ".join(script.office["guidebook"].values()))
    assert all(plain(word) in guidebook for word in facts["words"])


def test_results_that_wait_look_alike_from_outside():
    script, key = compiled(1, EXERCISE)
    names = {
        key.injects[cue.id.split("-")[0]]: (cue.after_action, cue.minute) for cue in script.cues if cue.after_action
    }
    assert len(names) == 3 and set(names.values()) == {("decline", 60)}


def test_only_training_phones_and_ids_are_written():
    text = str(compiled(5, EXERCISE)[0].cues)
    assert set(re.findall(r"\b0[0-9]{11}\b", text)) and not re.findall(r"\b0(?!99)[0-9]{11}\b", text)
    assert not re.findall(r"\b0(?!600)[0-9]{3} [0-9]{3} [0-9]{3}\b", text)
