"""Drafting the resolution for the last six months: reconcile figures, choose targets, place issues and tasks, compose.

One record a figure, a complicated issue, a proposal, and one for the resolution itself. What the resolution contains is
known from the trial of June 2025 (SEED-000, seed); its five parts, names of faults, sources and channels are training
values. The rules refuse only what such software refuses: a target below the assigned one, an organisation that is
dissolved or a citizen's name in the text goes through and is found by the evaluation.
"""

from kit.systems import drafting_papers as papers
from kit.systems import drafting_rules as rules
from kit.systems.form import Action, Field, Shown, System

STATE = {
    "figure_open": 0, "figure_asked": 2, "figure_settled": 5, "target_set": 10, "issue_open": 0, "issue_placed": 10,
    "proposal_open": 0, "proposal_placed": 10, "proposal_returned": 10, "draft_open": 0, "draft_composed": 6,
    "draft_submitted": 9,
}  # fmt: skip
FIGURE = frozenset({"figure_open", "figure_asked", "figure_settled", "target_set"})
ISSUE = frozenset({"issue_open", "issue_placed"})
PROPOSAL = frozenset({"proposal_open", "proposal_placed"})
WRITING = frozenset({"draft_open", "draft_composed"})
ANSWERED = PROPOSAL | {"proposal_returned"}
HANDED = frozenset({"draft_composed", "draft_submitted"})

FAULTS = (
    "unit_differs", "period_short", "area_elsewhere", "provisional", "mean_of_rates", "differs_from_confirmed",
    "confirmation_missing",
)  # fmt: skip
SOURCES = ("as_reported", "one_report", "cleared", "confirmed", "recounted")
TARGET_RULES = ("as_proposed", "remaining", "assigned_level", "growth")
COMPETENCES = ("resolution_decides", "party_decides", "leads_committee", "proposes_upward")
LEADS = (
    "district_party", "district_division", "district_board", "party_office", "party_building", "inspection",
    "committee", "economy", "culture", "office", "centre", "police", "military", "front",
)  # fmt: skip
RESOLUTION_FIELDS = ("economy", "party_building", "culture_society", "defence_security", "admin_reform")
RETURN_CAUSES = ("wording", "committee_competence", "higher_level", "not_checkable", "state_secret")
CHANNELS = ("group_chat", "public_annex", "axis", "reception_book", "personnel_file", "confidential_book")
PARTS = ("assessment_part", "target_part", "task_part", "issue_part", "implementation_part")
CYCLES = ("weekly", "monthly", "quarterly")

TEXT = "long_text"
LEAD = Field("lead_body", "choice", LEADS)
DUE = Field("deadline", "date")
SHOWS = (
    Shown("drafting_code", field="code"), Shown("drafting_from", field="who"), Shown("figure_unit"),
    Shown("figure_period"), Shown("asked_of", "body"), Shown("settled_value"),
    Shown("value_source", "choice.value_source"), Shown("target_value"),
    Shown("target_rule", "choice.target_rule"), Shown("competence", "choice.competence"),
    Shown("resolution_field", "choice.resolution_field"), Shown("lead_body", "choice.lead_body"),
    Shown("placed_due", "day", "deadline"),
    Shown("detail_channel", "choice.detail_channel"), Shown("return_cause", "choice.return_cause"),
    Shown("composed_at", "moment"), Shown("amendments"),
)  # fmt: skip

FIGURES = (
    Action(
        "examine_figures", "party_drafter", 2, FIGURE,
        (Field("figure_faults", "choices", FAULTS, required=False),), rules.note,
    ),
    Action(
        "ask_for_figures", "party_drafter", 3, FIGURE,
        (Field("asked_of", "body"), DUE, Field("reason", TEXT)), rules.ask, papers.request,
    ),
    Action(
        "settle_figure", "party_drafter", 3, FIGURE,
        (Field("settled_value", "count"), Field("value_source", "choice", SOURCES)), rules.settle,
        papers.reconciliation,
    ),
    Action(
        "set_target", "party_drafter", 3, frozenset({"figure_settled", "target_set"}),
        (Field("target_value", "count"), Field("target_rule", "choice", TARGET_RULES)), rules.target,
    ),
)  # fmt: skip
PLACING = (
    Action(
        "place_issue", "party_drafter", 5, ISSUE,
        (Field("competence", "choice", COMPETENCES), LEAD,
         Field("support_bodies", "choices", LEADS, required=False, words="lead_body"), Field("issue_count", "count"),
         DUE, Field("issue_text", TEXT)), rules.place_issue,
    ),
    Action(
        "refer_detail", "clerk", 2, ISSUE | ANSWERED,
        (Field("detail_channel", "choice", CHANNELS), Field("reason", TEXT)), rules.refer, papers.transfer,
    ),
    Action(
        "place_task", "party_drafter", 4, PROPOSAL,
        (Field("resolution_field", "choice", RESOLUTION_FIELDS), LEAD, Field("measure_text", TEXT),
         Field("measure_product", "text"), DUE), rules.place_task,
    ),
    Action(
        "return_task", "party_drafter", 2, PROPOSAL,
        (Field("return_cause", "choice", RETURN_CAUSES), Field("reason", TEXT)), rules.send_back, papers.returned,
    ),
)  # fmt: skip
COMPOSING = (
    Action("write_assessment", "party_drafter", 5, WRITING, (Field("assessment", TEXT),), rules.note, papers.draft),
    Action("write_viewpoint", "party_drafter", 5, WRITING, (Field("viewpoint", TEXT),), rules.note, papers.draft),
    Action(
        "write_implementation", "party_drafter", 5, WRITING,
        (Field("programme_due", "date"), Field("inspected_by", "choice", LEADS, words="lead_body"),
         Field("report_cycle", "choice", CYCLES), Field("review_on", "date"), Field("implementation", TEXT)),
        rules.note, papers.draft,
    ),
    Action(
        "compose_draft", "party_drafter", 4, WRITING, (Field("resolution_title", "text"),), rules.compose, papers.draft,
    ),
    Action(
        "amend_draft", "party_drafter", 3, HANDED,
        (Field("amended_part", "choice", PARTS), Field("amendment", TEXT)), rules.amend, papers.draft,
    ),
    Action("submit_draft", "party_office_head", 1, HANDED, (), rules.submit, papers.draft),
)  # fmt: skip

DRAFTING = System(
    name="drafting",
    lists="drafting",
    states=STATE,
    shows=SHOWS,
    routine=(
        "examine_figures", "settle_figure", "set_target", "place_issue", "refer_detail", "place_task",
        "write_assessment", "write_viewpoint", "write_implementation", "compose_draft", "submit_draft",
    ),
    actions=(*FIGURES, *PLACING, *COMPOSING),
)  # fmt: skip
