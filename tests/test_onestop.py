"""The one-stop counter: what each action does, when the software refuses, which paper comes out."""

import re
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest

from kit import home, papers
from kit.criteria import meets
from kit.systems.form import Situation
from kit.systems.onestop import FINAL, GROUNDS, ONE_STOP, RESULTS, STATE
from kit.systems.registry import SYSTEMS
from kit.words import words
from kit.yaml_file import read_yaml
from tests.rehearsed import compiled, inject_with
from tests.system_desk import printed, refusal_of, wrong_steps

MORNING = datetime(2025, 7, 1, 9)
CITIZEN = "099000000001"
OUR, OTHER = "26740", "26882"
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
OFFICIALS = {
    "CB01": {"role": "signer", "accounts": ["onestop"], "certificate_valid_to": "2027-01-01"},
    "CB02": {"role": "signer", "accounts": ["onestop", "civil_status"], "certificate_valid_to": "2025-07-01"},
    "CB03": {"role": "signer", "accounts": ["onestop", "civil_status"], "certificate_valid_to": "2025-06-30"},
    "CB09": {"role": "reception", "accounts": ["onestop"], "certificate_valid_to": "2027-01-01"},
}  # fmt: skip
GOOD: dict[str, dict[str, Any]] = {
    "look_up": {"personal_id": CITIZEN},
    "receive": {"competent_unit": OUR, "due_date": "2025-07-04", "fee": 8_000, "exemption": "none",
    "result_channel": "counter"},
    "supplement": {"papers": ["form", "id"], "reason": "Thiếu chữ ký"},
    "refuse": {"ground": "duplicate", "reason": "Đã nộp trực tuyến"},
    "forward": {"destination": OUR, "paper_file_by": ""},
    "ask_payment": {"amount": 120_000, "reason": "Lệ phí theo thông báo"},
    "collect_fee": {"amount": "8000"},
    "examine": {"outcome": "eligible"},
    "draft": {"result_kind": "marital_certificate"},
    "initial": {},
    "sign": {"signer": "CB02", "token": "CB02", "capacity": "for_chairman"},
    "request_account": {"official": "CB01", "software": "civil_status", "reason": "Chưa có tài khoản"},
    "number": {"book": "marital_certificate"},
    "give_back": {"receiver_id": CITIZEN},
    "decline": {"reason": "Chưa có ủy quyền"},
    "apologise": {"new_due_date": "2025-07-08", "reason": "Chờ xác minh"},
    "withdraw": {"reason": "Không còn nhu cầu"},
    "close": {"reason": "Quá 15 ngày"},
}  # fmt: skip
WORKING = {"received", "specialist", "examined", "drafted", "initialled", "signed"}
STEPS = {
    "look_up": {"waiting", "filed", "supplement", "payment", "ready", *WORKING}, "receive": {"waiting",
    "filed", "supplement"},
    "supplement": {"waiting", "filed", "supplement", *WORKING}, "refuse": {"waiting", "filed", "supplement", *WORKING},
    "forward": {"received"}, "ask_payment": {"specialist", "examined"},
    "collect_fee": {"payment", "ready", *WORKING}, "examine": {"specialist"}, "draft": {"examined"},
    "initial": {"drafted"}, "sign": {"initialled"}, "request_account": {"ready", *WORKING}, "number": {"signed"},
    "give_back": {"ready"}, "decline": {"ready"}, "apologise": WORKING, "withdraw": {"filed", "supplement",
    "payment", *WORKING},
    "close": {"supplement"},
}  # fmt: skip
LEADS_TO = {
    "receive": "received", "supplement": "supplement", "refuse": "refused", "forward": "specialist",
    "examine": "examined", "draft": "drafted", "initial": "initialled", "sign": "signed", "number": "ready",
    "ask_payment": "payment", "give_back": "returned", "withdraw": "withdrawn", "close": "stopped",
}  # fmt: skip
PORTAL = {"received": 2, "refused": 3, "specialist": 4, "examined": 4, "drafted": 4, "initialled": 4, "signed": 4,
          "elsewhere": 4, "supplement": 5, "payment": 6, "withdrawn": 7, "stopped": 8, "ready": 9,
          "returned": 10, "filed": 1}  # fmt: skip
