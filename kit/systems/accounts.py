"""Readiness before opening day: seats with their official accounts, roles, signing certificates, machines and lines.

Nothing of the real software could be read: states, receivers and times are training values. The frictions rehearsed
are F02, F03, F05, F11, F19, F28 and F32 of `datasets/frictions.yaml`.
The rules refuse only what such software refuses; a wrong finding, a lent password, a seat called ready that is not
and wrong numbers go through and are found by the evaluation.
"""

from kit.systems import accounts_rules as rules
from kit.systems.accounts_papers import preview_of
from kit.systems.form import Action, Field, Shown, System, TriesOut

STATE = {
    "seat_listed": 0, "seat_checked": 2, "seat_asked": 4, "seat_answered": 5, "seat_ready": 10, "seat_stand_in": 10,
    "seat_not_ready": 10, "seat_off_list": 10, "readiness_due": 0, "readiness_reported": 10,
}  # fmt: skip
CONCLUDED = frozenset(rules.STEP_OF.values())
OPEN = frozenset({"seat_listed", "seat_checked", "seat_asked", "seat_answered"})
FINDINGS = (
    "in_order", "no_account", "old_unit_account", "narrow_role", "left_admin", "no_email", "old_email",
    "expired_certificate", "expiring_certificate", "old_unit_certificate", "token_elsewhere", "old_body_certificate",
    "two_counters", "no_decision", "moved_away", "shared_password", "device_missing", "line_down",
)  # fmt: skip
SOFTWARE = ("documents", "onestop", "civil_status", "land", "portal1022", "national_portal", "mail")
REQUESTS = ("new_account", "move_account", "change_role")
ROLES = ("viewer", "processor", "approver", "administrator")
CERTIFICATE_REQUESTS = ("issue", "extend", "change_information")
HOLDERS = ("personal", "body")
GROUNDS = ("lost_token", "left_post", "unit_dissolved")
PINS = ("pin_kept", "pin_changed")
DEVICES = ("computer", "scanner", "printer", "card_reader", "camera", "network")
LINES = ("line_1", "line_2", "mobile")
LEVELS = ("support_channel", "leader")
READINESS = tuple(rules.STEP_OF)

WHY, DECISION, SENT_TO = Field("reason", "long_text"), Field("decision_no", "text"), Field("sent_to", "body")
WHICH = Field("software", "choice", SOFTWARE)
SHOWS = (
    Shown("code"), Shown("post"), Shown("work_place"), Shown("seat_finding", "choice.seat_finding"),
    Shown("requested_at", "moment"), Shown("stand_in"), Shown("login_tested_at", "moment"),
    Shown("signature_tested_at", "moment"), Shown("readiness", "choice.readiness"),
    Shown("opening_day", "day", "due_date"),
)  # fmt: skip

ACCOUNTS = System(
    name="accounts",
    lists="seat",
    states=STATE,
    shows=SHOWS,
    routine=("check_seat", "test_login", "record_result", "report_readiness"),
    actions=(
        Action("check_seat", "readiness_officer", 2, OPEN,
               (Field("seat_finding", "choice", FINDINGS),), rules.check_seat),
        Action("request_access", "readiness_officer", 3, OPEN,
               (Field("access_request", "choice", REQUESTS), WHICH,
                Field("access_role", "choice", ROLES, required=False), SENT_TO, DECISION),
               rules.request_access, preview_of("access_request")),
        Action("request_certificate", "readiness_officer", 3, OPEN,
               (Field("certificate_request", "choice", CERTIFICATE_REQUESTS),
                Field("certificate_holder", "choice", HOLDERS), SENT_TO, DECISION),
               rules.request_certificate, preview_of("certificate_application")),
        Action("revoke_certificate", "readiness_officer", 2, OPEN,
               (Field("serial", "text"), Field("revocation_ground", "choice", GROUNDS)),
               rules.revoke_certificate, preview_of("revocation_request")),
        Action("lock_account", "readiness_officer", 1, OPEN, (WHICH, WHY), rules.lock_account),
        Action("receive_token", "readiness_officer", 3, OPEN,
               (Field("token_serial", "text"), Field("handed_by", "text"), Field("pin", "choice", PINS)),
               rules.receive_token, preview_of("token_minutes")),
        Action("submit_assignment", "readiness_officer", 4, OPEN,
               (Field("stand_in", "text"), Field("starts_on", "date"), Field("approver", "official")),
               rules.submit_assignment, preview_of("assignment_submission")),
        Action("test_login", "readiness_officer", 1, OPEN | CONCLUDED, (WHICH,), rules.test_login),
        Action("test_signature", "readiness_officer", 1, OPEN | CONCLUDED, (), rules.test_signature,
               signs=TriesOut("signature_test", "shows")),
        Action("refuse_sharing", "readiness_officer", 2, OPEN, (WHY,),
               rules.refuse_sharing, preview_of("sharing_refusal")),
        Action("lend_access", "readiness_officer", 1, OPEN, (WHICH,), rules.lend_access),
        Action("report_fault", "readiness_officer", 2, OPEN,
               (Field("equipment", "choice", DEVICES), SENT_TO, Field("symptom", "long_text")),
               rules.report_fault, preview_of("fault_report")),
        Action("borrow_equipment", "readiness_officer", 4, OPEN,
               (Field("equipment", "choice", DEVICES), Field("lender", "text"), Field("return_by", "date")),
               rules.borrow_equipment, preview_of("borrow_minutes")),
        Action("move_line", "readiness_officer", 2, OPEN, (Field("to_line", "choice", LINES),), rules.move_line),
        Action("escalate_item", "readiness_officer", 2, OPEN | CONCLUDED,
               (Field("escalated_to", "choice", LEVELS), Field("way_out", "long_text")),
               rules.escalate_item, preview_of("escalation_note")),
        Action("record_result", "readiness_officer", 1, OPEN | CONCLUDED,
               (Field("readiness", "choice", READINESS), Field("reason", "long_text", required=False)),
               rules.record_result),
        Action("report_readiness", "readiness_officer", 6, frozenset({"readiness_due"}),
               (Field("ready_count", "count"), Field("stand_in_count", "count"), Field("not_ready_count", "count"),
                Field("off_list_count", "count"), Field("way_out", "long_text")),
               rules.report_readiness, preview_of("readiness_report"), rules.recorded),
    ),
)  # fmt: skip
