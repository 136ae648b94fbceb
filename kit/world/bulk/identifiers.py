"""Who a person is in writing: citizen and personal IDs, the old number, phone and e-mail, none of them anybody's."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk import numbers
from kit.world.bulk.calendar_of_ages import Calendar, calendar_of_ages
from kit.world.bulk.edges import EdgeCases, limit
from kit.world.bulk.family import CELL, Families
from kit.world.bulk.frozen import frozen
from kit.world.bulk.homes import Located
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.texts import fours, joined, of_fours, spread
from kit.world.bulk.words import Words

OLD_NUMBER_FROM = 40  # years of age
DOMAIN = "@hopthu.example"
APART = 3_911  # between the first serials of two groups


@dataclass(frozen=True, eq=False)
class Setting:
    """What the columns of one run of cells are made from."""

    words: Words
    people: Families
    located: Located
    today: date
    edges: EdgeCases
    calendar: Calendar
    number: Integers
    years_old: Integers


def setting(words: Words, people: Families, located: Located, today: date, edges: EdgeCases) -> Setting:
    """The same with what follows from it."""
    calendar, first_cell = calendar_of_ages(today), words.start // CELL
    number = numbers.citizen_numbers(people, first_cell)
    return Setting(words, people, located, today, edges, calendar, number, calendar.years_old.take(people.age))


def citizen_ids(number: Integers) -> pa.Array:
    """C and eleven digits."""
    first, *rest = numbers.fours_of(number, 3)
    return of_fours((fours("C{:03}", 1_000).take(first), *(fours("{:04}").take(group) for group in rest)))


def personal_ids(at: Setting) -> pa.Array:
    """12 digits: 099 (098, 097), sex and century, year, serial (personal_id_codes.csv).

    Serials are ranks within a year of birth and a sex; each such group starts elsewhere, so that their ends differ.
    """
    calendar, age, digits = at.calendar, at.people.age, fours("{:04}")
    serial = numbers.personal_serials(at.people, calendar.cohort.take(age), at.words.start // CELL)
    code, serial = numbers.split(serial, numbers.MILLION)
    group = calendar.cohort.take(age).astype(np.int32) + at.people.sex
    serial = numbers.scrambled(serial + group * APART, at.words.seed, "personal_id")
    head = (numbers.CODES[0] - code) * 10 + calendar.century.take(age) + at.people.sex
    high, low = numbers.split(serial, 10_000)
    middle = calendar.year_in_century.take(age) + high
    return of_fours((digits.take(head), digits.take(middle), digits.take(low)))


def old_numbers(at: Setting) -> pa.Array:
    """Nine digits that begin with 9, as no province's did (memory)."""
    drawn = at.words.pieces("papers", 16).ravel().take(at.people.at)
    holds = (at.years_old > OLD_NUMBER_FROM) & (drawn < limit(at.edges.old_id_number))
    number = numbers.scrambled(
        at.number.take(np.flatnonzero(holds)), at.words.seed, "old_id_number", numbers.OLD_NUMBERS
    )
    groups = [fours("{:04}").take(group) for group in numbers.fours_of(number, 2)]
    return spread(of_fours((np.full(len(number), fours("{:04}")[9]), *groups), skip=3), holds)


def phones(at: Setting, grown: Flags) -> pa.Array:
    """0600 xxx xxx for everybody who is grown: no two alike among about 900,000 people (61 cells), then the million
    numbers begin again, so in a larger world a phone names nobody.
    """
    number = numbers.scrambled(at.number.take(np.flatnonzero(grown)), at.words.seed, "phone")
    high, low = numbers.split(number, 1_000)
    threes = fours(" {:03}", 1_000)
    return of_fours((np.full(len(number), fours("{:04}")[600]), threes.take(high), threes.take(low)))


def emails(at: Setting, name: Integers, writes: Flags) -> pa.Array:
    """Given name and citizen number at a domain that cannot exist, for everybody who writes."""
    words, stems = _email_words()
    rows = np.flatnonzero(writes)
    high, low = numbers.split(at.number.take(rows), 10_000)
    return joined(words, (name.take(rows), stems + high, stems + _HIGH + low))


_HIGH = numbers.CELLS * numbers.PEOPLE_OF_CELL // 10_000 + 1


@cache
def _email_words() -> tuple[pa.Array, int]:
    stems = frozen("names").texts("stem")
    high = [f".{number}" if number else "." for number in range(_HIGH)]
    return pa.array(stems + high + [f"{number:04}{DOMAIN}" for number in range(10_000)]), len(stems)
