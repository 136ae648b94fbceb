"""Handover of unresolved dossiers from the dissolved districts: lists, comparison, receipt, what becomes of each.

Papers, lists and checks: Decree 30/2020/NĐ-CP (archive list, primary); all else about the handover is a training value.
The rules refuse only what such software refuses; a dossier signed for unread, sent to the wrong heir or left on the
list goes through and is found by the evaluation.
"""

from kit.systems.form import Action, Changes, Field, Json, Refused, Shown, Situation, System
from kit.systems.handover_papers import issue_paper, paper_preview
from kit.systems.handover_tally import counted_now, counted_sources

STATE = {
    "on_list": 0, "acknowledged": 3, "reserved": 4, "continuing": 9, "escalated": 9, "handed_back": 10,
    "passed_on": 10, "merged": 10, "sheet_open": 0, "list_checked": 4, "minutes_due": 5, "minutes_signed": 10,
}  # fmt: skip
PENDING = frozenset({"on_list"})
TAKEN = frozenset({"acknowledged", "reserved"})
OPEN = PENDING | TAKEN
HERE = OPEN | {"continuing", "escalated"}
AFTER = TAKEN | {"continuing", "escalated", "passed_on"}
DIVISIONS = ("centre", "office", "culture", "economy")
RESERVATIONS = (
    "no_paper_file", "not_on_list", "state_differs", "overdue", "fee_old_account", "original_missing",
)  # fmt: skip
MISSING = ("paper_file", "list_entry", "original", "receipt", "explanation")
CLOCKS = ("restart", "remaining", "carried")
RETURN_GROUNDS = ("incomplete", "already_finished", "withdrawn", "not_handed_over")
TOLD = ("new_date", "same_date", "apology", "new_office")
ADDRESSES = ("listed_address", "new_address")


def locate_parcel(situation: Situation, given: Json) -> Changes:
    """Ask the address table and the cadastral map which of today's units holds the house or parcel."""
    return {situation.id: {"located_at": _now(situation)}} | issue_paper(situation, "parcel_sheet", given)


def acknowledge(situation: Situation, given: Json) -> Changes:
    """Sign for the dossier as the list describes it."""
    return _move(situation, "acknowledged", acknowledged_at=_now(situation))


def acknowledge_reserved(situation: Situation, given: Json) -> Changes:
    """Sign for it with what is not as it should be noted in the minutes."""
    kept = {"reserved_for": given["reserved_for"], "reservation_note": given["reservation_note"]}
    return _move(situation, "reserved", acknowledged_at=_now(situation), **kept)


def ask_missing(situation: Situation, given: Json) -> Changes:
    """Ask the handing side in writing for what is missing, with a day to answer by."""
    if given["answer_by"] < situation.today():
        raise Refused("date_in_the_past", "answer_by")
    kept = {"asked_for": given["missing"], "answer_by": given["answer_by"]}
    return {situation.id: kept} | issue_paper(situation, "handing_request", given)


def continue_dossier(situation: Situation, given: Json) -> Changes:
    """Go on with the dossier in a division; an empty due date keeps the day that was promised."""
    due = given["due_date"] or situation.record["due_date"]
    if given["due_date"] and given["due_date"] < situation.today():
        raise Refused("date_in_the_past", "due_date")
    kept = {"handling_division": given["handling_division"], "clock_rule": given["clock_rule"], "due_date": due}
    return _move(situation, "continuing", **kept)


def return_dossier(situation: Situation, given: Json) -> Changes:
    """Give it back to the handing side with the ground."""
    kept = {"return_ground": given["return_ground"]}
    return _move(situation, "handed_back", **kept) | issue_paper(situation, "handing_return", given)


def pass_to_heir(situation: Situation, given: Json) -> Changes:
    """Pass it on to the other unit that holds part of the old ward."""
    if given["receiver_unit"] == situation.office["code"]:
        raise Refused("own_unit", "receiver_unit")
    kept = {"receiver_unit": given["receiver_unit"]}
    return _move(situation, "passed_on", **kept) | issue_paper(situation, "handover_transfer", given)


def pass_to_province(situation: Situation, given: Json) -> Changes:
    """Pass it on to the department or branch that decides it today."""
    kept = {"receiver_body": given["receiver_body"]}
    return _move(situation, "passed_on", **kept) | issue_paper(situation, "handover_transfer", given)


def escalate_dossier(situation: Situation, given: Json) -> Changes:
    """Report to a leader with a proposal."""
    if situation.office["officials"][given["approver"]]["role"] != "signer":
        raise Refused("not_a_leader", "approver")
    return _move(situation, "escalated", approver=given["approver"]) | issue_paper(situation, "leader_report", given)


def merge_duplicate(situation: Situation, given: Json) -> Changes:
    """Merge it into the dossier that is kept."""
    kept = situation.records[given["kept_dossier"]]
    if kept["step"] not in HERE:
        raise Refused("cannot_be_kept", "kept_dossier")
    joined = [*kept.get("joined_codes", []), situation.record["code"]]
    return _move(situation, "merged", kept_dossier=given["kept_dossier"]) | {
        given["kept_dossier"]: {"joined_codes": joined}
    }


