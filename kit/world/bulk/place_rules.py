"""Rules about where people live: each function counts the rows that break it."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.address import current_units
from kit.world.bulk.evidence import Evidence, count
from kit.world.bulk.kinds import Flags
from kit.world.rows import Row, rows

HOME = ("unit_code", "old_ward_code", "neighbourhood")
KINDS = {"Phường": ("Khu phố",), "Đặc khu": ("Khu",), "Xã": ("Ấp", "Thôn")}


def citizens_live_at_home(e: Evidence) -> int:
    """A person's unit, old ward and neighbourhood are those of the household."""
    return sum(_differs(e, column) for column in HOME)


def units_exist(e: Evidence) -> int:
    """Every unit is in units.csv."""
    codes, words = e.codes("unit_code", "households")
    return count(np.array([word not in _units() for word in words])[codes])


def old_ward_is_in_the_unit(e: Evidence) -> int:
    """The unit holds land of the old ward (ward_map.csv)."""
    wards, ward_words = e.codes("old_ward_code", "households")
    units, unit_words = e.codes("unit_code", "households")
    holding = [current_units(str(ward)) for ward in ward_words]
    fits = np.array([[unit in today for unit in unit_words] for today in holding])
    return count(~fits[wards, units])


def address_current_ends_with_the_unit(e: Evidence) -> int:
    """Unit and province, no district."""
    units = {code: f", {row['name_vn']}, {row['province_vn']}" for code, row in _units().items()}
    return count(~_ends(e, "address_current", "unit_code", units))


def address_old_ends_with_the_old_ward(e: Evidence) -> int:
    """Old ward, district and old province."""
    wards: dict[str | None, str] = {
        row["old_ward_code"]: f", {row['old_ward_vn']}, {row['old_district_vn']}, {row['old_province_vn']}"
        for row in rows("ward_map")
    }
    return count(~_ends(e, "address_old", "old_ward_code", wards))


def addresses_begin_alike(e: Evidence) -> int:
    """House number and street (or neighbourhood) did not change."""
    endings = {"address_current": ", [^,]*, [^,]*$", "address_old": ", [^,]*, [^,]*, [^,]*$"}
    lines = [compute.replace_substring_regex(e.text(name, "households"), end, "") for name, end in endings.items()]
    return len(lines[0]) - int(compute.sum(compute.equal(*lines)).as_py())


def neighbourhood_fits_the_unit(e: Evidence) -> int:
    """Khu phố in wards, ấp or thôn in communes, khu in special zones."""
    codes, words = e.codes("neighbourhood", "households")
    units, unit_words = e.codes("unit_code", "households")
    kinds = [KINDS[_units()[str(code)]["type_vn"]] for code in unit_words]
    fits = np.array([[str(word).rpartition(" ")[0] in kind for kind in kinds] for word in words])
    return count(~fits[codes, units])


def _units() -> dict[str | None, Row]:
    return {row["code"]: row for row in rows("units")}


def _differs(e: Evidence, column: str) -> int:
    at_home = e.text(column, "households").take(pa.array(e.household))
    return len(at_home) - int(compute.sum(compute.equal(at_home, e.text(column))).as_py())


def _ends(e: Evidence, address: str, code: str, endings: dict[str | None, str]) -> Flags:
    """Where the address ends as its code says."""
    codes, words = e.codes(code, "households")
    texts, found = e.text(address, "households"), np.zeros(len(codes), dtype=bool)
    places = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes, minlength=len(words)))[:-1])
    for own, word in zip(places, words, strict=True):
        ends = compute.ends_with(texts.take(pa.array(own)), endings.get(word, "?"))
        found[own] = ends.to_numpy(zero_copy_only=False)
    return found


RULES = (
    citizens_live_at_home, units_exist, old_ward_is_in_the_unit, address_current_ends_with_the_unit,
    address_old_ends_with_the_old_ward, addresses_begin_alike, neighbourhood_fits_the_unit,
)  # fmt: skip
