"""Meetings of collective bodies: preparing the agenda, roll-call, discussion, votes, minutes, decisions, conclusions.

One record a session and one for each item; an item names its session. What each action does stands in
`preparing`, `session` and `items`; who is in the room and what the votes come to in
`people` and `votes`. The rules refuse only what such software refuses: a wrong count, a wrong base, a
vote without a quorum or "passed" with too few votes go through and are found by the evaluation.
"""

from kit.systems.form import Action, Field, Shown, System
from kit.systems.meetings import items, preparing, session
from kit.systems.meetings.acts import act_preview
from kit.systems.meetings.minutes import minutes_preview, notice_preview
from kit.systems.meetings.papers import credentials_preview, invitation_preview
from kit.systems.meetings.people import FAILED as NOT_PASSED
from kit.systems.meetings.people import NO, PASSED, YES, counted_present, counted_seats
from kit.systems.meetings.votes import counted_amendment, counted_ballots, counted_decision, counted_votes

STATE = {
    "session_preparing": 0, "session_convened": 2, "session_seated": 3, "session_open": 5, "session_suspended": 4,
    "session_closed": 7, "session_minuted": 8, "session_reported": 9, "session_filed": 10,
    "item_submitted": 0, "item_placed": 8, "item_left": 10, "item_returned": 10, "item_postponed": 10,
    "item_referred": 10, "item_consulted": 3, "item_answered": 4, "item_called": 1, "item_discussed": 3,
    "item_voted": 5, "item_settled": 7, "item_concluded": 9, "item_issued": 10, "item_announced": 10,
    "credentials_open": 0, "credentials_checked": 9,
}  # fmt: skip
PREPARING = frozenset({"session_preparing", "session_convened"})
SEATING = frozenset({"session_convened", "session_seated", "session_open", "session_suspended"})
PROPOSED, CALLED = frozenset({"item_submitted"}), frozenset({"item_called", "item_discussed"})
UNSETTLED = PROPOSED | CALLED
COUNTED = frozenset({"item_voted", "item_answered"})
SETTLED = frozenset({"item_settled", "item_concluded"})

DIVISIONS = ("office", "economy", "culture", "centre", "police", "military")
ITEM_KINDS = ("inform", "discuss", "decide", "council_draft")
MISSING = ("submission", "draft_text", "legal_opinion", "finance_opinion", "annex", "consultation")
SUSPENSIONS = ("recess", "quorum_lost", "disorder")
OUTCOMES, ANSWERS = (PASSED, NOT_PASSED), (YES, NO)
BASES = ("present", "voted", "all_members")
VOTE_FORMS = ("show_of_hands", "secret_ballot")
ACT_KINDS = ("notice", "resolution", "decision", "council_draft")
ANNOUNCED = ("higher_resolution", "designation", "information")
RULINGS = ("reject", "accept", "put_to_vote")
SIGNINGS = ("in_own_name", "on_behalf", "deputy", "by_order")

WHY = Field("reason", "long_text")
LEAD = Field("task_lead", "choice", DIVISIONS, words="lead_division")
SIGNED = Field("signing_form", "choice", SIGNINGS)


def _counts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "count") for name in names)


