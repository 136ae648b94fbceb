"""The synthetic commune of an exercise: households of the bulk world, as text, with its offices and units."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from kit.errors import WrongUse
from kit.world.bulk.drawing import Tables, draw
from kit.world.bulk.family import CELL
from kit.world.bulk.region import Region
from kit.world.office import office_rows
from kit.world.rows import Row, rows
from kit.world.units import find_unit
from kit.world.written import written

FIRST_YEAR, LAST_YEAR = 2000, 2150  # before 2000 people of the 1800s would live, for whom personal IDs have no digit
LEAST_MEAN, MORE = 3, 64  # people of a household, and households more, so that enough are drawn


@dataclass(frozen=True, eq=False)
class World:
    """One commune on one day: text columns, dates as ISO text; `poor` and `merit` are bool, `size` counts people.

    `unit` is its row of units.csv. Some four in five people live there, the others elsewhere in the province
    or in another one. households: one row a home; citizens: one row a person; officials: one row a post.
    """

    seed: int
    date: datetime.date
    unit: Row
    units: pd.DataFrame
    ward_map: pd.DataFrame
    households: pd.DataFrame
    citizens: pd.DataFrame
    officials: pd.DataFrame

    def records(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table, one dict each."""
        columns = {str(name): column.tolist() for name, column in getattr(self, table).items()}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def draw_world(unit_code: str, seed: int, date: datetime.date, people: int = 1200) -> World:
    """Whole households of about `people`: at least so many, at most seven more; the same arguments, the same world.

    They are those of `draw(Region.unit(unit), seed, date, span)` from `first_household(unit)` on. Raises UnknownUnit,
    and WrongUse for fewer than one person, a negative seed or a year outside 2000 to 2150.
    """
    _check(seed, date, people)
    unit = find_unit(unit_code)
    tables = written(_enough(unit["code"], seed, date, people))
    return World(
        seed=seed,
        date=date,
        unit=unit,
        units=_reference("units").copy(),
        ward_map=_reference("ward_map").copy(),
        households=tables["households"].to_pandas(),
        citizens=tables["citizens"].to_pandas(),
        officials=_frame(office_rows(unit, seed, date)),
    )


def first_household(unit_code: str) -> int:
    """The number of a unit's first household: a cell for each unit, so that two worlds of up to 14,000 share nobody."""
    return CELL * [row["code"] for row in rows("units")].index(unit_code)


def _enough(unit: str, seed: int, day: datetime.date, people: int) -> Tables:
    """The first whole households with so many people."""
    first = first_household(unit)
    drawn = draw(Region.unit(unit), seed, day, (first, first + people // LEAST_MEAN + MORE))
    counted = np.cumsum(drawn["households"]["size"].to_numpy(), dtype=np.int64)
    last = int(np.searchsorted(counted, people))
    return {"households": drawn["households"].slice(0, last + 1), "citizens": drawn["citizens"].slice(0, counted[last])}


def _check(seed: int, day: datetime.date, people: int) -> None:
    if people < 1:
        raise WrongUse(f"Số người phải từ 1 trở lên, không phải {people}.", f"People must be 1 or more, not {people}.")
    if seed < 0:
        raise WrongUse(f"Số gieo phải từ 0 trở lên, không phải {seed}.", f"A seed must be 0 or more, not {seed}.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WrongUse(f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}, không phải {day.year}.",
                       f"The year must be {FIRST_YEAR} to {LAST_YEAR}, not {day.year}.")  # fmt: skip


@cache
def _reference(name: str) -> pd.DataFrame:
    return _frame(rows(name))


def _frame(records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(records))
