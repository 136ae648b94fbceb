"""Document management: what each action does, when the software refuses, which paper comes out."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from kit import home, papers
from kit.calendar import is_working_day
from kit.systems.document_papers import KINDS, capacity
from kit.systems.documents import AUTHORITIES, DEFECTS, DOCUMENTS, STATE
from kit.systems.form import Situation
from kit.systems.registry import SYSTEMS
from kit.words import words
from kit.yaml_file import read_yaml
from tests.nasty_values import NASTY
from tests.rehearsed import compiled, inject_with
from tests.system_desk import after, printed, refusal_of, wrong_steps

MORNING = datetime(2025, 7, 1, 9)
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
OFFICIALS = {
    "CB01": {"role": "signer", "post_vi": "Chủ tịch Ủy ban nhân dân phường", "accounts": ["documents"],
             "certificate_valid_to": "2025-06-30"},
    "CB04": {"role": "division_head", "post_vi": "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường",
             "accounts": ["documents"], "certificate_valid_to": "2025-07-01"},
    "CB08": {"role": "specialist", "post_vi": "Công chức", "accounts": ["onestop"],
             "certificate_valid_to": "2027-01-01"},
    "CB11": {"role": "clerk", "post_vi": "Văn thư", "accounts": ["documents"], "certificate_valid_to": "2027-01-01"},
}  # fmt: skip
OFFICE = {
    "code": "26740", "short_name": "Phường Sài Gòn", "committee": "UBND Phường Sài Gòn",
    "officials": {number: {"full_name": f"Lê {number}", **one} for number, one in OFFICIALS.items()},
    "bodies": {"finance": {"vi": "Sở Tài chính", "en": "Finance"}, "schools": {"vi": "Các trường", "en": "Schools"}},
}  # fmt: skip
GOOD: dict[str, dict[str, Any]] = {
    "check_arrival": {"signature_state": "intact", "attachments_state": "missing", "addressee_state": "ours"},
    "register_arrival": {"doc_symbol": "15/KH-SXD", "doc_issuer": "Sở Xây dựng", "issued_on": "2025-06-30",
                         "doc_kind": "plan", "doc_excerpt": "Về việc thoát nước", "urgency": "urgent",
                         "secrecy": "none", "pages": 3},
    "send_back": {"defect": "missing_attachment", "reason": "Thiếu Biểu số 02"},
    "link_duplicate": {"same_as": "VB-2"},
    "report_phishing": {"reason": "Tên miền lạ"},
    "hand_on_secret": {"secret_level": "secret", "handed_to": "CB01"},
    "tell_sender": {"message_kind": "receipt_confirmed", "reason": "Đã nhận"},
    "submit_arrival": {"leader": "CB01"},
    "instruct": {"lead_division": "economy", "supporting": ["culture", "police"], "deadline": "2025-07-04",
                 "opinion": "Kiểm tra, báo cáo"},
    "arrange_attendance": {"attendee": "CB01", "clash_with": "VB-2"},
    "hand_over_document": {"handler": "CB04"},
    "remind_division": {"lead_division": "economy", "deadline": "2025-07-02", "reason": "Công văn số 15 quá hạn"},
    "draft_document": {"out_kind": "official_letter", "out_symbol": "UBND-VP", "authority": "by_order",
                       "signatory": "CB04", "recipients": ["finance"], "out_excerpt": "cung cấp số liệu",
                       "draft_body": "Số hộ là 125.", "reply_to": "15/KH-SXD"},
    "check_draft": {"verdict": "ready"},
    "sign_document": {"signer": "CB04", "token": "CB04"},
    "number_document": {},
    "dispatch_document": {"sent_through": ["axis", "post"]},
    "recall_document": {"reason": "Ghi sai địa điểm, đề nghị hủy bản đã nhận"},
    "close_file": {"file_code": "office_general", "items": "4"},
}  # fmt: skip
IN_HAND = {"registered", "with_leader", "instructed", "assigned"}
STEPS = {
    **dict.fromkeys(("check_arrival", "register_arrival", "send_back", "link_duplicate", "report_phishing",
                     "hand_on_secret"), frozenset({"arrived"})),
    "tell_sender": {"arrived", "scheduled", *IN_HAND}, "submit_arrival": {"registered"}, "instruct": {"with_leader"},
    "arrange_attendance": {"registered", "with_leader", "instructed", "scheduled"},
    "hand_over_document": {"instructed"}, "remind_division": {"assigned"},
    "draft_document": {"task_given", "assigned", "draft_ready", "draft_checked", "recalled"},
    "check_draft": {"draft_ready"}, "sign_document": {"draft_checked"}, "number_document": {"signed"},
    "dispatch_document": {"numbered"}, "recall_document": {"dispatched"},
    "close_file": {"assigned", "scheduled", "dispatched"},
}  # fmt: skip
LEADS_TO = {
    "register_arrival": "registered", "send_back": "sent_back", "link_duplicate": "linked",
    "report_phishing": "phishing_reported", "hand_on_secret": "secret_book", "submit_arrival": "with_leader",
    "instruct": "instructed", "arrange_attendance": "scheduled", "hand_over_document": "assigned",
    "draft_document": "draft_ready", "check_draft": "draft_checked", "sign_document": "signed",
    "number_document": "numbered", "dispatch_document": "dispatched", "recall_document": "recalled",
    "close_file": "file_closed",
}  # fmt: skip
PRINTS = {"send_back": "return_slip", "instruct": "handling_slip", "remind_division": "reminder_slip",
          "draft_document": "official_letter", "number_document": "official_letter", "recall_document": "recall_slip",
          "close_file": "document_file_list"}  # fmt: skip
WHOLE_WAY = ("register_arrival", "submit_arrival", "instruct", "hand_over_document", "draft_document", "check_draft",
             "sign_document", "number_document", "dispatch_document", "close_file")  # fmt: skip


def desk(step: str, moment: datetime = MORNING, **more: Any) -> Situation:
    """A document at a step, another one beside it, in an office whose people differ in what they may sign."""
    record = {
        "kind": "document", "step": step, "code": "VB-1", "title": "V/v thoát nước", "who": "Sở Xây dựng",
        "channel": "axis", "begun_at": "assigned", **GOOD["register_arrival"], "arrival_number": 7, "leader": "CB01",
        **GOOD["draft_document"], "out_number": 3, "signer": "CB04",
        "signed_at": "2025-07-01T08:05", **more,
    }  # fmt: skip
    sheet = {"component": "letter", "kind": "official_letter", "fields": {"number": "15/KH-SXD", "subject": "a|b"}}
    beside = {"VB-2": {"kind": "document", "step": "assigned", "code": "VB-2", "arrival_number": 41},
              "VB-1/letter": {"kind": "paper", "dossier": "VB-1", "issued": False, "paper": sheet}}  # fmt: skip
    return Situation("VB-1", record, moment, OFFICE, {"VB-1": record, **beside})


def test_the_sheet_says_when_it_was_signed_not_when_it_was_numbered():
    signed = done("sign_document", desk("draft_checked"))["VB-1"]
    later = desk("signed", MORNING + timedelta(hours=2), signed_at=signed["signed_at"])
    numbered = done("number_document", later)
    (sheet,) = [one["paper"]["fields"] for one in numbered.values() if "paper" in one]
    assert sheet["e_signed_at"] == f"{MORNING:%H:%M %d/%m/%Y}"


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    """What a good form, with some other entries, changes."""
    return DOCUMENTS.decide(action, situation, {**GOOD[action], **other})[1]


refusal = partial(refusal_of, done)


def test_the_tables_here_name_every_action():
    assert set(GOOD) == set(STEPS) == {action.name for action in DOCUMENTS.actions}
    assert SYSTEMS["documents"] is DOCUMENTS and set(DOCUMENTS.routine) <= set(GOOD)


def taken_at_its_steps_alone(action: str, step: str) -> None:
    situation = desk(step)
    if step not in STEPS[action]:
        assert refusal(action, situation) == ("wrong_step", "")
        return
    assert done(action, situation)["VB-1"].get("step", step) == LEADS_TO.get(action, step)


def test_an_action_is_taken_at_its_steps_and_at_no_other():
    wrong = wrong_steps(taken_at_its_steps_alone, GOOD, STATE)
    assert not wrong, "\n".join(wrong)


def test_the_types_are_the_twenty_nine_of_the_decree():
    usual = read_yaml(home.datasets() / "documents.yaml").data["types"]["list"]
    named = {vietnamese: abbreviation for abbreviation, vietnamese in KINDS.values()}
    assert len(KINDS) == 29 == len(named) and len(set(named.values())) == 28, "two types have no abbreviation"
    assert {one["vi"]: one["abbr"] or "" for one in usual}.items() <= named.items()


@pytest.mark.parametrize("step", ["file_closed", "sent_back", "linked", "secret_book", "phishing_reported"])
def test_nothing_can_be_done_after_the_end(step):
    assert not [action.name for action in DOCUMENTS.actions if action.allowed({"step": step})]


@pytest.mark.parametrize(
    ("action", "step", "other", "reason"),
    [
        ("register_arrival", "arrived", {"issued_on": "2025-07-02"}, ("date_to_come", "issued_on")),
        ("register_arrival", "arrived", {"issued_on": "30/06/2025"}, ("malformed", "issued_on")),
        ("register_arrival", "arrived", {"doc_kind": "letter"}, ("not_on_offer", "doc_kind")),
        ("register_arrival", "arrived", {"doc_symbol": ""}, ("empty", "doc_symbol")),
        ("register_arrival", "arrived", {"pages": "ba"}, ("malformed", "pages")),
        ("register_arrival", "arrived", {"arrival_number": 9}, ("unknown_field", "arrival_number")),
        ("send_back", "arrived", {"defect": "ugly"}, ("not_on_offer", "defect")),
        ("send_back", "arrived", {"reason": ""}, ("empty", "reason")),
        ("link_duplicate", "arrived", {"same_as": "VB-1"}, ("not_on_offer", "same_as")),
        ("link_duplicate", "arrived", {"same_as": "VB-1/letter"}, ("not_on_offer", "same_as")),
        ("hand_on_secret", "arrived", {"secret_level": "none"}, ("not_on_offer", "secret_level")),
        ("instruct", "with_leader", {"deadline": "2025-06-30"}, ("date_in_the_past", "deadline")),
        ("instruct", "with_leader", {"lead_division": ""}, ("empty", "lead_division")),
        ("instruct", "with_leader", {"supporting": ["tax"]}, ("not_on_offer", "supporting")),
        ("remind_division", "assigned", {"deadline": "2025-06-30"}, ("date_in_the_past", "deadline")),
        ("hand_over_document", "instructed", {"handler": "CB77"}, ("not_on_offer", "handler")),
        ("draft_document", "task_given", {"recipients": ["mars"]}, ("not_on_offer", "recipients")),
        ("draft_document", "task_given", {"recipients": []}, ("empty", "recipients")),
        ("draft_document", "task_given", {"authority": "TM."}, ("not_on_offer", "authority")),
        ("sign_document", "draft_checked", {"signer": "CB08"}, ("no_account", "signer")),
        ("sign_document", "draft_checked", {"signer": "CB01", "token": "CB01"}, ("certificate_expired", "token")),
        ("sign_document", "draft_checked", {"token": "CB01"}, ("certificate_expired", "token")),
        ("dispatch_document", "numbered", {"sent_through": ["pigeon"]}, ("not_on_offer", "sent_through")),
    ],
)  # fmt: skip
def test_what_the_software_refuses(action, step, other, reason):
    assert refusal(action, desk(step), **other) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


@pytest.mark.parametrize("way", ["axis", "official_email"])
def test_what_bears_a_secrecy_mark_never_leaves_by_the_network(way):
    secret = desk("numbered", secrecy="secret")
    assert refusal("dispatch_document", secret, sent_through=[way, "post"]) == ("secret_by_network", "sent_through")
    assert done("dispatch_document", secret, sent_through=["by_hand"])["VB-1"]["step"] == "dispatched"


@pytest.mark.parametrize(
    ("action", "step", "other"),
    [
        ("register_arrival", "arrived", {"doc_issuer": "Sở khác", "secrecy": "secret"}),
        ("send_back", "arrived", {"defect": "wrong_addressee"}),
        ("instruct", "with_leader", {"lead_division": "culture", "supporting": []}),
        ("draft_document", "assigned", {"authority": "collective", "reply_to": "", "out_symbol": "TB/UBND"}),
        ("sign_document", "draft_checked", {"signer": "CB11", "token": "CB04"}),
        ("dispatch_document", "numbered", {"sent_through": ["official_email"]}),
        ("arrange_attendance", "scheduled", {"clash_with": ""}), ("close_file", "dispatched", {"items": 99}),
    ],
)  # fmt: skip
def test_mistakes_that_real_software_lets_through_go_through(action, step, other):
    assert done(action, desk(step), **other)


def test_arrival_numbers_run_on_in_one_series():
    fresh = desk("arrived")
    del fresh.record["arrival_number"]
    assert done("register_arrival", fresh)["VB-1"]["arrival_number"] == 42
    assert done("register_arrival", replace(fresh, records={"VB-1": fresh.record}))["VB-1"]["arrival_number"] == 1


def test_each_type_of_outgoing_document_has_a_series_of_its_own():
    ready = desk("signed", out_kind="notice")
    del ready.record["out_number"]
    ready.records["VB-2"] |= {"out_kind": "plan", "out_number": 8}
    assert done("number_document", ready)["VB-1"]["out_number"] == 1
    ready.records["VB-2"] |= {"out_kind": "notice"}
    assert done("number_document", ready)["VB-1"]["out_number"] == 9


def test_a_replacement_gets_the_next_number_of_its_series():
    recalled = after(desk("dispatched", out_kind="notice"), done("recall_document", desk("dispatched")))
    assert recalled.record["recalled_numbers"] == [3]
    now = recalled
    for action in ("draft_document", "check_draft", "sign_document", "number_document"):
        now = after(now, done(action, now, **({"out_kind": "notice"} if action == "draft_document" else {})))
    assert now.record["out_number"] == 4


@pytest.mark.parametrize("step", ["task_given", "assigned", "recalled"])
def test_a_draft_sent_back_returns_to_where_it_was_begun(step):
    ready = after(desk(step), done("draft_document", desk(step)))
    again = after(ready, done("draft_document", ready, draft_body="Bản sửa"))
    back = done("check_draft", again, verdict="redraft")["VB-1"]
    assert back["step"] == step and again.record["draft_body"] == "Bản sửa"
    (lies,) = [one["paper"] for one in again.records.values() if one.get("issued")]
    assert lies["fields"]["content"] == "Bản sửa", "one draft lies with the matter, the newest"


def test_a_reminder_of_a_matter_without_a_registered_document_names_its_title():
    bare = desk("assigned")
    del bare.record["doc_kind"]
    assert printed(done("remind_division", bare))["fields"]["document"] == "V/v thoát nước"


# ---- papers --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("action", PRINTS)
def test_each_action_prints_its_paper(action):
    sheet = printed(done(action, desk(sorted(STEPS[action])[0])))
    assert sheet["kind"] == PRINTS[action]
    assert set(sheet["fields"]) <= {*papers.fields(sheet["kind"]), *papers.MEDIUM_FIELDS}
    html = papers.render(sheet)
    assert NOTICE in html and "None" not in html


def test_the_handling_slip_names_lead_support_and_deadline():
    fields = printed(done("instruct", desk("with_leader")))["fields"]
    assert fields["lead"].startswith("Phòng Kinh tế") and fields["deadline"] == "04/07/2025"
    assert fields["supporting"] == "Phòng Văn hóa - Xã hội; Công an cấp xã" and fields["arrival_number"] == "07"
    assert fields["document"] == "Kế hoạch số 15/KH-SXD ngày 30/06/2025 của Sở Xây dựng"


@pytest.mark.parametrize("defect", DEFECTS)
def test_every_ground_of_return_has_its_words_on_the_slip(defect):
    assert len(printed(done("send_back", desk("arrived"), defect=defect))["fields"]["ground"]) > 15


def test_the_outgoing_sheet_has_number_place_authority_and_recipients():
    sheet = printed(done("number_document", desk("signed")))
    assert sheet["fields"]["number"] == "04/UBND-VP" and sheet["medium"] == "electronic"
    assert sheet["fields"]["place_date"] == "Phường Sài Gòn, ngày 01 tháng 7 năm 2025"
    assert sheet["fields"]["signer_post"] == "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG"
    assert sheet["fields"]["receiver"] == "Sở Tài chính" and "- Như trên;" in sheet["fields"]["recipients"]
    assert sheet["fields"]["e_signer"] == "Lê CB04"


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_of_document_makes_a_sheet(kind):
    sheet = printed(done("number_document", desk("signed", out_kind=kind)))
    html = papers.render(sheet)
    assert ("V/v cung cấp số liệu" in re.sub("<[^>]+>", "", html)) == (kind in ("official_letter",
           "official_personal_letter"))  # fmt: skip
    assert "Sở Tài chính" in html and "Số hộ là 125." in html


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_authority_line_begins_as_the_decree_has_it(authority):
    first = capacity(authority, "Trưởng phòng Văn hóa - Xã hội").split("\n")[0]
    wanted = {"collective": "TM.", "collective_for_chairman": "TM.", "chairman": "CHỦ TỊCH", "chairman_for": "KT.",
              "by_order": "TL.", "by_delegation": "TUQ."}  # fmt: skip
    assert first.startswith(wanted[authority])


def test_the_month_is_written_as_the_decree_writes_it():
    february = desk("signed", datetime(2026, 2, 3, 8), signer="CB11")
    assert printed(done("number_document", february))["fields"]["place_date"].endswith("ngày 03 tháng 02 năm 2026")


# ---- preview -------------------------------------------------------------------------------------------------------
def test_the_preview_is_the_sheet_without_number_and_signature():
    made = DOCUMENTS.action("draft_document").preview(desk("assigned"), GOOD["draft_document"])
    signed = printed(done("number_document", desk("signed")))
    assert made["kind"] == signed["kind"] and made["fields"]["signer_post"] == signed["fields"]["signer_post"]
    assert made["fields"]["number"] == "……/UBND-VP" and "signer_name" not in made["fields"]


@pytest.mark.parametrize("name", GOOD["draft_document"])
def test_the_preview_stands_whatever_is_entered(name):
    preview = DOCUMENTS.action("draft_document").preview
    for value in NASTY:
        assert NOTICE in papers.render(preview(desk("assigned"), {**GOOD["draft_document"], name: value}))
    assert NOTICE in papers.render(preview(desk("task_given"), {}))


# ---- the whole way -------------------------------------------------------------------------------------------------
def test_the_whole_life_of_a_document_ends_in_a_closed_file():
    now = desk("arrived")
    for action in WHOLE_WAY:
        now = after(now, done(action, now))
    assert now.record["step"] == "file_closed"
    issued = [record["paper"] for record in now.records.values() if record.get("issued")]
    kinds = [sheet["kind"] for sheet in issued]
    assert kinds == ["handling_slip", "official_letter", "official_letter", "document_file_list"]
    assert issued[-1]["fields"]["papers"].count("\n") == 2 and issued[-1]["fields"]["items"] == "04"


def brought_by(seed: int, truth: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The record of a truth's document, and the fields of its papers."""
    script, key = compiled(seed, "01-documents-and-email")
    cue = next(cue for cue in script.cues if cue.id == inject_with(key, truth))
    sheets = [one["paper"] for one in cue.records.values() if one["kind"] == "paper"]
    return cue.records[cue.record], {sheet["component"]: sheet["fields"] for sheet in sheets}


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_department_writes_under_its_own_initials_and_stands_behind_its_letter(seed):
    for truth in ("original", "wrong_addressee", "no_attachment", "broken_signature", "undated", "dissolved"):
        record, sheets = brought_by(seed, truth)
        letter = sheets["letter"]
        initials = "".join(word[0].upper() for word in letter["issuer"].split() if word != "và")
        assert initials in re.split("[/-]", letter["number"]) and record["who"] == letter["issuer"], letter


