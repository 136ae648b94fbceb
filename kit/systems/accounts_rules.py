"""What may be done with a seat on the readiness list: each action's rule, pure, from the record to what it changes."""

import re
from collections import Counter

from kit.systems.accounts_papers import issue_sheet
from kit.systems.form import Changes, Json, Refused, Situation

STEP_OF = {"ready": "seat_ready", "stand_in": "seat_stand_in", "not_ready": "seat_not_ready",
           "off_list": "seat_off_list"}  # fmt: skip
MAIL = "mail"
NO_SUCH_USER = "Không tìm thấy tài khoản của người này trên phần mềm."
NO_TOKEN = "Không tìm thấy chứng thư số đang có hiệu lực trong thiết bị."
DECISION = re.compile(r"[0-9]{1,6}/QĐ-\S{2,}")  # 15/QĐ-UBND: `datasets/documents.yaml`, symbol


def check_seat(situation: Situation, given: Json) -> Changes:
    """What comparing staff list, accounts and certificate has shown."""
    return _move(situation, "seat_checked", seat_finding=given["seat_finding"])


def request_access(situation: Situation, given: Json) -> Changes:
    """Ask for an account, for moving one from a dissolved unit, or for another role; it needs a decision's number."""
    _needs_decision(given)
    exists = given["software"] in situation.record.get("accounts", [])
    if given["access_request"] == "new_account" and exists:
        raise Refused("account_exists", "software")
    if given["access_request"] != "new_account" and not exists:
        raise Refused("account_missing", "software")
    if given["access_request"] != "move_account" and not given["access_role"]:
        raise Refused("role_not_named", "access_role")
    asked = f"{given['access_request']}:{given['software']}"
    return _asked(situation, asked, "software") | issue_sheet(situation, "access_request", given)


def request_certificate(situation: Situation, given: Json) -> Changes:
    """Ask for a signing certificate: whoever issues it writes to the official e-mail and looks the account up."""
    _needs_decision(given)
    if given["certificate_holder"] == "personal":
        _needs_account(situation)
    _fits_certificate(situation, given["certificate_request"])
    asked = f"{given['certificate_request']}:{given['certificate_holder']}"
    changes = _asked(situation, asked, "certificate_request")
    return changes | issue_sheet(situation, "certificate_application", given)


def _needs_account(situation: Situation) -> None:
    accounts = set(situation.record.get("accounts", []))
    if MAIL not in accounts:
        raise Refused("no_official_email")
    if accounts == {MAIL}:
        raise Refused("account_needed")


def _fits_certificate(situation: Situation, request: str) -> None:
    held = bool(situation.record.get("serials"))
    in_force = held and situation.record.get("certificate_to", "") >= situation.today()
    if request == "issue" and in_force:
        raise Refused("certificate_in_force", "certificate_request")
    if request != "issue" and not held:
        raise Refused("certificate_missing", "certificate_request")
    if request != "issue" and not in_force:
        raise Refused("certificate_expired", "certificate_request")


def revoke_certificate(situation: Situation, given: Json) -> Changes:
    """Ask that a certificate be revoked, by its serial number."""
    serials = situation.record.get("serials", [])
    if given["serial"] not in serials:
        raise Refused("unknown_serial", "serial")
    left = [one for one in serials if one != given["serial"]]
    revoked = [*situation.record.get("revoked", []), given["serial"]]
    changes = {situation.id: {"serials": left, "revoked": revoked}}
    return changes | issue_sheet(situation, "revocation_request", given)


def lock_account(situation: Situation, given: Json) -> Changes:
    """Lock an account of the unit at once; the unit's own administrator may do that."""
    accounts = situation.record.get("accounts", [])
    if given["software"] not in accounts:
        raise Refused("account_missing", "software")
    return {situation.id: {"accounts": [one for one in accounts if one != given["software"]], "locked": True}}


def receive_token(situation: Situation, given: Json) -> Changes:
    """Take a signing token over with minutes."""
    changes = {situation.id: {"token_received_at": _now(situation)}}
    return changes | issue_sheet(situation, "token_minutes", given)


