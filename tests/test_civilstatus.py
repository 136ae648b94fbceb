"""The civil-status registers: what each action does, when the software refuses, which paper comes out."""

from typing import Any

import pytest

from kit import papers
from kit.systems.civilstatus import CIVIL_STATUS, STATE
from kit.systems.civilstatus_rules import last_number
from kit.systems.form import Situation
from kit.systems.registry import SYSTEMS
from kit.words import words
from tests import loop_desk
from tests.loop_desk import NOTICE, OTHER, OUR
from tests.rehearsed import compiled
from tests.system_desk import after, printed, wrong_steps

DEAD = "099000000001"
GOOD: dict[str, dict[str, Any]] = {
    "query_population": {},
    "search_registers": {},
    "enter_register": {"register": "birth_register", "subject_name": "Lê Gia Bảo", "event_date": "2025-06-12",
                       "timeliness": "on_time"},
    "verify_entry": {"check_result": "agrees", "differing": []},
    "correct_entry": {"corrected_part": "event_date", "corrected_value": "02/06/2025", "reason": "Nhập nhầm"},
    "ask_other_place": {"receiver_unit": OTHER, "missing_data": "marital_data", "asked_text": "Đề nghị tra sổ",
                        "answer_by": "2025-07-04"},
    "record_answer": {"answer_summary": "Chưa đăng ký kết hôn"},
    "cancel_entry": {"stop_ground": "already_registered", "earlier_number": "45/2025", "reason": "Đã đăng ký"},
    "request_civil_account": {"account_for": "CB03", "reason": "Mới được phân công"},
    "approve_entry": {"approver": "CB02", "token": "CB02"},
    "number_entry": {"register_number": 101},
    "lock_person": {"locked_id": DEAD},
}  # fmt: skip
LIVING = set(STATE) - {"entry_cancelled"}
UNAPPROVED = {"entry_open", "entry_made", "entry_checked"}
STEPS = {
    "query_population": LIVING, "search_registers": LIVING, "enter_register": {"entry_open"},
    "verify_entry": {"entry_made"}, "correct_entry": {"entry_made", "entry_checked", "entry_numbered"},
    "ask_other_place": {"entry_open", "entry_made"}, "record_answer": {"inquiry_sent"}, "cancel_entry": UNAPPROVED,
    "request_civil_account": UNAPPROVED | {"entry_reopened"}, "approve_entry": {"entry_checked", "entry_reopened"},
    "number_entry": {"entry_approved"}, "lock_person": {"entry_approved", "entry_numbered"},
}  # fmt: skip
LEADS_TO = {
    "enter_register": "entry_made", "verify_entry": "entry_checked", "ask_other_place": "inquiry_sent",
    "record_answer": "entry_open", "cancel_entry": "entry_cancelled", "number_entry": "entry_numbered",
}  # fmt: skip
PRINTS = {
    "query_population": "population_answer", "search_registers": "register_answer", "number_entry": "register_page",
    "ask_other_place": "place_inquiry", "request_civil_account": "civil_account_request",
}  # fmt: skip


def desk(step: str, *others: dict[str, Any], **more: Any) -> Situation:
    """An entry of a birth at a step; the book's last number is 100."""
    record = {
        "kind": "civil_entry", "step": step, "register": "birth_register", "subject_name": "Lê Gia Bảo",
        "event_date": "2025-06-12", "related_name": "Trần Thị Tập", "approver": "CB02",
        "book_last": {"birth_register": 100, "marriage_register": 40, "death_register": 7},
        "population_rows": ["Mẹ | Trần Thị Tập | 01/02/1995 | 1 Lê Lợi"], "register_rows": [], **more,
    }  # fmt: skip
    return loop_desk.desk(record, *others)


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    return CIVIL_STATUS.decide(action, situation, {**GOOD[action], **other})[1]


def refusal(action: str, situation: Situation, **other: Any) -> tuple[str, str]:
    return loop_desk.refusal(CIVIL_STATUS, action, situation, {**GOOD[action], **other})


def through(situation: Situation, *actions: str) -> Situation:
    for action in actions:
        situation = after(situation, done(action, situation))
    return situation


def test_the_tables_here_name_every_action():
    assert set(GOOD) == set(STEPS) == {action.name for action in CIVIL_STATUS.actions}
    assert SYSTEMS["civilstatus"] is CIVIL_STATUS and set(CIVIL_STATUS.routine) <= set(GOOD)


def taken_at_its_steps_alone(action: str, step: str) -> None:
    situation = desk(step)
    if step not in STEPS[action]:
        assert refusal(action, situation) == ("wrong_step", "")
        return
    changes = done(action, situation)
    if action in LEADS_TO:
        assert changes["M-1"]["step"] == LEADS_TO[action]
    assert (action in PRINTS) == any(change.get("kind") == "paper" for change in changes.values())


def test_an_action_is_taken_at_its_steps_and_at_no_other():
    wrong = wrong_steps(taken_at_its_steps_alone, GOOD, STATE)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("action", "step", "other", "reason"),
    [
        ("enter_register", "entry_open", {"register": "cat_register"}, ("not_on_offer", "register")),
        ("enter_register", "entry_open", {"subject_name": " "}, ("empty", "subject_name")),
        ("verify_entry", "entry_made", {"differing": ["hat"]}, ("not_on_offer", "differing")),
        ("correct_entry", "entry_made", {"corrected_value": "31/02/2025"}, ("malformed", "corrected_value")),
        ("correct_entry", "entry_made", {"corrected_value": "hôm qua"}, ("malformed", "corrected_value")),
        ("ask_other_place", "entry_open", {"receiver_unit": OUR}, ("own_unit", "receiver_unit")),
        ("ask_other_place", "entry_open", {"answer_by": "2025-06-30"}, ("date_in_the_past", "answer_by")),
        ("approve_entry", "entry_checked", {"approver": "CB03", "token": "CB03"}, ("no_account", "approver")),
        ("approve_entry", "entry_checked", {"approver": "CB01", "token": "CB01"}, ("certificate_expired", "token")),
        ("approve_entry", "entry_checked", {"approver": "CB07"}, ("not_a_leader", "approver")),
        ("number_entry", "entry_approved", {"register_number": 100}, ("number_taken", "register_number")),
        ("number_entry", "entry_approved", {"register_number": 0}, ("number_taken", "register_number")),
        ("lock_person", "entry_numbered", {"locked_id": "99"}, ("malformed", "locked_id")),
    ],
)  # fmt: skip
def test_what_the_software_refuses(action, step, other, reason):
    assert refusal(action, desk(step), **other) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


