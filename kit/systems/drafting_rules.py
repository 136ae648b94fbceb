"""What each action on the draft resolution does, and the little that drafting software refuses."""

from kit.systems import drafting_papers as papers
from kit.systems.form import Changes, Json, Refused, Situation


def note(situation: Situation, given: Json) -> Changes:
    """What was entered, kept on the record; a later entry takes the place of the one before."""
    return {situation.id: dict(given)}


def ask(situation: Situation, given: Json) -> Changes:
    """Ask a body for its confirmed figure, with a deadline."""
    _not_past(situation, given)
    step = "figure_asked" if situation.record["step"] == "figure_open" else situation.record["step"]
    kept = {"step": step, "asked_of": given["asked_of"]}
    return {situation.id: kept} | papers.issued(situation, papers.request, given)


def settle(situation: Situation, given: Json) -> Changes:
    """The figure that goes into the assessment, and where it comes from; a target set before must be set again."""
    return {situation.id: {"step": "figure_settled", **given}} | papers.issued(situation, papers.reconciliation, given)


def target(situation: Situation, given: Json) -> Changes:
    """The target of the last six months and the rule that it was chosen by."""
    return {situation.id: {"step": "target_set", **given}}


def place_issue(situation: Situation, given: Json) -> Changes:
    """The issue as it will stand in part four of the resolution."""
    _not_past(situation, given)
    return {situation.id: {"step": "issue_placed", **given}}


def place_task(situation: Situation, given: Json) -> Changes:
    """The task as it will stand in part three of the resolution."""
    _not_past(situation, given)
    return {situation.id: {"step": "proposal_placed", **given}}


def refer(situation: Situation, given: Json) -> Changes:
    """Hand the detail on by a channel of its own; where the matter stands in the draft does not change."""
    kept = {"detail_channel": given["detail_channel"]}
    return {situation.id: kept} | papers.issued(situation, papers.transfer, given)


def send_back(situation: Situation, given: Json) -> Changes:
    """Return a proposal to whoever made it; it is not in the draft."""
    kept = {"step": "proposal_returned", "return_cause": given["return_cause"]}
    return {situation.id: kept} | papers.issued(situation, papers.returned, given)


def compose(situation: Situation, given: Json) -> Changes:
    """Put the parts together and print the draft."""
    kept = {"step": "draft_composed", "composed_at": situation.moment.isoformat(timespec="minutes"), **given}
    return {situation.id: kept} | papers.issued(situation, papers.draft, given)


def amend(situation: Situation, given: Json) -> Changes:
    """Write an amendment into a part and print the draft again; it has to be submitted anew."""
    kept = {"step": "draft_composed", **papers.amended(situation.record, given)}
    return {situation.id: kept} | papers.issued(situation, papers.draft, given)


def submit(situation: Situation, given: Json) -> Changes:
    """Close the draft and lay title and text with the item of the meeting that it is meant for."""
    record, item = situation.record, str(situation.record.get("item", ""))
    handed = {"doc_title": papers.title(record), "doc_body": papers.body(situation, record)}
    return {situation.id: {"step": "draft_submitted"}} | ({item: handed} if item else {})


def _not_past(situation: Situation, given: Json) -> None:
    if given["deadline"] < situation.today():
        raise Refused("date_in_the_past", "deadline")