PRINTS = {"receive": "receipt", "supplement": "supplement_slip", "refuse": "refusal_slip", "apologise": "apology_slip",
          "close": "stop_notice", "request_account": "account_request", "number": "marital_certificate"}  # fmt: skip


def counter(step: str, moment: datetime = MORNING, **more: Any) -> Situation:
    """A dossier at a step, with two papers, in an office whose officials differ in what they may sign."""
    named = {
        number: {"full_name": f"Lê {number}", "post_vi": "Phó Chủ tịch", **one} for number, one in OFFICIALS.items()
    }
    record = {
        "kind": "dossier", "step": step, "state": STATE[step], "code": "H29-1", "procedure": "1.004873",
        "title": "Cấp giấy xác nhận tình trạng hôn nhân", "applicant_name": "Trần Thị Tập",
        "applicant_address": "1 Lê Lợi", "applicant_phone": "0600 000 001", "software": "civil_status",
        "result": {"marital_certificate": {"full_name": "Trần Thị Tập"}}, "asks": {"form": "Tờ khai",
        "id": "Giấy tờ tùy thân"},
        "result_kind": "marital_certificate", "outcome": "eligible", "signer": "CB02", "token": "CB02",
        "capacity": "for_chairman", "due_date": "2025-07-03", "received_at": "2025-06-30T09:00", **more,
    }  # fmt: skip
    office = {
        "code": OUR, "short_name": "Phường Sài Gòn", "committee": "UBND Phường Sài Gòn", "centre": "Trung tâm",
        "units": {OUR: "Phường Sài Gòn", OTHER: "Phường An Hội Tây"}, "officials": named, "population": {CITIZEN: {}},
        "form_set": "2018" if moment.date() < date(2025, 9, 15) else "2025",
    }  # fmt: skip
    sheet = {"kind": "paper", "dossier": "H29-1", "issued": False, "paper": {"component": "form"}}
    return Situation("H29-1", record, moment, office, {"H29-1": record, "H29-1/form-1": sheet})


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    """What a good form, with some other entries, changes."""
    return ONE_STOP.decide(action, situation, {**GOOD[action], **other})[1]


refusal = partial(refusal_of, done)


def after(situation: Situation, changes: dict[str, Any], moment: datetime = MORNING) -> Situation:
    records = dict(situation.records)
    for name, new in changes.items():
        records[name] = {**records.get(name, {}), **new}
    return replace(situation, record=records[situation.id], records=records, moment=moment)


def test_the_tables_here_name_every_action():
    assert set(GOOD) == set(STEPS) == {action.name for action in ONE_STOP.actions} and SYSTEMS["onestop"] is ONE_STOP


def taken_at_its_steps_alone(action: str, step: str) -> None:
    situation = counter(step)
    if step not in STEPS[action]:
        assert refusal(action, situation) == ("wrong_step", "")
        return
    changed = done(action, situation)["H29-1"]
    paid = {"collect_fee": "specialist"} if step == "payment" else {}
    assert changed.get("step", step) == (LEADS_TO | paid).get(action, step)
    assert ("state" in changed) == ("step" in changed) and changed.get("state", STATE[step]) == PORTAL.get(
        changed.get("step", step), STATE[step]
    )


def test_an_action_is_taken_at_its_steps_and_at_no_other():
    wrong = wrong_steps(taken_at_its_steps_alone, GOOD, STATE)
    assert not wrong, "\n".join(wrong)


def test_the_portal_states_are_those_of_the_data_set():
    listed = {state["code"]: state for state in read_yaml(home.datasets() / "onestop.yaml").data["states"]["list"]}
    assert set(STATE.values()) == {0, *listed} and len(listed) == 10
    assert {step: STATE[step] for step in PORTAL} == PORTAL
    finals = {STATE[step] for step in FINAL - {"elsewhere"}}
    assert finals == {code for code, state in listed.items() if not state["next"]}, "final there, final here"