def notify_citizen(situation: Situation, given: Json) -> Changes:
    """Tell the citizen who has the dossier now and which day holds."""
    return {situation.id: {"told": given["told"], "notified_at": _now(situation)}} | issue_paper(
        situation, "citizen_notice", given
    )


def request_fee_transfer(situation: Situation, given: Json) -> Changes:
    """Ask that a fee paid into the dissolved district's account be transferred; the citizen pays nothing again."""
    return {situation.id: {"fee_requested": given["amount"]}} | issue_paper(situation, "fee_request", given)


def check_list(situation: Situation, given: Json) -> Changes:
    """Put the numbers of the three sources beside one another."""
    return _move(situation, "list_checked", **given)


def sign_minutes(situation: Situation, given: Json) -> Changes:
    """Close the list with the minutes of the handover and their numbers."""
    return _move(situation, "minutes_signed", **given) | issue_paper(situation, "handover_minutes", given)


def _move(situation: Situation, step: str, **fields: object) -> Changes:
    return {situation.id: {"step": step, **fields}}


def _now(situation: Situation) -> str:
    return situation.moment.isoformat(timespec="minutes")


def _count(name: str) -> Field:
    return Field(name, "count")


WHY = Field("reason", "long_text")
DOSSIER_ACTIONS = (
    Action("locate_parcel", "specialist", 1, OPEN, (), locate_parcel),
    Action("acknowledge", "handover_clerk", 1, PENDING, (), acknowledge),
    Action("acknowledge_reserved", "handover_clerk", 2, PENDING | {"acknowledged"},
           (Field("reserved_for", "choice", RESERVATIONS), Field("reservation_note", "long_text")),
           acknowledge_reserved),
    Action("ask_missing", "handover_clerk", 2, OPEN,
           (Field("missing", "choices", MISSING), Field("answer_by", "date")), ask_missing),
    Action("return_dossier", "handover_clerk", 2, OPEN,
           (Field("return_ground", "choice", RETURN_GROUNDS), WHY), return_dossier),
    Action("merge_duplicate", "handover_clerk", 2, OPEN, (Field("kept_dossier", "record"),), merge_duplicate),
    Action("continue_dossier", "specialist", 1, TAKEN,
           (Field("handling_division", "choice", DIVISIONS), Field("clock_rule", "choice", CLOCKS),
            Field("due_date", "date", required=False)), continue_dossier),
    Action("pass_to_heir", "specialist", 2, OPEN, (Field("receiver_unit", "unit"), WHY), pass_to_heir),
    Action("pass_to_province", "specialist", 2, OPEN, (Field("receiver_body", "body"), WHY), pass_to_province),
    Action("escalate_dossier", "specialist", 3, TAKEN,
           (Field("approver", "official"), Field("leader_proposal", "long_text")), escalate_dossier),
    Action("notify_citizen", "specialist", 1, AFTER,
           (Field("told", "choice", TOLD), Field("notice_to", "choice", ADDRESSES)), notify_citizen,
           paper_preview("citizen_notice")),
    Action("request_fee_transfer", "cashier", 2, TAKEN | {"continuing"},
           (Field("amount", "number"), Field("receipt_number", "text")), request_fee_transfer),
)  # fmt: skip
LIST_ACTIONS = (
    Action("check_list", "handover_clerk", 5, frozenset({"sheet_open"}),
           (_count("on_list_count"), _count("boxed_count"), _count("system_count")), check_list,
           knows=counted_sources),
    Action("sign_minutes", "signer", 5, frozenset({"list_checked", "minutes_due"}),
           (_count("received_count"), _count("reserved_count"), _count("returned_count"), _count("passed_count"),
            _count("merged_count"), _count("open_count")), sign_minutes, paper_preview("handover_minutes"),
           counted_now),
)  # fmt: skip

HANDOVER = System(
    name="handover",
    lists="handover",
    states=STATE,
    shows=(
        Shown("code"), Shown("list_field", "list_field"), Shown("listed_place"), Shown("due", "day", "due_date"),
        Shown("listed_state", "compared"), Shown("boxed_state", "compared"), Shown("system_state", "compared"),
        Shown("acknowledged_at", "moment"), Shown("reserved_for", "choice.reserved_for"), Shown("reservation_note"),
        Shown("asked_for", "choice.missing"), Shown("answer_by", "day"),
        Shown("handling_division", "choice.handling_division"), Shown("clock_rule", "choice.clock_rule"),
        Shown("receiver_unit", "unit"), Shown("receiver_body", "body"), Shown("joined_codes"),
        Shown("told", "choice.told"), Shown("fee_requested", "money"),
        Shown("received_count"), Shown("reserved_count"), Shown("returned_count"), Shown("passed_count"),
    ),
    routine=("acknowledge", "continue_dossier", "notify_citizen", "check_list", "sign_minutes"),
    bulk=("acknowledge", "acknowledge_reserved", "ask_missing", "continue_dossier", "notify_citizen",
          "return_dossier"),
    columns=(
        Shown("list_field", "list_field"), Shown("listed_place"), Shown("due", "day", "due_date"),
        Shown("listed_state", "compared"), Shown("boxed_state", "compared"), Shown("system_state", "compared"),
    ),
    compares=("listed_state", "boxed_state", "system_state"),
    actions=(*DOSSIER_ACTIONS, *LIST_ACTIONS),
)  # fmt: skip
