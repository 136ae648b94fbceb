"""Document management: one matter, one work file, from the paper that arrives to the answer dispatched and filed.

The tables of the system: steps, entries, actions. What each action does stands in `document_rules`, what it prints in
`document_papers`; types of documents: Decree 30/2020/NĐ-CP, Article 7 and Annex III (`datasets/documents.yaml`).
"""

from kit.systems import document_rules as rules
from kit.systems.document_papers import KINDS, preview
from kit.systems.form import Action, Field, Shown, Signs, System

STATE = {
    "arrived": 0, "task_given": 1, "registered": 2, "with_leader": 3, "instructed": 3, "assigned": 4, "draft_ready": 5,
    "draft_checked": 6, "signed": 7, "numbered": 8, "recalled": 4, "scheduled": 9, "dispatched": 9, "file_closed": 10,
    "sent_back": 10, "linked": 10, "secret_book": 10, "phishing_reported": 10,
}  # fmt: skip
URGENCIES = ("normal", "urgent", "very_urgent", "express")
TYPES = tuple(KINDS)
SECRECIES = ("none", "secret", "top_secret", "utmost_secret")
DIVISIONS = ("centre", "office", "economy", "culture", "military", "police")
SIGNATURES = ("intact", "absent", "changed", "expired", "dissolved_body", "on_paper")
ATTACHMENTS = ("complete", "missing", "unreadable", "none_announced")
ADDRESSEES = ("ours", "another_body", "dissolved_body")
DEFECTS = ("wrong_addressee", "missing_attachment", "no_signature", "changed_after_signing", "certificate_expired",
           "signed_by_dissolved_body")  # fmt: skip
MESSAGES = ("receipt_confirmed", "correct_addressee", "more_time")
AUTHORITIES = ("collective", "collective_for_chairman", "chairman", "chairman_for", "by_order", "by_delegation")
VERDICTS = ("redraft", "ready")
ROUTES = ("official_email", "axis", "post", "by_hand")
FILES = ("office_general", "office_meetings", "economy_business", "economy_urban", "culture_welfare", "culture_schools",
         "centre_procedures")  # fmt: skip
IN_HAND = frozenset({"registered", "with_leader", "instructed", "assigned"})
DRAFTABLE = frozenset({"task_given", "assigned", "draft_ready", "draft_checked", "recalled"})

WHY, DEADLINE = Field("reason", "long_text"), Field("deadline", "date")
LEAD = Field("lead_division", "choice", DIVISIONS)
SHOWS = (
    Shown("doc_code", field="code"), Shown("doc_from", field="who"), Shown("came_by", "channel", "channel"),
    Shown("doc_registered", "moment", "registered_at"), Shown("arrival_number"), Shown("doc_symbol"),
    Shown("doc_issuer"), Shown("issued_on", "day"), Shown("doc_kind", "choice.doc_kind"), Shown("doc_excerpt"),
    Shown("urgency", "choice.urgency"), Shown("doc_leader", "official", "leader"),
    Shown("lead_division", "choice.lead_division"), Shown("supporting", "choice.lead_division"),
    Shown("deadline", "day", "due_date"), Shown("handler", "official"), Shown("attendee", "official"),
    Shown("out_kind", "choice.doc_kind"), Shown("out_number"), Shown("out_symbol"),
    Shown("signatory", "official"), Shown("recipients", "body"), Shown("sent_through", "choice.sent_through"),
    Shown("file_code", "choice.file_code"),
)  # fmt: skip

