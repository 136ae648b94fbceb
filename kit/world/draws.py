"""What an author's case may draw: each word of the closed vocabulary, and the function that draws it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from kit.calendar import add_working_days, is_working_day, working_days_before
from kit.world.address import current_units, old_wards
from kit.world.blanks import Known, fill_in
from kit.world.congress_draws import draw_congress
from kit.world.congress_told import told
from kit.world.meeting_draws import cast_votes, seat_members
from kit.world.people import People, Person
from kit.world.rows import of_province, rows

Json = dict[str, Any]
SHOWN = ("full_name", "personal_id", "birth_date", "sex", "phone", "email", "address_current", "address_old",
         "neighbourhood", "occupation")  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """What a draw may use: the people without a part yet, the office that the trainee sees, the day, the chance."""

    people: People
    office: Json
    today: date
    draw: Random
    played: list[Person]


def one_of(stage: Stage, choices: list[Any], known: Known) -> Any:
    """One of the values, its blanks filled."""
    return fill_in(stage.draw.choice(choices), known)


def sample(stage: Stage, wanted: Json, known: Known) -> list[Any]:
    """`count` different ones of the values, in a drawn order."""
    return [fill_in(one, known) for one in stage.draw.sample(wanted["of"], wanted["count"])]


def number(stage: Stage, between: list[int], known: Known) -> int:
    """A whole number between two, both included."""
    return stage.draw.randint(*between)


def working_day(stage: Stage, count: int, known: Known) -> str:
    """The working day so many after today (before it, if negative), ISO."""
    day = add_working_days(stage.today, count) if count >= 0 else working_days_before(stage.today, -count)
    return day.isoformat()


def day(stage: Stage, count: int, known: Known) -> str:
    """The day so many after today, or before it, ISO."""
    return (stage.today + timedelta(days=count)).isoformat()


def days_off(stage: Stage, count: int, known: Known) -> int:
    """How many days it is to a day off, the count-th of those that are three days away or more."""
    off = (ahead for ahead in range(3, 60) if not is_working_day(stage.today + timedelta(days=ahead)))
    return next(islice(off, count - 1, None))


def person(stage: Stage, wanted: Json, known: Known) -> Json:
    """A citizen who has no part yet: {ages: [low, high], sex: female, lives: ours}."""
    low, high = wanted.get("ages", [20, 70])
    ours, province = stage.people.unit, stage.people.province(stage.people.unit)
    lives = {
        "ours": lambda code: code == ours,
        "same_province": lambda code: code != ours and stage.people.province(code) == province,
        "other_province": lambda code: stage.people.province(code) != province,
    }[wanted.get("lives", "ours")]
    fits = lambda one: low <= stage.people.age(one) <= high and wanted.get("sex", one["sex"]) == one["sex"]  # noqa: E731
    found = stage.people.pick(fits, lives)
    stage.played.append(found)
    unit = stage.people.units[found["unit_code"]]
    return {name: found[name] for name in SHOWN} | {"unit": found["unit_code"], "unit_name": unit["name_vn"]}


def official(stage: Stage, wanted: str | Json, known: Known) -> Json:
    """One of our officials in a role; {role: signer, signs: documents} for one who can sign there today."""
    role, software = (wanted["role"], wanted["signs"]) if isinstance(wanted, dict) else (wanted, "")
    officials = stage.office["officials"]
    fit = [number for number, one in officials.items() if one["role"] == role and _signs(one, software, stage.today)]
    number = stage.draw.choice(fit)
    first = next(one for one in officials if officials[one]["role"] == "signer")  # the chairman, as in `office_book`
    return {"id": number, "capacity": "chairman" if number == first else "for_chairman", **officials[number]}


def _signs(official: Json, software: str, today: date) -> bool:
    able = software in official["accounts"] and official["certificate_valid_to"] >= today.isoformat()
    return able or not software


def unit(stage: Stage, where: str, known: Known) -> Json:
    """Another unit of today: of the same_province, or of an other_province."""
    ours = stage.people.units[stage.people.unit]
    same = where == "same_province"
    choices = [row for row in rows("units")
               if (row["province_code"] == ours["province_code"]) == same and row["code"] != ours["code"]]  # fmt: skip
    row = stage.draw.choice(choices)
    return {"code": row["code"], "name": row["name_vn"], "province": row["province_vn"]}


def by_place(stage: Stage, choices: Json, known: Known) -> Any:
    """What stands under our province's name, under what our unit is (Phường, Xã), or under `others`."""
    names = (stage.office["province"], stage.office["short_name"].split()[0], "others")
    return fill_in(choices[next(name for name in names if name in choices)], known)


