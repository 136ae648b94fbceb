"""Rows of the reference data in `datasets/`, as text: no code loses a zero."""

import csv
from functools import cache

from kit import home

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Every row of `datasets/<name>.csv`, read once; do not change them."""
    with (home.datasets() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def of_province(name: str, province_code: str) -> tuple[Row, ...]:
    """The rows whose `province_code` is this."""
    return tuple(row for row in rows(name) if row["province_code"] == province_code)
