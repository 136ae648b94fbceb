"""draw_table: every table beyond households and citizens, by name."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa

from kit.errors import WrongUse
from kit.world.bulk.certificates import certificates
from kit.world.bulk.documents import documents
from kit.world.bulk.dossiers import dossiers
from kit.world.bulk.drawing import USUAL
from kit.world.bulk.edges import EdgeCases
from kit.world.bulk.family import CELL
from kit.world.bulk.ground import Columns, Ground
from kit.world.bulk.kinds import Integers
from kit.world.bulk.numbers import CAPACITY_HOUSEHOLDS
from kit.world.bulk.of_units import Units, units_table
from kit.world.bulk.offices import accounts, officials
from kit.world.bulk.parcels import parcels
from kit.world.bulk.party import members, organisations
from kit.world.bulk.petitions import petitions
from kit.world.bulk.projects import projects
from kit.world.bulk.region import Region
from kit.world.bulk.words import Words

CELLS_AT_ONCE = 16  # 65,536 households with 25,000 dossiers
OF_HOUSEHOLDS: dict[str, Callable[[Ground], tuple[Integers, Columns]]] = {
    "dossiers": dossiers, "petitions": petitions, "parcels": parcels, "party_members": members,
    "certificates": certificates,
}  # fmt: skip
OF_UNITS: dict[str, Callable[[Units], Columns]] = {
    "units": units_table, "officials": officials, "accounts": accounts, "documents": documents, "projects": projects,
    "party_organisations": lambda units: organisations(units.rows, units.same_neighbourhood),
}  # fmt: skip


def draw_affairs(
    region: Region, seed: int, day: date, span: tuple[int, int], edges: EdgeCases = USUAL
) -> dict[str, pa.Table]:
    """The tables of OF_HOUSEHOLDS for the households numbered from span[0] to below span[1], as `draw` numbers them.

    Rows depend on region, seed, day, edges and the household alone. Raises WrongUse for an empty span, and KitError
    when the frozen calendar does not hold the days around `day`.
    """
    start, stop = span
    if not 0 <= start < stop <= CAPACITY_HOUSEHOLDS:
        raise WrongUse(f"Khoảng hộ phải nằm trong 0..{CAPACITY_HOUSEHOLDS}, không phải {start}..{stop}.",
                       f"Households go from 0 to {CAPACITY_HOUSEHOLDS}, not {start} to {stop}.")  # fmt: skip
    last = -(-stop // CELL) * CELL
    parts = []
    for first in range(start // CELL * CELL, last, CELL * CELLS_AT_ONCE):
        words = Words(seed, first, min(first + CELL * CELLS_AT_ONCE, last))
        ground = Ground.of(words, region, day, edges)
        parts.append({name: _cut(make(ground), words, span) for name, make in OF_HOUSEHOLDS.items()})
    return {name: pa.concat_tables([part[name] for part in parts]) for name in OF_HOUSEHOLDS}


def _cut(made: tuple[Integers, Columns], words: Words, span: tuple[int, int]) -> pa.Table:
    """Only the rows of the span's households; their rows follow one another."""
    home, columns = made
    first, last = np.searchsorted(home, (span[0] - words.start, span[1] - words.start))
    return pa.table(columns).slice(int(first), int(last - first))


def draw_offices(
    region: Region, seed: int, day: date, span: tuple[int, int] | None = None, edges: EdgeCases = USUAL
) -> dict[str, pa.Table]:
    """The tables of OF_UNITS for the region's units, or those numbered from span[0] to below span[1] among them."""
    units = Units.of(region, seed, day, span, edges.same_neighbourhood)
    return {name: pa.table(make(units)) for name, make in OF_UNITS.items()}
