"""Direction and tasks: what each action does, when the software refuses, which paper comes out."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from kit import papers
from kit.systems.form import Situation
from kit.systems.registry import SYSTEMS
from kit.systems.tasks import DIVISIONS, STATE, TASK_FIELDS, TASKS
from kit.words import words
from tests.system_desk import printed, refusal_of, wrong_steps

MORNING = datetime(2025, 7, 1, 9)
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
CHAIRMAN = "Lê Văn Duyệt"
GOOD: dict[str, dict[str, Any]] = {
    "assign_task": {"task_field": "health", "lead_division": "culture", "supporting": ["police", "economy"],
                    "product_kind": "plan", "requirement": "Nêu ổ dịch và lịch", "deadline": "2025-07-04"},
    "decide_alone": {"decision_form": "decision", "direction": "Lập tổ hỗ trợ"},
    "propose_item": {"session_ground": "plan_budget", "preparing_division": "economy", "reason": "Điều chỉnh dự toán"},
    "pass_on_demand": {"receiver_body": "education", "reason": "Trường trung học phổ thông"},
    "raise_alarm": {"alerted_bodies": ["fire_rescue", "ambulance"], "message": "Cháy tại số 12 Lê Lợi"},
    "record_progress": {"progress_state": "behind", "progress_note": "Phòng đang tổng hợp"},
    "urge_division": {"urged_division": "culture", "deadline": "2025-07-03", "reason": "Đã quá hạn"},
    "put_off_task": {"new_due_date": "2025-07-08", "reason": "Chờ kết quả xét nghiệm"},
    "compare_figures": {"wrong_rows": ["row_2"], "right_figure": "417", "figure_note": "Đảo hai chữ số"},
    "return_product": {"deadline": "2025-07-03", "reason": "Thiếu nguyên nhân"},
    "accept_product": {},
    "report_upward": {"receiver_body": "health", "report_content": "Đã xử lý 12 ổ dịch"},
    "answer_sender": {"answer_text": "Đã kiểm tra, lập biên bản số 12"},
    "brief_session": {"briefing": "Đã lập tổ hỗ trợ"},
    "close_task": {},
}  # fmt: skip
RUNNING, SETTLED = {"task_open", "task_blocked"}, {"product_accepted", "reported_up", "sender_answered"}
STEPS = {
    "assign_task": RUNNING | {"demand_in", "alarm_raised", "decided_alone"},
    "decide_alone": {"demand_in", "alarm_raised"},
    "propose_item": RUNNING | {"demand_in"}, "pass_on_demand": RUNNING | {"demand_in"},
    "raise_alarm": RUNNING | {"demand_in", "decided_alone"},
    "record_progress": RUNNING, "urge_division": RUNNING, "put_off_task": RUNNING,
    "compare_figures": {"demand_in", "task_open", "product_in"},
    "return_product": {"product_in"}, "accept_product": {"product_in"},
    "report_upward": SETTLED | {"product_in", "decided_alone", "alarm_raised", "task_open"},
    "answer_sender": SETTLED | {"demand_in", "product_in", "task_open", "decided_alone", "demand_passed"},
    "brief_session": SETTLED | {"decided_alone", "alarm_raised", "task_open"},
    "close_task": SETTLED | {"session_briefed", "demand_passed", "item_proposed"},
}  # fmt: skip
LEADS_TO = {
    "assign_task": "task_open", "decide_alone": "decided_alone", "propose_item": "item_proposed",
    "pass_on_demand": "demand_passed", "raise_alarm": "alarm_raised", "urge_division": "task_open",
    "return_product": "task_open", "accept_product": "product_accepted", "report_upward": "reported_up",
    "answer_sender": "sender_answered", "brief_session": "session_briefed", "close_task": "task_closed",
}  # fmt: skip
PRINTS = {
    "assign_task": "task_assignment", "decide_alone": "chairman_decision", "propose_item": "session_item_slip",
    "pass_on_demand": "pass_on_letter", "raise_alarm": "alarm_log", "urge_division": "task_reminder",
    "compare_figures": "figure_check", "return_product": "product_return", "report_upward": "report_upward",
    "answer_sender": "sender_answer", "brief_session": "session_briefing",
}  # fmt: skip
STAYING = {"raise_alarm", "report_upward", "answer_sender", "brief_session"}


def desk(step: str, moment: datetime = MORNING, **more: Any) -> Situation:
    """A demand at a step, in a ward with a chairman."""
    record = {
        "kind": "task", "step": step, "code": "CD-250701-0001", "title": "Phòng, chống sốt xuất huyết",
        "title_en": "Dengue", "who": "Sở Y tế", "channel": "axis", "due_date": "2025-07-04",
        "lead_division": "culture", **more,
    }  # fmt: skip
    named = {"education": "Sở Giáo dục và Đào tạo", "health": "Sở Y tế", "fire_rescue": "114", "ambulance": "115"}
    office = {
        "code": "26740", "short_name": "Phường Sài Gòn", "committee": "UBND Phường Sài Gòn", "units": {},
        "bodies": {name: {"vi": text} for name, text in named.items()},
        "officials": {
            "CB01": {"role": "signer", "full_name": CHAIRMAN, "post_vi": "Chủ tịch UBND phường"},
            "CB02": {"role": "signer", "full_name": "Võ Thị Phó", "post_vi": "Phó Chủ tịch UBND phường"},
        },
    }  # fmt: skip
    return Situation("T-1", record, moment, office, {"T-1": record})


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    return TASKS.decide(action, situation, {**GOOD[action], **other})[1]


refusal = partial(refusal_of, done)


def through(situation: Situation, *actions: str) -> Situation:
    for action in actions:
        records = dict(situation.records)
        for name, new in done(action, situation).items():
            records[name] = {**records.get(name, {}), **new}
        situation = replace(situation, record=records["T-1"], records=records)
    return situation


def at(situation: Situation, step: str) -> Situation:
    record = {**situation.record, "step": step}
    return replace(situation, record=record, records={**situation.records, "T-1": record})


def test_the_tables_here_name_every_action():
    assert set(GOOD) == set(STEPS) == {action.name for action in TASKS.actions}
    assert SYSTEMS["tasks"] is TASKS and set(TASKS.routine) <= set(GOOD)
    assert len(TASK_FIELDS) == 15  # the fields of Law 72/2025, Article 23(6), as the source material words them


def taken_at_its_steps_alone(action: str, step: str) -> None:
    situation = desk(step)
    if step not in STEPS[action]:
        assert refusal(action, situation) == ("wrong_step", "")
        return
    changes = done(action, situation)
    stays = action in STAYING and step in ("task_open", "alarm_raised", "demand_passed", "task_blocked")
    wanted = step if stays else LEADS_TO.get(action, step)
    assert changes.get("T-1", {}).get("step", step) == wanted
    assert (action in PRINTS) == any(change.get("kind") == "paper" for change in changes.values())


def test_an_action_is_taken_at_its_steps_and_at_no_other():
    wrong = wrong_steps(taken_at_its_steps_alone, GOOD, STATE)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("step", STATE)
def test_something_can_be_done_at_every_step_but_the_last(step):
    assert any(action.allowed({"step": step}) for action in TASKS.actions) == (step != "task_closed")


@pytest.mark.parametrize(
    ("action", "step", "record", "other", "reason"),
    [
        ("assign_task", "demand_in", {}, {"deadline": "2025-06-30"}, ("date_in_the_past", "deadline")),
        ("assign_task", "demand_in", {}, {"deadline": "4/7"}, ("malformed", "deadline")),
        ("assign_task", "demand_in", {}, {"lead_division": "district"}, ("not_on_offer", "lead_division")),
        ("assign_task", "demand_in", {}, {"supporting": ["moon"]}, ("not_on_offer", "supporting")),
        ("assign_task", "demand_in", {}, {"requirement": " "}, ("empty", "requirement")),
        ("assign_task", "demand_in", {}, {"step": "task_closed"}, ("unknown_field", "step")),
        ("pass_on_demand", "demand_in", {}, {"receiver_body": "circus"}, ("not_on_offer", "receiver_body")),
        ("raise_alarm", "demand_in", {}, {"alerted_bodies": []}, ("empty", "alerted_bodies")),
        ("urge_division", "task_open", {}, {"deadline": "2025-06-30"}, ("date_in_the_past", "deadline")),
        ("return_product", "product_in", {}, {"deadline": "2025-06-30"}, ("date_in_the_past", "deadline")),
        ("return_product", "product_in", {}, {"reason": "x" * 2_001}, ("too_long", "reason")),
        ("put_off_task", "task_open", {"due_date": "2025-06-30"}, {}, ("task_overdue", "")),
        ("put_off_task", "task_open", {"due_date": ""}, {}, ("task_overdue", "")),
        ("put_off_task", "task_open", {}, {"new_due_date": "2025-07-04"}, ("date_not_later", "new_due_date")),
        ("put_off_task", "task_open", {"put_off": True}, {}, ("already_put_off", "")),
        ("compare_figures", "product_in", {}, {"wrong_rows": ["row_9"]}, ("not_on_offer", "wrong_rows")),
        ("propose_item", "demand_in", {}, {"session_ground": "any"}, ("not_on_offer", "session_ground")),
    ],
)  # fmt: skip
def test_what_the_software_refuses(action, step, record, other, reason):
    assert refusal(action, desk(step, **record), **other) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


@pytest.mark.parametrize(
    ("action", "step", "other"),
    [
        ("assign_task", "demand_in", {"lead_division": "centre", "supporting": [], "deadline": "2025-07-01"}),
        ("assign_task", "demand_in", {"supporting": list(DIVISIONS)}),
        ("decide_alone", "demand_in", {"direction": "Điều chỉnh dự toán"}),
        ("accept_product", "product_in", {}),
        ("report_upward", "task_open", {"report_content": "Đang làm"}),
        ("compare_figures", "product_in", {"wrong_rows": [], "right_figure": "", "figure_note": ""}),
    ],
)  # fmt: skip
def test_mistakes_that_real_software_lets_through_go_through(action, step, other):
    assert done(action, desk(step), **other)


def test_a_task_given_again_moves_to_the_other_division_with_its_new_deadline():
    changed = done("assign_task", desk("task_blocked", lead_division="office"))["T-1"]
    assert (changed["lead_division"], changed["due_date"], changed["step"]) == ("culture", "2025-07-04", "task_open")


def test_a_deadline_is_put_off_once_and_reminders_are_counted():
    once = through(desk("task_open"), "put_off_task", "urge_division", "urge_division")
    assert (once.record["due_date"], once.record["reminders"]) == ("2025-07-03", 2)
    assert refusal("put_off_task", once) == ("already_put_off", "")


@pytest.mark.parametrize("action", PRINTS)
def test_each_paper_renders_with_all_that_it_needs(action):
    sheet = printed(done(action, desk(sorted(STEPS[action])[0])))
    html = papers.render(sheet)
    assert sheet["kind"] == PRINTS[action] and NOTICE in html and "None" not in html
    assert all(sheet["fields"].values()), sheet["fields"]
    assert CHAIRMAN in html


def test_letters_reports_and_decisions_are_numbered_in_series_of_their_own():
    life = through(desk("demand_in"), "decide_alone", "assign_task", "report_upward", "urge_division", "answer_sender")
    numbers = [one["paper"]["fields"]["number"] for key, one in life.records.items() if key != "T-1"]
    assert numbers == ["01/QĐ-UBND", "01/UBND-VP", "01/BC-UBND", "02/UBND-VP", "03/UBND-VP"]


def test_the_letter_names_the_division_as_the_ward_calls_it_and_the_day():
    fields = printed(done("assign_task", desk("demand_in"), lead_division="economy"))["fields"]
    assert fields["receiver"] == "Phòng Kinh tế, Hạ tầng và Đô thị" and fields["deadline"] == "04/07/2025"
    assert fields["supporting"] == "Phòng Kinh tế, Hạ tầng và Đô thị; Công an Phường Sài Gòn"
    assert fields["place_date"] == "Phường Sài Gòn, ngày 01 tháng 7 năm 2025"
    commune = desk("demand_in")
    commune.office["short_name"] = "Xã Bình Chánh"
    assert printed(done("assign_task", commune, lead_division="economy"))["fields"]["receiver"] == "Phòng Kinh tế"


def test_a_report_goes_out_in_the_committees_name_and_a_letter_in_the_chairmans():
    report = printed(done("report_upward", desk("product_accepted")))["fields"]
    letter = printed(done("answer_sender", desk("product_accepted")))["fields"]
    assert report["signer_post"] == "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" and letter["signer_post"] == "CHỦ TỊCH"
    assert report["receiver"] == "Sở Y tế" and report["e_signer"] == CHAIRMAN


def test_the_whole_life_of_a_task_that_goes_wrong_at_first():
    given_ = through(desk("demand_in"), "assign_task", "record_progress", "urge_division")
    back = through(at(given_, "product_in"), "compare_figures", "return_product")
    closed = through(at(back, "product_in"), "accept_product", "report_upward", "brief_session", "close_task")
    assert closed.record["step"] == "task_closed" and closed.record["returns"] == 1
    assert closed.record["reported_to"] == "health" and closed.record["briefed_at"] == "2025-07-01T09:00"
