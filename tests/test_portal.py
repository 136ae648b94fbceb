"""Filings of the national portal: what each action does, when the software refuses, which paper comes out."""

import re
from datetime import datetime
from typing import Any

import pytest

from kit import home, papers
from kit.systems.form import Refused, Situation
from kit.systems.portal import PORTAL, STATE
from kit.systems.portal_papers import GUIDANCE_NAMES, SIDE_NAMES, STATE_NAMES
from kit.words import words
from kit.yaml_file import read_yaml
from tests.rehearsed import compiled, inject_with
from tests.system_desk import after, printed

EXERCISE = "10-boundary-free-payment"
MORNING = datetime(2025, 7, 1, 9)
OUR, OTHER = "26740", "26737"
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
GOOD: dict[str, dict[str, Any]] = {
    "accept_filing": {"competent_unit": OTHER, "due_date": "2025-07-04", "result_channel": "post"},
    "forward_filing": {"destination": OTHER, "paper_file_by": "2025-07-02"},
    "return_filing": {"papers": ["original", "proof"], "reason": "Còn thiếu hai giấy tờ"},
    "guide_elsewhere": {"competent_unit": OTHER, "reason": "Nơi có đất giải quyết"},
    "link_filing": {"kept_dossier": "F-2", "reason": "Đã nhận sáng nay"},
    "guide_citizen": {"guidance": "raise_or_counter", "message": "Mời bà đến quầy ký, hồ sơ giữ nguyên."},
    "hold_for_payment": {"reason": "Chờ nộp phí"},
    "resume_filing": {"reason": "Đã đối soát"},
    "compare_states": {},
    "correct_state": {"corrected_side": "portal", "true_state": "received", "reason": "Theo giấy tiếp nhận"},
    "resend_state": {"message_number": "TN-25070142"},
    "recall_result": {"held_by": OTHER, "reason": "Chuyển nhầm"},
    "send_result": {"result_channel": "counter", "destination": OTHER},
    "notify_applicant": {"message": "Kết quả sẽ về quầy bà chọn."},
}
NEW, RUNNING = {"filing_new"}, {"filing_in_process", "filing_held"}
STEPS = {
    **dict.fromkeys(("accept_filing", "return_filing", "guide_elsewhere", "link_filing"), NEW),
    **dict.fromkeys(("compare_states", "correct_state", "resend_state"), RUNNING | {"result_out"}),
    "forward_filing": {"filing_accepted"}, "guide_citizen": NEW | {"filing_advised"},
    "hold_for_payment": {"filing_in_process"}, "resume_filing": {"filing_held"},
    "recall_result": {"result_out", "result_sent"}, "send_result": {"result_out"},
    "notify_applicant": set(STATE) - {"filing_guided", "filing_linked"},
}  # fmt: skip
LEADS_TO = {
    "accept_filing": "filing_accepted", "forward_filing": "filing_forwarded", "return_filing": "filing_returned",
    "guide_elsewhere": "filing_guided", "link_filing": "filing_linked", "guide_citizen": "filing_advised",
    "hold_for_payment": "filing_held", "resume_filing": "filing_in_process", "recall_result": "result_out",
    "send_result": "result_sent",
}  # fmt: skip
PRINTS = {
    "accept_filing": "receipt", "forward_filing": "transfer_slip", "return_filing": "supplement_slip",
    "guide_elsewhere": "filing_guidance", "link_filing": "filing_link", "guide_citizen": "filing_message",
    "compare_states": "state_sheet", "correct_state": "state_correction", "recall_result": "result_recall",
    "send_result": "result_delivery", "notify_applicant": "filing_message",
}  # fmt: skip


def desk(step: str, **more: Any) -> Situation:
    """A filing at a step beside an earlier one, in an office with a reception officer."""
    record = {
        "kind": "filing", "step": step, "code": "PDG-250701-0001", "title": "Cải chính thông tin hộ tịch",
        "title_en": "Correction", "who": "Trần Thị Tập", "channel": "counter", "address": "12 Lê Lợi",
        "phone": "0600 111 222", "attached": "Tờ khai", "portal_state": "newly_filed", "local_state": "received",
        "asks": {"form": "Tờ khai", "original": "Bản chính", "proof": "Giấy tờ làm căn cứ"},
        "sync": {"message": "TN-25070142", "sent_at": "15:20", "outcome": "Lỗi kết nối"}, "due_date": "2025-07-04",
        **more,
    }  # fmt: skip
    office = {
        "code": OUR, "short_name": "Phường Sài Gòn", "centre": "Trung tâm PVHCC Phường Sài Gòn", "form_set": "2018",
        "units": {OUR: "Phường Sài Gòn", OTHER: "Phường Tân Định"},
        "officials": {"CB09": {"role": "reception", "full_name": "Võ Thị Nhận"}},
    }  # fmt: skip
    records = {"F-1": record, "F-2": {**record, "code": "PDG-250701-0002", "step": "filing_accepted"}}
    return Situation("F-1", record, MORNING, office, records)


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    return PORTAL.decide(action, situation, {**GOOD[action], **other})[1]


