"""The one-stop counter: the whole life of a dossier, from the citizen at the counter to the result handed over.

Steps map to the ten states that provincial systems report to the National Public Service Portal (0 stands for a
citizen at the counter whose dossier is not in the system yet). States and forms: `datasets/onestop.yaml`.
The rules refuse only what such software refuses; a wrong decision goes through and is found by the evaluation.
"""

from kit.systems.form import Action, Changes, Field, Json, Refused, Shown, Signs, Situation, System
from kit.systems.slips import issue, issue_result

STATE = {
    "waiting": 0, "filed": 1, "received": 2, "refused": 3, "specialist": 4, "examined": 4, "drafted": 4,
    "initialled": 4, "signed": 4, "elsewhere": 4, "supplement": 5, "payment": 6, "withdrawn": 7, "stopped": 8,
    "ready": 9, "returned": 10,
}  # fmt: skip
FINAL = frozenset({"refused", "withdrawn", "stopped", "returned", "elsewhere"})
BEFORE_RESULT = frozenset(STATE) - FINAL - {"ready"}
INTAKE = frozenset({"waiting", "filed", "supplement"})
IN_OFFICE = frozenset({"received", "specialist", "examined", "drafted", "initialled", "signed"})

EXEMPTIONS = ("none", "civil_status_on_time", "poor_household", "merit", "disabled")
CHANNELS = ("counter", "post", "online")
GROUNDS = ("not_competent", "altered_original", "not_original", "duplicate", "not_eligible", "unlawful_content")
RESULTS = (
    "birth_certificate", "death_extract", "marriage_certificate", "marital_certificate", "civil_extract_copy",
    "copy_attestation", "signature_attestation", "guardianship_extract", "recognition_extract", "correction_extract",
)  # fmt: skip
CAPACITIES = ("chairman", "for_chairman", "on_behalf")
SOFTWARE = ("civil_status", "onestop", "documents")


def move(situation: Situation, step: str, **fields: object) -> Changes:
    """The record at a new step, with its portal state and whatever else changed."""
    return {situation.id: {"step": step, "state": STATE[step], **fields}}


def look_up(situation: Situation, given: Json) -> Changes:
    """Ask the population database; the answer stays with the dossier."""
    number = given["personal_id"]
    if number not in situation.office["population"]:
        raise Refused("person_not_found", "personal_id")
    looked_up = sorted({*situation.record.get("looked_up", []), number})
    return {situation.id: {"looked_up": looked_up}}


def receive(situation: Situation, given: Json) -> Changes:
    """Take the dossier in and print the receipt with the appointment."""
    if given["due_date"] < situation.today():
        raise Refused("date_in_the_past", "due_date")
    fields = {**given, "received_at": situation.moment.isoformat(timespec="minutes")}
    return move(situation, "received", **fields) | issue(situation, "receipt", given)


def supplement(situation: Situation, given: Json) -> Changes:
    """Hand out the slip that names the papers to add or correct; the dossier waits for the citizen."""
    asked = situation.record.get("supplements", 0) + 1
    fields = {"supplements": asked, "asked": given["papers"]}
    return move(situation, "supplement", **fields) | issue(situation, "supplement_slip", given)


def refuse(situation: Situation, given: Json) -> Changes:
    """Refuse the dossier with the slip that states the ground."""
    return move(situation, "refused", ground=given["ground"]) | issue(situation, "refusal_slip", given)


def forward(situation: Situation, given: Json) -> Changes:
    """Pass the dossier on: to our own specialist, or to the competent unit with the paper file's date."""
    ours = given["destination"] == situation.office["code"]
    step = "specialist" if ours else "elsewhere"
    return move(situation, step, **given) | ({} if ours else issue(situation, "transfer_slip", given))


def examine(situation: Situation, given: Json) -> Changes:
    """The specialist's opinion on the dossier."""
    return move(situation, "examined", outcome=given["outcome"])


def draft(situation: Situation, given: Json) -> Changes:
    """The result prepared for signature."""
    if situation.record.get("outcome") != "eligible":
        raise Refused("not_examined_eligible")
    return move(situation, "drafted", result_kind=given["result_kind"])


def initial(situation: Situation, given: Json) -> Changes:
    """The head of division's initials."""
    return move(situation, "initialled")


def sign(situation: Situation, given: Json) -> Changes:
    """The digital signature: the signer needs an account in the software; the certificate is verified by `signs`."""
    officials = situation.office["officials"]
    if situation.record["software"] not in officials[given["signer"]]["accounts"]:
        raise Refused("no_account", "signer")
    return move(situation, "signed", **given)


def number(situation: Situation, given: Json) -> Changes:
    """Number in the book, seal, issue: the result is ready to be handed over."""
    book = given["book"]
    taken = sum(1 for record in situation.records.values() if record.get("book") == book)
    fields = {"book": book, "result_number": taken + 1}
    return move(situation, "ready", **fields) | issue_result(situation, taken + 1)


def give_back(situation: Situation, given: Json) -> Changes:
    """Hand the result over and close the dossier."""
    return move(situation, "returned", **given)


def decline(situation: Situation, given: Json) -> Changes:
    """Keep the result: the person at the counter may not receive it."""
    return {situation.id: {"declined": situation.record.get("declined", 0) + 1}}


