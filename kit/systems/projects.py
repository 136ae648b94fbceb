"""Public-investment projects of the dissolved district: check the file, take over, decide competence, act, rank.

One record a project, and one for the whole list that came with the minutes. The tables of the system stand here; what
each action does is in `project_rules`, what it prints in `project_papers`. Steps, issues, groups of risk and figures
are training values that follow `datasets/projects.yaml`. The rules refuse only what project software refuses: taking
over somebody else's project or leaving a lapsed guarantee unseen goes through and is found by the evaluation.
"""

from kit.systems import project_papers as papers
from kit.systems import project_rules as rules
from kit.systems.form import Action, Field, Shown, Signs, System

STATE = {
    "project_pending": 0, "project_checked": 2, "project_taken": 4, "project_reserved": 4, "submission_drafted": 6,
    "submission_sent": 8, "list_open": 0, "list_reconciled": 5, "project_followed": 10,
}  # fmt: skip
IN_HAND = frozenset({
    "project_checked", "project_taken", "project_reserved", "submission_drafted", "submission_sent",
})  # fmt: skip
ANY, LIST = IN_HAND | {"project_pending"}, frozenset({"list_open", "list_reconciled"})
UNTAKEN = frozenset({"project_checked", "submission_drafted", "submission_sent"})

ISSUES = (
    "danger", "procurement_pending", "guarantee_lapsed", "advance_open", "figures_differ", "code_differs",
    "signed_without_authority", "land_open", "complaint_open", "plan_at_risk", "no_capital", "overlapping",
    "not_settled",
)  # fmt: skip
COMPETENT = ("former_board", "department", "regional_board", "other_ward", "our_ward")
NEXT_STEPS = ("continue", "submit", "coordinate", "transfer", "adjust", "stop")
PROPOSALS = (
    "add_capital", "assign_investor", "adjust_plan", "stop_project", "settle_project", "emergency_work", "procure",
)  # fmt: skip
RISKS = ("low", "medium", "high")
NOTICES = ("resume_work", "stop_part", "fence_off", "renew_guarantee", "repay_advance")
INSTRUMENTS = ("old_seal", "contract_annex", "procurement_account")

TEXT = "long_text"
SPENT = Field("disbursed_confirmed", "count")
SHOWS = (
    Shown("project_file", field="code"), Shown("project_from", field="who"),
    Shown("project_number", field="project_code"), Shown("project_stage"), Shown("project_funding"),
    Shown("project_total"), Shown("project_plan"), Shown("project_spent"), Shown("project_authority_old"),
    Shown("project_body", "choice.competent_body", "competent_body"), Shown("project_heir", "unit", "heir_unit"),
    Shown("project_contractor"), Shown("project_guarantee"),
    Shown("confirmed_spent", "count", "disbursed_confirmed"),
    Shown("project_next", "choice.next_step", "next_step"), Shown("project_partner", "body", "partner"),
    Shown("project_rank", field="risk_rank"),
    Shown("project_investor", "choice.competent_body", "new_investor"),
    Shown("project_asked", "day", "asked_by"), Shown("project_reported", "moment", "reported_at"),
)  # fmt: skip

CHECKING = (
    Action(
        "check_project_file", "specialist", 4, ANY,
        (Field("project_issues", "choices", ISSUES, required=False),
         Field("missing_papers", "components", required=False)), rules.check_file,
    ),
    Action("correct_code", "specialist", 2, IN_HAND, (Field("project_code", "text"),), rules.correct_code),
    Action("accept_handover", "signer", 2, UNTAKEN, (SPENT,), rules.accept, papers.minutes),
    Action(
        "accept_with_reservation", "signer", 3, UNTAKEN, (SPENT, Field("reservation", TEXT)), rules.reserve,
        papers.minutes,
    ),
    Action(
        "ask_handing_side", "specialist", 2, IN_HAND,
        (Field("missing_papers", "components"), Field("deadline", "date"), Field("reason", TEXT)), rules.ask,
        papers.request,
    ),
)  # fmt: skip
DECIDING = (
    Action(
        "decide_competence", "signer", 2, IN_HAND,
        (Field("competent_body", "choice", COMPETENT), Field("heir_unit", "unit", required=False)), rules.note,
    ),
    Action(
        "choose_next_step", "division_head", 1, IN_HAND,
        (Field("next_step", "choice", NEXT_STEPS), Field("partner", "body", required=False)), rules.note,
    ),
    Action(
        "draft_submission", "specialist", 5, IN_HAND,
        (Field("addressee", "body"), Field("submission_subject", "text"), Field("proposal", "choice", PROPOSALS),
         Field("figure", "count"), Field("submission_body", TEXT)), rules.draft, papers.submission,
    ),
    Action(
        "send_submission", "signer", 1, frozenset({"submission_drafted"}), (Field("signer", "official"),), rules.send,
        signs=Signs("submission"),
    ),
    Action(
        "plan_disbursement", "specialist", 2, IN_HAND,
        (Field("remaining", "count"), Field("disbursement_risk", "choice", RISKS)), rules.plan, papers.plan,
    ),
    Action("rate_risk", "division_head", 1, ANY, (Field("risk_rank", "count"),), rules.rate),
)  # fmt: skip
TELLING = (
    Action(
        "site_notice", "specialist", 2, ANY,
        (Field("notice_kind", "choice", NOTICES), Field("notice_text", TEXT)), rules.notice, papers.notice,
    ),
    Action(
        "change_investor", "specialist", 2, IN_HAND,
        (Field("instrument", "choice", INSTRUMENTS), Field("new_investor", "choice", COMPETENT, words="competent_body"),
         Field("effective_on", "date")), rules.change_investor,
    ),
    Action(
        "report_to_leader", "division_head", 2, ANY | LIST, (Field("report_text", TEXT),), rules.report, papers.report,
    ),
    Action("follow_project", "specialist", 1, IN_HAND | {"list_reconciled"}, (), rules.follow),
)  # fmt: skip
LISTING = (
    Action(
        "reconcile_list", "specialist", 4, LIST,
        (Field("listed_count", "count"), Field("left_out", "text"), Field("overlap_one", "record"),
         Field("overlap_two", "record")), rules.reconcile,
    ),
    Action(
        "order_by_risk", "division_head", 3, LIST,
        tuple(Field(f"{place}_risk", "record") for place in ("first", "second", "third", "fourth")), rules.order,
    ),
)  # fmt: skip

PROJECTS = System(
    name="projects",
    lists="project",
    states=STATE,
    shows=SHOWS,
    routine=(
        "check_project_file", "accept_handover", "decide_competence", "choose_next_step", "draft_submission",
        "send_submission", "plan_disbursement", "rate_risk", "reconcile_list", "order_by_risk",
    ),
    actions=(*CHECKING, *DECIDING, *TELLING, *LISTING),
)  # fmt: skip