def through(situation: Situation, *actions: str) -> Situation:
    for action in actions:
        situation = after(situation, done(action, situation))
    return situation


def test_every_action_has_its_steps_and_a_good_form_here():
    assert {action.name: set(action.steps) for action in PORTAL.actions} == STEPS
    assert GOOD.keys() == STEPS.keys() and set(PORTAL.routine) <= set(GOOD)


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
        ("accept_filing", "filing_new", {"due_date": "2025-06-30"}, ("date_in_the_past", "due_date")),
        ("accept_filing", "filing_new", {"competent_unit": "99999"}, ("not_on_offer", "competent_unit")),
        ("forward_filing", "filing_accepted", {"paper_file_by": "2025-06-30"}, ("date_in_the_past", "paper_file_by")),
        ("return_filing", "filing_new", {"papers": []}, ("empty", "papers")),
        ("return_filing", "filing_new", {"papers": ["passport"]}, ("not_on_offer", "papers")),
        ("guide_elsewhere", "filing_new", {"competent_unit": OUR}, ("guided_to_ourselves", "competent_unit")),
        ("link_filing", "filing_new", {"kept_dossier": "F-1"}, ("not_on_offer", "kept_dossier")),
        ("resend_state", "filing_held", {"message_number": "42"}, ("no_message_number", "message_number")),
        ("send_result", "result_out", {"destination": ""}, ("empty", "destination")),
        ("correct_state", "filing_held", {"true_state": "lost"}, ("not_on_offer", "true_state")),
    ],
)  # fmt: skip
def test_what_the_software_refuses(action, step, other, reason):
    with pytest.raises(Refused) as no:
        done(action, desk(step), **other)
    assert (no.value.reason, no.value.field) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


def test_a_filing_that_is_itself_joined_cannot_be_kept():
    situation = desk("filing_new")
    situation.records["F-2"]["step"] = "filing_linked"
    with pytest.raises(Refused, match="cannot_be_kept"):
        done("link_filing", situation)


@pytest.mark.parametrize(
    ("action", "step", "other"),
    [
        ("accept_filing", "filing_new", {"competent_unit": OUR, "due_date": "2025-07-01"}),
        ("return_filing", "filing_new", {"papers": ["form"]}),
        ("guide_citizen", "filing_new", {"guidance": "sign_for_citizen"}),
        ("forward_filing", "filing_accepted", {"destination": OUR, "paper_file_by": "2025-08-01"}),
        ("resend_state", "filing_held", {"message_number": "TN-00000001"}),
        ("send_result", "result_out", {"result_channel": "online", "destination": ""}),
    ],
)
def test_mistakes_that_real_software_lets_through_go_through(action, step, other):
    assert done(action, desk(step), **other)


@pytest.mark.parametrize("action", PRINTS)
def test_each_paper_renders_with_all_that_it_needs(action):
    sheet = printed(done(action, desk(sorted(STEPS[action])[0])))
    html = papers.render(sheet)
    assert sheet["kind"] == PRINTS[action] and NOTICE in html and "None" not in html
    empty = {name for name, value in sheet["fields"].items() if not value}
    assert empty <= {"components", "receiver_name"}, "the list is inside, and the receiver signs later"


def test_the_receipt_names_the_unit_that_decides_not_the_one_that_receives():
    fields = printed(done("accept_filing", desk("filing_new")))["fields"]
    assert (fields["competent_unit"], fields["due_at"]) == ("Phường Tân Định", "04/07/2025")
    assert fields["office"].endswith("Phường Sài Gòn")


def test_only_the_corrected_side_changes_and_a_resent_message_keeps_its_number():
    after_both = through(desk("filing_in_process"), "compare_states", "correct_state", "resend_state")
    record = after_both.record
    assert (record["portal_state"], record["local_state"], record["message_number"]) == (
        "received", "received", "TN-25070142"
    )  # fmt: skip
    assert through(desk("filing_in_process"), "compare_states").record["portal_state"] == "newly_filed"


