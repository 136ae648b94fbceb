"""Votes: hands raised at the moment of the call, slips of a secret ballot, written answers, and what is counted."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from kit.systems.form import Json, Situation
from kit.systems.meetings.people import (
    AGAINST,
    FOR,
    OTHER,
    PASSED,
    can_vote,
    counted_present,
    in_room,
    members,
    outcome,
    session_of,
)  # fmt: skip

Votes = dict[str, str]
VALID_SLIPS = {FOR: "dấu X ở ô Đồng ý", AGAINST: "dấu X ở ô Không đồng ý"}
SPOILT = {
    "no_seal": "dấu X ở ô Đồng ý; phiếu không có dấu treo",
    "both_marked": "dấu X ở cả hai ô Đồng ý và Không đồng ý",
    "none_marked": "để trống cả hai ô",
    "name_added": "dấu X ở ô Đồng ý; viết thêm tên một người khác xuống dưới",
    "other_form": "tờ giấy tự viết tay hai chữ Đồng ý, không phải mẫu phiếu phát ra",
}
KEPT = "kept"
INVALID = "invalid"


def hands(situation: Situation) -> Votes:
    """How those who may vote now do so: on the whole item, as amended where the amendment was declared passed."""
    record = situation.record
    amended = record.get("amend_outcome") == PASSED and record.get("votes_amended")
    return _cast(situation, amended or record.get("votes", {}))


def amendment_hands(situation: Situation) -> Votes:
    """How those who may vote now do so on the amendment from the floor; none was moved: nobody is for it."""
    moved = situation.record.get("amendment", {})
    return _cast(situation, moved.get("votes", dict.fromkeys(situation.record.get("votes", {}), AGAINST)))


def seen_hands(situation: Situation, cast: Mapping[str, str], wishes: Mapping[str, str]) -> list[tuple[str, str]]:
    """(who, what is seen of them) for every seat and every guest, in the order of the seats."""
    session = session_of(situation)
    present = {one["id"] for one in in_room(session, situation.moment)}
    seats = [(f"{one['name']} | {one['post']}", _seen(situation, one, cast, present, wishes))
             for one in members(session)]  # fmt: skip
    raised = "guest_raised" if situation.record.get("guests_raise") else "guest"
    guests = [(f"{guest} | Khách mời", raised) for guest in session.get("guests", ())]
    return [*seats, *guests]


def slips(situation: Situation, cast: Mapping[str, str]) -> list[Json]:
    """The slips in the box, mixed so that their order tells nobody's name; a slip that is kept is not among them."""
    handled = {one["by"]: one["how"] for one in situation.record.get("slips", [])}
    found = [{"member": one, **_slip(vote, handled.get(one, ""))} for one, vote in cast.items()
             if handled.get(one) != KEPT]  # fmt: skip
    found.sort(key=lambda slip: sha256(f"{situation.id} {slip['member']}".encode()).hexdigest())
    return [{"shows": slip["shows"], "counts_as": slip["counts_as"]} for slip in found]


def counted_ballots(situation: Situation) -> Json:
    """Slips given out, found in the box, valid and not, and how the valid ones are marked."""
    box = situation.record.get("box", [])
    valid = [slip for slip in box if slip["counts_as"] != INVALID]
    return {
        "counted_issued": len(situation.record.get("cast", {})), "counted_returned": len(box),
        "counted_valid": len(valid), "counted_invalid": len(box) - len(valid),
    }  # fmt: skip


def counted_votes(situation: Situation) -> Json:
    """What the votes cast come to, and whether they carry the item."""
    session, record = session_of(situation), situation.record
    cast = standing(record)
    return {
        **_tally(cast, "counted_"), "counted_members": len(members(session)),
        "counted_present": record.get("voted_present", 0), "counted_outcome": outcome(session, record, cast),
    }  # fmt: skip


def counted_amendment(situation: Situation) -> Json:
    """What the votes on the amendment come to."""
    session, cast = session_of(situation), situation.record.get("amendment_cast", {})
    counted = _tally(cast, "counted_amend_")
    return {**counted, "counted_members": len(members(session)),
            "counted_amend_outcome": outcome(session, {}, cast)}  # fmt: skip


def counted_decision(situation: Situation) -> Json:
    """What the votes came to and what was announced, for whoever issues the act."""
    return {**counted_votes(situation), **counted_present(situation),
            "declared_outcome": situation.record.get("vote_outcome", "")}  # fmt: skip


def standing(record: Mapping[str, Any]) -> Votes:
    """The votes that count: by hands or answers, or the valid slips of the box, which have no names."""
    if record.get("vote_form") == "secret_ballot":
        valid = [slip["counts_as"] for slip in record.get("box", []) if slip["counts_as"] != INVALID]
        return {f"slip {place}": vote for place, vote in enumerate(valid)}
    return dict(record.get("cast", {}))


def answered(situation: Situation) -> Votes:
    """The written answers that came in time, one a member."""
    due, days = str(situation.record.get("answer_by", "")), answer_days(situation)
    votes: Mapping[str, str] = situation.record.get("votes", {})
    return {one: votes.get(one, OTHER) for one, day in days.items() if day <= due}


def answer_days(situation: Situation) -> dict[str, str]:
    """The day on which each member's written answer came in, ISO; who never answered is not there."""
    record = situation.record
    late, silent = record.get("late_answers", ()), record.get("unanswered", ())
    return {one["id"]: str(record.get("late_on" if one["id"] in late else "answered_on", situation.today()))
            for one in members(session_of(situation)) if one["id"] not in silent}  # fmt: skip


def _cast(situation: Situation, wishes: Mapping[str, str]) -> Votes:
    return {one["id"]: wishes.get(one["id"], OTHER) for one in can_vote(situation)}


def _tally(cast: Mapping[str, str], prefix: str) -> Json:
    said = list(cast.values())
    return {f"{prefix}{vote}": said.count(vote) for vote in (FOR, AGAINST, OTHER)}


def _seen(situation: Situation, member: Json, cast: Votes | Mapping[str, str], present: set[str],
          wishes: Mapping[str, str]) -> str:  # fmt: skip
    if member["id"] in situation.record.get("recused", ()):
        return "recused"
    if member["id"] in present:
        return cast.get(member["id"], OTHER)
    if member.get("by_phone"):
        return f"phone_{wishes.get(member['id'], OTHER)}"
    return "away"


def _slip(vote: str, handled: str) -> Json:
    if handled in SPOILT:
        return {"shows": SPOILT[handled], "counts_as": INVALID}
    if vote not in VALID_SLIPS:
        return {"shows": SPOILT["none_marked"], "counts_as": INVALID}
    return {"shows": VALID_SLIPS[vote], "counts_as": vote}
