"""What every table of households' affairs is drawn from: one run of whole cells, its people and where they live."""

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from kit.world.bulk import numbers
from kit.world.bulk.drawing import POOR, household_ids
from kit.world.bulk.edges import EdgeCases
from kit.world.bulk.family import CELL, CELL_BITS, Families, families
from kit.world.bulk.homes import places
from kit.world.bulk.identifiers import citizen_ids
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.region import Region, place_table
from kit.world.bulk.shapes import PLACES, shapes
from kit.world.bulk.slots import SLOTS
from kit.world.bulk.words import Words

Columns = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Ground:
    """The households that `words` are for; `place` is a row of places.csv for each."""

    words: Words
    people: Families
    place: Integers
    day: date
    edges: EdgeCases

    @classmethod
    def of(cls, words: Words, region: Region, day: date, edges: EdgeCases) -> "Ground":
        """The same families and places that the citizens' columns are made from."""
        place = place_table(region, edges.split_ward).take(words.pieces("home", 16)[:, 0])
        return cls(words, families(words, edges), place, day, edges)

    @cached_property
    def template(self) -> Integers:
        """For each household its row in the tables of shapes."""
        homes = self.people.homes
        return homes.variant.astype(np.int64) * shapes().count + homes.shape

    @cached_property
    def unit(self) -> Integers:
        """For each household the index of its unit in `places(...).units`."""
        return places(self.edges.same_neighbourhood).unit.take(self.place)

    @cached_property
    def poor(self) -> Flags:
        """The poor households, as the households table has them."""
        found: Flags = self.words.pieces("home", 16)[:, 6] < POOR * SLOTS // 1_000
        return found

    def row_of(self, home: Integers, place: Integers) -> Integers:
        """The row of the person in one of the eight places of a household, among the people of these cells."""
        rank = ranks().take(self.template.take(home) * PLACES + place)
        return np.asarray(self.people.homes.first_row.take(home) + rank)

    def citizens_of(self, home: Integers, place: Integers) -> pa.Array:
        """The citizen_id of those people."""
        starts = self.people.homes.first_row[::CELL]
        shift = (self.words.start // CELL + np.arange(len(starts))) * numbers.PEOPLE_OF_CELL - starts
        return citizen_ids((self.row_of(home, place) + shift.take(home >> CELL_BITS)).astype(np.int32))

    def household_ids(self, home: Integers) -> pa.Array:
        """The household_id of households numbered from the first of these cells."""
        return household_ids((home + self.words.start).astype(np.int32))


@cache
def ranks() -> Integers:
    """For each template and place how many people of the household come before it."""
    present = shapes().present.view(np.bool_).reshape(-1, PLACES)
    found: Integers = (np.cumsum(present, axis=1, dtype=np.int64) - present).ravel()
    return found
