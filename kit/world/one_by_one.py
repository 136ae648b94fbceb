"""Households of the bulk world one at a time, for whoever wants a few: a cell is drawn, then given away."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from kit.world.bulk.drawing import draw
from kit.world.bulk.family import CELL
from kit.world.bulk.region import Region
from kit.world.written import written

Record = dict[str, Any]


class Homes:
    """The households that one provider gives; no two units get the same cell, so nobody's number is another's."""

    def __init__(self, seed: int, day: date) -> None:
        self._seed, self._day = seed, day
        self._cells = count()
        self._of: dict[str, Iterator[Record]] = {}

    def next_of(self, unit: str) -> Record:
        """The next household of a unit (its code), with its `people`."""
        return next(self._of.setdefault(unit, self._all_of(unit)))

    def _all_of(self, unit: str) -> Iterator[Record]:
        alone = Region(f"alone {unit}", (((unit,), 100),))
        for cell in self._cells:
            tables = written(draw(alone, self._seed, self._day, (cell * CELL, (cell + 1) * CELL)))
            homes, people, row = tables["households"], tables["citizens"], 0
            for home in homes.to_pylist():
                yield home | {"people": people.slice(row, home["size"]).to_pylist()}
                row += home["size"]