def ask_payment(situation: Situation, given: Json) -> Changes:
    """Ask for a financial duty; the dossier waits until it is paid."""
    return move(situation, "payment", duty=given["amount"])


def collect_fee(situation: Situation, given: Json) -> Changes:
    """The cashier's receipt; a dossier that waited for it goes on."""
    paid = {"fee_paid": given["amount"]}
    return move(situation, "specialist", **paid) if situation.record["step"] == "payment" else {situation.id: paid}


def apologise(situation: Situation, given: Json) -> Changes:
    """The apology with the reason and a later date."""
    if given["new_due_date"] <= situation.record.get("due_date", ""):
        raise Refused("date_not_later", "new_due_date")
    count = situation.record.get("apologies", 0) + 1
    fields = {"due_date": given["new_due_date"], "apologies": count}
    return {situation.id: fields} | issue(situation, "apology_slip", given)


def withdraw(situation: Situation, given: Json) -> Changes:
    """Stop at the applicant's wish."""
    return move(situation, "withdrawn")


def close(situation: Situation, given: Json) -> Changes:
    """Close a dossier that was not completed in time, with the notice."""
    return move(situation, "stopped") | issue(situation, "stop_notice", given)


def request_account(situation: Situation, given: Json) -> Changes:
    """The written request for an official's account, sent to whoever grants it."""
    requested = sorted({*situation.record.get("accounts_requested", []), given["official"]})
    return {situation.id: {"accounts_requested": requested}} | issue(situation, "account_request", given)


UNIT, DAY, WHY = Field("competent_unit", "unit"), Field("due_date", "date"), Field("reason", "long_text")

SHOWS = (
    Shown("code"), Shown("applicant", field="applicant_name"), Shown("address", field="applicant_address"),
    Shown("phone", field="applicant_phone"), Shown("channel", "channel"), Shown("filed", "moment", "filed_at"),
    Shown("received", "moment", "received_at"), Shown("due", "day", "due_date"), Shown("copies"),
    Shown("competent", "unit", "competent_unit"), Shown("destination", "unit"), Shown("fee", "money"),
    Shown("duty", "money"), Shown("paid", "money", "fee_paid"), Shown("brought_back", "yes"),
)  # fmt: skip

ONE_STOP = System(
    name="onestop",
    lists="dossier",
    states=STATE,
    shows=SHOWS,
    routine=("receive", "forward", "examine", "draft", "initial", "sign", "number", "give_back"),
    actions=(
        Action("look_up", "reception", 2, BEFORE_RESULT | {"ready"}, (Field("personal_id", "personal_id"),), look_up),
        Action(
            "receive", "reception", 5, INTAKE,
            (UNIT, DAY, Field("fee", "number"), Field("exemption", "choice", EXEMPTIONS),
             Field("result_channel", "choice", CHANNELS)), receive,
        ),
        Action("supplement", "reception", 4, INTAKE | IN_OFFICE, (Field("papers", "components"), WHY), supplement),
        Action("refuse", "reception", 4, INTAKE | IN_OFFICE, (Field("ground", "choice", GROUNDS), WHY), refuse),
        Action(
            "forward", "reception", 2, frozenset({"received"}),
            (Field("destination", "unit"), Field("paper_file_by", "date", required=False)), forward,
        ),
        Action(
            "ask_payment", "specialist", 3, frozenset({"specialist", "examined"}),
            (Field("amount", "number"), WHY), ask_payment,
        ),
        Action(
            "collect_fee", "cashier", 2, IN_OFFICE | {"payment", "ready"}, (Field("amount", "number"),), collect_fee,
        ),
        Action(
            "examine", "specialist", 5, frozenset({"specialist"}),
            (Field("outcome", "choice", ("eligible", "needs_verification", "not_eligible")),), examine,
        ),
        Action("draft", "specialist", 4, frozenset({"examined"}), (Field("result_kind", "choice", RESULTS),), draft),
        Action("initial", "division_head", 1, frozenset({"drafted"}), (), initial),
        Action(
            "sign", "signer", 2, frozenset({"initialled"}),
            (Field("signer", "official"), Field("token", "official"), Field("capacity", "choice", CAPACITIES)), sign,
            signs=Signs("result", token="token"),
        ),
        Action(
            "request_account", "clerk", 4, IN_OFFICE | {"ready"},
            (Field("official", "official"), Field("software", "choice", SOFTWARE), WHY), request_account,
        ),
        Action("number", "clerk", 2, frozenset({"signed"}), (Field("book", "choice", RESULTS),), number),
        Action("give_back", "returner", 3, frozenset({"ready"}), (Field("receiver_id", "personal_id"),), give_back),
        Action("decline", "returner", 2, frozenset({"ready"}), (WHY,), decline),
        Action(
            "apologise", "specialist", 4, IN_OFFICE, (Field("new_due_date", "date"), WHY), apologise,
        ),
        Action("withdraw", "reception", 3, BEFORE_RESULT - {"waiting"}, (WHY,), withdraw),
        Action("close", "reception", 3, frozenset({"supplement"}), (WHY,), close),
    ),
)  # fmt: skip
