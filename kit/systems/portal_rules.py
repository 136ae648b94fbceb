"""What may be done with a filing: each action's rule, pure, from the record to what it changes."""

import re

from kit.systems import portal_papers as papers
from kit.systems.form import Changes, Json, Refused, Situation
from kit.systems.portal_papers import STATE_NAMES

__all__ = ["STATE_NAMES"]

MESSAGE = re.compile(r"TN-[0-9]{8}")


def accept_filing(situation: Situation, given: Json) -> Changes:
    """Receive the filing: the receipt names the unit that decides, the day and the way of the result."""
    if given["due_date"] < situation.today():
        raise Refused("date_in_the_past", "due_date")
    return _move(situation, "filing_accepted", **given, received_at=_now(situation)) | papers.receipt(situation, given)


def forward_filing(situation: Situation, given: Json) -> Changes:
    """Send the electronic file on at once; the paper file, where there is one, by the day entered."""
    if given["paper_file_by"] and given["paper_file_by"] < situation.today():
        raise Refused("date_in_the_past", "paper_file_by")
    return _move(situation, "filing_forwarded", **given) | papers.transfer(situation, given)


def return_filing(situation: Situation, given: Json) -> Changes:
    """Ask, once and completely, for the components that are missing."""
    count = situation.record.get("returned_times", 0) + 1
    return _move(situation, "filing_returned", returned_times=count) | papers.supplement(situation, given)


def guide_elsewhere(situation: Situation, given: Json) -> Changes:
    """Not to be received here: a slip that says which unit decides and why."""
    if given["competent_unit"] == situation.office["code"]:
        raise Refused("guided_to_ourselves", "competent_unit")
    return _move(situation, "filing_guided", competent_unit=given["competent_unit"]) | papers.guidance(situation, given)


def link_filing(situation: Situation, given: Json) -> Changes:
    """The same matter was filed before: keep that one, close this one with a note."""
    if situation.records[given["kept_dossier"]]["step"] == "filing_linked":
        raise Refused("cannot_be_kept", "kept_dossier")
    return _move(situation, "filing_linked", kept_dossier=given["kept_dossier"]) | papers.linked(situation, given)


def guide_citizen(situation: Situation, given: Json) -> Changes:
    """Tell the citizen how to go on; the filing stays open."""
    return _move(situation, "filing_advised", guidance=given["guidance"]) | papers.message(situation, given)


def hold_for_payment(situation: Situation, given: Json) -> Changes:
    """Wait for the money before going on."""
    return _move(situation, "filing_held")


def resume_filing(situation: Situation, given: Json) -> Changes:
    """Go on with the filing; whether the money is there is confirmed by the cashier."""
    return _move(situation, "filing_in_process")


def compare_states(situation: Situation, given: Json) -> Changes:
    """Ask both systems for the state and the log of the last message between them."""
    return {situation.id: {"compared_at": _now(situation)}} | papers.states(situation)


def correct_state(situation: Situation, given: Json) -> Changes:
    """Set the state of one of the two systems right, with the reason."""
    side = f"{given['corrected_side']}_state"
    return {situation.id: {side: given["true_state"]}} | papers.correction(situation, given)


def resend_state(situation: Situation, given: Json) -> Changes:
    """Send the state again; another number than the failed message's makes a second message of it."""
    if not MESSAGE.fullmatch(given["message_number"]):
        raise Refused("no_message_number", "message_number")
    return {situation.id: {"message_number": given["message_number"], "resent_at": _now(situation)}}


def recall_result(situation: Situation, given: Json) -> Changes:
    """Ask the unit that holds the result to send it back."""
    return _move(situation, "result_out", held_by=given["held_by"]) | papers.recall(situation, given)


def send_result(situation: Situation, given: Json) -> Changes:
    """Send the result: to a unit's counter, by post, or electronically."""
    if given["result_channel"] == "counter" and not given["destination"]:
        raise Refused("empty", "destination")
    kept = {"result_channel": given["result_channel"], "result_place": given["destination"]}
    return _move(situation, "result_sent", **kept) | papers.delivery(situation, given)


def notify_applicant(situation: Situation, given: Json) -> Changes:
    """A message to the applicant, kept with the filing."""
    return {situation.id: {"notified_at": _now(situation)}} | papers.message(situation, given)


def _move(situation: Situation, step: str, **fields: object) -> Changes:
    return {situation.id: {"step": step, **fields}}


def _now(situation: Situation) -> str:
    return situation.moment.isoformat(timespec="minutes")
