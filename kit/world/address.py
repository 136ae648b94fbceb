"""Addresses before and after 1 July 2025, side by side."""

from datetime import date
from functools import cache

from kit.calendar import FIRST_DAY
from kit.errors import UnknownName
from kit.world.rows import Row, rows


def current_units(old_ward_code: str) -> tuple[str, ...]:
    """The codes of today's units that hold land of an old ward; several for a split ward: never guess.

    Raises UnknownName for an old ward that `ward_map.csv` does not hold.
    """
    found = _by_old_ward().get(old_ward_code, ())
    if not found:
        raise UnknownName(
            f"Không có phường, xã cũ mã “{old_ward_code}” trong datasets/ward_map.csv.",
            f"No old ward has the code “{old_ward_code}” in datasets/ward_map.csv.",
        )
    return tuple(row["new_unit_code"] for row in found)


def old_wards(unit_code: str) -> tuple[Row, ...]:
    """The rows of `ward_map.csv` for the old wards of which one of today's units was made."""
    return _by_new_unit().get(unit_code, ())


def place_on(day: date, origin: str) -> str:
    """A place of origin ("old ward, old district, old province") as the body there is named on a day.

    Of a split ward the first of today's units: whoever needs the right one must look it up.
    """
    return origin if day < FIRST_DAY else _today_of().get(origin, origin)


@cache
def _today_of() -> dict[str, str]:
    """Today's unit and province by the old ward, district and province."""
    provinces = {unit["province_code"]: unit["province_vn"] for unit in rows("units")}
    found: dict[str, str] = {}
    for row in rows("ward_map"):
        named = f"{row['old_ward_vn']}, {row['old_district_vn']}, {row['old_province_vn']}"
        found.setdefault(named, f"{row['new_unit_vn']}, {provinces[row['new_province_code']]}")
    return found


@cache
def _by_old_ward() -> dict[str, tuple[Row, ...]]:
    return _grouped("old_ward_code")


@cache
def _by_new_unit() -> dict[str, tuple[Row, ...]]:
    return _grouped("new_unit_code")


def _grouped(column: str) -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for row in rows("ward_map"):
        found[row[column]] = (*found.get(row[column], ()), row)
    return found
