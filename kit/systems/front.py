"""The Fatherland Front of a merged commune: consulting households, funds taken over, relief, shared work.

One record for the forms of a neighbourhood, one for the consultation as a whole, one for a fund, a relief list or a
letter that asks for help. Forms, thresholds and grounds are training values. Wrong counts, a fund taken over in spite
of what is missing or relief for people who are on no list go through: the evaluation finds them.
"""

from kit.systems import front_rules as rules
from kit.systems.form import Action, Field, Shown, System

STATE = {
    "forms_in": 0, "forms_counted": 10, "consultation_open": 0, "consultation_reported": 10, "fund_in": 0,
    "fund_checked": 4, "fund_taken": 10, "fund_held": 8, "relief_open": 0, "relief_shared": 10, "help_asked": 0,
    "help_arranged": 10,
}  # fmt: skip
FUND = frozenset({"fund_in", "fund_checked"})
FINDINGS = ("fund_in_order", "bank_differs", "vouchers_missing", "other_purpose", "counted_for_both")
MEMBERS = ("front_office", "veterans_union", "womens_union", "youth_union", "farmers_union", "trade_union")
CONSULTED = ("agreed", "not_agreed")
FORMS = ("forms_issued", "forms_returned", "forms_valid", "forms_for", "forms_against")
RELIEF = Field("relief", "allotment", rows="areas", columns=("listed_households",))


def _counts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "count") for name in names)


FRONT = System(
    name="front",
    lists="front_matter",
    states=STATE,
    shows=(
        Shown("front_code", field="code"), Shown("front_from", field="who"), Shown("forms_valid"), Shown("forms_for"),
        Shown("forms_against"), Shown("consulted_outcome", "choice.consulted_outcome"),
        Shown("fund_finding", "choice.fund_finding"), Shown("fund_balance", "money"), Shown("relief_sum"),
        Shown("lead_member", "choice.lead_member"),
    ),
    routine=(
        "count_forms", "report_consultation", "check_fund", "take_over_fund", "share_relief", "arrange_help",
    ),
    actions=(
        Action("count_forms", "front_officer", 4, frozenset({"forms_in", "forms_counted"}), _counts(*FORMS),
               rules.count_forms),
        Action(
            "report_consultation", "front_chair", 6, frozenset({"consultation_open", "consultation_reported"}),
            (*_counts("households_asked", "agreed_total", "opposed_total"),
             Field("consulted_outcome", "choice", CONSULTED), Field("report_text", "long_text")), rules.report,
            rules.report_preview,
        ),
        Action("check_fund", "front_accountant", 4, FUND,
               (Field("fund_balance", "number"), Field("fund_finding", "choice", FINDINGS)), rules.check_fund),
        Action("take_over_fund", "front_chair", 2, frozenset({"fund_checked"}), (), rules.take_fund),
        Action("hold_fund", "front_chair", 3, frozenset({"fund_checked"}),
               (Field("deadline", "date"), Field("reason", "long_text")), rules.hold_fund),
        Action("share_relief", "front_officer", 6, frozenset({"relief_open", "relief_shared"}),
               (RELIEF, Field("reason", "long_text")), rules.share_relief),
        Action(
            "arrange_help", "front_chair", 3, frozenset({"help_asked"}),
            (Field("lead_member", "choice", MEMBERS),
             Field("supporting_members", "choices", MEMBERS, required=False, words="lead_member"),
             Field("deadline", "date"), Field("task_text", "long_text")), rules.arrange_help,
        ),
    ),
)  # fmt: skip
