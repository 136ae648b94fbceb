"""What the tables of units' offices are drawn from: some units, by their place among all."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from kit.errors import WrongUse
from kit.world.bulk.frozen import frozen
from kit.world.bulk.homes import places
from kit.world.bulk.kinds import Integers
from kit.world.bulk.region import PROVINCES, Region
from kit.world.bulk.words import WORDS, Words


@dataclass(frozen=True, eq=False)
class Units:
    """`rows` are indexes into `codes`, the codes of all units in the order of places.csv."""

    rows: Integers
    seed: int
    day: date
    same_neighbourhood: int

    @classmethod
    def of(cls, region: Region, seed: int, day: date, span: tuple[int, int] | None, same: int) -> "Units":
        """The region's units, or those of them numbered from span[0] to below span[1]; raises WrongUse."""
        rows = region_rows(region)
        start, stop = span or (0, len(rows))
        if not 0 <= start < stop <= len(rows):
            raise WrongUse(f"Khoảng đơn vị phải nằm trong 0..{len(rows)}, không phải {start}..{stop}.",
                           f"Units go from 0 to {len(rows)}, not {start} to {stop}.")  # fmt: skip
        return cls(rows[start:stop], seed, day, same)

    @cached_property
    def codes(self) -> pa.Array:
        """The codes of all units."""
        return places(0).units

    @cached_property
    def province(self) -> Integers:
        """For each of these units the place of its province in PROVINCES."""
        return unit_provinces().take(self.rows)

    def pieces(self, purpose: str) -> Integers:
        """16-bit numbers of every unit, one row each: a unit's do not depend on which units are asked for."""
        count = len(self.codes)
        return Words(self.seed, 0, count).pieces(purpose, 16).reshape(count, WORDS[purpose] * 4)


def units_table(units: Units) -> dict[str, Any]:
    """One row for each unit."""
    table = frozen("units")
    texts = {name: pa.array(table.texts(name)).take(pa.array(units.rows)) for name in UNIT_TEXTS}
    split = np.bincount(places(0).unit, weights=[one == "yes" for one in frozen("places").texts("split")])
    return texts | {
        "old_wards_count": pa.array(table.integers("n_old_wards").take(units.rows).astype(np.int8)),
        "split_wards_count": pa.array(split.take(units.rows).astype(np.int8)),
    }


UNIT_TEXTS = ("unit_code", "name_vn", "name_en", "type_vn", "province_code", "province_vn", "old_wards")


def region_rows(region: Region) -> Integers:
    """The units of a region, as rows, in the order of places.csv."""
    wanted = {code for codes, _ in region.shares for code in codes}
    return np.array([at for at, code in enumerate(places(0).units.to_pylist()) if code in wanted], dtype=np.int64)


def unit_provinces() -> Integers:
    """For each unit the place of its province in PROVINCES."""
    table = frozen("places")
    of = dict(zip(table.texts("unit_code"), table.texts("province_code"), strict=True))
    return np.array([PROVINCES.index(of[code]) for code in places(0).units.to_pylist()])
