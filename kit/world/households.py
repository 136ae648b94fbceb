"""Households before persons: size, shape, where they live now and what their papers say."""

from dataclasses import dataclass

from kit.world.address import old_wards, written_current, written_old
from kit.world.family import Shape
from kit.world.provider import VietnamTrainingProvider
from kit.world.rows import Row, of_province, rows

# Shares in percent: population.yaml, household_size_pct (training values; mean near the 3.59 of 2024).
SIZES = ((1, 2, 3, 4, 5, 6, 7, 8), (11, 17, 21, 25, 14, 7, 3, 2))
SHAPES = {
    1: ((Shape(0, 1, 0), 1),),
    2: ((Shape(0, 2, 0), 65), (Shape(0, 1, 1), 35)),
    3: ((Shape(0, 2, 1), 80), (Shape(0, 1, 2), 12), (Shape(1, 1, 1), 8)),
    4: ((Shape(0, 2, 2), 75), (Shape(1, 2, 1), 17), (Shape(0, 1, 3), 3), (Shape(2, 1, 1), 5)),
    5: ((Shape(0, 2, 3), 40), (Shape(1, 2, 2), 32), (Shape(2, 2, 1), 28)),
    6: ((Shape(0, 2, 4), 15), (Shape(1, 2, 3), 35), (Shape(2, 2, 2), 50)),
    7: ((Shape(2, 2, 3), 70), (Shape(1, 2, 4), 30)),
    8: ((Shape(2, 2, 4), 1),),
}
HERE, SAME_PROVINCE = 0.80, 0.95  # cumulated: the rest lives in another province
POOR, MERIT = 0.03, 0.04  # training values
NEIGHBOURHOOD = {"Phường": "Khu phố", "Đặc khu": "Khu"}


@dataclass(frozen=True)
class Household:
    """One household's home and circumstances; `address_old` names one of the old wards of the unit."""

    household_id: str
    shape: Shape
    unit: Row
    old_ward_code: str
    address_old: str
    address_current: str
    neighbourhood: str
    poor: bool
    merit: bool


def draw_households(provider: VietnamTrainingProvider, unit: Row, people: int) -> list[Household]:
    """Households for exactly this many people, some four in five in the unit itself."""
    found: list[Household] = []
    left = people
    while left:
        size = min(left, provider.generator.random.choices(*SIZES)[0])
        found.append(_household(provider, f"H{len(found) + 1:05}", _shape(provider, size), _where(provider, unit)))
        left -= size
    return found


def _shape(provider: VietnamTrainingProvider, size: int) -> Shape:
    shapes, weights = zip(*SHAPES[size], strict=True)
    shape: Shape = provider.generator.random.choices(shapes, weights)[0]
    return shape


def _where(provider: VietnamTrainingProvider, unit: Row) -> Row:
    draw = provider.generator.random.random()
    if draw < HERE:
        return unit
    home = unit["province_code"]
    if draw < SAME_PROVINCE:
        choices = [row for row in of_province("units", home) if row["code"] != unit["code"]]
    else:
        choices = [row for row in rows("units") if row["province_code"] != home]
    found: Row = provider.one_of(choices)
    return found


def _household(provider: VietnamTrainingProvider, household_id: str, shape: Shape, unit: Row) -> Household:
    ward = provider.one_of(old_wards(unit["code"]))
    neighbourhood = f"{_kind_of_neighbourhood(unit)} {1 + int(provider.generator.random.random() * 12)}"
    line = _line(provider, unit, neighbourhood)
    return Household(
        household_id=household_id,
        shape=shape,
        unit=unit,
        old_ward_code=ward["old_ward_code"],
        address_old=written_old(line, ward),
        address_current=written_current(line, unit),
        neighbourhood=neighbourhood,
        poor=provider.chance(POOR),
        merit=provider.chance(MERIT),
    )


def _kind_of_neighbourhood(unit: Row) -> str:
    return NEIGHBOURHOOD.get(unit["type_vn"], "Ấp" if unit["province_code"] == "79" else "Thôn")


def _line(provider: VietnamTrainingProvider, unit: Row, neighbourhood: str) -> str:
    number = str(1 + int(provider.generator.random.random() * 280))
    if unit["type_vn"] != "Phường":
        return f"Số {number}, {neighbourhood}"
    if provider.chance(0.3):
        number += f"/{1 + int(provider.generator.random.random() * 60)}"
    return f"{number} {provider.street(unit['province_code'])}"
