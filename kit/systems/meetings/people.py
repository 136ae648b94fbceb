"""Who belongs to a collective body, who is in the room at a moment, and by which rule the body decides.

More than half of all members, and at equal numbers the chairman's side: Law 72/2025/QH15, Article 40 (primary), for the
People's Committee. Two thirds for a quorum: from memory for the Committee and the Council, a training value elsewhere.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kit.systems.form import Json, Situation

Record = Mapping[str, Any]
YES, NO = "yes", "no"
PASSED, FAILED = "passed", "not_passed"
FOR, AGAINST, OTHER = "for", "against", "other"
CHAIR_DECIDES_TIES = frozenset({"peoples_committee"})
PARTY = frozenset({"party_committee", "standing_committee", "inspection_commission"})
BODIES = ("peoples_committee", "council", "front", *sorted(PARTY))
USUAL_QUORUM = (2, 3)


def session_of(situation: Situation) -> Record:
    """The session that an item names, or the record itself."""
    found: Record = situation.records.get(str(situation.record.get("session", "")), situation.record)
    return found


def members(session: Record) -> list[Json]:
    """All members of the body, the chair first."""
    return list(session.get("members", ()))


def in_room(session: Record, moment: datetime) -> list[Json]:
    """The members who are there: arrived, not yet gone. A session without an hour has no latecomers."""
    return [one for one in members(session) if whereabouts(session, one, moment) == "present"]


def can_vote(situation: Situation) -> list[Json]:
    """Those whose vote counts now: in the room, or on the phone where the regulation says so; nobody recused."""
    session, recused = session_of(situation), situation.record.get("recused", ())
    present = in_room(session, situation.moment)
    voices = [one for one in members(session) if one.get("by_phone") and session.get("phone_counts")]
    return [one for one in (*present, *voices) if one["id"] not in recused]


def excused(session: Record) -> list[Json]:
    """The members who told beforehand that they would not come."""
    return [one for one in members(session) if one.get("absent") == "excused"]


def has_quorum(session: Record, present: int) -> bool:
    """Whether enough members are there to deliberate."""
    over, under = session.get("quorum", USUAL_QUORUM)
    return present * int(under) >= len(members(session)) * int(over)


def counted_present(situation: Situation) -> Json:
    """What the software's own list of seats says at this moment."""
    session = session_of(situation)
    present = len(in_room(session, situation.moment))
    return {"counted_present": present, "counted_quorum": YES if has_quorum(session, present) else NO}


def counted_seats(situation: Situation) -> Json:
    """All members, those there, those excused, and whether that is a quorum."""
    session = session_of(situation)
    counted = {"counted_members": len(members(session)), "counted_excused": len(excused(session))}
    return counted | counted_present(situation)


def outcome(session: Record, item: Record, cast: Mapping[str, str]) -> str:
    """Whether these votes carry the item: against all members, not against those present."""
    everybody, said = len(members(session)), list(cast.values())
    in_favour, opposed = said.count(FOR), said.count(AGAINST)
    if item.get("threshold") == "two_thirds":
        return PASSED if in_favour * 3 >= everybody * 2 else FAILED
    if session.get("body") in CHAIR_DECIDES_TIES and in_favour and in_favour == opposed:
        return PASSED if cast.get(members(session)[0]["id"]) == FOR else FAILED
    return PASSED if in_favour * 2 > everybody else FAILED


def name_of(session: Record, member: str) -> str:
    """A member's name with the post; an unknown id, as somebody may have typed it, stays."""
    return next((f"{one['name']} - {one['post']}" for one in members(session) if one["id"] == member), member)


def whereabouts(session: Record, member: Record, moment: datetime) -> str:
    """Where a member is: present, not_yet, gone, excused or unexcused."""
    minute = _minute(session, moment)
    if member.get("absent"):
        return str(member["absent"])
    if minute < int(member.get("arrives", 0)):
        return "not_yet"
    return "gone" if "leaves" in member and minute >= int(member["leaves"]) else "present"


def _minute(session: Record, moment: datetime) -> int:
    """Minutes since the hour of the meeting, never before it."""
    begins = session.get("meets_at")
    since = int((moment - datetime.fromisoformat(begins)).total_seconds() // 60) if begins else 0
    return max(0, since)
