"""What each action on a handed-over project does, and the little that project software refuses."""

import re

from kit.systems.form import Changes, Json, Refused, Situation
from kit.systems.project_papers import issue

LOWEST_RANK = 4


def note(situation: Situation, given: Json) -> Changes:
    """What was entered, kept on the record."""
    return {situation.id: dict(given)}


def check_file(situation: Situation, given: Json) -> Changes:
    """What was found in the file; a later look takes the place of the one before."""
    return {situation.id: {"step": _from(situation, "project_pending", "project_checked"), **given}}


def correct_code(situation: Situation, given: Json) -> Changes:
    """The project's code in the budget software: seven digits."""
    if not re.fullmatch(r"[0-9]{7}", given["project_code"]):
        raise Refused("code_malformed", "project_code")
    return note(situation, given)


def accept(situation: Situation, given: Json) -> Changes:
    """Sign the minutes without a reservation."""
    return _taken(situation, "project_taken", given)


def reserve(situation: Situation, given: Json) -> Changes:
    """Sign the minutes with what is kept open written into them."""
    return _taken(situation, "project_reserved", given)


def _taken(situation: Situation, step: str, given: Json) -> Changes:
    if "taken_as" in situation.record:
        raise Refused("minutes_signed")
    if given["disbursed_confirmed"] > situation.record["total_capital"]:
        raise Refused("over_total", "disbursed_confirmed")
    fields = {"step": _from(situation, "project_checked", step), "taken_as": step, **given}
    return {situation.id: fields} | issue(situation, "minutes", given)


def ask(situation: Situation, given: Json) -> Changes:
    """Ask the handing side for papers, with a deadline."""
    if given["deadline"] < situation.today():
        raise Refused("date_in_the_past", "deadline")
    fields = {"asked_papers": given["missing_papers"], "asked_by": given["deadline"]}
    return {situation.id: fields} | issue(situation, "request", given)


def draft(situation: Situation, given: Json) -> Changes:
    """The submission as drafted; a new draft takes the place of the one before."""
    return {situation.id: {"step": "submission_drafted", **given}}


def send(situation: Situation, given: Json) -> Changes:
    """A leader of the committee signs, the submission goes out."""
    if situation.office["officials"][given["signer"]]["role"] != "signer":
        raise Refused("not_a_leader", "signer")
    changes = {situation.id: {"step": "submission_sent", **given}}
    return changes | issue(situation, "submission", {**situation.record, **given})


def plan(situation: Situation, given: Json) -> Changes:
    """What is left to disburse this year, and how much of it is in danger."""
    return note(situation, given) | issue(situation, "plan", given)


def rate(situation: Situation, given: Json) -> Changes:
    """The project's group of risk, 1 the most urgent."""
    if not 1 <= given["risk_rank"] <= LOWEST_RANK:
        raise Refused("no_such_rank", "risk_rank")
    return note(situation, given)


def notice(situation: Situation, given: Json) -> Changes:
    """A notice posted at the site and sent to the contractor."""
    told = [*situation.record.get("notices", []), given["notice_kind"]]
    return {situation.id: {"notices": told}} | issue(situation, "notice", given)


def change_investor(situation: Situation, given: Json) -> Changes:
    """Who has the investor's rights and duties from a day on, and by which instrument."""
    return note(situation, given) | issue(situation, "investor", given)


def report(situation: Situation, given: Json) -> Changes:
    """A short report laid before the committee's leader."""
    now = situation.moment.isoformat(timespec="minutes")
    return {situation.id: {"reported_at": now}} | issue(situation, "report", given)


def follow(situation: Situation, given: Json) -> Changes:
    """Nothing is left to do at once: the matter goes to regular follow-up."""
    return {situation.id: {"step": "project_followed"}}


def reconcile(situation: Situation, given: Json) -> Changes:
    """Compare the minutes' list with what came: how many, which one never came, which two are one work."""
    _differ([given["overlap_one"], given["overlap_two"]], "overlap_two")
    return {situation.id: {"step": "list_reconciled", **given}}


def order(situation: Situation, given: Json) -> Changes:
    """The four projects to be dealt with first, in their order."""
    _differ(list(given.values()), "fourth_risk")
    return {situation.id: {"step": "list_reconciled", **given}}


def _differ(chosen: list[str], field: str) -> None:
    if len(set(chosen)) < len(chosen):
        raise Refused("chosen_twice", field)


def _from(situation: Situation, before: str, after: str) -> str:
    """The step after, where the record stands at the one before; else the step it is at."""
    step = str(situation.record["step"])
    return after if step == before else step
