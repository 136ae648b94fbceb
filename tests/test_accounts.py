"""Accounts and readiness: what each action does, when the software refuses, which paper comes out, what is planted."""

import re
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from kit import papers
from kit.attempt import Attempt
from kit.plain_text import plain
from kit.store import EventStore
from kit.systems.accounts import ACCOUNTS, CONCLUDED, OPEN, STATE
from kit.systems.accounts_rules import NO_SUCH_USER, NO_TOKEN, STEP_OF
from kit.systems.form import Situation
from kit.systems.registry import SYSTEMS
from kit.ui.facts import known
from kit.ui.view import View
from kit.words import words
from tests.rehearsed import compiled, inject_with
from tests.system_desk import after, printed, refusal_of, wrong_steps

EXERCISE = "11-accounts-signatures-readiness"
MORNING = datetime(2025, 7, 1, 9)
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
GOOD: dict[str, dict[str, Any]] = {
    "check_seat": {"seat_finding": "narrow_role"},
    "request_access": {"access_request": "new_account", "software": "land", "access_role": "processor",
                       "sent_to": "department", "decision_no": "15/QĐ-UBND"},
    "request_certificate": {"certificate_request": "extend", "certificate_holder": "personal",
                            "sent_to": "certifier", "decision_no": "15/QĐ-UBND"},
    "revoke_certificate": {"serial": "FW123456", "revocation_ground": "left_post"},
    "lock_account": {"software": "onestop", "reason": "Đã có quyết định chuyển công tác"},
    "receive_token": {"token_serial": "JZ-12345", "handed_by": "Trần Thị Chuyển", "pin": "pin_changed"},
    "submit_assignment": {"stand_in": "Lê Văn Dự", "starts_on": "2025-07-02", "approver": "CB01"},
    "test_login": {"software": "onestop"},
    "test_signature": {},
    "refuse_sharing": {"reason": "Mỗi người dùng tài khoản riêng"},
    "lend_access": {"software": "onestop"},
    "report_fault": {"equipment": "scanner", "sent_to": "warranty", "symptom": "Không quét được"},
    "borrow_equipment": {"equipment": "scanner", "lender": "Phòng họp số 1", "return_by": "2025-07-09"},
    "move_line": {"to_line": "line_2"},
    "escalate_item": {"escalated_to": "leader", "way_out": "Đề nghị không phát hành bằng dấu cũ"},
    "record_result": {"readiness": "stand_in", "reason": ""},
    "report_readiness": {"ready_count": 1, "stand_in_count": 0, "not_ready_count": 0, "off_list_count": 0,
                         "way_out": "Đề nghị bố trí người thay"},
}  # fmt: skip
ANY_TIME = {"test_login", "test_signature", "escalate_item", "record_result"}
STEPS = {name: set(OPEN | CONCLUDED) if name in ANY_TIME else set(OPEN) for name in GOOD}
STEPS["report_readiness"] = {"readiness_due"}
LEADS_TO = {
    "check_seat": "seat_checked", "request_access": "seat_asked", "request_certificate": "seat_asked",
    "submit_assignment": "seat_asked", "record_result": "seat_stand_in", "report_readiness": "readiness_reported",
}  # fmt: skip
PRINTS = {
    "request_access": "access_request", "request_certificate": "certificate_application",
    "revoke_certificate": "revocation_request", "receive_token": "token_minutes",
    "submit_assignment": "assignment_submission", "test_login": "login_test", "test_signature": "signature_test",
    "refuse_sharing": "sharing_refusal", "report_fault": "fault_report", "borrow_equipment": "borrow_minutes",
    "escalate_item": "escalation_note", "report_readiness": "readiness_report",
}  # fmt: skip


