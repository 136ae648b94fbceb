"""Numbers of people that can be nobody's: each a one-to-one image of a cell and a rank inside it.

A personal ID has six free digits for each sex and year of birth, so it is numbered inside the year: a cell of
4,096 households owns 256 numbers of each. That fills code 099 after 57 million people and 097-099 after 172.
"""

import numpy as np

from kit.errors import WrongUse
from kit.world.bulk.family import CELL, CELL_BITS, Families
from kit.world.bulk.kinds import Integers
from kit.world.bulk.words import offset

MILLION = 1_000_000
CODES = (99, 98, 97)
"""Province codes that were never assigned (personal_id_codes.csv)."""
OWNED = 256
"""Numbers of one sex and year of birth that a cell owns: twice the people expected, 11 standard deviations more."""
PEOPLE_OF_CELL = 16_384
CELLS = len(CODES) * MILLION // OWNED
CAPACITY_HOUSEHOLDS = CELLS * CELL
STRIDE = 1_709  # shares no factor with the powers of ten; a million times it fits in 31 bits
OLD_NUMBERS = 100 * MILLION


def citizen_numbers(people: Families, first_cell: int) -> Integers:
    """A number for each person, counted inside the cell; unique in the world."""
    starts = people.homes.first_row[::CELL]
    shift = (first_cell + np.arange(len(starts))) * PEOPLE_OF_CELL - starts
    rows = np.arange(len(people.at), dtype=np.int32)
    lengths = np.diff(np.append(starts, len(rows)))
    _fits(int(lengths.max()), PEOPLE_OF_CELL)
    return rows + np.repeat(shift.astype(np.int32), lengths)


def personal_serials(people: Families, cohort: Integers, first_cell: int) -> Integers:
    """A number for each person that no other of the sex and year of birth has, below three millions.

    cohort: an even number below 255 for each year of birth.

    Raises WrongUse beyond the capacity of 097-099.
    """
    cell = people.home >> CELL_BITS
    if first_cell + int(cell[-1]) >= CELLS:
        raise WrongUse(f"Chỉ đủ số định danh cho {CAPACITY_HOUSEHOLDS} hộ.",
                       f"There are personal IDs for {CAPACITY_HOUSEHOLDS} households only.")  # fmt: skip
    group = ((cell << 8) + cohort + people.sex).astype(np.uint16)
    order = np.argsort(group, kind="stable")
    counts = np.bincount(group, minlength=1)
    _fits(int(counts.max()), OWNED)
    begin = np.cumsum(counts) - counts - (first_cell + (np.arange(len(counts)) >> 8)) * OWNED
    found = np.empty(len(group), dtype=np.int32)
    found[order] = np.arange(len(group), dtype=np.int32) - np.repeat(begin.astype(np.int32), counts)
    return found


def scrambled(numbers: Integers, seed: int, purpose: str, limit: int = MILLION) -> Integers:
    """The numbers in another order that the seed decides; those that differ below `limit` still differ.

    32-bit numbers stay so up to a million, for which STRIDE is small enough.
    """
    below = split(numbers, limit)[1] if limit == MILLION else numbers.astype(np.int64)
    return split(below * STRIDE + offset(seed, purpose, limit), limit)[1]


def split(numbers: Integers, by: int) -> tuple[Integers, Integers]:
    """Quotient and remainder; NumPy's own remainder takes six times as long."""
    quotient = numbers // by
    return quotient, numbers - quotient * by


def fours_of(number: Integers, groups: int) -> list[Integers]:
    """Decimal digits in groups of four, the highest group first."""
    found: list[Integers] = []
    for _ in range(groups - 1):
        number, low = split(number, 10_000)
        found.insert(0, low)
    return [number, *found]


def _fits(found: int, most: int) -> None:
    if found > most:
        raise WrongUse(f"Một ô có {found} người, nhiều hơn {most}: hãy đổi hạt giống.",
                       f"A cell holds {found} people where {most} fit: choose another seed.")  # fmt: skip
