"""What may be done with a petition of portal 1022: each action's rule, pure, from the record to what it changes."""

from kit.systems.form import Changes, Json, Refused, Situation
from kit.systems.portal1022_papers import issue_sheet


def tell_by_phone(situation: Situation, given: Json) -> Changes:
    """Hand an emergency on by telephone, before any form; the call stays with the petition."""
    return {situation.id: {"told_body": given["told_body"], "told_at": _now(situation)}}


def locate_address(situation: Situation, given: Json) -> Changes:
    """Ask the address table; the answer names every unit that holds part of the old ward."""
    return {situation.id: {"located_at": _now(situation)}} | issue_sheet(situation, "address_sheet", given)


def accept_petition(situation: Situation, given: Json) -> Changes:
    """Take the petition up: field, urgency and neighbourhood as the ward sees them."""
    kept = {name: value for name, value in given.items() if value}
    return _move(situation, "taken_up", accepted_at=_now(situation), **kept)


def merge_petition(situation: Situation, given: Json) -> Changes:
    """Join the petition to another one about the same thing; the other's answer goes to both."""
    other = situation.records[given["into"]]
    if other["step"] == "joined":
        raise Refused("already_joined", "into")
    joined = [*other.get("joined_codes", []), situation.record["code"]]
    return _move(situation, "joined", into=given["into"]) | {given["into"]: {"joined_codes": joined}}


def forward_petition(situation: Situation, given: Json) -> Changes:
    """Forward to the competent body outside the ward: utility, department, police."""
    return _move(situation, "with_body", receiver_body=given["receiver_body"]) | _slip(situation, given)


def take_back(situation: Situation, given: Json) -> Changes:
    """Take back what was forwarded to the wrong body."""
    return _move(situation, "taken_up", receiver_body="")


def return_petition(situation: Situation, given: Json) -> Changes:
    """Return to portal 1022 as not ours, naming the competent unit and the reason."""
    if given["receiver_unit"] == situation.office["code"]:
        raise Refused("own_unit", "receiver_unit")
    return _move(situation, "to_other_ward", receiver_unit=given["receiver_unit"]) | _slip(situation, given)


def pass_to_reception(situation: Situation, given: Json) -> Changes:
    """Take a complaint or denunciation out of the portal into the citizen-reception procedure."""
    kept = {"nature": given["nature"], "confidentiality": given["confidentiality"]}
    return _move(situation, "to_reception", **kept) | _slip(situation, given)


def refuse_petition(situation: Situation, given: Json) -> Changes:
    """Refuse with the ground and the reason that the citizen reads."""
    return _move(situation, "refused", refusal_ground=given["refusal_ground"]) | issue_sheet(
        situation, "petition_refusal", given
    )


def claim_petition(situation: Situation, given: Json) -> Changes:
    """Ask the portal's centre to re-route a petition that still lies in the dissolved district's account."""
    return _move(situation, "fresh", account="") | issue_sheet(situation, "reroute_request", given)


def assign_petition(situation: Situation, given: Json) -> Changes:
    """Give the petition to a division with a deadline."""
    if given["answer_by"] < situation.today():
        raise Refused("date_in_the_past", "answer_by")
    kept = {"handling_division": given["handling_division"], "due_date": given["answer_by"]}
    return _move(situation, "with_division", **kept) | issue_sheet(situation, "assignment_slip", given)


def extend_petition(situation: Situation, given: Json) -> Changes:
    """Put the deadline off: once, before it has passed, with the reason."""
    due = situation.record.get("due_date", "")
    if situation.record.get("extensions", 0):
        raise Refused("already_extended")
    if not due:
        raise Refused("no_deadline_yet")
    if due < situation.today():
        raise Refused("deadline_passed")
    if given["new_due_date"] <= due:
        raise Refused("date_not_later", "new_due_date")
    return {situation.id: {"due_date": given["new_due_date"], "extensions": 1}}


def recheck(situation: Situation, given: Json) -> Changes:
    """Send the division back to the place: another check, with photos of before and after."""
    return _move(situation, "with_division", rechecks=situation.record.get("rechecks", 0) + 1)


def interim_reply(situation: Situation, given: Json) -> Changes:
    """Tell the citizen where the matter stands, who has it and what comes next."""
    count = situation.record.get("interim_replies", 0) + 1
    return {situation.id: {"interim_replies": count}} | issue_sheet(situation, "interim_reply", given)


def draft_reply(situation: Situation, given: Json) -> Changes:
    """The answer prepared for the leader's approval."""
    return _move(situation, "reply_drafted", reply=given["reply"])


def send_back_draft(situation: Situation, given: Json) -> Changes:
    """The leader does not approve: the draft goes back with the reason."""
    return _move(situation, "with_division", sent_back=situation.record.get("sent_back", 0) + 1)


def approve_reply(situation: Situation, given: Json) -> Changes:
    """The leader's approval; only leaders have the button."""
    if situation.office["officials"][given["approver"]]["role"] != "signer":
        raise Refused("not_a_leader", "approver")
    return _move(situation, "reply_approved", approver=given["approver"])


def send_reply(situation: Situation, given: Json) -> Changes:
    """Send the approved answer to the citizen and publish it or not."""
    return _move(situation, "answered", **given) | issue_sheet(situation, "final_reply", given)


def reopen_petition(situation: Situation, given: Json) -> Changes:
    """The citizen is right to come back: the petition is in hand again."""
    return _move(situation, "taken_up", reopened=situation.record.get("reopened", 0) + 1)


def close_petition(situation: Situation, given: Json) -> Changes:
    """Close after the citizen's rating."""
    return _move(situation, "petition_closed")


def _move(situation: Situation, step: str, **fields: object) -> Changes:
    return {situation.id: {"step": step, **fields}}


def _slip(situation: Situation, given: Json) -> Changes:
    return issue_sheet(situation, "petition_transfer", given)


def _now(situation: Situation) -> str:
    return situation.moment.isoformat(timespec="minutes")
