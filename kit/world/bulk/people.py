"""The citizens table: everybody's names, numbers, papers and contacts, column by column."""

from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from kit.world.bulk.calendar_of_ages import EPOCH, NEVER
from kit.world.bulk.frozen import frozen
from kit.world.bulk.homes import places
from kit.world.bulk.identifiers import Setting, citizen_ids, emails, old_numbers, personal_ids, phones
from kit.world.bulk.kinds import Integers
from kit.world.bulk.lineage import lines
from kit.world.bulk.names_drawn import full_names, names_drawn
from kit.world.bulk.shapes import MARITAL, NOBODY, RELATIONS, SEXES, shapes
from kit.world.bulk.slots import slot_table
from kit.world.bulk.texts import coded, dates, spread

PHONE_FROM, EMAIL_TO = 16, 70  # years of age
EMAIL = 154  # of 256: training value
AGES = 101
Columns = dict[str, Any]


def citizens(at: Setting, household_ids: pa.Array) -> Columns:
    """The columns of schema.CITIZENS."""
    own = citizen_ids(at.number)
    names = _names(at)
    return {
        "citizen_id": own,
        "household_id": coded(at.people.home.astype(np.int32), household_ids),
        **{name: names[name] for name in ("full_name", "surname")},
        "sex": coded(at.people.sex, words_of("sex")),
        "birth_date": dates(at.today.toordinal() - EPOCH - at.people.age),
        "personal_id": personal_ids(at),
        "old_id_number": old_numbers(at),
        "ethnicity": names["ethnicity"],
        **_relations(at, own),
        "occupation": _occupations(at),
        **_contacts(at, names["name"]),
        **_homes(at),
        "origin": names["origin"],
        **_cards(at),
    }


@cache
def words_of(column: str) -> pa.Array:
    """The dictionary of a column with few words."""
    fixed = {"sex": SEXES, "relation": RELATIONS, "marital_status": MARITAL}
    files = {"surname": "surnames", "ethnicity": "ethnicities", "origin": "origins"}
    if column in fixed:
        return pa.array(fixed[column])
    return pa.array(frozen(files[column]).texts(column))


def _names(at: Setting) -> Columns:
    line = lines(at.words, at.people, places(at.edges.same_neighbourhood).province.take(at.located.place), at.edges)
    generation = at.calendar.generation.take(at.people.age)
    name = names_drawn(at.words, at.people, generation, line.surname, at.edges)
    return {
        "name": name,
        "full_name": full_names(line.surname, name),
        "surname": coded(line.surname, words_of("surname")),
        "ethnicity": coded(line.ethnicity, words_of("ethnicity")),
        "origin": coded(line.origin, words_of("origin")),
    }


def _relations(at: Setting, own: pa.Array) -> Columns:
    tables, people = shapes(), at.people
    first = people.homes.first_row.take(people.home)
    found: Columns = {
        "relation": coded(people.of_template(tables.relation), words_of("relation")),
        "marital_status": coded(people.of_template(tables.marital), words_of("marital_status")),
    }
    for name in ("father", "mother", "spouse"):
        place = people.of_template(getattr(tables, name))
        found[f"{name}_id"] = coded((first + place).astype(np.int32), own, place != NOBODY)
    return found


def _occupations(at: Setting) -> pa.Array:
    table, words = occupation_table()
    drawn = at.words.pieces("work", 8).ravel().take(at.people.at)
    return coded(table.take((np.minimum(at.years_old, AGES - 1).astype(np.int64) << 8) + drawn), words)


@cache
def occupation_table() -> tuple[Integers, pa.Array]:
    """256 slots of occupations for each age in years."""
    table = frozen("occupations")
    starts, ends, weights = (table.integers(name) for name in ("age_from", "age_to", "weight"))
    slots = [slot_table(np.where((starts <= age) & (age <= ends), weights, 0), 256) for age in range(AGES)]
    return np.concatenate(slots), pa.array(table.texts("name_vi"))


def _contacts(at: Setting, name: Integers) -> Columns:
    """Phones 0600 xxx xxx, which no operator uses (memory); e-mail at a domain that cannot exist."""
    grown = at.years_old >= PHONE_FROM
    drawn = at.words.pieces("contact", 8).ravel().take(at.people.at)
    writes = grown & (at.years_old < EMAIL_TO) & (drawn < EMAIL)
    return {"phone": spread(phones(at, grown), grown), "email": spread(emails(at, name, writes), writes)}


def _homes(at: Setting) -> Columns:
    tables, home = places(at.edges.same_neighbourhood), at.people.home
    place = at.located.place
    return {
        "unit_code": coded(tables.unit.take(place).take(home), tables.units),
        "old_ward_code": coded(tables.ward.take(place).take(home), tables.wards),
        "neighbourhood": coded(at.located.neighbourhood.take(home), tables.neighbourhoods),
    }


def _cards(at: Setting) -> Columns:
    """Issued on a day since the last age of renewal; without expiry from 60 on."""
    calendar, age = at.calendar, at.people.age
    room, expires = calendar.card_days.take(age), calendar.card_expires.take(age)
    drawn = at.words.pieces("cards", 16).ravel().take(at.people.at)
    issued = calendar.card_from.take(age) + ((drawn * room) >> 16)
    return {"id_card_issued": dates(issued, room > 0), "id_card_expires": dates(expires, expires != NEVER)}
