"""draw: the households from one number to another, and everybody who lives in them, as Arrow tables."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from kit.errors import WrongUse
from kit.world.bulk import numbers
from kit.world.bulk.edges import EdgeCases
from kit.world.bulk.family import CELL, Families, families
from kit.world.bulk.homes import Located, located, places
from kit.world.bulk.identifiers import setting
from kit.world.bulk.kinds import Integers
from kit.world.bulk.people import citizens
from kit.world.bulk.region import Region
from kit.world.bulk.shapes import RELATIONS, shapes
from kit.world.bulk.texts import coded, fours, of_fours
from kit.world.bulk.words import Words

CELLS_AT_ONCE = 4  # 59,000 people: their columns stay in a processor's cache
POOR, MERIT = 30, 40  # per mille of households: training values
USUAL = EdgeCases()
Tables = dict[str, pa.Table]


def draw(region: Region, seed: int, day: date, span: tuple[int, int], edges: EdgeCases = USUAL) -> Tables:
    """The tables "households" and "citizens" of the households numbered from span[0] to below span[1].

    A household's rows depend on region, seed, day, edges and its number alone, never on the span.
    Raises WrongUse for an empty or negative span and beyond the capacity of personal IDs.
    """
    start, stop = span
    if not 0 <= start < stop <= numbers.CAPACITY_HOUSEHOLDS:
        raise WrongUse(f"Khoảng hộ phải nằm trong 0..{numbers.CAPACITY_HOUSEHOLDS}, không phải {start}..{stop}.",
                       f"Households go from 0 to {numbers.CAPACITY_HOUSEHOLDS}, not {start} to {stop}.")  # fmt: skip
    parts = [_part(region, Words(seed, *cells), day, edges, span) for cells in _runs(start, stop)]
    return {name: pa.concat_tables([part[name] for part in parts]) for name in ("households", "citizens")}


def _runs(start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Whole cells that cover the households, some at a time."""
    last = -(-stop // CELL) * CELL
    for first in range(start // CELL * CELL, last, CELL * CELLS_AT_ONCE):
        yield first, min(first + CELL * CELLS_AT_ONCE, last)


def _part(region: Region, words: Words, day: date, edges: EdgeCases, span: tuple[int, int]) -> Tables:
    people = families(words, edges)
    home = located(words, region, edges)
    at = setting(words, people, home, day, edges)
    ids = household_ids(np.arange(words.start, words.stop, dtype=np.int64))
    own = citizens(at, ids)
    first, last = max(span[0] - words.start, 0), min(span[1], words.stop) - words.start
    rows = np.append(people.homes.first_row, len(people.at))
    homes = _households(words, people, home, edges) | {"household_id": ids, "head_id": _heads(people, own)}
    return {
        "households": pa.table({name: homes[name] for name in HOUSEHOLD_COLUMNS}).slice(first, last - first),
        "citizens": pa.table(own).slice(int(rows[first]), int(rows[last] - rows[first])),
    }


HOUSEHOLD_COLUMNS = (
    "household_id", "unit_code", "old_ward_code", "address_old", "address_current", "neighbourhood",
    "poor", "merit", "type", "size", "head_id",
)  # fmt: skip


def household_ids(number: Integers) -> pa.Array:
    """H and eleven digits."""
    first, *rest = numbers.fours_of(number, 3)
    return of_fours((fours("H{:03}", 1_000).take(first), *(fours("{:04}").take(group) for group in rest)))


def _heads(people: Families, own: dict[str, Any]) -> pa.Array:
    head = people.of_template(shapes().relation) == RELATIONS.index("head")
    return coded(np.flatnonzero(head).astype(np.int32), own["citizen_id"])


def _households(words: Words, people: Families, home: Located, edges: EdgeCases) -> dict[str, Any]:
    tables, drawn = places(edges.same_neighbourhood), words.pieces("home", 16)
    kinds = list(dict.fromkeys(shapes().kinds))
    kind = np.array([kinds.index(name) for name in shapes().kinds], dtype=np.int8)
    return {
        "unit_code": coded(tables.unit.take(home.place), tables.units),
        "old_ward_code": coded(tables.ward.take(home.place), tables.wards),
        "address_old": home.address_old,
        "address_current": home.address_current,
        "neighbourhood": coded(home.neighbourhood, tables.neighbourhoods),
        "poor": pa.array(drawn[:, 6] < POOR * 65_536 // 1_000),
        "merit": pa.array(drawn[:, 7] < MERIT * 65_536 // 1_000),
        "type": coded(kind.take(people.homes.shape), pa.array(kinds)),
        "size": pa.array(people.homes.size.astype(np.int8)),
    }
