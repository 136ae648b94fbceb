"""Numbers of people that can be nobody's: each a one-to-one image of a cell and a rank inside it.

A personal ID has six free digits for each sex and year of birth, so it is numbered inside the year: a cell of
4,096 households owns 256 numbers of each. That fills code 099 after 57 million people and 097-099 after 172.
"""

import numpy as np

from kit.errors import WrongUse
from kit.world.bulk.family import CELL, Families
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
STRIDE = 617_027  # shares no factor with the powers of ten, so multiplication only reorders
OLD_NUMBERS = 100 * MILLION


def citizen_numbers(people: Families, first_cell: int) -> Integers:
    """A number for each person, counted inside the cell; unique in the world."""
    starts = people.homes.first_row[::CELL]
    shift = (first_cell + np.arange(len(starts))) * PEOPLE_OF_CELL - starts
    rows = np.arange(len(people.at), dtype=np.int64)
    lengths = np.diff(np.append(starts, len(rows)))
    _fits(int(lengths.max()), PEOPLE_OF_CELL)
    return rows + np.repeat(shift, lengths)


def personal_serials(people: Families, year: Integers, first_cell: int) -> Integers:
    """A number for each person that no other of the sex and year of birth has, below three millions.

    Raises WrongUse beyond the capacity of 097-099.
    """
    cell = people.home // CELL
    if first_cell + int(cell[-1]) >= CELLS:
        raise WrongUse(f"Chỉ đủ số định danh cho {CAPACITY_HOUSEHOLDS} hộ.",
                       f"There are personal IDs for {CAPACITY_HOUSEHOLDS} households only.")  # fmt: skip
    oldest = int(year.min())
    years = int(year.max()) - oldest + 1
    group = ((cell * years + (year - oldest)) * 2 + people.sex).astype(np.uint16)
    order = np.argsort(group, kind="stable")
    counts = np.bincount(group, minlength=1)
    _fits(int(counts.max()), OWNED)
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - np.repeat(np.cumsum(counts) - counts, counts)
    return (first_cell + cell) * OWNED + rank


def scrambled(numbers: Integers, seed: int, purpose: str, limit: int = MILLION) -> Integers:
    """The numbers in another order that the seed decides; those that differ below `limit` still differ."""
    found: Integers = (numbers * STRIDE + offset(seed, purpose, limit)) % limit
    return found


def _fits(found: int, most: int) -> None:
    if found > most:
        raise WrongUse(f"Một ô có {found} người, nhiều hơn {most}: hãy đổi hạt giống.",
                       f"A cell holds {found} people where {most} fit: choose another seed.")  # fmt: skip
