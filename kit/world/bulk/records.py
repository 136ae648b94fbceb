"""What the checks of dossiers and other records look at: the finished tables, with people found by their ids."""

from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk.evidence import EPOCH, NOBODY, Evidence
from kit.world.bulk.kinds import Flags, Integers

NULL = -(2**62)
DAY = 86_400
ZERO = datetime(1970, 1, 1)


class Records:
    """The tables of one draw, households and citizens among them, on its day."""

    def __init__(self, tables: dict[str, pa.Table], day: date) -> None:
        self.tables, self.day = tables, day
        self.people = Evidence(tables, day)

    def text(self, table: str, column: str) -> pa.Array:
        """A text column as plain strings in one piece."""
        found = self.tables[table][column].cast(pa.string())
        return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found

    def words(self, table: str, column: str) -> Integers:
        """The same as an array of str, None where null."""
        codes = self.text(table, column).dictionary_encode(null_encoding="encode")
        found: Integers = np.array(codes.dictionary.to_pylist(), dtype=object)[codes.indices.to_numpy()]
        return found

    def numbers(self, table: str, column: str) -> Integers:
        """Whole numbers, days or seconds since 1970; NULL where null."""
        found = self.tables[table][column]
        plain = found.cast(pa.int32()) if pa.types.is_date(found.type) else found
        return np.asarray(compute.fill_null(plain.cast(pa.int64()), NULL).to_numpy())

    def rows(self, table: str, column: str, wanted: str = "citizen_id", of: str = "citizens") -> Integers:
        """The row that each reference names; NOBODY for null and for what is not there."""
        found = compute.index_in(self.text(table, column), value_set=self.text(of, wanted))
        return np.asarray(compute.fill_null(found, NOBODY).to_numpy(zero_copy_only=False), dtype=np.int64)

    @cached_property
    def applicant(self) -> Integers:
        """Row of each dossier's applicant."""
        return self.rows("dossiers", "applicant_id")

    @cached_property
    def subject(self) -> Integers:
        """Row of the child a dossier is about."""
        return self.rows("dossiers", "subject_id")

    @cached_property
    def home(self) -> Integers:
        """Row of the household that a dossier comes from."""
        return self.rows("dossiers", "household_id", "household_id", "households")

    @cached_property
    def procedure(self) -> Integers:
        """Code of each dossier's procedure, as text."""
        return self.words("dossiers", "procedure_code")

    def is_for(self, *codes: str) -> Flags:
        """The dossiers of these procedures."""
        return np.isin(self.procedure, codes)

    def age_at_filing(self, rows: Integers) -> Integers:
        """Age in years, on the day a dossier was filed, of one citizen for each dossier."""
        filed = self.numbers("dossiers", "filed") // DAY
        return np.asarray((filed - self.people.born[rows]) / 365.25)


def moment(seconds: int) -> datetime:
    """Seconds since 1970 as a moment."""
    return ZERO + timedelta(seconds=int(seconds))


def day_number(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - EPOCH