def test_the_ten_states_are_those_of_the_data_set():
    listed = read_yaml(home.datasets() / "onestop.yaml").data["states"]["list"]
    assert [one["vi"] for one in listed] == list(STATE_NAMES.values())
    for language, prefix, names in (("vi", "true_state", STATE_NAMES), ("vi", "corrected_side", SIDE_NAMES)):
        assert {words(language)[f"choice.{prefix}.{name}"] for name in names} == set(names.values())
    assert all(f"choice.guidance.{name}" in words("vi") for name in GUIDANCE_NAMES)


def test_the_life_of_a_filing_of_elsewhere_and_of_a_result_that_went_astray():
    sent_on = through(desk("filing_new"), "return_filing")
    again = through(after(sent_on, {"F-1": {"step": "filing_new"}}), "accept_filing", "forward_filing")
    assert (again.record["step"], again.record["returned_times"]) == ("filing_forwarded", 1)
    result = through(desk("result_out"), "recall_result", "send_result", "recall_result", "send_result")
    assert result.record["step"] == "result_sent" and "F-1/result_recall-2" in result.records


# ---- what the exercise plants --------------------------------------------------------------------------------------
FRESH = ("elsewhere_counter", "elsewhere_online", "not_boundary_free", "missing_component", "duplicate", "low_level",
         "late_no_phone")  # fmt: skip


def drawn(seed: int, truth: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """The filing of a case, its facts, and all that is written on its papers."""
    script, key = compiled(seed, EXERCISE)
    cue = next(one for one in script.cues if one.id == inject_with(key, truth))
    written = " ".join(str(one["paper"]["fields"]) for one in cue.records.values() if one["kind"] == "paper")
    return cue.records[cue.record], key.facts[cue.id], written


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_competent_unit_is_another_one_and_can_be_read_on_the_papers(seed):
    units = compiled(seed, EXERCISE)[0].office["units"]
    for truth in ("elsewhere_counter", "elsewhere_online", "not_boundary_free"):
        _, facts, written = drawn(seed, truth)
        assert facts["competent_unit"] != OUR and units[facts["competent_unit"]] in written, truth


@pytest.mark.parametrize("seed", range(1, 9))
def test_what_is_missing_is_asked_for_by_the_list_and_is_not_attached(seed):
    record, facts, _ = drawn(seed, "missing_component")
    (missing,) = facts["missing"]
    attached = record["attached"].split("\n")
    assert set(missing) <= set(record["asks"]) and not {record["asks"][one] for one in missing} & set(attached)


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_true_state_is_shown_by_one_side_only_and_the_message_number_by_the_log(seed):
    record, facts, _ = drawn(seed, "state_mismatch")
    other = {"local": "portal", "portal": "local"}[facts["corrected_side"]]
    assert record[f"{other}_state"] == facts["true_state"] != record[f"{facts['corrected_side']}_state"]
    assert record["sync"]["message"] == facts["message_number"]


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_duplicate_is_of_the_first_filing_and_a_result_lies_where_the_book_says(seed):
    twin, facts, _ = drawn(seed, "duplicate")
    first, _, _ = drawn(seed, "elsewhere_counter")
    assert (twin["who"], twin["title"]) == (first["who"], first["title"]) and facts["kept_dossier"] == first["code"]
    _, astray, written = drawn(seed, "result_wrong_unit")
    units = compiled(seed, EXERCISE)[0].office["units"]
    assert units[astray["held_by"]] in written and astray["held_by"] != OUR


def test_filings_of_one_kind_look_alike_from_outside():
    script, key = compiled(1, EXERCISE)
    cues = {truth: next(cue for cue in script.cues if cue.id == inject_with(key, truth)) for truth in FRESH}
    shapes = {(truth, tuple(sorted(set(cue.records[cue.record]) - {"filed_at"}))) for truth, cue in cues.items()}
    assert len({shape for _, shape in shapes}) == 1
    assert {tuple(sorted(cue.records[f"{cue.record}-A"])) for cue in cues.values()} == {
        ("channel", "code", "kind", "procedure", "step", "title", "title_en", "who")
    }
    followed = {cue.record for cue in script.cues if (cue.after_action, cue.minute) == ("return_filing", 60)}
    assert followed == {cue.record for cue in cues.values()}


def test_only_training_phones_and_ids_are_written():
    text = str(compiled(5, EXERCISE)[0].cues)
    assert not re.findall(r"\b0(?!99)[0-9]{11}\b", text) and not re.findall(
        r"\b0(?!600)[0-9]{3} [0-9]{3} [0-9]{3}\b", text
    )
