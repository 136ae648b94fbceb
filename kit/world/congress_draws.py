"""Organisations that share the seats of a congress, with the traps that an author plants among them.

Whatever is drawn matters: each trap alone changes the seats of its organisation, rounding misses the sum, and the last
seat falls between two organisations of equal size, so that the rule for ties decides. What does not is drawn again.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

from kit.errors import WrongUse
from kit.world.apportionment import Frame, Shares, apportion, rounded

Json = dict[str, Any]
TRIES = 1_000  # organisations
FRAMES = 12  # of seats for the same organisations


@dataclass(frozen=True)
class Drawn:
    """One draw: the organisations by id, which has which role, the frame, the seats, those after a transfer."""

    rows: dict[str, Json]
    roles: dict[str, str]
    frame: Frame
    shares: Shares
    later: Shares | None

    def members(self, **instead: int) -> dict[str, int]:
        """Members by organisation, dissolved ones left out; `instead` says other numbers for some of them."""
        return {one: row["members"] for one, row in self.rows.items() if not row["gone"]} | instead

    def seats(self, **instead: int) -> dict[str, int]:
        """The seats where somebody takes other numbers of members; a row without members has no seat."""
        members = self.members(**instead)
        found = apportion(self.frame, members, names(self.rows)).seats
        return {one: found.get(one, 0) for one in self.rows}


def draw_congress(draw: Random, wanted: Json) -> Drawn:
    """Organisations and seats as `allocation` of a case asks for them; `WrongUse` where no draw meets all its traps."""
    for _ in range(TRIES):
        rows, roles = _organisations(draw, wanted)
        special = {roles[role]: seats for role, seats in wanted.get("special", {}).items()}
        for _ in range(FRAMES):
            total, ex_officio, base = (_drawn(draw, wanted[name]) for name in ("total", "ex_officio", "base"))
            made = _shared(rows, roles, Frame(total, ex_officio, base, special), wanted)
            if made and _matters(made, wanted):
                return made
    vi, en = "Không rút được phân bổ khớp các tình huống đã khai.", "No draw of seats meets all the traps declared."
    raise WrongUse(f"allocation: {vi}", f"allocation: {en}")


def names(rows: dict[str, Json]) -> dict[str, str]:
    """The organisations' names by id."""
    return {one: row["name"] for one, row in rows.items()}


def _drawn(draw: Random, value: Any) -> int:
    """A number, or one between two."""
    return draw.randint(*value) if isinstance(value, list) else int(value)


def _organisations(draw: Random, wanted: Json) -> tuple[dict[str, Json], dict[str, str]]:
    """The organisations in a drawn order, and which of them has which role."""
    roles: Json = wanted.get("roles", {})
    kept = {role: draw.choice(role_of["names"]) for role, role_of in roles.items() if "names" in role_of}
    free = draw.sample([name for name in wanted["names"] if name not in kept.values()], wanted["count"] - len(kept))
    drawn = [*kept.values(), *free]
    draw.shuffle(drawn)
    rows = {f"o{place:02d}": _row(draw, name, wanted) for place, name in enumerate(drawn, start=1)}
    ids = {row["name"]: one for one, row in rows.items()}
    others = iter(free)
    placed = {role: ids[kept[role]] if role in kept else ids[next(others)] for role in roles}
    placed |= {role: ids[next(others)] for role in ("tie_first", "tie_second")}
    rows[placed["tie_second"]]["members"] = rows[placed["tie_first"]]["members"]
    for role, asked in roles.items():
        _plant(draw, rows, placed, (role, asked))
    for row in rows.values():
        row.setdefault("listed", row["members"])
        row.setdefault("reported", row["members"])
    return rows, placed


def _row(draw: Random, name: str, wanted: Json) -> Json:
    members, probationary = _drawn(draw, wanted["members"]), _drawn(draw, wanted["probationary"])
    return {"name": name, "members": members, "probationary": probationary, "gone": False, "gap": 0}


def _plant(draw: Random, rows: dict[str, Json], roles: dict[str, str], what: tuple[str, Json]) -> None:
    """What is wrong about one organisation: in the list, in its report, or that it is there at all."""
    role, asked = what
    row = rows[roles[role]]
    if asked.get("probationary"):
        row["probationary"] = _drawn(draw, asked["probationary"])
        row.update(gap=row["probationary"], listed=row["members"] + row["probationary"])
    for kind in ("listed", "reported"):
        if kind in asked:
            gap = _drawn(draw, asked[kind])
            row.update({"gap": abs(gap), kind: row["members"] + gap})
    if "joins" in asked:
        heir = rows[roles[asked["joins"]]]
        row.update(gone=True, members=_drawn(draw, asked["members"]), probationary=0)
        heir.update(listed=heir["members"], members=heir["members"] + row["members"], gap=row["members"])
    if "gives" in asked:
        row["moved"] = _drawn(draw, asked["moved"])


def _shared(rows: dict[str, Json], roles: dict[str, str], frame: Frame, wanted: Json) -> Drawn | None:
    """The seats, where the last of them falls between the two organisations of equal size; None where it does not."""
    members = {one: row["members"] for one, row in rows.items() if not row["gone"]}
    if frame.rest(len(members)) < 0:
        return None
    shares = apportion(frame, members, names(rows))
    at = shares.handed_out
    if {roles["tie_first"], roles["tie_second"]} != set(shares.order[at - 1 : at + 1] if at else ()):
        return None
    moved = [(roles[role], roles[asked["gives"]]) for role, asked in wanted["roles"].items() if "gives" in asked]
    for giver, taker in moved:
        count = rows[giver]["moved"]
        members = {**members, giver: members[giver] - count, taker: members[taker] + count}
    later = apportion(frame, members, names(rows)) if moved else None
    return Drawn(rows, roles, frame, shares, later)


def _matters(made: Drawn, wanted: Json) -> bool:
    """Whether every trap changes the seats of its own organisation, and rounding gives away too many."""
    if sum(rounded(made.frame, made.members()).values()) <= made.frame.elected:
        return False
    return all(_trap_matters(made, role, asked) for role, asked in wanted["roles"].items())


def _trap_matters(made: Drawn, role: str, asked: Json) -> bool:
    one, seats = made.roles[role], made.shares.seats
    row = made.rows[one]
    believed = row["reported" if "reported" in asked else "listed"]
    if believed != row["members"] and made.seats(**{one: believed})[one] == seats[one]:
        return False
    if "gives" not in asked or made.later is None:
        return True
    return all(made.later.seats[end] != seats[end] for end in (one, made.roles[asked["gives"]]))
