"""What the checks look at: the finished tables alone, never the arrays they were drawn with."""

from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk.kinds import Flags, Integers

NOBODY = -1
EPOCH = date(1970, 1, 1).toordinal()


class Evidence:
    """Households and citizens of one draw on its day, with references resolved to row numbers."""

    def __init__(self, tables: dict[str, pa.Table], day: date) -> None:
        self.citizens, self.households, self.day = tables["citizens"], tables["households"], day
        self._codes: dict[tuple[str, str], tuple[Integers, list[str | None]]] = {}

    def text(self, column: str, table: str = "citizens") -> pa.Array:
        """A text column as plain strings in one piece."""
        found = getattr(self, table)[column].cast(pa.string())
        return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found

    def codes(self, column: str, table: str = "citizens") -> tuple[Integers, list[str | None]]:
        """The column as row numbers of its distinct texts, and these texts; found once, as many rules ask."""
        if (column, table) not in self._codes:
            encoded = self.text(column, table).dictionary_encode(null_encoding="encode")
            self._codes[column, table] = encoded.indices.to_numpy(), encoded.dictionary.to_pylist()
        return self._codes[column, table]

    def equals(self, column: str, *wanted: str) -> Flags:
        """Where a text column is one of these."""
        codes, words = self.codes(column)
        return np.array([word in wanted for word in words])[codes]

    def days(self, column: str) -> Integers:
        """A date column as days since 1970; the least integer where it is null."""
        found = compute.fill_null(self.citizens[column].cast(pa.int32()), -(2**31))
        return np.asarray(found.to_numpy(), dtype=np.int64)

    def rows_of(self, column: str, wanted: str = "citizen_id", table: str = "citizens") -> Integers:
        """The row that each reference names; NOBODY for null and for what is not there."""
        found = compute.index_in(self.text(column), value_set=self.text(wanted, table))
        return np.asarray(compute.fill_null(found, NOBODY).to_numpy(zero_copy_only=False), dtype=np.int64)

    @cached_property
    def father(self) -> Integers:
        """Row of the father."""
        return self.rows_of("father_id")

    @cached_property
    def mother(self) -> Integers:
        """Row of the mother."""
        return self.rows_of("mother_id")

    @cached_property
    def spouse(self) -> Integers:
        """Row of the spouse."""
        return self.rows_of("spouse_id")

    @cached_property
    def household(self) -> Integers:
        """Row of the household."""
        return self.rows_of("household_id", "household_id", "households")

    @cached_property
    def born(self) -> Integers:
        """Birth, in days since 1970."""
        return self.days("birth_date")

    @cached_property
    def age(self) -> Integers:
        """Age in days."""
        return self.day.toordinal() - EPOCH - self.born

    @cached_property
    def birth_year(self) -> Integers:
        """Year of birth."""
        return np.asarray(self.born.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970)

    @cached_property
    def years_old(self) -> Integers:
        """Completed years on the day."""
        birth = self.born.astype("datetime64[D]")
        month = birth.astype("datetime64[M]")
        in_year = month.astype(np.int64) % 12 * 100 + (birth - month.astype("datetime64[D]")).astype(np.int64) + 1
        today = (self.day.month - 1) * 100 + self.day.day
        # Somebody born on 29 February has the birthday on the 28th in other years.
        leap = (in_year == 129) & (self.day.month == 2) & (self.day.day == 28) & (self.day.year % 4 > 0)
        return np.asarray(self.day.year - self.birth_year - ((in_year > today) & ~leap))

    @cached_property
    def is_female(self) -> Flags:
        """Women and girls."""
        return self.equals("sex", "female")


def count(flags: Flags) -> int:
    """How many are set."""
    return int(np.count_nonzero(flags))


def duplicates(column: pa.Array) -> int:
    """How many texts beyond the first of each are in the column; nulls do not count."""
    present = column.drop_null()
    return len(present) - len(compute.unique(present))


def not_matching(column: pa.Array, pattern: str) -> int:
    """How many texts do not match; nulls do not count."""
    matches = compute.match_substring_regex(column.drop_null(), pattern)
    return len(matches) - int(compute.sum(matches).as_py() or 0)