INCOMING = (
    Action(
        "check_arrival", "clerk", 2, frozenset({"arrived"}),
        (Field("signature_state", "choice", SIGNATURES), Field("attachments_state", "choice", ATTACHMENTS),
         Field("addressee_state", "choice", ADDRESSEES)), rules.check_arrival,
    ),
    Action(
        "register_arrival", "clerk", 2, frozenset({"arrived"}),
        (Field("doc_symbol", "text"), Field("doc_issuer", "text"), Field("issued_on", "date"),
         Field("doc_kind", "choice", TYPES), Field("doc_excerpt", "text"),
         Field("urgency", "choice", URGENCIES), Field("secrecy", "choice", SECRECIES), Field("pages", "count")),
        rules.register,
    ),
    Action("send_back", "clerk", 3, frozenset({"arrived"}), (Field("defect", "choice", DEFECTS), WHY), rules.send_back),
    Action("link_duplicate", "clerk", 1, frozenset({"arrived"}), (Field("same_as", "record"),), rules.link),
    Action("report_phishing", "clerk", 2, frozenset({"arrived"}), (WHY,), rules.report_phishing),
    Action(
        "hand_on_secret", "clerk", 4, frozenset({"arrived"}),
        (Field("secret_level", "choice", SECRECIES[1:], words="secrecy"), Field("handed_to", "official")),
        rules.hand_on_secret,
    ),
    Action(
        "tell_sender", "clerk", 2, IN_HAND | {"arrived", "scheduled"},
        (Field("message_kind", "choice", MESSAGES), WHY), rules.tell_sender,
    ),
    Action("submit_arrival", "clerk", 1, frozenset({"registered"}), (Field("leader", "official"),), rules.submit),
    Action(
        "instruct", "signer", 2, frozenset({"with_leader"}),
        (LEAD, Field("supporting", "choices", DIVISIONS, required=False, words="lead_division"), DEADLINE,
         Field("opinion", "long_text")), rules.instruct,
    ),
    Action(
        "arrange_attendance", "signer", 2, IN_HAND - {"assigned"} | {"scheduled"},
        (Field("attendee", "official"), Field("clash_with", "record", required=False)), rules.arrange,
    ),
    Action("hand_over_document", "clerk", 1, frozenset({"instructed"}), (Field("handler", "official"),),
           rules.hand_over),
    Action("remind_division", "division_head", 2, frozenset({"assigned"}), (LEAD, DEADLINE, WHY), rules.remind),
)  # fmt: skip
OUTGOING = (
    Action(
        "draft_document", "specialist", 10, DRAFTABLE,
        (Field("out_kind", "choice", TYPES, words="doc_kind"), Field("out_symbol", "text"),
         Field("authority", "choice", AUTHORITIES), Field("signatory", "official"), Field("recipients", "bodies"),
         Field("out_excerpt", "text"), Field("draft_body", "long_text"),
         Field("reply_to", "text", required=False)), rules.draft, preview,
    ),
    Action("check_draft", "division_head", 2, frozenset({"draft_ready"}), (Field("verdict", "choice", VERDICTS),),
           rules.check_draft),
    Action("sign_document", "signer", 1, frozenset({"draft_checked"}),
           (Field("signer", "official"), Field("token", "official")), rules.sign,
           signs=Signs("outgoing", token="token")),
    Action("number_document", "clerk", 1, frozenset({"signed"}), (), rules.number),
    Action("dispatch_document", "clerk", 2, frozenset({"numbered"}), (Field("sent_through", "choices", ROUTES),),
           rules.dispatch),
    Action("recall_document", "clerk", 3, frozenset({"dispatched"}), (WHY,), rules.recall),
    Action(
        "close_file", "specialist", 3, frozenset({"assigned", "scheduled", "dispatched"}),
        (Field("file_code", "choice", FILES), Field("items", "count")), rules.close_file,
    ),
)  # fmt: skip

DOCUMENTS = System(
    name="documents",
    lists="document",
    states=STATE,
    shows=SHOWS,
    routine=(
        "register_arrival", "submit_arrival", "instruct", "hand_over_document", "draft_document", "check_draft",
        "sign_document", "number_document", "dispatch_document",
    ),
    actions=(*INCOMING, *OUTGOING),
)  # fmt: skip
