"""What each action on a document does: registering, instructing, drafting, signing, numbering, sending, recalling.

Steps of incoming and outgoing documents: Decree 30/2020/NĐ-CP, Articles 14-24 and 28-30 (`datasets/documents.yaml`).
The rules refuse only what such software refuses; a wrong decision goes through and is found by the evaluation.
"""

from kit.systems.document_papers import issue, lay_draft
from kit.systems.form import Changes, Json, Refused, Situation


def move(situation: Situation, step: str, **fields: object) -> Changes:
    """The record at a new step with whatever else changed."""
    return {situation.id: {"step": step, **fields}}


def check_arrival(situation: Situation, given: Json) -> Changes:
    """What the clerk found on signature, attachments and addressee; the record stays where it is."""
    return {situation.id: {**given, "checked_at": situation.moment.isoformat(timespec="minutes")}}


def register(situation: Situation, given: Json) -> Changes:
    """Enter in the register; the software gives the arrival number, one series for paper and electronic."""
    if given["issued_on"] > situation.today():
        raise Refused("date_to_come", "issued_on")
    number = _next(situation, "arrival_number", {})
    fields = {**given, "arrival_number": number, "registered_at": situation.moment.isoformat(timespec="minutes")}
    return move(situation, "registered", **fields)


def send_back(situation: Situation, given: Json) -> Changes:
    """Return to the sender in the system with the ground, and the slip that says so."""
    return move(situation, "sent_back", **given) | issue(situation, "return_slip", given)


def link(situation: Situation, given: Json) -> Changes:
    """Tie a second copy to the record that was registered; it gets no number of its own."""
    return move(situation, "linked", **given)


def report_phishing(situation: Situation, given: Json) -> Changes:
    """Quarantine the message and tell who looks after information security."""
    return move(situation, "phishing_reported", **given)


def hand_on_secret(situation: Situation, given: Json) -> Changes:
    """Enter in the separate book of secret papers and hand the closed envelope over against a signature."""
    return move(situation, "secret_book", **given)


def tell_sender(situation: Situation, given: Json) -> Changes:
    """A message to the sender through the system."""
    told = [*situation.record.get("told_sender", []), given["message_kind"]]
    return {situation.id: {"told_sender": told}}


def submit(situation: Situation, given: Json) -> Changes:
    """Lay the document before the leader who directs."""
    return move(situation, "with_leader", **given)


def instruct(situation: Situation, given: Json) -> Changes:
    """The leader's instruction: lead division, co-ordinating divisions, deadline; printed as the handling slip."""
    if given["deadline"] < situation.today():
        raise Refused("date_in_the_past", "deadline")
    fields = {**given, "due_date": given["deadline"]}
    return move(situation, "instructed", **fields) | issue(situation, "handling_slip", given)


def hand_over(situation: Situation, given: Json) -> Changes:
    """Transfer to whoever answers for it in the lead division, who acknowledges."""
    return move(situation, "assigned", **given)


def arrange(situation: Situation, given: Json) -> Changes:
    """Who goes to the meeting that an invitation announces."""
    return move(situation, "scheduled", **given)


def remind(situation: Situation, given: Json) -> Changes:
    """Press for an overdue task, with a new deadline."""
    if given["deadline"] < situation.today():
        raise Refused("date_in_the_past", "deadline")
    reminded = situation.record.get("reminded", 0) + 1
    return {situation.id: {"reminded": reminded, "due_date": given["deadline"]}} | issue(
        situation, "reminder_slip", given
    )


def draft(situation: Situation, given: Json) -> Changes:
    """An outgoing document as drafted; a new draft takes the place of the one before."""
    step = situation.record["step"]
    begun_at = situation.record.get("begun_at", step) if step in ("draft_ready", "draft_checked") else step
    return move(situation, "draft_ready", begun_at=begun_at, **given) | lay_draft(situation, given)


def check_draft(situation: Situation, given: Json) -> Changes:
    """The head of division's look at layout and authority: back to the drafter, or initialled."""
    step = "draft_checked" if given["verdict"] == "ready" else situation.record["begun_at"]
    return move(situation, step, verdict=given["verdict"])


def sign(situation: Situation, given: Json) -> Changes:
    """Approval by digital signature: the signer needs an account here; the certificate is verified by `signs`."""
    officials = situation.office["officials"]
    if "documents" not in officials[given["signer"]]["accounts"]:
        raise Refused("no_account", "signer")
    return move(situation, "signed", signed_at=situation.moment.isoformat(timespec="minutes"), **given)


def number(situation: Situation, given: Json) -> Changes:
    """The next number of the type's own series and today's date (Decree 30/2020, Article 15), on the sheet."""
    kind = situation.record["out_kind"]
    found = _next(situation, "out_number", {"out_kind": kind})
    fields = {"out_number": found, "numbered_on": situation.today()}
    return move(situation, "numbered", **fields) | issue(situation, "outgoing", {**situation.record, **fields})


def dispatch(situation: Situation, given: Json) -> Changes:
    """Send out and follow the delivery; papers with a secrecy mark are not taken by the network."""
    network = {"official_email", "axis"} & set(given["sent_through"])
    if network and situation.record.get("secrecy", "none") != "none":
        raise Refused("secret_by_network", "sent_through")
    return move(situation, "dispatched", dispatched_on=situation.today(), **given)


def recall(situation: Situation, given: Json) -> Changes:
    """Take a dispatched document back: the recipients are told to delete or return it."""
    recalled = [*situation.record.get("recalled_numbers", []), situation.record.get("out_number", 0)]
    return move(situation, "recalled", recalled_numbers=recalled) | issue(situation, "recall_slip", given)


def close_file(situation: Situation, given: Json) -> Changes:
    """End the work file with the list of what lies in it."""
    return move(situation, "file_closed", **given) | issue(situation, "file_list", given)


def _next(situation: Situation, name: str, alike: Json) -> int:
    """One more than the highest number that a record like this has in the series."""
    taken = [one[name] for one in situation.records.values()
             if name in one and all(one.get(key) == value for key, value in alike.items())]  # fmt: skip
    return max(taken, default=0) + 1