@pytest.mark.parametrize("day", [date(2025, 7, 1), date(2025, 7, 3), date(2025, 7, 7), date(2025, 8, 29)])
def test_the_deadline_on_a_day_off_falls_on_one_whatever_day_it_is(day):
    for seed in range(1, 7):
        _, key = compiled(seed, "01-documents-and-email", day)
        ahead = key.facts[inject_with(key, "day_off")]["time"]["value"]
        assert ahead >= 3 and not is_working_day(day + timedelta(days=ahead)), (day, ahead)


def test_it_is_the_department_of_construction_that_asks_about_alleys_and_house_numbers():
    for seed in range(1, 25):
        record, _ = brought_by(seed, "wrong_addressee")
        built = any(word in record["title"] for word in ("hẻm", "số nhà"))
        assert built == (record["who"] == "Sở Xây dựng"), record


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_matter_to_be_closed_was_answered_to_whoever_had_asked(seed):
    record, _ = brought_by(seed, "to_close")
    office = compiled(seed, "01-documents-and-email")[0].office
    assert [office["bodies"][name]["vi"] for name in record["recipients"]] == [record["who"]]


@pytest.mark.parametrize("seed", range(1, 13))
def test_what_a_committee_decides_is_signed_on_its_behalf(seed):
    letter = brought_by(seed, "express")[1]["letter"]
    on_behalf = letter["signer_post"].startswith("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH")
    assert on_behalf == (letter["kind_name"] in ("Kế hoạch", "Thông báo")), letter


def test_a_case_of_the_exercise_is_handled_from_arrival_to_dispatch():
    script, key = compiled(exercise="01-documents-and-email")
    cue = next(cue for cue in script.cues if cue.id == inject_with(key, "answer_today"))
    facts = key.facts[cue.id]
    now = Situation(cue.record, cue.records[cue.record], MORNING, script.office, dict(cue.records))
    for action in WHOLE_WAY[:-1]:
        fields = {field.name for field in DOCUMENTS.action(action).fields}
        entered = {**GOOD[action], **{name: facts[name] for name in fields & set(facts)}}
        now = after(now, DOCUMENTS.decide(action, now, entered)[1])
    assert now.record["step"] == "dispatched" and now.record["out_number"] == 1
    assert all(NOTICE in papers.render(one["paper"]) for one in now.records.values() if one.get("issued"))
