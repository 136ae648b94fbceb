"""A drawn congress as an author may name it: `{congress.of.twice.name}`, `$congress.seats`, `$congress.part.twice`."""

from typing import Any

from kit.world.apportionment import Shares, rounded
from kit.world.congress_draws import Drawn, names

Json = dict[str, Any]


def told(made: Drawn) -> Json:
    """Everything about it by name.

    `rows` is what the list shows; `of` the organisations by role; `seats` the right ones; `part` those of one role
    alone; `least` what no row may fall below; `wrong` what somebody gets who believes one wrong number, or all;
    `later` the seats after the transfer; the `.._lines` are rows of papers.
    """
    members, frame = made.members(), made.frame
    return {
        "rows": {one: {"name": row["name"], "members": row["listed"], "probationary": row["probationary"]}
                 for one, row in made.rows.items()},
        "total": frame.total, "ex_officio": frame.ex_officio, "elected": frame.elected, "base": frame.base,
        "special": sum(frame.special.values()), "rest": frame.rest(len(members)), "organisations": len(members),
        "listed_organisations": len(made.rows), "members": made.shares.divisor,
        "base_seats": frame.base * len(members), "over": frame.elected + 1,
        **_seats(made), "of": {role: _one(made, one) for role, one in made.roles.items()},
        "wrong": _wrong(made), "later": _later(made),
        "names": names(made.rows), "everybody": sorted(made.rows), "living": sorted(members), **_drafted(made),
        "listed_lines": _lines(made, {one: _figures(row) for one, row in made.rows.items()}),
    }  # fmt: skip


def _seats(made: Drawn) -> Json:
    """The right seats: all of them, those of each role, those that show one rule at work."""
    seats = made.seats()
    tied = [made.roles["tie_first"], made.roles["tie_second"]]
    part = {role: {one: seats[one]} for role, one in made.roles.items()}
    part["tie"] = {one: seats[one] for one in tied}
    part["special"] = {one: seats[one] for one in made.frame.special}
    least = {one: 0 if row["gone"] else {"at_least": made.frame.base} for one, row in made.rows.items()}
    return {"seats": seats, "part": part, "least": least}


def _one(made: Drawn, one: str) -> Json:
    row = made.rows[one]
    return {"id": one, **row, "seats": made.shares.seats.get(one, 0), "wanted": made.shares.seats.get(one, 0) + 2,
            "quota": made.shares.floors.get(one, 0), "special": made.frame.special.get(one, 0)}  # fmt: skip


def _wrong(made: Drawn) -> Json:
    """The seats of whoever believes the list or the report about one organisation, believes all of it, or rounds."""
    rows, found = made.rows, {}
    for role, one in made.roles.items():
        row = rows[one]
        believed = row["reported"] if row["reported"] != row["members"] else row["listed"]
        found[role] = made.seats(**{one: believed})
    found["listed"] = made.seats(**{one: row["listed"] for one, row in rows.items()})
    found["rounded"] = rounded(made.frame, made.members()) | {one: 0 for one, row in rows.items() if row["gone"]}
    first, second = made.roles["tie_first"], made.roles["tie_second"]
    seats = made.seats()
    found["tie"] = seats | {first: seats[second], second: seats[first]}
    found["zero"] = _cut_to_zero(found["rounded"], made)
    return found


def _cut_to_zero(near: dict[str, int], made: Drawn) -> dict[str, int]:
    """Rounded seats brought down to the sum by cutting the smallest organisations to nothing, the wrong cure."""
    over, cut = sum(near.values()) - made.frame.elected, dict(near)
    for one in sorted(made.members(), key=lambda one: (near[one], one)):
        taken = min(over, cut[one])
        cut[one] -= taken
        over -= taken
    return cut


def _later(made: Drawn) -> Json:
    """The seats after the transfer of members; nothing where none was asked for."""
    if made.later is None:
        return {}
    shares: Shares = made.later
    seats = {one: shares.seats.get(one, 0) for one in made.rows}
    return {"seats": seats, "part": {role: {one: seats[one]} for role, one in made.roles.items()},
            "of": {role: {"seats": seats[one]} for role, one in made.roles.items()}}  # fmt: skip


def _drafted(made: Drawn) -> Json:
    """What an assistant drafts in a hurry: the list's numbers, no special seats, every quota rounded up."""
    frame, listed = made.frame, {one: row["listed"] for one, row in made.rows.items()}
    left, everybody = frame.elected - frame.base * len(listed), sum(listed.values())
    seats = {one: frame.base - (-left * count // everybody) for one, count in listed.items()}
    lines = _lines(made, {one: f"{listed[one]} | {seats[one]}" for one in listed})
    return {
        "draft_lines": lines,
        "draft_sum": sum(seats.values()),
        "draft_total": sum(seats.values()) + frame.ex_officio,
    }


def _figures(row: Json) -> str:
    return f"{row['listed']} | {row['probationary']}"


def _lines(made: Drawn, figures: dict[str, str]) -> str:
    """One line of a printed table for each organisation, in the order of the list."""
    named = names(made.rows)
    return "\n".join(f"{named[one]} | {figures[one]}" for one in made.rows if one in figures)