def old_ward(stage: Stage, wanted: str, known: Known) -> Json:
    """One of the old wards of which our unit was made: any, or whole (not split) or split where there is one.

    Of a split one also `units`, the names of all who hold part of it, and `other`, one of them that is not we; where
    no ward of ours was split, `other` is any unit of the province.
    """
    found = old_wards(stage.people.unit)
    fitting = [row for row in found if _fits(wanted, len(current_units(row["old_ward_code"])))]
    row = stage.draw.choice(fitting or list(found))
    drawn: Json = {"code": row["old_ward_code"], "name": row["old_ward_vn"], "district": row["old_district_vn"],
                   "province": row["old_province_vn"]}  # fmt: skip
    return drawn | (_shared_by(stage, drawn["code"], known) if wanted == "split" else {})


def _fits(wanted: str, parts: int) -> bool:
    return {"whole": parts == 1, "split": parts > 1}.get(wanted, True)


def _shared_by(stage: Stage, code: str, known: Known) -> Json:
    """Who holds part of an old ward: the names of all, and one that is not we."""
    ours, parts = stage.people.unit, current_units(code)
    abroad = [stage.people.units[one] for one in parts if one != ours]
    other = stage.draw.choice(abroad) if abroad else None
    chosen = {"code": other["code"], "name": other["name_vn"]} if other else unit(stage, "same_province", known)
    named = [stage.people.units[one]["name_vn"] for one in parts if one != chosen["code"]]
    return {"other": chosen, "units": "; ".join(sorted([*named, chosen["name"]]))}


def street(stage: Stage, wanted: str, known: Known) -> str:
    """A street's name of our province (training values); `any` is the only thing to ask for."""
    province = stage.people.province(stage.people.unit)
    return str(stage.draw.choice(of_province("streets", province) or rows("streets"))["street_vi"])


def members(stage: Stage, wanted: Json, known: Known) -> Json:
    """The members of a collective body with what befalls some of them: see `kit.world.meeting_draws`."""
    return seat_members(stage.people, stage.office["officials"], stage.draw, wanted)


def votes(stage: Stage, wanted: Json, known: Known) -> dict[str, str]:
    """How each member of a body votes: see `kit.world.meeting_draws`."""
    return cast_votes(stage.draw, wanted)


def allocation(stage: Stage, wanted: Json, known: Known) -> Json:
    """Organisations that share the seats of a congress, with planted traps: see `kit.world.congress_draws`."""
    return told(draw_congress(stage.draw, wanted))


FILLED = ("allocation", "person", "official", "members", "votes")  # what is asked for may name what was drawn before
Draw = Callable[[Stage, Any, Known], Any]
DRAWS: dict[str, Draw] = {
    "one_of": one_of, "sample": sample, "number": number, "working_day": working_day, "day": day, "person": person,
    "official": official, "unit": unit, "old_ward": old_ward, "street": street, "members": members, "votes": votes,
    "allocation": allocation, "by_place": by_place, "days_off": days_off,
}  # fmt: skip


def draw_all(stage: Stage, wanted: dict[str, Json], known: Known) -> Json:
    """Everything that is to be drawn, in order; what comes later may name what came before."""
    drawn: Json = dict(known)
    for name, spec in wanted.items():
        ((word, value),) = spec.items()
        drawn[name] = DRAWS[word](stage, fill_in(value, drawn) if word in FILLED else value, drawn)
    return drawn
