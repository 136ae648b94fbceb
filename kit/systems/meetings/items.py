"""One item in the session: discussion, recusal, amendment, the vote and its result, minority, conclusion, the act."""

from kit.systems.form import Changes, Json, Refused, Situation
from kit.systems.meetings.acts import ACTS, act, next_number
from kit.systems.meetings.papers import amendment_sheet, ballot_minutes, ballot_sheet, notes, vote_sheet
from kit.systems.meetings.people import in_room, session_of
from kit.systems.meetings.steps import move, now, require_future
from kit.systems.meetings.votes import amendment_hands, hands, slips

SECRET = "secret_ballot"
CLEARED = ("cast", "box", "vote_form", "vote_outcome", "for_count", "against_count", "other_count")


def discuss(situation: Situation, given: Json) -> Changes:
    """Open the discussion: whoever is there and has something to say says it."""
    _require_open(situation)
    present = {one["id"] for one in in_room(session_of(situation), situation.moment)}
    spoken = [one for one in situation.record.get("speeches", []) if one["by"] in present]
    return move(situation, "item_discussed", spoken=spoken, discussed_at=now(situation)) | notes(situation, spoken)


def announce(situation: Situation, given: Json) -> Changes:
    """Read out what another body decided or designated: it is made known, not voted."""
    _require_open(situation)
    return move(situation, "item_announced", **given, announced_at=now(situation))


def recuse(situation: Situation, given: Json) -> Changes:
    """Let members stand aside: they vote on this item no more."""
    _require_open(situation)
    kept = sorted({*situation.record.get("recused", []), *given["recused"]})
    return {situation.id: {"recused": kept}}


def answer_objection(situation: Situation, given: Json) -> Changes:
    """Rule on an objection from the floor: accept it, reject it, have it voted on."""
    _require_open(situation)
    return {situation.id: {"objections": [*situation.record.get("objections", []), given]}}


def put_amendment(situation: Situation, given: Json) -> Changes:
    """Put an amendment from the floor to the vote before the whole."""
    _require_open(situation)
    cast = amendment_hands(situation)
    kept = {"amended_by": given["amended_by"], "amendment_text": given["amendment_text"], "amendment_cast": cast}
    return {situation.id: kept} | amendment_sheet(situation, cast)


def declare_amendment(situation: Situation, given: Json) -> Changes:
    """Announce what became of the amendment; where it was carried, the draft is changed."""
    _require_open(situation)
    if "amendment_cast" not in situation.record:
        raise Refused("no_amendment")
    text = situation.record.get("amendment", {}).get("doc_body")
    changed = {"doc_body": text} if text and given["amend_outcome"] == "passed" else {}
    return {situation.id: {**given, **changed}}


def name_tellers(situation: Situation, given: Json) -> Changes:
    """Name those who count the slips."""
    _require_open(situation)
    return {situation.id: given}


def call_vote(situation: Situation, given: Json) -> Changes:
    """Put the item to the vote: the hands or slips of those who are there at this moment."""
    _require_open(situation)
    cast = hands(situation)
    secret = given["vote_form"] == SECRET
    box = slips(situation, cast) if secret else []
    present = len(in_room(session_of(situation), situation.moment))
    kept = {"cast": cast, "box": box, "voted_at": now(situation), "voted_present": present, **given}
    printed = ballot_sheet(situation, box, len(cast)) if secret else vote_sheet(situation, cast)
    return move(situation, "item_voted", **kept) | printed


def count_ballots(situation: Situation, given: Json) -> Changes:
    """Write down the slips given out, found, valid and not."""
    if situation.record.get("vote_form") != SECRET:
        raise Refused("no_ballot_box")
    return {situation.id: {**given, "ballots_at": now(situation)}} | ballot_minutes(situation, given)


def declare_result(situation: Situation, given: Json) -> Changes:
    """Announce the numbers and whether the item is carried."""
    return move(situation, "item_settled", **given, declared_at=now(situation))


def repeat_vote(situation: Situation, given: Json) -> Changes:
    """Throw the vote away, with the reason, and go back to the discussion; the minutes keep that it happened."""
    _require_open(situation)
    earlier = {name: situation.record.get(name) for name in (*CLEARED[2:], "voted_at")}
    repeats = [*situation.record.get("repeats", []), {**earlier, **given, "at": now(situation)}]
    return move(situation, "item_discussed", repeats=repeats, **dict.fromkeys(CLEARED, ""))


def note_minority(situation: Situation, given: Json) -> Changes:
    """Write down who reserves another opinion, and which."""
    return {situation.id: given}


def conclude(situation: Situation, given: Json) -> Changes:
    """Conclude: task, lead, product, deadline."""
    require_future(situation, given["product_due"], "product_due")
    return move(situation, "item_concluded", **given, concluded_at=now(situation))


def issue_act(situation: Situation, given: Json) -> Changes:
    """Give the act its number and have it signed."""
    if given["act_kind"] not in ACTS:
        raise Refused("not_on_offer", "act_kind")
    number = next_number(situation, given["act_kind"])
    kept = {**given, "act_number": number, "act_at": now(situation)}
    return move(situation, "item_issued", **kept) | act(situation, given, number)


def _require_open(situation: Situation) -> None:
    """Refuse while the session that the item names is not open; an item that names none is always before the body."""
    if session_of(situation).get("step") not in ("session_open", situation.record["step"]):
        raise Refused("session_not_open")
