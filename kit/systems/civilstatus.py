"""The electronic registers of civil status: births, marriages, deaths; entry, check, approval, number, correction.

Book and certificate, time limits of births and deaths, the dead person's locked record: Law on Civil Status (Luật Hộ
tịch 60/2014/QH13, articles 15, 16, 33, 34, primary); the software's steps are training values.
The rules refuse only what such software refuses: no account, expired certificate, a number that is taken. A wrong
register, an unread difference or a second entry goes through and is found by the evaluation.
"""

from kit.systems import civilstatus_rules as rules
from kit.systems.form import Action, Field, Shown, Signs, System
from kit.systems.loop_papers import sheet_preview

STATE = {
    "entry_open": 0, "entry_made": 2, "entry_reopened": 3, "entry_checked": 4, "inquiry_sent": 5,
    "entry_approved": 6, "entry_numbered": 10, "entry_cancelled": 10,
}  # fmt: skip
UNAPPROVED = frozenset({"entry_open", "entry_made", "entry_checked"})
KNOWN = frozenset(STATE) - {"entry_cancelled"}
REGISTERS = ("marriage_register", "death_register", "birth_register")
TIMELINESS = ("on_time", "late")
CHECKS = ("differs", "agrees")
PARTS = ("residence", "related_birth_date", "event_date", "subject_name")
MISSING = ("residence_data", "birth_data", "marital_data")
CANCELS = ("withdrawn_by_citizen", "not_our_register", "already_registered")

WHY = Field("reason", "long_text")

CIVIL_STATUS = System(
    name="civilstatus",
    lists="civil_entry",
    states=STATE,
    shows=(
        Shown("code"), Shown("due", "day", "due_date"), Shown("register", "choice.register"), Shown("subject_name"),
        Shown("event_date", "day"), Shown("related_name"), Shown("related_birth_date", "day"), Shown("residence"),
        Shown("timeliness", "choice.timeliness"), Shown("differing", "choice.corrected_part"),
        Shown("entry_approver", "official", "approver"), Shown("register_number"),
        Shown("asked_unit", "unit"), Shown("locked_id"),
    ),
    routine=("enter_register", "verify_entry", "approve_entry", "number_entry"),
    actions=(
        Action("query_population", "civil_officer", 1, KNOWN, (), rules.query_population),
        Action("search_registers", "civil_officer", 1, KNOWN, (), rules.search_registers),
        Action("enter_register", "civil_officer", 4, frozenset({"entry_open"}),
               (Field("register", "choice", REGISTERS), Field("subject_name", "text"), Field("event_date", "date"),
                Field("timeliness", "choice", TIMELINESS)), rules.enter_register),
        Action("verify_entry", "civil_officer", 2, frozenset({"entry_made"}),
               (Field("check_result", "choice", CHECKS),
                Field("differing", "choices", PARTS, required=False, words="corrected_part")), rules.verify_entry),
        Action("correct_entry", "civil_officer", 3, frozenset({"entry_made", "entry_checked", "entry_numbered"}),
               (Field("corrected_part", "choice", PARTS), Field("corrected_value", "text"), WHY),
               rules.correct_entry),
        Action("ask_other_place", "civil_officer", 3, frozenset({"entry_open", "entry_made"}),
               (Field("receiver_unit", "unit"), Field("missing_data", "choice", MISSING),
                Field("asked_text", "long_text"), Field("answer_by", "date")), rules.ask_other_place,
               sheet_preview("place_inquiry", rules.worded_inquiry)),
        Action("record_answer", "civil_officer", 2, frozenset({"inquiry_sent"}),
               (Field("answer_summary", "long_text"),), rules.record_answer),
        Action("cancel_entry", "civil_officer", 2, UNAPPROVED,
               (Field("stop_ground", "choice", CANCELS), Field("earlier_number", "text", required=False), WHY),
               rules.cancel_entry),
        Action("request_civil_account", "clerk", 4, UNAPPROVED | {"entry_reopened"},
               (Field("account_for", "official"), WHY), rules.request_civil_account, knows=rules.accounts_now),
        Action("approve_entry", "signer", 2, frozenset({"entry_checked", "entry_reopened"}),
               (Field("approver", "official"), Field("token", "official")), rules.approve_entry,
               signs=Signs("register_page", "approver", "token")),
        Action("number_entry", "civil_officer", 2, frozenset({"entry_approved"}),
               (Field("register_number", "count"),), rules.number_entry, knows=rules.numbers_now),
        Action("lock_person", "civil_officer", 1, frozenset({"entry_approved", "entry_numbered"}),
               (Field("locked_id", "personal_id"),), rules.lock_person),
    ),
)  # fmt: skip
