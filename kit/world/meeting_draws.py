"""Who sits in a collective body and how each of them votes, drawn from seats and profiles that an author declares."""

from collections.abc import Iterable
from random import Random
from typing import Any

from kit.world.people import People

Json = dict[str, Any]
USUAL_AGES = [28, 59]
NOT_SHOWN = ("as", "among", "there")
TIMED = ("arrives", "leaves", "absent")
FOR, AGAINST, OTHER = "for", "against", "other"


def seat_members(people: People, officials: Json, draw: Random, wanted: Json) -> Json:
    """The members of a body, seat by seat, and what befalls some of them.

    `seats`: {as: chair, official: CB01} or {post: .., count: 5, ages: [28, 58]}; `profiles` never fall on the first
    seat: {as: late, arrives: [12, 18]}, a list of two numbers being drawn from. Nobody arrives, leaves or is absent
    twice; profiles that give no more than a name fall on different seats, with `there: true` not on an absent one's.
    {as: odd, paper: name} (or birth, none): what that member's own papers in `papers` have otherwise than `roster`.
    """
    seated = [member for seat in wanted["seats"] for member in _seats(people, officials, seat)]
    for place, member in enumerate(seated, start=1):
        member["id"] = f"{wanted.get('prefix', 'UV')}{place:02d}"
    for profile in wanted.get("profiles", []):
        _befall(seated, profile, draw)
    named = {name: member for member in seated for name in member["names"]}
    shown = [_told(member) for member in seated]
    names = {member["id"]: f"{member['name']} - {member['post']}" for member in seated}
    return {**{name: _told(member) for name, member in named.items()},
            "list": shown, "names": names, "count": len(seated), **_rosters(seated)}  # fmt: skip


def cast_votes(draw: Random, wanted: Json) -> dict[str, str]:
    """How each member votes: those named first, then as many drawn ones as are asked for; all others are in favour.

    {of: $board, against_by: [..], other_by: [..], for_by: [..], against: 3, other: 1, skip: [..]}; the two numbers
    count those named too, and nobody in `skip` is drawn.
    """
    order = [member["id"] for member in wanted["of"]["list"]]
    named = {one: vote for vote in (FOR, AGAINST, OTHER) for one in wanted.get(f"{vote}_by", []) if one in order}
    free = [one for one in order if one not in named and one not in wanted.get("skip", [])]
    draw.shuffle(free)
    votes = dict.fromkeys(order, FOR) | named
    for vote in (AGAINST, OTHER):
        missing = max(0, wanted.get(vote, 0) - sum(1 for one in named.values() if one == vote))
        votes |= dict.fromkeys(free[:missing], vote)
        free = free[missing:]
    return votes


def _seats(people: People, officials: Json, seat: Json) -> Iterable[Json]:
    """The members of one line of seats: an official of the office, or citizens who have no part yet."""
    low, high = seat.get("ages", USUAL_AGES)
    for _ in range(seat.get("count", 1)):
        if "official" in seat:
            person = officials[seat["official"]]
            member = {"name": person["full_name"], "post": seat.get("post", person["post_vi"]),
                      "official": seat["official"]}  # fmt: skip
        else:
            person = people.pick(lambda one: low <= people.age(one) <= high)
            member = {"name": person["full_name"], "post": seat["post"]}
            member |= {"birth_date": person["birth_date"], "sex": person["sex"]}
        yield {**member, "names": [seat["as"]] if "as" in seat else []}


def _befall(seated: list[Json], profile: Json, draw: Random) -> None:
    """Give a profile to one of the seats that are free for it."""
    own = [name for name in (*TIMED, "paper") if name in profile]
    closed = {*TIMED} if "absent" in own else {*own, "absent"} if own else {"named"}
    closed |= {"absent"} if profile.get("there") else set()
    free = [member for member in seated[1:] if not closed & set(member)]
    among = profile.get("among")
    chosen = draw.choice([member for member in free if not among or set(among) & set(member["names"])] or free)
    drawn = {name: draw.randint(*value) if isinstance(value, list) else value
             for name, value in profile.items() if name not in NOT_SHOWN}  # fmt: skip
    chosen.update(drawn or {"named": True})
    chosen["names"].append(profile["as"])


def _rosters(seated: list[Json]) -> Json:
    """The members line by line as a list has them, and as their own papers do, which may differ (`paper`)."""
    listed = [f"{one['name']} | {_day(one.get('birth_date', ''))}" for one in seated]
    return {"roster": "\n".join(listed), "papers": "\n".join(_paper(one) for one in seated)}


def _paper(member: Json) -> str:
    """Name and birth date in somebody's own papers: another middle name, another day, or nothing handed in."""
    name, born = member["name"], _day(member.get("birth_date", ""))
    first, *rest = name.split()
    middle = "Diệu" if "Hoài" in rest else "Hoài"
    other = {
        "name": (" ".join([first, middle, *rest[-1:]]), born), "none": (name, "(chưa nộp)"),
        "birth": (name, f"{born[:-1]}{(int(born[-1:] or 0) + 7) % 10}"),
    }  # fmt: skip
    return " | ".join(other.get(member.get("paper", ""), (name, born)))


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def _told(member: Json) -> Json:
    return {name: value for name, value in member.items() if name not in ("names", "named", "paper")}
