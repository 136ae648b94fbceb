"""Civil-status papers that households bring along: of a child's birth or the parents' marriage, and who issued them."""

from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk.calendar_of_ages import EPOCH
from kit.world.bulk.edges import limit
from kit.world.bulk.ground import Columns, Ground
from kit.world.bulk.homes import places
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.lookups import fact, indexes, slots, words
from kit.world.bulk.numbers import scrambled, split
from kit.world.bulk.offices_of_papers import CLOSED, DEPARTMENT, DISTRICT, FOREIGN, LEVELS, UNIT, WARD, offices
from kit.world.bulk.shapes import FIRST_CHILD, MAN, NOBODY, PLACES, shapes
from kit.world.bulk.shapes import WOMAN as WIFE
from kit.world.bulk.slots import SLOTS
from kit.world.bulk.stamps import record_ids
from kit.world.bulk.texts import coded, dates, fours, of_fours, spread

KINDS = ("birth", "marriage")
OF_AGE_MAN, OF_AGE_WOMAN = (20 * 1461 // 4 + 1, 18 * 1461 // 4 + 1)  # days
IN_TIME = 61  # days from birth to registration, at most 60: procedures.yaml, 1.001193
BEFORE_BIRTH, EARLIEST = 270, 1_500  # days that the marriage lies before the first birth: training values
EXTRACT = 181  # days since the department issued an extract: training value


def certificates(ground: Ground) -> tuple[Integers, Columns]:
    """The household of each paper, counted from the first of these cells, and the columns of the table."""
    pieces = ground.words.pieces("certificates", 16)
    brought = pieces[:, 0] < fact("certificates") * SLOTS // 1_000
    home = np.flatnonzero(brought & _eldest().take(ground.template))
    drawn, template = pieces.take(home, axis=0).T.astype(np.int64, order="C"), ground.template.take(home)
    marriage = _parents().take(template) & (drawn[1] < SLOTS // 2)
    abroad = marriage & (drawn[4] < limit(ground.edges.married_abroad))
    place, today = ground.place.take(home), ground.day.toordinal() - EPOCH
    age = _age(ground.people.homes.age_in_days.take(home, axis=0), marriage, drawn[2])
    level = _levels((today - age, place), abroad, drawn[3] < limit(ground.edges.closed_office))
    age = np.where(level == DEPARTMENT, (drawn[7] * np.minimum(age, EXTRACT)) >> 16, age)
    tables = places(ground.edges.same_neighbourhood)
    return home, {
        "certificate_id": record_ids("G", ground.words.start + home),
        "kind": coded(marriage.astype(np.int8), pa.array(KINDS)),
        "household_id": ground.household_ids(home),
        "holder_id": ground.citizens_of(home, np.where(marriage, MAN, FIRST_CHILD)),
        "spouse_id": spread(ground.citizens_of(home[marriage], np.full(int(marriage.sum()), WIFE)), marriage),
        "unit_code": coded(tables.unit.take(place), tables.units),
        "old_ward_code": coded(tables.ward.take(place), tables.wards),
        "number": _numbers(ground, home),
        "issued": dates(today - age),
        **_issuers(level, place, drawn[5]),
        "noted": dates(
            today - ((age * drawn[7]) >> 16), abroad & (drawn[6] < fact("noted") * SLOTS // 1_000)
        ),
    }  # fmt: skip


def _age(ages: Integers, marriage: Flags, drawn: Integers) -> Integers:
    """Days since the registration: of the eldest's birth in time, or of the marriage, of which both were of age."""
    eldest = ages[:, FIRST_CHILD].astype(np.int64)
    birth = np.maximum(eldest - ((drawn * IN_TIME) >> 16), 0)
    both = np.minimum(ages[:, MAN] - OF_AGE_MAN, ages[:, WIFE] - OF_AGE_WOMAN)
    wedding = np.minimum(eldest + BEFORE_BIRTH + ((drawn * EARLIEST) >> 16), both)
    return np.where(marriage, np.maximum(wedding, 0), birth)


def _levels(registered: tuple[Integers, Integers], abroad: Flags, closed: Flags) -> Integers:
    """Who issued each paper, by its day and place: from 1 July 2025 on the unit, before it an office that ended then
    or, as an extract, the department; marriages abroad the foreign body.
    """
    day, place = registered
    ended = np.where(offices().is_district.take(place), DISTRICT, WARD)
    return np.where(abroad, FOREIGN, np.where(day >= CLOSED, UNIT, np.where(closed, ended, DEPARTMENT)))


def _issuers(level: Integers, place: Integers, drawn: Integers) -> Columns:
    at = offices()
    row = slots("certificate_registries", "weight").take(drawn).astype(np.int16)
    home = np.select([level == UNIT, level == DEPARTMENT], [at.unit.take(place), at.justice.take(place)],
                     at.closed.take(place))  # fmt: skip
    foreign, registry = level == FOREIGN, "certificate_registries"
    return {
        "issuer": coded(np.where(foreign, at.foreign + row, home).astype(np.int16), at.names),
        "issuer_level": coded(level.astype(np.int8), pa.array(LEVELS)),
        "office_closed": pa.array(level <= DISTRICT),
        "country": coded(indexes(registry, "country_vi").take(row), words(registry, "country_vi"), foreign),
    }


def _numbers(ground: Ground, home: Integers) -> pa.Array:
    """Z 12345678: no register has the letter."""
    serial = scrambled(ground.words.start + home, ground.words.seed, "civil paper", 100_000_000)
    high, low = split(serial, 10_000)
    letter = np.full(len(home), fours("..Z ", 1)[0])
    return of_fours((letter, fours("{:04}").take(high), fours("{:04}").take(low)), skip=2)


@cache
def _eldest() -> Flags:
    """For each template whether a child lives there."""
    return _present()[:, FIRST_CHILD].copy()


@cache
def _parents() -> Flags:
    """For each template whether the eldest child lives with both parents."""
    of = shapes()
    found: Flags = _eldest() & (of.father[:, FIRST_CHILD] != NOBODY) & (of.mother[:, FIRST_CHILD] != NOBODY)
    return found


def _present() -> Flags:
    return shapes().present.view(np.bool_).reshape(-1, PLACES)
