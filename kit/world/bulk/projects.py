"""Public-investment projects handed over to each unit: capital, group, who decides, how far and how much is spent."""

from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk.calendar_of_ages import EPOCH
from kit.world.bulk.frozen import frozen
from kit.world.bulk.ground import Columns
from kit.world.bulk.homes import places
from kit.world.bulk.kinds import Integers
from kit.world.bulk.lookups import indexes, numbers_of, slots, words
from kit.world.bulk.of_units import Units, unit_provinces
from kit.world.bulk.region import PROVINCES
from kit.world.bulk.slots import slot_table
from kit.world.bulk.stamps import record_ids
from kit.world.bulk.texts import coded, dates, spread

PROJECTS, PIECES = 12, 8
GROUPS = ("A", "B", "C")
SIZES = (20, 180, 800)  # projects of each group, per mille: training values
SMALLEST = 500  # million VND
COMMUNE, PROVINCE = "commune_council", "provincial_council"
CROSSING = 6_554  # of 65,536 lie in a second unit too: training value


def projects(units: Units) -> Columns:
    """Twelve rows for each unit; amounts in millions of VND."""
    drawn = units.pieces("projects").take(units.rows, axis=0).reshape(-1, PIECES).T.astype(np.int64, order="C")
    unit = np.repeat(units.rows, PROJECTS)
    number = (units.rows[:, None] * PROJECTS + np.arange(PROJECTS)).ravel()
    name = (drawn[0] * len(_fields())) >> 16
    group, capital = _capital(_fields().take(name), drawn)
    funding = slots("project_funding", "weight").take(drawn[3])
    crosses = drawn[4] < CROSSING
    local = (funding == words("project_funding", "id").to_pylist().index("commune")) & (group > 0) & ~crosses
    status = slots("project_statuses", "weight").take(drawn[5]).astype(np.int64)
    return {
        "project_id": record_ids("J", number),
        "unit_code": coded(unit.astype(np.int16), units.codes),
        "second_unit_code": spread(units.codes.take(pa.array(_neighbour(unit)[crosses])), crosses),
        "old_ward_code": _wards(unit, drawn[7]),
        "name_vi": _names(units, name, drawn[6]),
        "field": coded(_fields().take(name).astype(np.int8), words("project_groups", "field")),
        "group": coded(group.astype(np.int8), pa.array(GROUPS)),
        "capital_million_vnd": pa.array(capital),
        "funding": coded(funding.astype(np.int8), words("project_funding", "id")),
        "authority": coded(np.where(local, 0, 1).astype(np.int8), pa.array((COMMUNE, PROVINCE))),
        "status": coded(status.astype(np.int8), words("project_statuses", "id")),
        **_spent(units, (capital, status), drawn),
    }


def _capital(field: Integers, drawn: Integers) -> tuple[Integers, Integers]:
    """A group, and millions of VND inside its bounds for the field; small ones more often."""
    group = slot_table(np.array(SIZES)).take(drawn[1]).astype(np.int64)
    a, b = (numbers_of("project_groups", side).take(field) * 1_000 for side in ("a", "b"))
    least = np.choose(group, (a, b, np.full(len(a), SMALLEST)))
    room = np.choose(group, (a // 2, a - b, b - SMALLEST))
    return group, least + ((drawn[2] * drawn[2] >> 16) * room >> 16) // 10 * 10


def _spent(units: Units, of: tuple[Integers, Integers], drawn: Integers) -> Columns:
    """Spent <= plan <= capital; guarantees end from 200 days before the day to 400 after."""
    capital, status = of
    least, most = (numbers_of("project_statuses", f"spent_{side}").take(status) for side in ("from", "to"))
    share = least * 256 + (drawn[4] & 255) * (most - least)  # of 25,600
    spent = capital * share // 25_600
    plan = spent + (capital - spent) * (drawn[5] & 255) // 512
    ends = units.day.toordinal() - EPOCH - 200 + (drawn[7] * 600 >> 16)
    return {
        "plan_million_vnd": pa.array(plan),
        "spent_million_vnd": pa.array(spent),
        "advance_million_vnd": pa.array(spent * (drawn[6] & 127) // 1_024),
        "guarantee_ends": dates(ends, spent > 0),
    }


def _names(units: Units, name: Integers, drawn: Integers) -> pa.DictionaryArray:
    """What is built, and a street of the province."""
    streets, starts, counts = _streets()
    province = units.province.repeat(PROJECTS)
    street = starts.take(province) + (drawn * counts.take(province) >> 16)
    kinds = frozen("project_names").texts("vi")
    texts = pa.array([f"{kind} {street}" for kind in kinds for street in streets])
    return texts.take(pa.array(name * len(streets) + street)).dictionary_encode()


@cache
def _streets() -> tuple[list[str], Integers, Integers]:
    """Street names one province after the other, where each begins, and how many it has."""
    table = frozen("streets")
    pairs = list(zip(table.texts("province_code"), table.texts("street_vi"), strict=True))
    each = [[street for code, street in pairs if code == province] for province in PROVINCES]
    counts = np.array([len(own) for own in each])
    return [street for own in each for street in own], np.cumsum(counts) - counts, counts


@cache
def _fields() -> Integers:
    """For each name its row of project_groups.csv."""
    fields, found = words("project_groups", "field").to_pylist(), words("project_names", "field").to_pylist()
    return np.array([fields.index(found[at]) for at in indexes("project_names", "field")])


def _neighbour(unit: Integers) -> Integers:
    """Another unit: the one before or behind in the order of places.csv, of the same province."""
    province = unit_provinces()
    behind = np.minimum(unit + 1, len(province) - 1)
    return np.where((province.take(behind) == province.take(unit)) & (behind != unit), behind, unit - 1)


def _wards(unit: Integers, drawn: Integers) -> pa.DictionaryArray:
    """An old ward of the unit."""
    tables = places(0)
    order = np.argsort(tables.unit, kind="stable")
    counts = np.bincount(tables.unit)
    starts = np.cumsum(counts) - counts
    place = order.take(starts.take(unit) + (drawn * counts.take(unit) >> 16))
    return coded(tables.ward.take(place), tables.wards)
