"""Rules about reports to 1022, parcels and Party members: each function counts the rows that break it."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache

import numpy as np

from kit import calendar, home
from kit.world.address import current_units
from kit.world.bulk.evidence import NOBODY, count, duplicates, not_matching
from kit.world.bulk.records import NULL, Records, day_number, moment
from kit.world.rows import rows
from kit.yaml_file import read_yaml


def petitioners_are_of_age(r: Records) -> int:
    """In the tables, 18 years old, of the household that is named."""
    row = r.rows("petitions", "petitioner_id")
    lives = r.people.household[row] == r.rows("petitions", "household_id", "household_id", "households")
    return count((row == NOBODY) | ~lives | (r.people.years_old[row] < 18))


def petitions_have_their_term(r: Records) -> int:
    """The answer is due when kit.calendar says: by office hours, emergencies by the clock."""
    fields = {row["id"]: row for row in declared("portal1022")["fields"]["list"]}
    columns = (r.words("petitions", "field"), r.numbers("petitions", "sent"), r.numbers("petitions", "answer_due"))
    return sum(_term(fields[field], int(sent)) != due for field, sent, due in zip(*columns, strict=True))


def _term(field: Mapping[str, object], sent: int) -> int:
    start, minutes = moment(sent), int(str(field["answer"]))
    if field["clock"] == "any":
        return sent + minutes * 60
    due = calendar.next_working_start(calendar.add_working_hours(start, minutes / 60))
    return int((due - moment(0)) / timedelta(seconds=1))


def petitions_go_to_the_competent(r: Records) -> int:
    """What is not the unit's is returned, what is the unit's never; nothing goes backwards."""
    ours = r.words("petitions", "competent") == "unit"
    at = {
        name: r.numbers("petitions", name)
        for name in ("sent", "forwarded", "accepted", "answered", "closed", "returned")
    }
    wrong = count(ours & (at["returned"] != NULL)) + count(~ours & (at["accepted"] != NULL))
    for before, after in (
        ("sent", "forwarded"),
        ("forwarded", "accepted"),
        ("accepted", "answered"),
        ("answered", "closed"),
    ):
        there = at[after] != NULL
        wrong += count(there & ((at[before] == NULL) | (at[after] < at[before])))
    return wrong


def parcels_are_in_the_ward_map(r: Records) -> int:
    """The unit holds land of the old ward; a split ward is marked; both codes begin with their ward and unit."""
    columns = (r.words("parcels", name) for name in ("old_ward_code", "unit_code", "code_old", "code_new"))
    split = r.tables["parcels"]["split_ward"].to_pylist()
    wrong = 0
    for ward, unit, old, new, is_split in zip(*columns, split, strict=True):
        units = units_of(ward)
        wrong += unit not in units or is_split != (len(units) > 1) or (old[:5], new[:5]) != (ward, unit)
    return wrong


@cache
def units_of(ward: str) -> tuple[str, ...]:
    """The units that hold land of an old ward."""
    return tuple(current_units(ward))


def parcels_belong_to_heads(r: Records) -> int:
    """The owner is the head of the household."""
    row = r.rows("parcels", "owner_id")
    return count((row == NOBODY) | ~r.people.equals("relation", "head")[row])


def parcels_have_their_own_codes(r: Records) -> int:
    """No two parcels bear one old or one new code, or one certificate; certificates bear letters that none has."""
    codes = sum(duplicates(r.text("parcels", name)) for name in ("parcel_id", "code_old", "code_new", "certificate"))
    return codes + not_matching(r.text("parcels", "certificate"), r"^[FJWZ]{2} \d{8}$")


def housing_land_fits_the_unit(r: Records) -> int:
    """Urban housing land (ODT) in wards, rural (ONT) in communes and special zones."""
    wards = {row["code"] for row in rows("units") if row["type_vn"] == "Phường"}
    pairs = zip(r.words("parcels", "use"), r.words("parcels", "unit_code"), strict=True)
    return sum((use == "ODT" and unit not in wards) or (use == "ONT" and unit in wards) for use, unit in pairs)


def members_join_from_18(r: Records) -> int:
    """At least 18 years old on the day of joining; official from 12 months on (memory)."""
    joined, row = r.numbers("party_members", "joined"), r.rows("party_members", "citizen_id")
    official = np.asarray(r.tables["party_members"]["official"].to_numpy()).astype(bool)
    since = day_number(r.day) - joined
    return count((joined - r.people.born[row]) / 365.25 < 18) + count(official != (since > 365)) + count(row == NOBODY)


def members_are_of_their_neighbourhood(r: Records) -> int:
    """The cell is that of unit, old ward and neighbourhood where the member lives."""
    row = r.rows("party_members", "citizen_id")
    wards, ward_words = r.people.codes("old_ward_code")
    units, unit_words = r.people.codes("unit_code")
    cells = r.words("party_members", "organisation_id")
    return sum(
        cell[:11] != f"{unit_words[units[at]]}-{ward_words[wards[at]]}" for cell, at in zip(cells, row, strict=True)
    )


@cache
def declared(name: str) -> dict[str, dict[str, list[dict[str, int]]]]:
    """A file of datasets/, as its lists by part."""
    found: dict[str, dict[str, list[dict[str, int]]]] = read_yaml(home.datasets() / f"{name}.yaml").data
    return found


RULES = (
    petitioners_are_of_age, petitions_have_their_term, petitions_go_to_the_competent, parcels_are_in_the_ward_map,
    parcels_belong_to_heads, parcels_have_their_own_codes, housing_land_fits_the_unit, members_join_from_18,
    members_are_of_their_neighbourhood,
)  # fmt: skip
