"""Delegates of a congress: members confirmed organisation by organisation, seats allotted, requests answered.

One record an organisation's report, one each for the list of the committee, a list of nominees, a request in writing
and the table of seats. What each action does stands in `delegates_rules`, what it prints in `delegates_papers`. Steps,
grounds and the arithmetic are training values beside `datasets/party.yaml`; the cap is that of Directive 45-CT/TW
(page). The rules let a wrong number, a lost seat or a table above the cap go through: the evaluation finds it.
"""

from kit.systems import delegates_papers as papers
from kit.systems import delegates_rules as rules
from kit.systems.form import Action, Field, Shown, System

STATE = {
    "report_in": 0, "report_asked_again": 3, "report_confirmed": 10, "organisation_struck": 10,
    "committee_in": 0, "committee_counted": 10, "nominees_in": 0, "nominees_checked": 10,
    "request_in": 0, "request_answered": 10,
    "table_open": 0, "table_framed": 3, "table_allotted": 6, "table_questioned": 4, "notice_open": 0,
    "table_notified": 10,
}  # fmt: skip
REPORT = frozenset({"report_in", "report_asked_again", "report_confirmed"})
TABLE = frozenset({"table_open", "table_framed", "table_allotted", "table_questioned"})
FORMS = ("all_members", "delegates_only")
RETURNS = ("figures_disagree", "not_signed", "other_day")
OUTCOMES = ("granted", "refused_request", "for_the_committee")
GROUNDS = (
    "as_last_term", "number_of_meetings", "above_the_total", "special_post", "figures_proved", "after_the_day",
    "takes_from_another",
)  # fmt: skip
FRAME = ("delegates_total", "ex_officio_seats", "elected_seats", "base_seats", "special_seats", "rest_seats")

SEATS = Field("seats", "allotment", rows="organisations", columns=("members", "probationary"))
SHOWS = (
    Shown("delegation_code", field="code"), Shown("delegation_from", field="who"), Shown("listed_members"),
    Shown("confirmed_members", field="official_members"), Shown("confirmed_probationary", field="probationary_members"),
    Shown("counted_ex_officio", field="ex_officio_seats"), Shown("counted_total", field="delegates_total"),
    Shown("counted_rest", field="rest_seats"), Shown("allotted_sum"),
    Shown("request_outcome", "choice.request_outcome"), Shown("report_again_by", "day", "answer_by"),
)  # fmt: skip

DELEGATES = System(
    name="delegates",
    lists="delegation",
    states=STATE,
    shows=SHOWS,
    routine=(
        "confirm_members", "count_ex_officio", "set_frame", "allot_seats", "answer_request", "check_nominees",
        "notify_organisations",
    ),
    actions=(
        Action(
            "confirm_members", "party_organiser", 3, REPORT,
            (Field("official_members", "count"), Field("probationary_members", "count")), rules.confirm,
        ),
        Action(
            "ask_report_again", "party_organiser", 2, frozenset({"report_in"}),
            (Field("report_ground", "choice", RETURNS), Field("answer_by", "date"), Field("reason", "long_text")),
            rules.ask_again, papers.return_preview,
        ),
        Action(
            "strike_organisation", "party_organiser", 3, REPORT,
            (Field("heir_organisation", "components"), Field("decision_number", "text")), rules.strike,
        ),
        Action(
            "count_ex_officio", "party_organiser", 4, frozenset({"committee_in", "committee_counted"}),
            (Field("ex_officio_seats", "count"), Field("not_ex_officio", "components", required=False)), rules.count,
        ),
        Action(
            "set_frame", "party_organiser", 5, TABLE,
            (Field("congress_form", "choice", FORMS), *(Field(name, "count") for name in FRAME)), rules.keep_frame,
        ),
        Action(
            "allot_seats", "party_organiser", 12, TABLE, (SEATS, Field("tie_rule", "long_text")), rules.allot,
            papers.table_preview,
        ),
        Action(
            "answer_request", "party_office_head", 3, frozenset({"request_in"}),
            (Field("request_outcome", "choice", OUTCOMES), Field("request_ground", "choice", GROUNDS),
             Field("answer_text", "long_text")), rules.answer, papers.answer_preview,
        ),
        Action(
            "check_nominees", "party_organiser", 3, frozenset({"nominees_in", "nominees_checked"}),
            (Field("not_electable", "components", required=False), Field("reason", "long_text")), rules.check,
        ),
        Action(
            "notify_organisations", "party_office_head", 4, frozenset({"notice_open"}),
            (Field("notified", "components"), Field("resolution_number", "text"), Field("elect_by", "date")),
            rules.notify, papers.notice_preview,
        ),
    ),
)  # fmt: skip
