"""Before the session: what becomes of a proposal, the invitation, and asking the members in writing."""

from kit.systems.form import Changes, Json, Refused, Situation
from kit.systems.meetings.papers import (
    answers_sheet,
    consultation_slip,
    credentials_report,
    invitation,
    refer_slip,
    return_slip,
)  # fmt: skip
from kit.systems.meetings.people import members, session_of
from kit.systems.meetings.steps import agenda, move, now, require_future
from kit.systems.meetings.votes import answered


def place(situation: Situation, given: Json) -> Changes:
    """Put the proposal on the agenda: what is asked of the body, who presents, how long it may take."""
    return move(situation, "item_placed", **given)


def leave_to_chair(situation: Situation, given: Json) -> Changes:
    """Keep it off the agenda: the chairman decides it alone."""
    return move(situation, "item_left", **given)


def give_back(situation: Situation, given: Json) -> Changes:
    """Give it back to whoever proposed it, naming what is missing and until when."""
    require_future(situation, given["answer_by"], "answer_by")
    return move(situation, "item_returned", **given) | return_slip(situation, given)


def postpone(situation: Situation, given: Json) -> Changes:
    """Put it off to the next session."""
    return move(situation, "item_postponed", **given)


def refer(situation: Situation, given: Json) -> Changes:
    """Send it to the body that is competent."""
    return move(situation, "item_referred", **given) | refer_slip(situation, given)


def consult(situation: Situation, given: Json) -> Changes:
    """Ask all members in writing, with a day to answer by."""
    require_future(situation, given["answer_by"], "answer_by")
    return move(situation, "item_consulted", **given) | consultation_slip(situation, given)


def collect(situation: Situation, given: Json) -> Changes:
    """Close the consultation; what came in time counts as the votes."""
    cast = answered(situation)
    kept = {"cast": cast, "vote_form": "in_writing", "voted_present": len(cast)}
    return move(situation, "item_answered", **kept) | answers_sheet(situation, given)


def check_credentials(situation: Situation, given: Json) -> Changes:
    """Write down how many delegates' credentials are in order, and whose are in doubt."""
    return move(situation, "credentials_checked", **given) | credentials_report(situation, given)


def edit_draft(situation: Situation, given: Json) -> Changes:
    """Put another text in the place of the draft."""
    return {situation.id: {"doc_body": given["draft_text"]}}


def invite(situation: Situation, given: Json) -> Changes:
    """Convene the session: hour, day until which papers come in, who is invited besides the members."""
    require_future(situation, given["meets_on"], "meets_on")
    if given["papers_by"] > given["meets_on"]:
        raise Refused("papers_after_meeting", "papers_by")
    changed = move(situation, "session_convened", **given, invited_at=now(situation))
    return changed | invitation(situation, given)


def counted_agenda(situation: Situation) -> Json:
    """How many items stand on the agenda of this session, and how many members are to be invited."""
    return {"counted_agenda": len(agenda(situation)), "counted_members": len(members(session_of(situation)))}