@pytest.mark.parametrize("step", sorted(FINAL))
def test_nothing_can_be_done_after_the_end(step):
    assert not [action.name for action in ONE_STOP.actions if action.allowed({"step": step})]


@pytest.mark.parametrize(
    ("action", "step", "other", "reason"),
    [
        ("look_up", "waiting", {"personal_id": "099000000002"}, ("person_not_found", "personal_id")),
        ("look_up", "waiting", {"personal_id": "1234567890123"}, ("malformed", "personal_id")),
        ("receive", "waiting", {"due_date": "2025-06-30"}, ("date_in_the_past", "due_date")),
        ("receive", "waiting", {"due_date": "2025-02-30"}, ("malformed", "due_date")),
        ("receive", "waiting", {"due_date": ""}, ("empty", "due_date")),
        ("receive", "waiting", {"fee": True}, ("malformed", "fee")),
        ("receive", "waiting", {"fee": 8_000.0}, ("malformed", "fee")),
        ("receive", "waiting", {"fee": -1}, ("malformed", "fee")),
        ("receive", "waiting", {"competent_unit": "00001"}, ("not_on_offer", "competent_unit")),
        ("receive", "waiting", {"exemption": "rich"}, ("not_on_offer", "exemption")),
        ("receive", "waiting", {"step": "returned"}, ("unknown_field", "step")),
        ("supplement", "waiting", {"papers": []}, ("empty", "papers")),
        ("supplement", "waiting", {"papers": ["passport"]}, ("not_on_offer", "papers")),
        ("supplement", "waiting", {"papers": ["form"] * 41}, ("malformed", "papers")),
        ("supplement", "waiting", {"reason": "x" * 2_001}, ("too_long", "reason")),
        ("refuse", "waiting", {"ground": "no_time"}, ("not_on_offer", "ground")),
        ("forward", "received", {"paper_file_by": "mai"}, ("malformed", "paper_file_by")),
        ("draft", "examined", {"result_kind": "passport"}, ("not_on_offer", "result_kind")),
        ("sign", "initialled", {"signer": "CB01", "token": "CB02"}, ("no_account", "signer")),
        ("sign", "initialled", {"signer": "CB09", "token": "CB09"}, ("no_account", "signer")),
        ("sign", "initialled", {"signer": "CB03", "token": "CB03"}, ("certificate_expired", "token")),
        ("sign", "initialled", {"signer": "CB02", "token": "CB03"}, ("certificate_expired", "token")),
        ("sign", "initialled", {"signer": "CB77"}, ("not_on_offer", "signer")),
        ("apologise", "specialist", {"new_due_date": "2025-07-03"}, ("date_not_later", "new_due_date")),
        ("apologise", "specialist", {"new_due_date": "2025-07-02"}, ("date_not_later", "new_due_date")),
        ("give_back", "ready", {"receiver_id": "0990000000"}, ("malformed", "receiver_id")),
    ],
)  # fmt: skip
def test_what_the_software_refuses(action, step, other, reason):
    assert refusal(action, counter(step), **other) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


@pytest.mark.parametrize("outcome", ["needs_verification", "not_eligible", ""])
def test_only_what_was_found_eligible_is_drafted(outcome):
    assert refusal("draft", counter("examined", outcome=outcome)) == ("not_examined_eligible", "")


@pytest.mark.parametrize(
    ("action", "step", "other"),
    [
        ("receive", "waiting", {"competent_unit": OTHER}), ("receive", "waiting", {"due_date": "2025-07-01"}),
        ("refuse", "waiting", {"ground": "not_competent"}), ("supplement", "signed", {}),
        ("sign", "initialled", {"signer": "CB02", "token": "CB01"}), ("sign", "initialled", {"capacity": "chairman"}),
        ("give_back", "ready", {"receiver_id": "099999999999"}), ("draft", "examined",
        {"result_kind": "death_extract"}),
    ],
)  # fmt: skip
def test_mistakes_that_real_software_lets_through_go_through(action, step, other):
    assert done(action, counter(step), **other)


