"""Where a world's people live: a province, or one unit with some people from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from kit.errors import WrongUse
from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Integers
from kit.world.bulk.slots import apportioned, slot_table
from kit.world.units import find_unit

PROVINCES = ("79", "22", "46")
HERE, SAME_PROVINCE = 80, 15  # per cent of a unit's world; the rest lives in another province


@dataclass(frozen=True)
class Region:
    """The units where households are placed, by code; `share` is what each gets of all households, in per cent."""

    name: str
    shares: tuple[tuple[tuple[str, ...], int], ...]

    @classmethod
    def province(cls, code: str) -> "Region":
        """All units of a province by its code; raises WrongUse for a province without units in `datasets/`."""
        return cls(f"province {code}", ((_units([code], code), 100),))

    @classmethod
    def unit(cls, named: str) -> "Region":
        """A unit by code or name, where four in five live; the others elsewhere. Raises UnknownUnit."""
        unit = find_unit(named)
        code, home = unit["code"], unit["province_code"]
        near = tuple(one for one in _units([home], home) if one != code)
        far = _units([p for p in PROVINCES if p != home], home)
        return cls(f"unit {code}", (((code,), HERE), (near, SAME_PROVINCE), (far, 100 - HERE - SAME_PROVINCE)))

    @classmethod
    def country(cls) -> "Region":
        """Every unit of `datasets/`."""
        return cls("country", ((_units(PROVINCES, ""), 100),))


def _units(provinces: Sequence[str], named: str) -> tuple[str, ...]:
    table = frozen("places")
    pairs = zip(table.texts("unit_code"), table.texts("province_code"), strict=True)
    found = tuple(dict.fromkeys(code for code, province in pairs if province in provinces))
    if not found:
        raise WrongUse(f"Chưa có đơn vị nào của tỉnh mã “{named}” trong datasets/units.csv.",
                       f"datasets/units.csv has no unit of a province with the code “{named}”.")  # fmt: skip
    return found


@cache
def place_table(region: Region, split_ward: int = 1_000) -> Integers:
    """For each 16-bit word the place, a row of places.csv; the old wards of a group of units share alike.

    Split ones get so many per mille of that, unless the group has no others.
    """
    units = np.array(frozen("places").texts("unit_code"))
    weights = np.where(np.array(frozen("places").texts("split")) == "yes", split_ward, 1_000)
    parts = apportioned(np.array([share for _, share in region.shares]))
    found = []
    for (codes, _), slots in zip(region.shares, parts, strict=True):
        places = np.flatnonzero(np.isin(units, codes)).astype(np.uint16)
        own = weights.take(places)
        found.append(places[slot_table(own if own.any() else np.ones_like(own), int(slots))])
    return np.concatenate(found)
