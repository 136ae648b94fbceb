"""Party cells of the neighbourhoods and their members, for training lists: all shares are training values."""

from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk import applicants
from kit.world.bulk.calendar_of_ages import EPOCH
from kit.world.bulk.frozen import frozen
from kit.world.bulk.ground import Columns, Ground
from kit.world.bulk.homes import NEIGHBOURHOODS, places
from kit.world.bulk.kinds import Integers
from kit.world.bulk.lookups import fact
from kit.world.bulk.slots import SLOTS
from kit.world.bulk.stamps import record_ids
from kit.world.bulk.texts import coded, dates

LONGEST = 60 * 365  # days of membership
PROBATION = 365
KINDS = ("committee", "cell")


def members(ground: Ground) -> tuple[Integers, Columns]:
    """The household of each member, counted from the first of these cells, and the columns of the table."""
    pieces = ground.words.pieces("party", 16)
    head = np.flatnonzero(pieces[:, 0] < fact("members") * SLOTS // 1_000)
    head = head[applicants.grown(applicants.homes_at(ground, head))]
    drawn = pieces.take(head, axis=0).T.astype(np.int32, order="C")
    homes = applicants.homes_at(ground, head)
    tables = applicants.tables()
    place = np.where(drawn[1] & 1, tables.spouse.take(homes.template), tables.head.take(homes.template))
    age = homes.age(place)
    adult = np.minimum(age - (fact("member_age") * 1461 // 4 + 1), LONGEST)
    since = 1 + ((drawn[2] * adult) >> 16)
    at = places(ground.edges.same_neighbourhood)
    within = (ground.words.pieces("home", 16)[:, 1].take(head).astype(np.int32) * NEIGHBOURHOODS) >> 16
    cell = ground.place.take(head).astype(np.int64) * NEIGHBOURHOODS + within
    return head, {
        "member_id": record_ids("M", ground.words.start + head),
        "citizen_id": ground.citizens_of(head, place),
        "household_id": ground.household_ids(head),
        "unit_code": coded(at.unit.take(ground.place.take(head)), at.units),
        "organisation_id": coded(cell.astype(np.int16), cells()),
        "joined": dates(ground.day.toordinal() - EPOCH - since),
        "official": pa.array(since >= PROBATION + 1),
    }


@cache
def cells() -> pa.Array:
    """The ids of all cells, twelve for each place: unit, old ward and number of the neighbourhood."""
    table = frozen("places")
    pairs = zip(table.texts("unit_code"), table.texts("old_ward_code"), strict=True)
    return pa.array([f"{unit}-{ward}-{one + 1:02}" for unit, ward in pairs for one in range(NEIGHBOURHOODS)])


def organisations(units: Integers, same_neighbourhood: int) -> Columns:
    """The committee and the cells of each unit; `units` are indexes into `places(...).units`."""
    at, codes = places(same_neighbourhood), places(same_neighbourhood).units.to_pylist()
    rows = [row for unit in units for row in _organisations(int(unit), codes[unit], at.unit, at.neighbourhood)]
    names = at.neighbourhoods.to_pylist()
    unit_names = dict(zip(frozen("places").texts("unit_code"), frozen("places").texts("unit"), strict=True))
    return {
        "organisation_id": pa.array([row[0] for row in rows]),
        "parent_id": pa.array([None if row[1] < 0 else row[2] for row in rows], pa.string()),
        "unit_code": pa.array([row[2] for row in rows]).dictionary_encode(),
        "kind": coded(np.array([row[1] >= 0 for row in rows], dtype=np.int8), pa.array(KINDS)),
        "name_vi": pa.array(
            [f"Đảng bộ {unit_names[row[2]]}" if row[1] < 0 else f"Chi bộ {names[row[1]]}" for row in rows]
        ),
        "most_delegates": pa.array([fact("delegates") if row[1] < 0 else None for row in rows], pa.int16()),
    }


def _organisations(unit: int, code: str, of_place: Integers, neighbourhood: Integers) -> list[tuple[str, int, str]]:
    """Id, neighbourhood (-1 for the committee) and unit."""
    found = [(code, -1, code)]
    for place in np.flatnonzero(of_place == unit):
        first = int(place) * NEIGHBOURHOODS
        ids = cells().slice(first, NEIGHBOURHOODS).to_pylist()
        found += [(one, int(neighbourhood[first + at]), code) for at, one in enumerate(ids)]
    return found