@pytest.mark.parametrize(
    ("action", "step", "other"),
    [
        ("enter_register", "entry_open", {"register": "marriage_register", "timeliness": "late"}),
        ("verify_entry", "entry_made", {"check_result": "agrees"}),
        ("approve_entry", "entry_checked", {"token": "CB07"}),
        ("number_entry", "entry_approved", {"register_number": 250}),
        ("request_civil_account", "entry_checked", {"account_for": "CB02"}),
    ],
)  # fmt: skip
def test_mistakes_that_real_software_lets_through_go_through(action, step, other):
    assert done(action, desk(step), **other)


def test_an_entry_that_differs_is_not_ready_for_approval():
    changes = done("verify_entry", desk("entry_made"), check_result="differs", differing=["residence"])
    assert changes == {"M-1": {"step": "entry_made", "differing": ["residence"]}}


def test_a_correction_is_kept_as_a_day_and_sends_the_entry_back():
    assert done("correct_entry", desk("entry_checked"))["M-1"] == {
        "step": "entry_made", "event_date": "2025-06-02", "differing": [],
    }  # fmt: skip
    typed = {"corrected_part": "subject_name", "corrected_value": "Lê Gia Bão"}
    assert done("correct_entry", desk("entry_made"), **typed)["M-1"]["subject_name"] == "Lê Gia Bão"


def test_a_numbered_entry_that_is_corrected_is_approved_again_and_keeps_its_number():
    reopened = through(desk("entry_numbered", register_number=88), "correct_entry")
    assert reopened.record["step"] == "entry_reopened"
    again = through(reopened, "approve_entry")
    assert (again.record["step"], again.record["register_number"]) == ("entry_numbered", 88)


def test_the_next_number_follows_the_book_and_the_days_own_entries():
    other = {"kind": "civil_entry", "register": "birth_register", "register_number": 101}
    alone, beside = desk("entry_approved"), desk("entry_approved", other)
    assert CIVIL_STATUS.decide("number_entry", alone, GOOD["number_entry"])[0]["next_number"] == 101
    assert refusal("number_entry", beside) == ("number_taken", "register_number")
    assert CIVIL_STATUS.decide("number_entry", beside, {"register_number": 102})[0]["next_number"] == 102
    assert last_number(beside, "death_register") == 7


def test_the_software_knows_which_leader_has_no_account():
    clean, changes = CIVIL_STATUS.decide("request_civil_account", desk("entry_checked"), GOOD["request_civil_account"])
    assert clean["without_account"] == "CB03" and changes["M-1"] == {"accounts_asked": ["CB03"]}


@pytest.mark.parametrize("action", PRINTS)
def test_each_paper_renders_with_all_that_it_needs(action):
    sheet = printed(done(action, desk(sorted(STEPS[action])[0])))
    html = papers.render(sheet)
    assert sheet["kind"] == PRINTS[action] and NOTICE in html and "None" not in html
    assert {name for name, value in sheet["fields"].items() if not value} == set()
    assert set(papers.fields(sheet["kind"])) <= set(sheet["fields"]), "nothing is left blank"


def test_the_registers_answer_tells_the_last_numbers_and_what_was_found():
    found = desk("entry_open", register_rows=["Khai sinh Lê Gia Bảo | 45/2025 | UBND | Trực tuyến"])
    sheet = printed(done("search_registers", found))
    assert sheet["fields"]["books"].startswith("Sổ đăng ký khai sinh | 100\n")
    html = papers.render(sheet)
    assert "45/2025" in html and "Sổ đăng ký kết hôn" in html
    assert "Không tìm thấy" in papers.render(printed(done("search_registers", desk("entry_open"))))


def test_the_whole_life_of_an_entry():
    asked = through(desk("entry_open"), "search_registers", "ask_other_place", "record_answer")
    made = through(asked, "query_population", "enter_register", "verify_entry", "request_civil_account")
    numbered = through(made, "approve_entry", "number_entry", "lock_person")
    record = numbered.record
    assert (record["step"], record["register_number"], record["locked_id"]) == ("entry_numbered", 101, DEAD)
    page = numbered.records["M-1/register_page-1"]["paper"]["fields"]
    assert page["officer_name"] == "Lê CB07" and page["entry_number"] == "101/2025"
    assert page["signer_post"] == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" and page["event_on"] == "12/06/2025"


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_result_under_way_names_the_post_of_whoever_signed_it(seed):
    script, _ = compiled(seed, "12-whole-loop")
    posts = {one["full_name"]: one["post_vi"] for one in script.office["officials"].values()}
    papers_of = [record.get("paper", {}).get("fields", {}) for cue in script.cues for record in cue.records.values()]
    signed = [fields for fields in papers_of if "registered_on" in fields and "signer_post" in fields]
    assert signed and all(fields["signer_post"] == posts[fields["signer_name"]] for fields in signed)