BEFORE = (
    Action(
        "place_item", "session_secretary", 2, PROPOSED,
        (Field("item_kind", "choice", ITEM_KINDS), Field("presenter", "choice", DIVISIONS, words="lead_division"),
         *_counts("planned_minutes")), preparing.place,
    ),
    Action("leave_to_chair", "session_secretary", 2, PROPOSED, (WHY,), preparing.leave_to_chair),
    Action(
        "return_item", "session_secretary", 2, UNSETTLED,
        (Field("missing_parts", "choices", MISSING), Field("answer_by", "date"), WHY), preparing.give_back,
    ),
    Action("postpone_item", "session_chair", 1, UNSETTLED, (WHY,), preparing.postpone),
    Action("refer_item", "session_secretary", 2, UNSETTLED, (Field("receiver_body", "body"), WHY), preparing.refer),
    Action(
        "consult_in_writing", "session_secretary", 2, PROPOSED, (Field("answer_by", "date"),), preparing.consult,
    ),
    Action("collect_answers", "session_secretary", 2, frozenset({"item_consulted"}), (), preparing.collect),
    Action(
        "check_credentials", "session_secretary", 4, frozenset({"credentials_open"}),
        (*_counts("valid_delegates"), Field("doubtful", "components", required=False)), preparing.check_credentials,
        credentials_preview,
    ),
    Action(
        "edit_draft", "session_secretary", 3, UNSETTLED | {"item_placed"}, (Field("draft_text", "long_text"),),
        preparing.edit_draft,
    ),
    Action(
        "send_invitation", "session_secretary", 3, PREPARING,
        (Field("meets_on", "date"), Field("meets_time", "time"), Field("papers_by", "date"),
         Field("invited_bodies", "bodies", required=False)), preparing.invite, invitation_preview,
        preparing.counted_agenda,
    ),
)  # fmt: skip
SITTING = (
    Action("take_attendance", "session_secretary", 2, SEATING, (), session.take_attendance),
    Action(
        "record_roll_call", "session_secretary", 2, SEATING,
        (*_counts("members_count", "present_count", "excused_count"), Field("quorum_met", "choice", ANSWERS)),
        session.record_roll_call, knows=counted_seats,
    ),
    Action(
        "open_session", "session_chair", 2, frozenset({"session_convened", "session_seated"}), (), session.open_session,
        knows=counted_present,
    ),
    Action(
        "adopt_agenda", "session_chair", 2, frozenset({"session_open"}), _counts("agenda_count"), session.adopt_agenda,
        knows=session.counted_agenda,
    ),
    Action(
        "suspend_session", "session_chair", 1, frozenset({"session_open"}),
        (Field("suspend_ground", "choice", SUSPENSIONS),), session.suspend, knows=counted_present,
    ),
    Action(
        "resume_session", "session_chair", 1, frozenset({"session_suspended"}), (), session.resume,
        knows=counted_present,
    ),
    Action(
        "close_session", "session_chair", 1, frozenset({"session_open", "session_suspended"}), (), session.close,
    ),
    Action(
        "draw_up_minutes", "session_secretary", 5, frozenset({"session_closed"}),
        (Field("minutes_note", "long_text", required=False),), session.draw_up_minutes, minutes_preview,
    ),
    Action(
        "issue_conclusions", "session_chair", 3, frozenset({"session_closed", "session_minuted"}), (SIGNED,),
        session.issue_conclusions, notice_preview, session.counted_tasks,
    ),
    Action(
        "file_session", "session_secretary", 1, frozenset({"session_minuted", "session_reported"}), (), session.file,
    ),
)  # fmt: skip
DEBATING = (
    Action("open_discussion", "session_chair", 4, frozenset({"item_called"}), (), items.discuss, knows=counted_present),
    Action(
        "announce_item", "session_chair", 2, CALLED,
        (Field("announced_kind", "choice", ANNOUNCED), Field("source_number", "text")), items.announce,
        knows=counted_present,
    ),
    Action("accept_recusal", "session_chair", 1, CALLED, (Field("recused", "components"),), items.recuse),
    Action(
        "answer_objection", "session_chair", 2, CALLED,
        (Field("objector", "components"), Field("objection_ruling", "choice", RULINGS), WHY), items.answer_objection,
    ),
    Action(
        "put_amendment", "session_chair", 2, CALLED,
        (Field("amended_by", "components"), Field("amendment_text", "long_text")), items.put_amendment,
        knows=counted_present,
    ),
    Action(
        "declare_amendment", "session_chair", 1, frozenset({"item_discussed"}),
        (*_counts("amend_for", "amend_against"), Field("amend_outcome", "choice", OUTCOMES, words="vote_outcome")),
        items.declare_amendment, knows=counted_amendment,
    ),
    Action(
        "form_ballot_committee", "session_chair", 2, CALLED, (Field("tellers", "components"),), items.name_tellers,
    ),
    Action(
        "call_vote", "session_chair", 2, CALLED, (Field("vote_form", "choice", VOTE_FORMS),), items.call_vote,
        knows=counted_present,
    ),
    Action(
        "count_ballots", "ballot_head", 4, frozenset({"item_voted"}),
        _counts("issued_count", "returned_ballots", "valid_count", "invalid_count"), items.count_ballots,
        knows=counted_ballots,
    ),
    Action(
        "declare_result", "session_chair", 2, COUNTED,
        (*_counts("for_count", "against_count", "other_count"), Field("vote_base", "choice", BASES),
         *_counts("base_count"), Field("vote_outcome", "choice", OUTCOMES)), items.declare_result, knows=counted_votes,
    ),
    Action("repeat_vote", "session_chair", 2, COUNTED | {"item_settled"}, (WHY,), items.repeat_vote),
    Action(
        "note_minority", "session_secretary", 2, COUNTED | SETTLED,
        (Field("minority", "components"), Field("minority_text", "long_text")), items.note_minority,
    ),
    Action(
        "conclude_item", "session_chair", 3, frozenset({"item_discussed", "item_settled"}),
        (Field("task_text", "long_text"), LEAD, Field("task_product", "text"), Field("product_due", "date")),
        items.conclude,
    ),
    Action(
        "issue_act", "session_chair", 3, SETTLED | {"item_left"}, (Field("act_kind", "choice", ACT_KINDS), SIGNED),
        items.issue_act, act_preview, counted_decision,
    ),
)  # fmt: skip

MEETINGS = System(
    name="meetings",
    lists="meeting",
    states=STATE,
    shows=(
        Shown("code"), Shown("meeting_from", field="who"), Shown("meets_at", "moment"),
        Shown("meeting_place", field="place"), Shown("meeting_papers_by", "day", "papers_by"),
        Shown("item_kind", "choice.item_kind"),
        Shown("planned_minutes"), Shown("item_answer_by", "day", "answer_by"),
        Shown("opened_at", "moment"), Shown("closed_at", "moment"), Shown("roll_present", field="present_count"),
        Shown("vote_way", "vote_way", "vote_form"), Shown("declared_outcome", "choice.vote_outcome", "vote_outcome"),
        Shown("declared_for", field="for_count"), Shown("declared_against", field="against_count"),
        Shown("announced_kind", "choice.announced_kind"), Shown("valid_delegates"),
        Shown("amend_outcome", "choice.vote_outcome"),
        Shown("task_lead", "choice.lead_division"), Shown("product_due", "day"), Shown("act_number"),
    ),
    routine=(
        "place_item", "send_invitation", "take_attendance", "record_roll_call", "open_session", "adopt_agenda",
        "open_discussion", "call_vote", "declare_result", "conclude_item", "issue_act", "close_session",
        "draw_up_minutes", "issue_conclusions", "file_session",
    ),
    actions=(*BEFORE, *SITTING, *DEBATING),
)  # fmt: skip