def desk(step: str, moment: datetime = MORNING, **more: Any) -> Situation:
    """A seat at a step beside one that is concluded, in an office with a leader and a head of office."""
    record = {
        "kind": "seat", "step": step, "code": "SS-250701-0001", "title": "Công chức tiếp nhận hồ sơ", "title_en": "",
        "who": "Nguyễn Thị Quầy", "post": "Công chức tiếp nhận hồ sơ", "work_place": "Bàn số 4",
        "due_date": "2025-07-02", "accounts": ["onestop", "mail"], "serials": ["FW123456"],
        "certificate_to": "2025-07-20", "login_shows": "Đăng nhập được.", "signature_shows": "Kiểm tra đạt.",
        "line": "line_1", **more,
    }  # fmt: skip
    office = {
        "code": "26740", "short_name": "Phường Sài Gòn", "committee": "UBND Phường Sài Gòn",
        "bodies": {name: {"vi": f"Nơi nhận {name}"} for name in ("department", "certifier", "warranty")},
        "officials": {
            "CB01": {"role": "signer", "full_name": "Lê Văn Duyệt", "post_vi": "Chủ tịch UBND phường"},
            "CB04": {"role": "division_head", "full_name": "Võ Thị Văn", "post_vi": "Chánh Văn phòng"},
        },
    }  # fmt: skip
    other = {**record, "code": "SS-250701-0002", "step": "seat_ready", "readiness": "ready"}
    return Situation("S-0001", record, moment, office, {"S-0001": record, "S-0002": other})


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    """What a good form, with some other entries, changes."""
    return ACCOUNTS.decide(action, situation, {**GOOD[action], **other})[1]


refusal = partial(refusal_of, done)


def test_the_tables_here_name_every_action():
    assert set(GOOD) == {action.name for action in ACCOUNTS.actions}
    assert SYSTEMS["accounts"] is ACCOUNTS and set(ACCOUNTS.routine) <= set(GOOD)


def taken_at_its_steps_alone(action: str, step: str) -> None:
    situation = desk(step)
    if step not in STEPS[action]:
        assert refusal(action, situation) == ("wrong_step", "")
        return
    changes = done(action, situation)
    assert changes["S-0001"].get("step", step) == LEADS_TO.get(action, step)
    assert (action in PRINTS) == any(change.get("kind") == "paper" for change in changes.values())


def test_an_action_is_taken_at_its_steps_and_at_no_other():
    wrong = wrong_steps(taken_at_its_steps_alone, GOOD, STATE)
    assert not wrong, "\n".join(wrong)


NO_MAIL, ONLY_MAIL = {"accounts": ["onestop"]}, {"accounts": ["mail"]}


@pytest.mark.parametrize(
    ("action", "record", "other", "reason"),
    [
        ("check_seat", {}, {"seat_finding": "ghost"}, ("not_on_offer", "seat_finding")),
        ("check_seat", {}, {"step": "seat_ready"}, ("unknown_field", "step")),
        ("request_access", {}, {"decision_no": "theo cuộc họp"}, ("no_decision_number", "decision_no")),
        ("request_access", {}, {"decision_no": ""}, ("empty", "decision_no")),
        ("request_access", {}, {"software": "onestop"}, ("account_exists", "software")),
        ("request_access", {}, {"access_request": "move_account"}, ("account_missing", "software")),
        ("request_access", {}, {"access_request": "change_role"}, ("account_missing", "software")),
        ("request_access", {}, {"access_role": ""}, ("role_not_named", "access_role")),
        ("request_access", {"requests": ["new_account:land"]}, {}, ("already_requested", "software")),
        ("request_access", {}, {"sent_to": "circus"}, ("not_on_offer", "sent_to")),
        ("request_certificate", {}, {"decision_no": "15"}, ("no_decision_number", "decision_no")),
        ("request_certificate", NO_MAIL, {}, ("no_official_email", "")),
        ("request_certificate", ONLY_MAIL, {}, ("account_needed", "")),
        ("request_certificate", {}, {"certificate_request": "issue"}, ("certificate_in_force", "certificate_request")),
        ("request_certificate", {"serials": []}, {}, ("certificate_missing", "certificate_request")),
        ("request_certificate", {"certificate_to": "2025-06-30"}, {}, ("certificate_expired", "certificate_request")),
        ("request_certificate", {"requests": ["extend:personal"]}, {}, ("already_requested", "certificate_request")),
        ("revoke_certificate", {}, {"serial": "FW000000"}, ("unknown_serial", "serial")),
        ("lock_account", {}, {"software": "land"}, ("account_missing", "software")),
        ("submit_assignment", {}, {"approver": "CB04"}, ("not_a_leader", "approver")),
        ("submit_assignment", {}, {"starts_on": "2025-06-30"}, ("date_in_the_past", "starts_on")),
        ("borrow_equipment", {}, {"return_by": "2025-06-30"}, ("date_in_the_past", "return_by")),
        ("move_line", {}, {"to_line": "line_1"}, ("same_line", "to_line")),
        ("refuse_sharing", {}, {"reason": " "}, ("empty", "reason")),
    ],
)
def test_what_the_software_refuses(action, record, other, reason):
    assert refusal(action, desk("seat_checked", **record), **other) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


