"""Drafting the resolution: what each action does, when it refuses, what the draft says."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from kit import home, papers
from kit.systems.drafting import DRAFTING, LEADS, RESOLUTION_FIELDS, STATE
from kit.systems.drafting_papers import CAUSE_NAMES, CHANNEL_NAMES, HIDDEN, SOURCE_NAMES
from kit.systems.drafting_text import COMPETENCE_NAMES, FIELD_NAMES, LEAD_NAMES, NOT_WRITTEN, PART_TITLES, whole
from kit.systems.form import Situation
from kit.systems.registry import SYSTEMS
from kit.words import words
from tests.system_desk import after, printed, refusal_of, wrong_steps

EXERCISE = "08-six-month-resolution"
MORNING = datetime(2025, 7, 1, 9)
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
GOOD: dict[str, dict[str, Any]] = {
    "examine_figures": {"figure_faults": ["period_short"]},
    "ask_for_figures": {"asked_of": "treasury", "deadline": "2025-07-04", "reason": "Đề nghị xác nhận số đến 30/6"},
    "settle_figure": {"settled_value": 110_000, "value_source": "confirmed"},
    "set_target": {"target_value": 130_000, "target_rule": "remaining"},
    "place_issue": {
        "competence": "leads_committee", "lead_body": "economy", "support_bodies": ["front"], "issue_count": 12,
        "deadline": "2025-08-30", "issue_text": "Lập phương án sắp xếp trụ sở",
    },
    "refer_detail": {"detail_channel": "axis", "reason": "Chuyển Sở Tài chính"},
    "place_task": {
        "resolution_field": "admin_reform", "lead_body": "centre", "measure_text": "Giảm thời gian chờ.",
        "measure_product": "Báo cáo", "deadline": "2025-12-15",
    },
    "return_task": {"return_cause": "not_checkable", "reason": "Chưa có sản phẩm"},
    "write_assessment": {"assessment": "Kết quả tốt. Hạn chế: hồ sơ chậm."},
    "write_viewpoint": {"viewpoint": "Lấy phục vụ người dân làm trọng tâm."},
    "write_implementation": {
        "programme_due": "2025-07-16", "inspected_by": "inspection", "report_cycle": "monthly",
        "review_on": "2025-09-30", "implementation": "Văn phòng Đảng ủy theo dõi.",
    },
    "compose_draft": {"resolution_title": "Về nhiệm vụ 6 tháng cuối năm 2025"},
    "amend_draft": {"amended_part": "issue_part", "amendment": "Giao ban hằng tuần."},
    "submit_draft": {},
}  # fmt: skip
FIGURE = {"figure_open", "figure_asked", "figure_settled", "target_set"}
ISSUE, PROPOSAL = {"issue_open", "issue_placed"}, {"proposal_open", "proposal_placed"}
WRITING, HANDED = {"draft_open", "draft_composed"}, {"draft_composed", "draft_submitted"}
STEPS = {
    **dict.fromkeys(("examine_figures", "ask_for_figures", "settle_figure"), FIGURE),
    "set_target": {"figure_settled", "target_set"}, "place_issue": ISSUE,
    "refer_detail": ISSUE | PROPOSAL | {"proposal_returned"},
    **dict.fromkeys(("place_task", "return_task"), PROPOSAL),
    **dict.fromkeys(("write_assessment", "write_viewpoint", "write_implementation", "compose_draft"), WRITING),
    **dict.fromkeys(("amend_draft", "submit_draft"), HANDED),
}  # fmt: skip
LEADS_TO = {
    "settle_figure": "figure_settled", "set_target": "target_set", "place_issue": "issue_placed",
    "place_task": "proposal_placed", "return_task": "proposal_returned", "compose_draft": "draft_composed",
    "amend_draft": "draft_composed", "submit_draft": "draft_submitted",
}  # fmt: skip
PRINTS = {
    "ask_for_figures": "figure_request", "settle_figure": "reconciliation_sheet", "refer_detail": "detail_slip",
    "return_task": "proposal_return", "compose_draft": "resolution_draft", "amend_draft": "resolution_draft",
}  # fmt: skip


def desk(step: str, **record: Any) -> Situation:
    """The record at a step, a settled figure, an issue and a task beside it, in a small office."""
    shared = {
        "kind": "drafting", "title_en": "x", "who": "Phòng Kinh tế", "parent": "Đảng bộ Thành phố",
        "organisation": "Đảng ủy Phường Sài Gòn", "drafter": "Lý Thị Soạn",
    }  # fmt: skip
    office = {
        "code": "26740", "short_name": "Phường Sài Gòn", "committee": "UBND Phường Sài Gòn", "units": {},
        "bodies": {"treasury": {"vi": "Kho bạc Nhà nước khu vực"}}, "officials": {},
    }  # fmt: skip
    own = {**shared, "code": "NQ-250701-0001", "title": "Thu ngân sách", "figure_unit": "triệu đồng", "item": "NQ-2-A",
           "secretary": "Trần Văn Thư", "step": step, **record}  # fmt: skip
    others = {
        "F": {**shared, "title": "Tỷ lệ trực tuyến", "figure_unit": "%", "step": "target_set", "settled_value": 61,
              "value_source": "recounted", "target_value": 85, "target_rule": "assigned_level"},
        "I": {**shared, "title": "Trụ sở dôi dư", "figure_unit": "cơ sở", "step": "issue_placed",
              **GOOD["place_issue"]},
        "T": {**shared, "title": "Giảm chờ", "step": "proposal_placed", **GOOD["place_task"]},
        "R": {**shared, "title": "Khẩu hiệu", "step": "proposal_returned", "return_cause": "not_checkable"},
    }  # fmt: skip
    return Situation("D-1", own, MORNING, office, {"D-1": own, **others})


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    """What a good form, with some other entries, changes."""
    return DRAFTING.decide(action, situation, {**GOOD[action], **other})[1]


refusal = partial(refusal_of, done)


def through(situation: Situation, *actions: str) -> Situation:
    for action in actions:
        situation = after(situation, done(action, situation))
    return situation


def test_the_tables_here_name_every_action():
    assert set(GOOD) == set(STEPS) == {action.name for action in DRAFTING.actions}
    assert SYSTEMS["drafting"] is DRAFTING and set(DRAFTING.routine) <= set(GOOD)
    assert set(LEAD_NAMES) == set(LEADS) and set(FIELD_NAMES) == set(RESOLUTION_FIELDS)


@pytest.mark.parametrize(
    ("field", "names"),
    [("value_source", SOURCE_NAMES), ("return_cause", CAUSE_NAMES), ("detail_channel", CHANNEL_NAMES),
     ("competence", COMPETENCE_NAMES)],
)  # fmt: skip
def test_every_choice_that_a_paper_prints_has_its_name_there(field, names):
    (options,) = {one.options for action in DRAFTING.actions for one in action.fields if one.name == field}
    assert set(options) == set(names)


def taken_at_its_steps_alone(action: str, step: str) -> None:
    situation = desk(step)
    if step not in STEPS[action]:
        assert refusal(action, situation) == ("wrong_step", "")
        return
    changes = done(action, situation)
    wanted = {"ask_for_figures": "figure_asked"} if step == "figure_open" else LEADS_TO
    assert changes.get("D-1", {}).get("step", step) == (wanted | LEADS_TO).get(action, step)
    assert (action in PRINTS) == any(change.get("kind") == "paper" for change in changes.values())


def test_an_action_is_taken_at_its_steps_and_at_no_other():
    wrong = wrong_steps(taken_at_its_steps_alone, GOOD, STATE)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("step", STATE)
def test_something_can_be_done_at_every_step(step):
    assert [action.name for action in DRAFTING.actions if action.allowed({"step": step})]


@pytest.mark.parametrize(
    ("action", "step", "other", "reason"),
    [
        ("examine_figures", "figure_open", {"figure_faults": ["typo"]}, ("not_on_offer", "figure_faults")),
        ("ask_for_figures", "figure_open", {"deadline": "2025-06-30"}, ("date_in_the_past", "deadline")),
        ("ask_for_figures", "figure_open", {"asked_of": "district"}, ("not_on_offer", "asked_of")),
        ("settle_figure", "figure_open", {"settled_value": "84,5"}, ("malformed", "settled_value")),
        ("settle_figure", "figure_open", {"settled_value": -1}, ("malformed", "settled_value")),
        ("place_issue", "issue_open", {"issue_text": " "}, ("empty", "issue_text")),
        ("place_issue", "issue_open", {"deadline": "2025-06-30"}, ("date_in_the_past", "deadline")),
        ("place_task", "proposal_open", {"deadline": "quý I"}, ("malformed", "deadline")),
        ("place_task", "proposal_open", {"deadline": "2025-06-30"}, ("date_in_the_past", "deadline")),
        ("return_task", "proposal_open", {"return_cause": "late"}, ("not_on_offer", "return_cause")),
        ("write_assessment", "draft_open", {"assessment": "x" * 2_001}, ("too_long", "assessment")),
        ("amend_draft", "draft_composed", {"amended_part": "part_six"}, ("not_on_offer", "amended_part")),
        ("submit_draft", "draft_composed", {"signer": "CB01"}, ("unknown_field", "signer")),
    ],
)  # fmt: skip
def test_what_the_software_refuses(action, step, other, reason):
    assert refusal(action, desk(step), **other) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


@pytest.mark.parametrize(
    ("action", "step", "other"),
    [
        ("settle_figure", "figure_open", {"settled_value": 0, "value_source": "as_reported"}),
        ("set_target", "figure_settled", {"target_value": 1, "target_rule": "as_proposed"}),
        ("place_issue", "issue_open", {"lead_body": "district_board", "competence": "resolution_decides"}),
        ("place_issue", "issue_open", {"issue_text": "Hộ bà Nguyễn Thị Đơn, số định danh 099200000001"}),
        ("place_task", "proposal_open", {"lead_body": "district_division", "deadline": "2026-06-30"}),
        ("refer_detail", "issue_open", {"detail_channel": "group_chat"}),
        ("compose_draft", "draft_open", {}),
    ],
)  # fmt: skip
def test_mistakes_that_real_software_lets_through_go_through(action, step, other):
    assert done(action, desk(step), **other)


# ---- the draft -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_guidebook_names_the_five_parts_and_every_choice_of_lead(language):
    book = (home.exercises() / EXERCISE / f"guidebook.{language}.md").read_text(encoding="utf-8")
    assert all(f"| {heading.split('.')[0]} |" in book for heading in PART_TITLES)
    assert len(PART_TITLES) == 5 and NOT_WRITTEN not in book


def test_the_draft_says_what_was_entered_and_where_nothing_was():
    situation = through(desk("draft_open"), "write_assessment", "write_viewpoint", "write_implementation")
    fields = printed(done("compose_draft", situation))["fields"]
    assert fields["assessment"] == "Kết quả tốt. Hạn chế: hồ sơ chậm.\n- Tỷ lệ trực tuyến: 61%."
    assert fields["target"].endswith("- Tỷ lệ trực tuyến đến hết năm: 85%.")
    assert f"3. Văn hóa - xã hội: {NOT_WRITTEN}" in fields["task"] and "Khẩu hiệu" not in str(fields)
    assert "Chủ trì: Trung tâm Phục vụ hành chính công. Sản phẩm: Báo cáo. Thời hạn: 15/12/2025." in fields["task"]
    assert fields["issue"].startswith("1. Trụ sở dôi dư (12 cơ sở): Lập phương án sắp xếp trụ sở. Lãnh đạo Ủy ban")
    assert "trước 16/07/2025" in fields["implementation"] and "sơ kết 30/09/2025" in fields["implementation"]


def test_a_draft_of_nothing_says_so():
    situation = replace(desk("draft_open"), records={})
    assert whole(situation, {}).count(NOT_WRITTEN) == len(PART_TITLES) - 1 + len(FIELD_NAMES)


def test_a_figure_without_a_target_stands_in_the_assessment_only():
    situation = through(desk("figure_open"), "settle_figure")
    text = whole(situation, {})
    assert text.count("Thu ngân sách") == 1 and "Thu ngân sách: 110.000 triệu đồng." in text


def test_amendments_stand_in_their_part_in_their_order_and_need_a_new_submission():
    handed = through(desk("draft_open"), "compose_draft", "submit_draft", "amend_draft")
    assert (handed.record["step"], handed.record["amendments"]) == ("draft_composed", 1)
    twice = after(handed, done("amend_draft", handed, amendment="Công khai kết quả."))
    sheet = twice.records["D-1/resolution_draft-3"]["paper"]["fields"]
    assert sheet["version"] == "3" and sheet["issue"].endswith("- Giao ban hằng tuần.\n- Công khai kết quả.")


def test_the_meeting_gets_title_and_text_of_the_draft_as_it_stands():
    ready = through(desk("draft_open"), "write_viewpoint", "compose_draft", "amend_draft")
    handed = done("submit_draft", ready)["NQ-2-A"]
    assert handed["doc_title"] == GOOD["compose_draft"]["resolution_title"]
    assert [line for line in handed["doc_body"].split("\n") if line in PART_TITLES] == list(PART_TITLES)
    assert "Giao ban hằng tuần." in handed["doc_body"] and "Lấy phục vụ" in handed["doc_body"]


def test_a_draft_without_a_meeting_is_closed_all_the_same():
    assert done("submit_draft", desk("draft_composed", item="")) == {"D-1": {"step": "draft_submitted"}}


# ---- papers ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("action", PRINTS)
def test_each_paper_renders_in_the_party_layout(action):
    sheet = printed(done(action, desk(sorted(STEPS[action])[0])))
    html = papers.render(sheet)
    assert sheet["kind"] == PRINTS[action] and NOTICE in html and "None" not in html
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in html and "CỘNG HÒA XÃ HỘI" not in html
    assert "Phường Sài Gòn, ngày 01 tháng 7 năm 2025" in html


@pytest.mark.parametrize("channel", ["personnel_file", "confidential_book"])
def test_a_slip_of_a_discreet_channel_says_neither_matter_nor_reason(channel):
    sheet = printed(done("refer_detail", desk("issue_open"), detail_channel=channel, reason="Danh sách theo dõi"))
    html = papers.render(sheet)
    assert HIDDEN in html and "Danh sách theo dõi" not in html and "Thu ngân sách" not in html
