"""Families of a run of whole cells: who lives in each household, of what sex and age, and who is whose kin."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from kit.world.bulk import ages
from kit.world.bulk.edges import EdgeCases, limit
from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.shapes import BY_LOT, PLACES, shapes
from kit.world.bulk.slots import slot_table
from kit.world.bulk.words import Words

CELL_BITS = 12
CELL = 1 << CELL_BITS
"""Households that are always drawn together: personal IDs are numbered inside a cell."""
MIXED, SPREAD = 73, 20_077  # odd, so every 16-bit number comes once
BOY = 135  # of 256: 111.4 boys to 100 girls (population.yaml, sex_ratio_at_birth)
WIFE_IS_HEAD = 77  # of 256: training value


@dataclass(frozen=True, eq=False)
class Homes:
    """One row for each household: its shape and the place of its first person among the rows of people."""

    shape: Integers
    variant: Integers
    size: Integers
    first_row: Integers
    age_in_days: Integers


@dataclass(frozen=True, eq=False)
class Families:
    """One row for each person, household after household; `at` indexes (household, place) matrices laid flat."""

    homes: Homes
    at: Integers
    home: Integers
    template: Integers
    age: Integers
    sex: Integers

    def of_template(self, table: Integers) -> Integers:
        """What the household's shape says of each person; `table` is one of Shapes."""
        return table.ravel().take(self.template)


def families(words: Words, edges: EdgeCases) -> Families:
    """The families of the households that `words` are for."""
    drawn = words.pieces("family", 16)
    shape, youngest = (table.take(drawn[:, 0]) for table in _types())
    return arranged(drawn, shape, youngest, edges)


def arranged(drawn: Integers, shape: Integers, youngest: Integers, edges: EdgeCases) -> Families:
    """The families of given shapes; `drawn`: 16 columns of 16 bits, of which column 0 has chosen the shape."""
    homes = _homes(drawn.T.astype(np.int32, order="C"), shape, youngest, edges)
    tables = shapes()
    row = homes.variant.astype(np.int64) * tables.count + homes.shape
    at = np.flatnonzero(tables.present.take(row).view(np.bool_))
    home = at >> 3
    template = row.take(home) * PLACES + (at & 7)
    sex = tables.sex.ravel().take(template)
    by_lot = np.flatnonzero(sex == BY_LOT)
    lot = (drawn[:, 12:14].copy().view(np.uint8) >= BOY).view(np.int8).ravel()
    sex[by_lot] = lot.take(home.take(by_lot) * 4 + (at.take(by_lot) & 3))
    return Families(homes, at, home, template, homes.age_in_days.ravel().take(at).astype(np.int64), sex)


def _homes(drawn: Integers, shape: Integers, youngest: Integers, edges: EdgeCases) -> Homes:
    """The households; `drawn` has a row for each use of the 16-bit numbers."""
    tables = shapes()
    shape = np.where(drawn[15] < limit(edges.child_without_father), tables.unmarried.take(shape), shape)
    shape = _widowed(drawn[15], shape, edges)
    children, size = tables.children.take(shape), tables.size.take(shape)
    has_man, has_woman = tables.has_man.take(shape), tables.has_woman.take(shape)
    found = ages.ages(drawn, children, youngest, _twins(drawn[15], edges))
    ages.lone(found, ~has_woman)
    ages.elders(found, drawn, has_man)
    couple = has_man & has_woman
    foster = couple & (children > 0) & (65_535 - drawn[15] < limit(edges.abandoned_child))
    wife_is_head = couple & (drawn[14] & 255 < WIFE_IS_HEAD)
    return Homes(shape, wife_is_head + 2 * foster.astype(np.uint8), size, np.cumsum(size) - size, found)


def _widowed(drawn: Integers, shape: Integers, edges: EdgeCases) -> Integers:
    """Of the divorced as many as the edge cases ask for, the others widowed; the usual share leaves all as they are."""
    if edges.divorced == 1_000:
        return shape
    return np.where(drawn * SPREAD & 65_535 < limit(edges.divorced), shape, shapes().widowed.take(shape))


def _twins(drawn: Integers, edges: EdgeCases) -> Flags:
    """The word in another order, so that twins fall neither to unmarried nor to foster children more."""
    return (drawn * MIXED & 65_535) < limit(edges.twins)


@cache
def _types() -> tuple[Integers, Integers]:
    """For each 16-bit word: the shape, and the years at which the age bin begins."""
    table = frozen("type_weights")
    slots = slot_table(table.integers("weight"))
    return tuple(table.integers(name).astype(np.int32).take(slots) for name in ("type", "youngest"))  # type: ignore[return-value]
