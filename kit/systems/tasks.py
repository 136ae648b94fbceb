"""Direction of the People's Committee: a demand that comes in, what becomes of it, and the task that follows from it.

One record a demand or task. The tables of the system stand here; what each action does is in `tasks_rules`, what it
prints in `tasks_papers`. Fields of work: Law 72/2025/QH15, Article 23(6), as the source material words them; divisions
and their fields: Decree 150/2025/NĐ-CP, Article 15; steps are training values. The rules refuse only what such
software refuses: a matter for the collective that the chairman decides alone, or a task for the wrong division, goes
through and is found by the evaluation.
"""

from kit.systems import tasks_papers as papers
from kit.systems import tasks_rules as rules
from kit.systems.form import Action, Field, Shown, System

STATE = {
    "demand_in": 0, "alarm_raised": 2, "task_blocked": 3, "task_open": 4, "product_in": 5, "product_accepted": 7,
    "decided_alone": 7, "reported_up": 8, "sender_answered": 8, "session_briefed": 10, "item_proposed": 10,
    "demand_passed": 9, "task_closed": 10,
}  # fmt: skip
NEW, RUNNING, LYING = frozenset({"demand_in"}), frozenset({"task_open", "task_blocked"}), frozenset({"product_in"})
FRESH = NEW | {"alarm_raised"}
SETTLED = frozenset({"product_accepted", "reported_up", "sender_answered"})
TASK_FIELDS = (
    "economy", "land", "construction", "transport", "education", "health", "civil_justice", "legal_support",
    "home_affairs", "labour", "information", "culture", "society", "tourism", "sport",
)  # fmt: skip
DIVISIONS = ("centre", "office", "economy", "culture", "military", "police")
PRODUCTS = ("report", "list_table", "plan", "draft_decision", "draft_reply", "check_minutes")
DECISIONS = ("notice", "plan", "decision", "urgent_dispatch")
GROUNDS = ("council_draft", "plan_budget", "period_report", "organisation", "work_programme", "asked_by_members")
PROGRESS = ("on_track", "behind", "blocked", "done")
ROWS = tuple(f"row_{place}" for place in range(1, 9))

TEXT = "long_text"
WHY = Field("reason", TEXT)
LEAD = Field("lead_division", "choice", DIVISIONS)
SHOWS = (
    Shown("code"), Shown("doc_from", field="who"), Shown("came_by", "channel", "channel"),
    Shown("demanded_by", "day"), Shown("task_field", "choice.task_field"),
    Shown("lead_division", "choice.lead_division"), Shown("supporting", "choice.lead_division"),
    Shown("product_kind", "choice.product_kind"), Shown("requirement"), Shown("deadline", "day", "due_date"),
    Shown("progress_state", "choice.progress_state"), Shown("reminders"),
    Shown("session_ground", "choice.session_ground"), Shown("alerted_bodies", "body"),
    Shown("alerted_at", "moment"), Shown("passed_to", "body"), Shown("reported_to", "body"),
    Shown("briefed_at", "moment"),
)  # fmt: skip

DECIDING = (
    Action(
        "assign_task", "committee_chairman", 4, FRESH | RUNNING | {"decided_alone"},
        (Field("task_field", "choice", TASK_FIELDS), LEAD,
         Field("supporting", "choices", DIVISIONS, required=False, words="lead_division"),
         Field("product_kind", "choice", PRODUCTS), Field("requirement", TEXT), Field("deadline", "date")),
        rules.assign, papers.assignment,
    ),
    Action(
        "decide_alone", "committee_chairman", 3, FRESH,
        (Field("decision_form", "choice", DECISIONS, words="doc_kind"), Field("direction", TEXT)),
        rules.decide_alone, papers.decision,
    ),
    Action(
        "propose_item", "committee_chairman", 3, NEW | RUNNING,
        (Field("session_ground", "choice", GROUNDS),
         Field("preparing_division", "choice", DIVISIONS, words="lead_division"), WHY), rules.propose, papers.item,
    ),
    Action(
        "pass_on_demand", "committee_chairman", 3, NEW | RUNNING, (Field("receiver_body", "body"), WHY),
        rules.pass_on, papers.passed_on,
    ),
    Action(
        "raise_alarm", "committee_chairman", 2, NEW | RUNNING | {"decided_alone"},
        (Field("alerted_bodies", "bodies"), Field("message", TEXT)), rules.raise_alarm,
    ),
)  # fmt: skip
FOLLOWING = (
    Action(
        "record_progress", "task_clerk", 1, RUNNING,
        (Field("progress_state", "choice", PROGRESS), Field("progress_note", TEXT, required=False)), rules.note,
    ),
    Action(
        "urge_division", "task_clerk", 2, RUNNING,
        (Field("urged_division", "choice", DIVISIONS, words="lead_division"), Field("deadline", "date"), WHY),
        rules.urge, papers.reminder,
    ),
    Action("put_off_task", "committee_chairman", 2, RUNNING, (Field("new_due_date", "date"), WHY), rules.put_off),
    Action(
        "compare_figures", "task_clerk", 5, NEW | LYING | {"task_open"},
        (Field("wrong_rows", "choices", ROWS, required=False), Field("right_figure", "text", required=False),
         Field("figure_note", TEXT, required=False)), rules.compare,
    ),
    Action(
        "return_product", "committee_chairman", 2, LYING, (Field("deadline", "date"), WHY), rules.give_back,
        papers.returned,
    ),
    Action("accept_product", "committee_chairman", 2, LYING, (), rules.accept),
)  # fmt: skip
ANSWERING = (
    Action(
        "report_upward", "committee_chairman", 4, SETTLED | LYING | {"decided_alone", "alarm_raised", "task_open"},
        (Field("receiver_body", "body"), Field("report_content", TEXT)), rules.report, papers.report,
    ),
    Action(
        "answer_sender", "committee_chairman", 3,
        NEW | SETTLED | LYING | {"task_open", "decided_alone", "demand_passed"},
        (Field("answer_text", TEXT),), rules.answer, papers.answer,
    ),
    Action(
        "brief_session", "committee_chairman", 2, SETTLED | {"decided_alone", "alarm_raised", "task_open"},
        (Field("briefing", TEXT),), rules.brief, papers.briefing,
    ),
    Action(
        "close_task", "task_clerk", 1, SETTLED | {"session_briefed", "demand_passed", "item_proposed"}, (), rules.close,
    ),
)  # fmt: skip

TASKS = System(
    name="tasks",
    lists="task",
    states=STATE,
    shows=SHOWS,
    routine=("assign_task", "accept_product", "report_upward", "close_task"),
    actions=(*DECIDING, *FOLLOWING, *ANSWERING),
)
