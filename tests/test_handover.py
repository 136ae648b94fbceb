"""The handover of dossiers: what each action does and prints, when the software refuses, what it counts and plants."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from grading.evaluate import evaluate
from grading.report import Report
from grading.report.completeness import completeness, forgotten
from kit import papers
from kit.attempt import Attempt
from kit.event import ACTED
from kit.plain_text import plain
from kit.script import Key, Script
from kit.store import EventStore
from kit.systems.form import Situation
from kit.systems.handover import HANDOVER, STATE
from kit.systems.handover_papers import SHOWS
from kit.systems.handover_tally import end_of
from tests.rehearsed import compiled, ticking
from tests.system_desk import after, printed, refusal_of

EXERCISE = "05-handover-dossiers"
MORNING = datetime(2025, 7, 1, 9)
OUR, OTHER = "26740", "26737"
CLOSED = {"handed_back", "passed_on", "merged"}
GOOD: dict[str, dict[str, Any]] = {
    "locate_parcel": {},
    "acknowledge": {},
    "acknowledge_reserved": {"reserved_for": "original_missing", "reservation_note": "Mục lục chỉ có bản sao"},
    "ask_missing": {"missing": ["original"], "answer_by": "2025-07-03"},
    "return_dossier": {"return_ground": "already_finished", "reason": "Người nộp đã ký nhận kết quả"},
    "merge_duplicate": {"kept_dossier": "BG-2"},
    "continue_dossier": {"handling_division": "economy", "clock_rule": "carried", "due_date": ""},
    "pass_to_heir": {"receiver_unit": OTHER, "reason": "Số nhà thuộc đơn vị khác"},
    "pass_to_province": {"receiver_body": "building", "reason": "Công trình cấp II"},
    "escalate_dossier": {"approver": "CB01", "leader_proposal": "Đề nghị làm việc với kho cũ"},
    "notify_citizen": {"told": "same_date", "notice_to": "listed_address"},
    "request_fee_transfer": {"amount": 150_000, "receipt_number": "F-123456"},
    "check_list": {"on_list_count": 2, "boxed_count": 1, "system_count": 3},
    "sign_minutes": dict.fromkeys(
        ("received_count", "reserved_count", "returned_count", "passed_count", "merged_count", "open_count"), 0
    ),
}
LISTS = ("civil_list", "land_list", "construction_list")
TAKEN = {"acknowledged", "reserved"}
OPEN = {"on_list"} | TAKEN
STEPS = {
    **dict.fromkeys(("locate_parcel", "ask_missing", "return_dossier", "merge_duplicate"), OPEN),
    **dict.fromkeys(("pass_to_heir", "pass_to_province"), OPEN), "acknowledge": {"on_list"},
    "acknowledge_reserved": {"on_list", "acknowledged"}, "continue_dossier": TAKEN, "escalate_dossier": TAKEN,
    "notify_citizen": TAKEN | {"continuing", "escalated", "passed_on"},
    "request_fee_transfer": TAKEN | {"continuing"}, "check_list": {"sheet_open"},
    "sign_minutes": {"list_checked", "minutes_due"},
}  # fmt: skip
LEADS_TO = {
    "acknowledge": "acknowledged", "acknowledge_reserved": "reserved", "return_dossier": "handed_back",
    "merge_duplicate": "merged", "continue_dossier": "continuing", "pass_to_heir": "passed_on",
    "pass_to_province": "passed_on", "escalate_dossier": "escalated", "check_list": "list_checked",
    "sign_minutes": "minutes_signed",
}  # fmt: skip
PRINTS = {
    "locate_parcel": "parcel_sheet", "ask_missing": "handing_request", "return_dossier": "handing_return",
    "pass_to_heir": "handover_transfer", "pass_to_province": "handover_transfer", "escalate_dossier": "leader_report",
    "notify_citizen": "citizen_notice", "request_fee_transfer": "fee_request", "sign_minutes": "handover_minutes",
}  # fmt: skip


def desk(step: str, **more: Any) -> Situation:
    """A dossier (or a list) at a step beside another one, in an office with a leader and a receiving officer."""
    record = {
        "kind": "handover", "step": step, "code": "BG-1", "title": "Cấp giấy phép xây dựng nhà ở riêng lẻ",
        "title_en": "Construction permit", "who": "Trần Thị Tập", "list_field": "construction",
        "listed_place": "Số 38 đường Lê Lợi, Phường Đa Kao, Quận 1", "due_date": "2025-07-04",
        "listed_state": "in_progress", "boxed_state": "in_progress", "system_state": "in_progress",
        "located": {"old_ward": "Phường Đa Kao, Quận 1", "current_units": "Phường Sài Gòn; Phường Tân Định",
                    "boundary": "Đến số 62 thuộc Phường Sài Gòn"}, **more,
    }  # fmt: skip
    if step in ("sheet_open", "list_checked", "minutes_due", "minutes_signed"):
        record = {name: value for name, value in record.items() if not name.endswith("_state")}
    office = {
        "code": OUR, "short_name": "Phường Sài Gòn", "committee": "UBND Phường Sài Gòn",
        "centre": "Trung tâm Phục vụ hành chính công Phường Sài Gòn",
        "units": {OUR: "Phường Sài Gòn", OTHER: "Phường Tân Định"}, "bodies": {"building": {"vi": "Sở Xây dựng"}},
        "officials": {
            "CB01": {"role": "signer", "full_name": "Lê Văn Duyệt", "post_vi": "Phó Chủ tịch"},
            "CB09": {"role": "reception", "full_name": "Võ Thị Nhận", "post_vi": "Công chức"},
        },
    }  # fmt: skip
    other = {**record, "code": "BG-2", "step": "acknowledged", "acknowledged_at": "2025-07-01T08:00",
             "listed_state": "absent", "boxed_state": "in_progress", "system_state": "in_progress"}  # fmt: skip
    return Situation("BG-1", record, MORNING, office, {"BG-1": record, "BG-2": other})


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    """What a good form, with some other entries, changes."""
    return HANDOVER.decide(action, situation, {**GOOD[action], **other})[1]


refusal = partial(refusal_of, done)


def one_step(action: str) -> str:
    return sorted(STEPS[action])[0]


def test_every_action_and_step_is_tried_here():
    names = {action.name for action in HANDOVER.actions}
    assert names == set(GOOD) == set(STEPS)
    assert set(STATE) == {step for steps in STEPS.values() for step in steps} | set(LEADS_TO.values())
    assert set(PRINTS.values()) == set(SHOWS) and set(HANDOVER.bulk) <= names
    assert set(HANDOVER.compares) <= {shown.name for shown in HANDOVER.columns}


@pytest.mark.parametrize("action", GOOD)
def test_each_action_is_offered_at_its_steps_and_refused_at_all_others(action):
    for step in STATE:
        if step in STEPS[action]:
            assert done(action, desk(step))
        else:
            assert refusal(action, desk(step)) == ("wrong_step", "")


@pytest.mark.parametrize("action", GOOD)
def test_each_action_leads_to_its_step_and_prints_its_paper(action):
    changes = done(action, desk(one_step(action)))
    assert changes["BG-1"].get("step", "") == LEADS_TO.get(action, "")
    kinds = [one["paper"]["kind"] for one in changes.values() if one.get("kind") == "paper"]
    assert kinds == ([PRINTS[action]] if action in PRINTS else [])
    for kind in kinds:
        assert "……………" not in papers.render(printed(changes)), kind


@pytest.mark.parametrize(
    ("action", "other", "why"),
    [
        ("ask_missing", {"answer_by": "2025-06-30"}, ("date_in_the_past", "answer_by")),
        ("ask_missing", {"missing": []}, ("empty", "missing")),
        ("ask_missing", {"missing": ["everything"]}, ("not_on_offer", "missing")),
        ("continue_dossier", {"due_date": "2025-06-30"}, ("date_in_the_past", "due_date")),
        ("continue_dossier", {"due_date": "mai"}, ("malformed", "due_date")),
        ("pass_to_heir", {"receiver_unit": OUR}, ("own_unit", "receiver_unit")),
        ("escalate_dossier", {"approver": "CB09"}, ("not_a_leader", "approver")),
        ("merge_duplicate", {"kept_dossier": "BG-1"}, ("not_on_offer", "kept_dossier")),
        ("acknowledge_reserved", {"reservation_note": ""}, ("empty", "reservation_note")),
        ("request_fee_transfer", {"amount": "nhiều"}, ("malformed", "amount")),
        ("sign_minutes", {"open_count": ""}, ("empty", "open_count")),
    ],
)
def test_the_software_refuses_what_such_software_refuses(action, other, why):
    assert refusal(action, desk(one_step(action)), **other) == why


@pytest.mark.parametrize("step", sorted(CLOSED | {"sheet_open"}))
def test_what_is_gone_cannot_be_kept_for_a_duplicate(step):
    situation = desk("on_list")
    gone = after(situation, {"BG-2": {"step": step}})
    assert refusal("merge_duplicate", gone) == ("cannot_be_kept", "kept_dossier")


def test_the_software_lets_the_mistakes_of_a_handover_through():
    """Signing unread, the wrong heir, the wrong clock: the evaluation finds them, the software does not."""
    overdue = desk("acknowledged", due_date="2025-06-20", boxed_state="absent")
    assert done("continue_dossier", overdue, clock_rule="restart")["BG-1"]["due_date"] == "2025-06-20"
    assert done("pass_to_heir", desk("on_list"))["BG-1"]["receiver_unit"] == OTHER
    assert done("return_dossier", desk("on_list"), return_ground="incomplete")


def test_an_empty_date_keeps_the_promise_and_another_one_replaces_it():
    assert done("continue_dossier", desk("reserved"))["BG-1"]["due_date"] == "2025-07-04"
    assert done("continue_dossier", desk("reserved"), due_date="2025-07-08")["BG-1"]["due_date"] == "2025-07-08"


def test_a_merged_dossier_is_remembered_where_it_went():
    changes = done("merge_duplicate", desk("on_list"))
    assert changes["BG-1"]["kept_dossier"] == "BG-2" and changes["BG-2"]["joined_codes"] == ["BG-1"]


def test_the_notice_says_what_was_chosen():
    due, asked = "04/07/2025", desk("continuing")
    texts = {told: printed(done("notify_citizen", asked, told=told))["fields"]["content"]
             for told in ("new_date", "same_date", "apology")}  # fmt: skip
    assert len(set(texts.values())) == 3 and all(due in text for text in texts.values())
    assert "xin lỗi" in texts["apology"] and "không thay đổi" in texts["same_date"]
    passed = after(desk("on_list"), done("pass_to_province", desk("on_list")))
    assert "Sở Xây dựng" in printed(done("notify_citizen", passed, told="new_office"))["fields"]["content"]


def test_the_same_paper_twice_has_two_numbers():
    situation = desk("continuing")
    first = done("notify_citizen", situation)
    second = done("notify_citizen", after(situation, first))
    assert printed(first)["id"] != printed(second)["id"]


def test_the_software_counts_the_three_sources_and_logs_them_beside_the_entries():
    elsewhere = {**desk("on_list").record, "list_field": "civil"}
    situation = after(desk("sheet_open"), {"BG-3": dict(desk("on_list").record), "BG-4": elsewhere})
    clean, changes = HANDOVER.decide("check_list", situation, GOOD["check_list"])
    counted = {name: value for name, value in clean.items() if name.startswith("counted")}
    assert counted == {"counted_listed": 1, "counted_boxed": 2, "counted_system": 2}  # BG-2 is not on the list
    assert clean["on_list_count"] == 2 and "counted_boxed" not in changes["BG-1"]


@pytest.mark.parametrize(
    ("record", "end"),
    [
        ({"step": "on_list"}, "open"), ({"step": "acknowledged", "acknowledged_at": "x"}, "received"),
        ({"step": "continuing", "acknowledged_at": "x"}, "received"),
        ({"step": "escalated", "acknowledged_at": "x", "reserved_for": "overdue"}, "reserved"),
        ({"step": "handed_back", "reserved_for": "overdue"}, "returned"), ({"step": "passed_on"}, "passed"),
        ({"step": "merged", "acknowledged_at": "x"}, "merged"),
    ],
)  # fmt: skip
def test_each_dossier_belongs_to_one_number_of_the_minutes(record, end):
    assert end_of(record) == f"counted_{end}"


def test_minutes_name_every_reservation_and_every_number():
    noted = {**desk("reserved").record, "reserved_for": "overdue", "reservation_note": "Quá hạn 3 ngày"}
    situation = after(desk("list_checked"), {"BG-3": {**noted, "code": "BG-3"}})
    fields = printed(done("sign_minutes", situation, reserved_count=7))["fields"]
    assert "BG-3 | Quá hạn 3 ngày" in fields["reservations"] and "Nhận, có bảo lưu | 7" in fields["counts"]


def test_a_dossier_from_the_list_to_the_notice():
    situation = desk("on_list")
    for action in ("locate_parcel", "ask_missing", "acknowledge_reserved", "continue_dossier", "notify_citizen"):
        situation = after(situation, done(action, situation))
    assert situation.record["step"] == "continuing" and situation.record["asked_for"] == ["original"]
    assert refusal("return_dossier", situation) == ("wrong_step", "")


# The exercise: what is drawn, and what can be read.


def drawn(seed: int) -> tuple[Script, Key]:
    return compiled(seed, EXERCISE)


def cases(seed: int, truth: str) -> list[tuple[dict[str, Any], dict[str, Any], str]]:
    """(record, facts, all that is written) of each case of a truth."""
    script, key = drawn(seed)
    found = [cue for cue in script.cues if key.truths.get(cue.id) == truth]
    return [(cue.records[cue.record], key.facts_of(cue.id), str(cue.records)) for cue in found]


def test_ninety_dossiers_come_mixed_in_one_morning():
    script, key = drawn(1)
    first = [cue for cue in script.cues if not cue.after_action]
    dossiers = [key.truths[cue.id] for cue in first if key.truths[cue.id] not in LISTS]
    assert len(dossiers) == 90 and {cue.minute for cue in first} == {0}
    neighbours = sum(one == other for one, other in pairwise(dossiers))
    assert neighbours < 30  # unmixed they would be 70
    assert [key.truths[cue.id] for cue in first][-3:] == list(LISTS)
    assert key.injects["m01"] != drawn(2)[1].injects["m01"]


def test_dossiers_of_one_truth_are_cases_of_their_own():
    places = [record["listed_place"] for record, _, _ in cases(1, "routine_civil")]
    people = {record["who"] for truth in ("routine_civil", "routine_land") for record, _, _ in cases(1, truth)}
    assert len(set(places)) == 18 and len(people) >= 32


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_house_number_decides_between_two_heirs(seed):
    for truth in ("heir_theirs", "heir_ours"):
        for record, facts, _ in cases(seed, truth):
            number = int(record["listed_place"].split()[1])
            low, high = (part for part in record["located"]["boundary"].split(": ")[1].split("; "))
            mine = low if number <= int(low.split("đến số ")[1].split()[0]) else high
            assert ("Phường Sài Gòn" in mine) == (truth == "heir_ours"), record["located"]
            assert truth == "heir_ours" or facts["receiver_unit"] != OUR


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_planted_can_be_read(seed):
    shown = {
        "no_paper": "absent", "not_on_list": "absent", "original_missing": "bản sao chụp", "finished": "ký nhận",
        "fee_old_account": "chưa kết chuyển", "moved": "đã chuyển về", "state_differs": "chưa phát hành phiếu",
        "supplement_complete": "bổ sung đủ", "duty_paid": "còn lại",
    }  # fmt: skip
    for truth, words in shown.items():
        assert all(plain(words) in plain(written) for _, _, written in cases(seed, truth)), truth
    for words in ("bản sao chụp", "chưa kết chuyển", "đã chuyển về", "chưa phát hành phiếu"):
        assert not any(plain(words) in plain(written) for _, _, written in cases(seed, "routine_land")), words


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_no_remark_of_an_officer_gainsays_what_became_of_the_dossier(seed):
    waits = ("thẩm định", "chờ dự thảo", "chờ trình ký", "còn trong hạn", "Chưa thu")
    not_yet = ("chờ dự thảo", "chờ trình ký", "Hồ sơ đầy đủ")
    for truth, words in {"finished": waits, "supplement_complete": not_yet, "state_differs": not_yet}.items():
        for record, _, written in cases(seed, truth):
            assert not [word for word in words if word in written], (record["code"], truth)


def test_twins_share_all_but_the_day_and_the_code():
    (first, _, _), (again, facts, _) = cases(1, "land_twin_first")[0], cases(1, "land_twin_again")[0]
    assert all(first[name] == again[name] for name in ("who", "title", "listed_place", "list_field"))
    assert facts["kept_dossier"] == first["code"] != again["code"]


def test_a_district_that_is_gone_answers_as_the_former_one():
    script, _ = drawn(1)
    sheets = [one["paper"] for cue in script.cues for one in cue.records.values() if one.get("kind") == "paper"]
    replies = [sheet["fields"]["handing_side"] for sheet in sheets if sheet["kind"] == "handing_reply"]
    assert len(replies) == 90 and all(side.endswith(" (cũ)") for side in replies)


def test_every_case_looks_alike_from_outside():
    script, _ = drawn(1)
    follow_ups: dict[str, list[tuple[str, int]]] = {}
    for cue in script.cues:
        if cue.after_action:
            follow_ups.setdefault(cue.record, []).append((cue.after_action, cue.minute))
    kinds = Counter(map(tuple, follow_ups.values()))
    assert kinds == {(("ask_missing", 120),): 90, (("check_list", 240),): 3}


# Many records at once, and nothing forgotten.


def begun() -> tuple[Attempt, Key]:
    script, key = drawn(1)
    store = EventStore("sqlite://")
    attempt, _ = Attempt.start(store, store.add_script(script), "Tập", clock=ticking())
    attempt.deliver()
    return attempt, key


def test_signing_for_all_at_once_handles_all_but_the_lists():
    attempt, key = begun()
    records = [name for name, one in attempt.state.records.items() if one.get("step") == "on_list"]
    assert attempt.act_many("handover", "acknowledge", records, {}).accepted
    found = completeness(key.records, attempt.events)
    assert (found.brought, found.handled, len(found.lost)) == (93, 90, 3)
    assert sum(event.kind == ACTED for event in attempt.events) == 90
    assert evaluate(key, attempt.events).score < 15


def test_the_report_names_each_dossier_that_was_lost():
    attempt, key = begun()
    records = [name for name, one in attempt.state.records.items() if one.get("step") == "on_list"]
    attempt.act_many("handover", "acknowledge", records[2:], {})
    report = Report(attempt.events, attempt.script, key, evaluate(key, attempt.events))
    told = forgotten(report, "vi")
    assert "Đã bắt đầu xử lý 88/93" in told
    assert [name in told for name in records[:3]] == [True, True, False]
    assert attempt.state.records[records[0]]["who"] in told
    assert "Began 88 of 93" in forgotten(report, "en")


def test_looking_up_a_parcel_is_no_handling():
    attempt, key = begun()
    record = next(name for name, one in attempt.state.records.items() if one.get("step") == "on_list")
    attempt.act("handover", "locate_parcel", record, {})
    assert completeness(key.records, attempt.events).handled == 0
    attempt.act("handover", "acknowledge", record, {})
    assert completeness(key.records, attempt.events).handled == 1


def test_work_on_a_further_record_is_work_on_its_matter():
    attempt, key = begun()
    record = next(name for name, one in attempt.state.records.items() if one.get("step") == "on_list")
    attempt.act("handover", "acknowledge", record, {})
    last = attempt.events[-1]
    further = replace(last, record=f"{record}-A", changes={f"{record}-A": last.changes[record]})
    assert record not in completeness(key.records, [*attempt.events[:-1], further]).lost