def test_a_certificate_is_good_on_its_last_day():
    assert done("sign", counter("initialled"))["H29-1"]["step"] == "signed"
    assert refusal("sign", counter("initialled", datetime(2025, 7, 2, 9))) == ("certificate_expired", "token")


def test_a_look_up_stays_with_the_dossier():
    again = after(counter("waiting"), done("look_up", counter("waiting")))
    assert done("look_up", again)["H29-1"]["looked_up"] == [CITIZEN]


def test_after_a_supplement_the_clock_starts_from_zero():
    """Decree 118/2025 Art 19(5): no pause; reception is new, whatever the old date was."""
    back = counter("supplement", received_at="2025-06-20T09:00", due_date="2025-06-25")
    changed = done("receive", back, due_date="2025-07-04")["H29-1"]
    assert (changed["received_at"], changed["due_date"]) == ("2025-07-01T09:00", "2025-07-04")
    assert refusal("receive", back, due_date="2025-06-25") == ("date_in_the_past", "due_date")


@pytest.mark.parametrize(
    ("moment", "right"),
    [("2025-07-01T14:59", "2025-07-01"), ("2025-07-01T15:00", "2025-07-01"), ("2025-07-01T15:01", "2025-07-02"),
     ("2025-07-04T15:30", "2025-07-07"), ("2025-08-29T15:30", "2025-09-03")],
)  # fmt: skip
def test_what_is_received_after_fifteen_is_promised_for_the_next_working_day(moment, right):
    rule = {"appointment": {"unit": "working_day", "value": 0, "same_day": True}}
    assert meets(rule, right, {}, datetime.fromisoformat(moment))
    assert not meets(rule, "2025-07-03", {}, datetime.fromisoformat(moment))


# ---- papers --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("moment", [datetime(2025, 9, 14, 9), datetime(2025, 9, 15, 9)])
@pytest.mark.parametrize("action", PRINTS)
def test_each_slip_is_printed_on_the_form_of_the_day(action, moment):
    officials = {name: {**one, "certificate_valid_to": "2027-01-01"} for name, one in OFFICIALS.items()}
    situation = counter(sorted(STEPS[action])[0], moment, due_date="2025-09-16")
    situation.office["officials"].update(
        {n: {**situation.office["officials"][n], **one} for n, one in officials.items()}
    )
    dates = {"receive": {"due_date": "2025-09-18"}, "apologise": {"new_due_date": "2025-09-19"}}
    sheet = printed(done(action, situation, **dates.get(action, {})))
    assert sheet["kind"] == PRINTS[action] and set(sheet["fields"]) <= {
        *papers.fields(sheet["kind"]),
        *papers.MEDIUM_FIELDS,
    }
    html = papers.render(sheet)
    circular = "Thông tư 01/2018/TT-VPCP" if moment.date() < date(2025, 9, 15) else "Thông tư 03/2025/TT-VPCP"
    if "form_code" in sheet["fields"]:
        assert sheet["fields"]["form_code"].endswith(circular) and circular in html
    assert NOTICE in html and "None" not in html


@pytest.mark.parametrize(("day", "forms"), [(date(2025, 9, 12), "2018"), (date(2025, 9, 15), "2025")])
def test_the_office_of_a_script_uses_the_forms_of_its_day(day, forms):
    assert compiled(1, day=day)[0].office["form_set"] == forms


def test_the_receipt_names_the_competent_unit_and_the_promise():
    sheet = printed(done("receive", counter("waiting"), competent_unit=OTHER, fee="16000"))["fields"]
    assert sheet["competent_unit"] == "Phường An Hội Tây" and sheet["fee"] == "16.000 đồng"
    assert sheet["due_at"] == "04/07/2025" and sheet["received_at"] == "09 giờ 00, ngày 01/07/2025"
    assert sheet["components"] == "Tờ khai"