def test_only_a_line_can_be_switched():
    person = desk("seat_checked")
    del person.record["line"]  # type: ignore[attr-defined]
    assert refusal("move_line", person) == ("no_line_here", "")


@pytest.mark.parametrize(
    ("action", "record", "other"),
    [
        ("check_seat", {}, {"seat_finding": "in_order"}),
        ("lend_access", {}, {}),
        ("record_result", {}, {"readiness": "ready"}),
        ("request_access", {}, {"sent_to": "warranty", "access_role": "administrator"}),
        ("request_certificate", {"certificate_to": "2027-01-01"}, {}),
        ("request_certificate", NO_MAIL, {"certificate_holder": "body"}),
    ],
)
def test_mistakes_that_real_software_lets_through_go_through(action, record, other):
    assert done(action, desk("seat_checked", **record), **other)


def test_on_its_last_day_a_certificate_may_still_be_extended_and_not_be_issued_again():
    last = desk("seat_checked", certificate_to="2025-07-01")
    assert done("request_certificate", last)
    assert refusal("request_certificate", last, certificate_request="issue")[0] == "certificate_in_force"
    gone = desk("seat_checked", certificate_to="2025-06-30")
    assert done("request_certificate", gone, certificate_request="issue")


def test_another_ones_certificate_is_revoked_before_one_is_issued():
    held = desk("seat_checked")
    assert refusal("request_certificate", held, certificate_request="issue")[0] == "certificate_in_force"
    freed = after(held, done("revoke_certificate", held))
    assert (freed.record["serials"], freed.record["revoked"]) == ([], ["FW123456"])
    assert done("request_certificate", freed, certificate_request="issue")["S-0001"]["step"] == "seat_asked"


def test_a_log_in_test_says_what_the_software_says():
    tested = printed(done("test_login", desk("seat_checked")))["fields"]
    assert (tested["shows"], tested["system"]) == ("Đăng nhập được.", "Một cửa điện tử")
    assert printed(done("test_login", desk("seat_checked"), software="land"))["fields"]["shows"] == NO_SUCH_USER
    locked = after(desk("seat_checked"), done("lock_account", desk("seat_checked")))
    assert printed(done("test_login", locked))["fields"]["shows"] == NO_SUCH_USER


def test_a_signature_test_needs_a_certificate():
    assert printed(done("test_signature", desk("seat_checked")))["fields"]["shows"] == "Kiểm tra đạt."
    assert printed(done("test_signature", desk("seat_checked", serials=[])))["fields"]["shows"] == NO_TOKEN


def test_a_result_may_be_put_right_and_every_result_has_its_step():
    first = after(desk("seat_checked"), done("record_result", desk("seat_checked"), readiness="ready"))
    second = after(first, done("record_result", first, readiness="not_ready"))
    assert (first.record["step"], second.record["step"]) == ("seat_ready", "seat_not_ready")
    assert set(STEP_OF.values()) == CONCLUDED == {step for step in STATE if STATE[step] == 10} - {"readiness_reported"}


