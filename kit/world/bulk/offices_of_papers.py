"""The offices that stand on papers: the committees that ended on 30 June 2025, those that go on, and foreign bodies."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk.calendar_of_ages import EPOCH
from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Flags, Integers

CLOSED = date(2025, 7, 1).toordinal() - EPOCH
"""The day from which districts and the old wards are no more, in days since 1970 (ward_map.csv)."""
LEVELS = ("ward", "district", "department", "unit", "foreign")
WARD, DISTRICT, DEPARTMENT, UNIT, FOREIGN = range(len(LEVELS))
COMMITTEE, JUSTICE, LAND = "Ủy ban nhân dân", "Sở Tư pháp", "Văn phòng Đăng ký đất đai"
CITY = "Thành phố Hồ Chí Minh"  # its kind is written with a capital
KIND = re.compile(r"(Thành phố|Thị xã|Quận|Huyện|Phường|Xã|Đặc khu|Tỉnh)(?= \D)")


@dataclass(frozen=True, eq=False)
class Offices:
    """For each place (a row of places.csv) indexes into `names`; foreign bodies stand from `foreign` on."""

    names: pa.Array
    closed: Integers
    is_district: Flags
    district: Integers
    unit: Integers
    justice: Integers
    land: Integers
    foreign: int


@cache
def offices() -> Offices:
    """The offices of all places; names are those of 30 June 2025, earlier renamings are not followed (training)."""
    table = frozen("places")
    wards = [of_ward(*row) for row in _rows("old_ward", "old_district", "old_province")]
    districts = [of_district(*row) for row in _rows("old_district", "old_province")]
    goes_on = _goes_on()
    closed = [district if on else ward for ward, district, on in zip(wards, districts, goes_on, strict=True)]
    units = [written(COMMITTEE, *row) for row in _rows("unit", "province")]
    bodies = [[written(body, name) for name in table.texts("province")] for body in (JUSTICE, LAND)]
    names = list(dict.fromkeys(one for part in (closed, districts, units, *bodies) for one in part))
    places = {name: at for at, name in enumerate(names)}
    kinds = (np.array([places[one] for one in part], dtype=np.int16) for part in (closed, districts, units, *bodies))
    found, district, unit, justice, land = kinds
    foreign = pa.array(names + frozen("certificate_registries").texts("body"))
    return Offices(foreign, found, np.array(goes_on), district, unit, justice, land, len(names))


def of_ward(ward: str, district: str, province: str) -> str:
    """The committee of an old ward: "Ủy ban nhân dân phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"."""
    return written(COMMITTEE, ward, district, province)


def of_district(district: str, province: str) -> str:
    """The committee of an old district."""
    return written(COMMITTEE, district, province)


def written(body: str, *places: str) -> str:
    """The body and its places, their kinds in small letters unless a number follows (Decree 30/2020, Annex II)."""
    return f"{body} " + ", ".join(_in_sentence(place) for place in places)


def _in_sentence(place: str) -> str:
    return place if place == CITY else KIND.sub(lambda kind: kind.group(1).lower(), place, count=1)


def _goes_on() -> list[bool]:
    """The old wards that became a unit alone, whole and under their name: their committee did not end."""
    units = frozen("places").texts("unit_code")
    rows = zip(units, *_columns("unit", "old_ward", "split"), strict=True)
    return [unit == ward and split == "no" and units.count(code) == 1 for code, unit, ward, split in rows]


def _rows(*columns: str) -> list[tuple[str, ...]]:
    return list(zip(*_columns(*columns), strict=True))


def _columns(*names: str) -> list[list[str]]:
    return [frozen("places").texts(name) for name in names]