def test_the_supplement_slip_names_each_paper_and_a_second_slip_is_a_second_paper():
    first = done("supplement", counter("waiting"))
    assert printed(first)["fields"]["components"] == "Tờ khai\nGiấy tờ tùy thân"
    second = done("supplement", after(counter("waiting"), first))
    assert second["H29-1"]["supplements"] == 2 and printed(second)["id"] == "H29-1/supplement_slip-2"


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ground_of_refusal_has_its_words_on_the_slip(ground):
    assert len(printed(done("refuse", counter("waiting"), ground=ground))["fields"]["ground"]) > 15


def test_forwarding_abroad_prints_a_transfer_slip_and_at_home_none():
    away = done("forward", counter("received"), destination=OTHER, paper_file_by="2025-07-02")
    assert away["H29-1"]["step"] == "elsewhere" and printed(away)["kind"] == "transfer_slip"
    assert "02/07/2025" in papers.render(printed(away))
    assert list(done("forward", counter("received"))) == ["H29-1"]


@pytest.mark.parametrize("kind", RESULTS)
def test_every_kind_of_result_is_printed_signed_and_numbered(kind):
    shown = {kind: {}} if kind == "marital_certificate" else {"marital_certificate": {}, kind: {}}
    ready = counter("signed", result_kind=kind, result=shown)
    sheet = printed(done("number", ready, book=kind))
    assert sheet["fields"]["signer_name"] == "Lê CB02" and sheet["fields"]["signer_post"].startswith("KT. CHỦ TỊCH")
    assert sheet["fields"]["number"] == "01/2025" and NOTICE in papers.render(sheet)


def test_books_are_numbered_one_by_one_each_for_itself():
    first = done("number", counter("signed"))
    shelf = after(counter("signed"), first)
    other = {"H29-2": {**shelf.record, "step": "signed"}, "H29-1": shelf.record}
    second = replace(shelf, id="H29-2", record=other["H29-2"] | {"book": ""}, records=other | {"H29-2": {"book": ""}})
    assert first["H29-1"]["result_number"] == 1
    assert done("number", second)["H29-2"]["result_number"] == 2
    assert done("number", second, book="death_extract")["H29-2"]["result_number"] == 1


def test_the_whole_life_of_a_dossier_of_every_procedure_ends_in_a_paper_that_renders():
    script, key = compiled()
    for cue in (cue for cue in script.cues if cue.records.get(cue.record, {}).get("step") == "waiting"):
        facts = key.facts[cue.id]
        now = Situation(cue.record, cue.records[cue.record], MORNING, script.office, cue.records)
        good = GOOD | {
            "sign": {"signer": facts["signer"], "token": facts["token"], "capacity": facts["capacity"]},
            "give_back": {"receiver_id": facts["applicant_id"]},
        }  # fmt: skip
        for kind in ("draft", "number"):
            good[kind] = {next(iter(GOOD[kind])): next(iter(now.record["result"]))}
        if next(iter(now.record["result"])) not in RESULTS:
            continue  # what another office decides is only forwarded
        for action in ("receive", "forward", "examine", "draft", "initial", "sign", "number", "give_back"):
            now = after(now, ONE_STOP.decide(action, now, good[action])[1])
        assert (now.record["step"], now.record["state"]) == ("returned", 10)
        issued = [record["paper"] for record in now.records.values() if record.get("issued")]
        assert len(issued) == 2 and all(NOTICE in papers.render(sheet) for sheet in issued)
        assert not re.search(r"\bNone\b", "".join(papers.render(sheet) for sheet in issued))


def test_an_online_dossier_can_be_received_and_the_twin_of_a_duplicate_is_left_alone():
    script, key = compiled()
    cue = next(cue for cue in script.cues if cue.id == inject_with(key, "online_waiting"))
    now = Situation(cue.record, cue.records[cue.record], MORNING, script.office, cue.records)
    assert now.record["step"] == "filed" and done("receive", now)[cue.record]["step"] == "received"
    twin = next(cue for cue in script.cues if cue.id == inject_with(key, "duplicate"))
    dossiers = [record for record in twin.records.values() if record["kind"] == "dossier"]
    assert sorted(record["step"] for record in dossiers) == ["specialist", "waiting"]