def test_the_report_is_logged_beside_what_the_software_counts_and_may_differ_from_it():
    clean, changes = ACCOUNTS.decide(
        "report_readiness", desk("readiness_due"), GOOD["report_readiness"] | {"ready_count": 9}
    )
    assert (clean["ready_count"], clean["recorded_ready"], clean["recorded_not_ready"]) == (9, 1, 0)
    assert printed(changes)["fields"]["ready_count"] == "9"


# ---- papers --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("action", PRINTS)
def test_each_paper_renders_with_all_that_it_needs(action):
    sheet = printed(done(action, desk(sorted(STEPS[action])[0])))
    html = papers.render(sheet)
    assert sheet["kind"] == PRINTS[action] and NOTICE in html and "None" not in html
    assert [name for name, value in sheet["fields"].items() if not value] == []


def test_a_second_paper_of_a_kind_is_a_second_paper():
    once = after(desk("seat_checked"), done("test_login", desk("seat_checked")))
    assert {"S-0001/login_test-1", "S-0001/login_test-2"} <= set(after(once, done("test_login", once)).records)


@pytest.mark.parametrize(("day", "written"), [("2025-02-03", "ngày 03 tháng 02 năm"), ("2025-11-20", "tháng 11 năm")])
def test_the_day_of_a_letter_is_written_as_the_decree_has_it(day, written):
    sheet = printed(done("refuse_sharing", desk("seat_checked", datetime.fromisoformat(day))))
    assert written in sheet["fields"]["place_date"]