def submit_assignment(situation: Situation, given: Json) -> Changes:
    """Submit a temporary assignment for the leader's decision."""
    if situation.office["officials"][given["approver"]]["role"] != "signer":
        raise Refused("not_a_leader", "approver")
    if given["starts_on"] < situation.today():
        raise Refused("date_in_the_past", "starts_on")
    changes = _move(situation, "seat_asked", stand_in=given["stand_in"], requested_at=_now(situation))
    return changes | issue_sheet(situation, "assignment_submission", given)


def test_login(situation: Situation, given: Json) -> Changes:
    """Try to log in; the slip says what the software answered."""
    has = given["software"] in situation.record.get("accounts", [])
    shows = {"shows": situation.record.get("login_shows", "") if has else NO_SUCH_USER}
    changes = {situation.id: {"login_tested_at": _now(situation)}}
    return changes | issue_sheet(situation, "login_test", given | shows)


def test_signature(situation: Situation, given: Json) -> Changes:
    """Sign a test document; the slip says what the verification answered."""
    has = bool(situation.record.get("serials"))
    shows = {"shows": situation.record.get("signature_shows", "") if has else NO_TOKEN}
    changes = {situation.id: {"signature_tested_at": _now(situation)}}
    return changes | issue_sheet(situation, "signature_test", given | shows)


def refuse_sharing(situation: Situation, given: Json) -> Changes:
    """Tell whoever asked that no account and no password is shared, and why."""
    return {situation.id: {"sharing_refused": True}} | issue_sheet(situation, "sharing_refusal", given)


def lend_access(situation: Situation, given: Json) -> Changes:
    """Let somebody work with another one's account: the software cannot know who sits there."""
    return {situation.id: {"lent": given["software"]}}


def report_fault(situation: Situation, given: Json) -> Changes:
    """Report broken or missing equipment to whoever repairs it."""
    return {situation.id: {"fault_reported_at": _now(situation)}} | issue_sheet(situation, "fault_report", given)


def borrow_equipment(situation: Situation, given: Json) -> Changes:
    """Borrow a device of another place with minutes and a day of return."""
    if given["return_by"] < situation.today():
        raise Refused("date_in_the_past", "return_by")
    return {situation.id: {"borrowed": given["equipment"]}} | issue_sheet(situation, "borrow_minutes", given)


def move_line(situation: Situation, given: Json) -> Changes:
    """Let the counters run over another line."""
    if "line" not in situation.record:
        raise Refused("no_line_here")
    if situation.record["line"] == given["to_line"]:
        raise Refused("same_line", "to_line")
    return {situation.id: {"line": given["to_line"]}}


def escalate_item(situation: Situation, given: Json) -> Changes:
    """Bring what the officer cannot solve to the leader or to the online support channel."""
    return {situation.id: {"escalated_to": given["escalated_to"]}} | issue_sheet(situation, "escalation_note", given)


def record_result(situation: Situation, given: Json) -> Changes:
    """Whether this seat can work on opening day."""
    return _move(situation, STEP_OF[given["readiness"]], readiness=given["readiness"])


def recorded(situation: Situation) -> Json:
    """How many seats are recorded with each result at this moment."""
    seats = [one for one in situation.records.values() if one.get("kind") == "seat"]
    found = Counter(one.get("readiness", "") for one in seats)
    return {f"recorded_{name}": found[name] for name in STEP_OF}


def report_readiness(situation: Situation, given: Json) -> Changes:
    """Send the readiness report; the leader reads its numbers, the software does not compare them."""
    return _move(situation, "readiness_reported", **given) | issue_sheet(situation, "readiness_report", given)


def _needs_decision(given: Json) -> None:
    if not DECISION.fullmatch(given["decision_no"]):
        raise Refused("no_decision_number", "decision_no")


def _asked(situation: Situation, what: str, field: str) -> Changes:
    requests = situation.record.get("requests", [])
    if what in requests:
        raise Refused("already_requested", field)
    return _move(situation, "seat_asked", requests=[*requests, what], requested_at=_now(situation))


def _move(situation: Situation, step: str, **fields: object) -> Changes:
    return {situation.id: {"step": step, **fields}}


def _now(situation: Situation) -> str:
    return situation.moment.isoformat(timespec="minutes")
