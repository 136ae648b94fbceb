"""The synthetic commune, drawn from one seed."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import pandas as pd
from faker import Faker

from kit.errors import WrongUse
from kit.world.citizens import draw_citizens
from kit.world.households import Household, draw_households
from kit.world.officials import draw_officials
from kit.world.provider import VietnamTrainingProvider
from kit.world.rows import Row, rows
from kit.world.units import find_unit


@dataclass(frozen=True, eq=False)
class World:
    """One commune on one day: text columns throughout, dates as ISO text, `poor` and `merit` as bool.

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
    """The same arguments give the same world; raises UnknownUnit, and WrongUse for fewer than one person."""
    if people < 1:
        raise WrongUse(f"Số người phải từ 1 trở lên, không phải {people}.", f"People must be 1 or more, not {people}.")
    if not 1950 <= date.year <= 2150:
        raise WrongUse(
            f"Năm phải từ 1950 đến 2150, không phải {date.year}.", f"The year must be 1950 to 2150, not {date.year}."
        )
    unit = find_unit(unit_code)
    provider = _provider(f"{seed}/{unit['code']}")
    homes = draw_households(provider, unit, people)
    citizens = draw_citizens(provider, homes, date)
    heads = {row["household_id"]: row["citizen_id"] for row in citizens if row["relation"] == "head"}
    return World(
        seed=seed,
        date=date,
        unit=unit,
        units=_reference("units").copy(),
        ward_map=_reference("ward_map").copy(),
        households=_frame(_household_row(home, heads) for home in homes),
        citizens=_frame(citizens),
        officials=_frame(draw_officials(provider, unit, date)),
    )


def _provider(seed: str) -> VietnamTrainingProvider:
    fake = Faker("vi_VN")
    fake.seed_instance(seed)
    return VietnamTrainingProvider(fake.factories[0])


def _household_row(home: Household, heads: Mapping[str, str]) -> dict[str, Any]:
    row = asdict(home) | {"unit_code": home.unit["code"], "type": home.shape.kind}
    row["head_id"] = heads[home.household_id]
    return {name: value for name, value in row.items() if name not in ("unit", "shape")}


@cache
def _reference(name: str) -> pd.DataFrame:
    return _frame(rows(name))


def _frame(records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(records))