# ---- what the exercise plants --------------------------------------------------------------------------------------
def drawn(seed: int, truth: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """The record of a case, its facts, and all that is written on its papers and in what follows."""
    script, key = compiled(seed, EXERCISE)
    cue = next(one for one in script.cues if one.id == inject_with(key, truth))
    follows = [one for one in script.cues if one.record == cue.record]
    written = " ".join(str(value) for one in follows for value in one.records.values())
    return cue.records[cue.record], key.facts[cue.id], written


def first_papers(seed: int, truth: str) -> dict[str, dict[str, str]]:
    """The fields of the papers that lie there at the start, by the paper's name."""
    script, key = compiled(seed, EXERCISE)
    cue = next(one for one in script.cues if one.id == inject_with(key, truth))
    sheets = [one["paper"] for one in cue.records.values() if one.get("kind") == "paper"]
    return {sheet["component"]: sheet["fields"] for sheet in sheets}


@pytest.mark.parametrize("seed", range(1, 7))
def test_what_must_be_entered_stands_on_the_papers(seed):
    for truth in compiled(seed, EXERCISE)[1].truths.values():
        _, facts, written = drawn(seed, truth)
        for name in ("decision_no", "serial", "token_serial", "handed_by", "stand_in", "lender"):
            assert truth == "report" or plain(str(facts.get(name, ""))) in plain(written), (truth, name)


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_certificates_have_the_days_that_their_truth_needs(seed):
    last = {name: drawn(seed, name)[0]["certificate_to"] for name in (
        "expired_certificate", "expiring_certificate", "in_order", "old_unit_certificate"
    )}  # fmt: skip
    assert last["expired_certificate"] < "2025-07-01" <= last["expiring_certificate"] < "2025-07-31"
    assert min(last["in_order"], last["old_unit_certificate"]) > "2025-07-31"


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_post_the_software_and_the_receiver_agree_with_the_guidebook(seed):
    script, _ = compiled(seed, EXERCISE)
    table = [line.split(" | ") for line in script.office["guidebook"]["vi"].splitlines() if line.startswith("| ")]
    for truth in ("no_account", "old_unit_account", "narrow_role", "shared_password", "no_decision"):
        record, facts, _ = drawn(seed, truth)
        subject = record["post"].removeprefix("Công chức ")
        rows = [row for row in table if subject in row[0] and len(row) == 4]
        assert script.office["bodies"][facts["sent_to"]]["vi"] in {row[3].removesuffix(" |") for row in rows}, truth
        assert not facts.get("access_role") or words("vi")[f"choice.access_role.{facts['access_role']}"] in {
            row[2] for row in rows
        }, truth


@pytest.mark.parametrize("seed", range(1, 21))
def test_the_numbers_of_the_report_are_those_of_the_day(seed):
    _, key = compiled(seed, EXERCISE)
    results = [facts["readiness"] for cue, facts in key.facts.items() if key.truths[cue] != "report"]
    wanted = next(facts for cue, facts in key.facts.items() if key.truths[cue] == "report")
    assert {name: wanted[f"{name}_count"] for name in STEP_OF} == {name: results.count(name) for name in STEP_OF}
    assert len(results) == 18 and 2 <= wanted["not_ready_count"] <= 5


def test_an_answer_that_says_done_is_sometimes_not_true():
    """Only the test slip tells: the same words come with an account that works and with one that does not."""
    outcomes = set()
    for seed in range(1, 15):
        script, key = compiled(seed, EXERCISE)
        cue = inject_with(key, "no_account")
        answer = next(one for one in script.cues if one.id == f"{cue}-access_reply")
        said = " ".join(str(one["paper"]["fields"]) for one in answer.records.values() if one.get("kind") == "paper")
        outcomes.add(("Đã thực hiện xong" in said, key.facts[cue]["readiness"]))
    assert outcomes == {(True, "ready"), (True, "not_ready"), (False, "not_ready")}


def test_all_people_look_alike_from_outside():
    script, key = compiled(1, EXERCISE)
    things = {inject_with(key, truth) for truth in ("body_certificate", "device_missing", "line_down", "report")}
    people = [cue for cue in script.cues if not cue.after_action and cue.id not in things]
    follows = {cue.id: [(one.after_action, one.minute) for one in script.cues if one.id.startswith(f"{cue.id}-")]
               for cue in people}  # fmt: skip
    assert len(people) == 15 and len({tuple(one) for one in follows.values()}) == 1
    assert len({tuple(sorted(cue.records[cue.record])) for cue in people}) == 1
    assert len({tuple(name.rpartition("/")[2] for name in cue.records if "/" in name) for cue in people}) == 1


def test_the_old_domain_and_the_old_unit_differ_from_ours_at_every_seed():
    for seed in range(1, 15):
        ours = plain(compiled(seed, EXERCISE)[0].office["short_name"]).replace(" ", "-")
        rows = first_papers(seed, "old_mail")["account"]["rows"].splitlines()[1]
        assert f"@{ours}.example" not in rows and rows.count(".example") == 1


def test_only_training_addresses_and_serials_are_written():
    text = str([compiled(seed, EXERCISE)[0].cues for seed in (1, 5, 9)])
    assert set(re.findall(r"@[\w.-]+", text)) and all(
        one.endswith(".example") for one in re.findall(r"@[\w-]+[\w.-]*\w", text)
    )
    assert re.findall(r"\b[A-Z]{2}-?\d{5,6}\b", text) and not re.findall(
        r"\b(?![FJWZ]{2})[A-Z]{2}-?\d{5,6}\b(?!-\d)", text
    )
    assert not re.findall(r"\b0(?!99)[0-9]{11}\b", text)


def test_the_post_of_a_seat_stands_in_the_language_of_the_desk():
    store = EventStore("sqlite://")
    attempt, _ = Attempt.start(store, store.add_script(compiled(1, EXERCISE)[0]), "Nguyễn Thị Tập")
    attempt.deliver()
    while attempt.wait():
        attempt.deliver()
    seats = [one for one in attempt.state.records.values() if one["kind"] == "seat"]
    assert len(seats) > 10
    for seat in seats:
        for language, name in (("vi", "post"), ("en", "post_en")):
            assert ("post", seat[name]) in known(View(attempt, language), seat)
        assert plain(seat["post_en"]) != plain(seat["post"])
