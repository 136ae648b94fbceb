"""What each action on the delegates of a congress does, and the little that such software refuses."""

from kit.systems import delegates_papers as papers
from kit.systems.form import Changes, Json, Refused, Situation

GONE = "đã kết thúc hoạt động"


def confirm(situation: Situation, given: Json) -> Changes:
    """The organisation's members as its papers prove them; the table of seats shows them from now on."""
    row = {"members": given["official_members"], "probationary": given["probationary_members"]}
    return {situation.id: {"step": "report_confirmed", **given}} | _in_table(situation, row)


def ask_again(situation: Situation, given: Json) -> Changes:
    """Send a report back, once, with what is wrong about it and the day by which it is wanted."""
    if given["answer_by"] < situation.today():
        raise Refused("date_in_the_past", "answer_by")
    return {situation.id: {"step": "report_asked_again", **given}} | papers.return_slip(situation, given)


def strike(situation: Situation, given: Json) -> Changes:
    """Take an organisation that no longer exists out of the reckoning; its row stays in the table, without members."""
    if len(given["heir_organisation"]) != 1:
        raise Refused("one_heir_only", "heir_organisation")
    if given["heir_organisation"] == [situation.record.get("organisation")]:
        raise Refused("own_heir", "heir_organisation")
    row = {"members": 0, "probationary": 0, "note": GONE}
    return {situation.id: {"step": "organisation_struck", **given}} | _in_table(situation, row)


def count(situation: Situation, given: Json) -> Changes:
    """How many sit in the congress by their post, and who of the list does not."""
    return {situation.id: {"step": "committee_counted", **given}}


def keep_frame(situation: Situation, given: Json) -> Changes:
    """The figures that the allotment starts from."""
    return {situation.id: {"step": "table_framed", **given}}


def allot(situation: Situation, given: Json) -> Changes:
    """The table of seats as it goes to the committee; a later one takes the place of the one before."""
    kept = {"step": "table_allotted", "seats": given["seats"], "allotted_sum": sum(given["seats"].values())}
    return {situation.id: kept} | papers.table(situation, given)


def answer(situation: Situation, given: Json) -> Changes:
    """The answer to a request in writing."""
    kept = {"step": "request_answered", "request_outcome": given["request_outcome"]}
    return {situation.id: kept} | papers.answer(situation, given)


def check(situation: Situation, given: Json) -> Changes:
    """Who on a list of nominees cannot be elected, and how many places the organisation fills."""
    return {situation.id: {"step": "nominees_checked", **given}}


def notify(situation: Situation, given: Json) -> Changes:
    """Tell the organisations how many delegates each elects, by which resolution and until when."""
    if given["elect_by"] < situation.today():
        raise Refused("date_in_the_past", "elect_by")
    return {situation.id: {"step": "table_notified"}} | papers.notice(situation, given)


def _in_table(situation: Situation, row: Json) -> Changes:
    """The organisation's row in the table of seats, where there is one already."""
    table, own = str(situation.record.get("table", "")), str(situation.record.get("organisation", ""))
    rows = situation.records.get(table, {}).get("organisations", {})
    if "note" in row and own in rows:
        row["name"] = f"{rows[own]['name'].removesuffix(f' ({GONE})')} ({row.pop('note')})"
    return {table: {"organisations": {**rows, own: {**rows[own], **row}}}} if own in rows else {}
