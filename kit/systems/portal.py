"""The National Public Service Portal beside the one-stop system: filings received for any unit of the province.

Reception regardless of boundary, forwarding and returning: Decree 118/2025, Articles 17, 18 and 20 (primary); the ten
states: page; the arrows between them, what a level of identity allows and the form of synchronisation are training
values. The rules refuse only what such software refuses; a wrong unit or a needless return goes through.
"""

from kit.systems import portal_rules as rules
from kit.systems.form import Action, Field, Shown, System
from kit.systems.portal_papers import message_preview, receipt_preview, return_preview

STATE = {
    "filing_new": 0, "filing_accepted": 8, "filing_in_process": 4, "filing_held": 5, "filing_forwarded": 10,
    "filing_returned": 3, "filing_advised": 3, "filing_guided": 10, "filing_linked": 10, "result_out": 5,
    "result_sent": 10,
}  # fmt: skip
NEW, RUNNING = frozenset({"filing_new"}), frozenset({"filing_in_process", "filing_held"})
OPEN = frozenset(STATE) - {"filing_guided", "filing_linked"}
CHANNELS = ("counter", "post", "online")
GUIDANCE = ("install_app", "sign_for_citizen", "raise_or_counter", "use_kiosk")
SIDES = ("local", "portal")
STATES = tuple(rules.STATE_NAMES)

WHY, DESTINATION = Field("reason", "long_text"), Field("destination", "unit")
RESULT_CHANNEL = Field("result_channel", "choice", CHANNELS)
SHOWS = (
    Shown("code"), Shown("channel", "channel"), Shown("filed", "moment", "filed_at"),
    Shown("competent", "unit", "competent_unit"), Shown("due", "day", "due_date"),
    Shown("result_channel", "choice.result_channel"), Shown("destination", "unit"),
    Shown("paper_file_by", "day"), Shown("kept_dossier"), Shown("guidance", "choice.guidance"),
    Shown("portal_state", "choice.true_state"), Shown("local_state", "choice.true_state"),
    Shown("resent_at", "moment"), Shown("held_by", "unit"), Shown("result_place", "unit"),
)  # fmt: skip

PORTAL = System(
    name="portal",
    lists="filing",
    states=STATE,
    shows=SHOWS,
    routine=("accept_filing", "forward_filing", "send_result"),
    actions=(
        Action("accept_filing", "reception", 3, NEW,
               (Field("competent_unit", "unit"), Field("due_date", "date"), RESULT_CHANNEL),
               rules.accept_filing, receipt_preview),
        Action("forward_filing", "reception", 2, frozenset({"filing_accepted"}),
               (DESTINATION, Field("paper_file_by", "date", required=False)), rules.forward_filing),
        Action("return_filing", "reception", 3, NEW,
               (Field("papers", "components"), WHY), rules.return_filing, return_preview),
        Action("guide_elsewhere", "reception", 2, NEW, (Field("competent_unit", "unit"), WHY), rules.guide_elsewhere),
        Action("link_filing", "reception", 2, NEW, (Field("kept_dossier", "record"), WHY), rules.link_filing),
        Action("guide_citizen", "reception", 3, NEW | {"filing_advised"},
               (Field("guidance", "choice", GUIDANCE), Field("message", "long_text")), rules.guide_citizen),
        Action("hold_for_payment", "specialist", 1, frozenset({"filing_in_process"}), (WHY,), rules.hold_for_payment),
        Action("resume_filing", "specialist", 1, frozenset({"filing_held"}), (WHY,), rules.resume_filing),
        Action("compare_states", "reception", 2, RUNNING | {"result_out"}, (), rules.compare_states),
        Action("correct_state", "reception", 2, RUNNING | {"result_out"},
               (Field("corrected_side", "choice", SIDES), Field("true_state", "choice", STATES), WHY),
               rules.correct_state),
        Action("resend_state", "reception", 1, RUNNING | {"result_out"},
               (Field("message_number", "text"),), rules.resend_state),
        Action("recall_result", "returner", 2, frozenset({"result_out", "result_sent"}),
               (Field("held_by", "unit"), WHY), rules.recall_result),
        Action("send_result", "returner", 2, frozenset({"result_out"}),
               (RESULT_CHANNEL, Field("destination", "unit", required=False)), rules.send_result),
        Action("notify_applicant", "reception", 2, OPEN, (Field("message", "long_text"),),
               rules.notify_applicant, message_preview),
    ),
)  # fmt: skip
