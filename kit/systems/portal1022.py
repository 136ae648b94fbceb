"""Portal 1022 in the ward: the life of a petition, from the caller's words to the answer and the citizen's rating.

Channels, fields and states: `datasets/portal1022.yaml` (channels page, states and deadlines training values).
The rules refuse only what such software refuses; a petition sent to the wrong body, an empty answer or a name that is
published goes through and is found by the evaluation.
"""

from kit.systems import portal1022_rules as rules
from kit.systems.form import Action, Field, Shown, Signs, System
from kit.systems.portal1022_papers import reply_preview

STATE = {
    "fresh": 0, "stranded": 0, "taken_up": 2, "with_division": 4, "reply_drafted": 4, "reply_approved": 4,
    "answered": 9, "rated": 5, "petition_closed": 10, "joined": 10, "with_body": 10, "to_other_ward": 10,
    "to_reception": 10, "refused": 3,
}  # fmt: skip
UNDECIDED = frozenset({"fresh", "taken_up"})
IN_HAND = frozenset({"taken_up", "with_division"})
FIELDS = (
    "leaders", "procedures", "tourism", "education", "food_safety", "social", "security", "noise", "sanitation",
    "building_order", "urban_order", "trees", "traffic", "infrastructure", "praise",
)  # fmt: skip
URGENCIES = ("emergency", "happening_now", "routine")
DIVISIONS = ("centre", "office", "culture", "economy")
PUBLICATIONS = ("full", "masked", "none")
NATURES = ("feedback", "complaint", "denunciation")
SECRECIES = ("ordinary", "sealed")
GROUNDS = ("not_competent", "no_contact", "insult")

WHY, TEXT = Field("reason", "long_text"), Field("reply", "long_text")
SHOWS = (
    Shown("code"), Shown("neighbourhood"), Shown("channel", "channel"), Shown("stated_place"), Shown("account"),
    Shown("petition_field", "choice.petition_field"), Shown("petition_urgency", "choice.petition_urgency"),
    Shown("accepted_at", "moment"), Shown("told_body", "body"), Shown("told_at", "moment"),
    Shown("receiver_body", "body"), Shown("receiver_unit", "unit"),
    Shown("handling_division", "choice.handling_division"), Shown("answer_by", "day", "due_date"),
    Shown("joined_codes"), Shown("publication", "choice.publication"), Shown("rating"),
)  # fmt: skip

PORTAL_1022 = System(
    name="portal1022",
    lists="petition",
    states=STATE,
    shows=SHOWS,
    routine=("accept_petition", "assign_petition", "draft_reply", "approve_reply", "send_reply", "close_petition"),
    actions=(
        Action("tell_by_phone", "focal_officer", 1, UNDECIDED,
               (Field("told_body", "body"), Field("message", "long_text")), rules.tell_by_phone),
        Action("locate_address", "focal_officer", 2, UNDECIDED, (), rules.locate_address),
        Action("accept_petition", "focal_officer", 2, frozenset({"fresh"}),
               (Field("petition_field", "choice", FIELDS), Field("petition_urgency", "choice", URGENCIES),
                Field("neighbourhood", "text", required=False)), rules.accept_petition),
        Action("merge_petition", "focal_officer", 2, UNDECIDED, (Field("into", "record"),), rules.merge_petition),
        Action("forward_petition", "focal_officer", 2, UNDECIDED,
               (Field("receiver_body", "body"), WHY), rules.forward_petition),
        Action("take_back", "focal_officer", 1, frozenset({"with_body"}), (WHY,), rules.take_back),
        Action("return_petition", "focal_officer", 2, UNDECIDED,
               (Field("receiver_unit", "unit"), WHY), rules.return_petition),
        Action("pass_to_reception", "focal_officer", 3, UNDECIDED,
               (Field("nature", "choice", NATURES), Field("confidentiality", "choice", SECRECIES), WHY),
               rules.pass_to_reception),
        Action("refuse_petition", "focal_officer", 2, UNDECIDED,
               (Field("refusal_ground", "choice", GROUNDS), WHY), rules.refuse_petition),
        Action("claim_petition", "focal_officer", 3, frozenset({"stranded"}), (WHY,), rules.claim_petition),
        Action("assign_petition", "focal_officer", 2, frozenset({"taken_up"}),
               (Field("handling_division", "choice", DIVISIONS), Field("answer_by", "date")), rules.assign_petition),
        Action("extend_petition", "specialist", 2, IN_HAND,
               (Field("new_due_date", "date"), WHY), rules.extend_petition),
        Action("recheck", "specialist", 2, IN_HAND, (WHY,), rules.recheck),
        Action("interim_reply", "specialist", 3, IN_HAND | {"with_body"},
               (Field("interim_text", "long_text"),), rules.interim_reply,
               reply_preview("interim_reply", "interim_text")),
        Action("draft_reply", "specialist", 4, IN_HAND, (TEXT,), rules.draft_reply,
               reply_preview("final_reply", "reply")),
        Action("send_back_draft", "signer", 1, frozenset({"reply_drafted"}), (WHY,), rules.send_back_draft),
        Action("approve_reply", "signer", 1, frozenset({"reply_drafted"}),
               (Field("approver", "official"),), rules.approve_reply,
               signs=Signs("final_reply", "approver")),
        Action("send_reply", "focal_officer", 1, frozenset({"reply_approved"}),
               (Field("publication", "choice", PUBLICATIONS),), rules.send_reply),
        Action("reopen_petition", "focal_officer", 1, frozenset({"rated"}), (WHY,), rules.reopen_petition),
        Action("close_petition", "focal_officer", 1, frozenset({"rated"}), (), rules.close_petition),
    ),
)  # fmt: skip
