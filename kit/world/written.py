"""Tables of the bulk world as exercises read them: text throughout, dates as ISO text, "" where nothing is known."""

import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk.drawing import Tables
from kit.world.bulk.frames import with_homes


def written(tables: Tables) -> Tables:
    """Households and citizens, the citizens with their addresses; flags and sizes stay what they are."""
    return {"households": as_text(tables["households"]), "citizens": as_text(with_homes(tables))}


def as_text(table: pa.Table) -> pa.Table:
    """The same rows; words and dates as text."""
    return pa.table({name: _as_text(table[name]) for name in table.column_names})


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_boolean(column.type):
        return column
    if pa.types.is_integer(column.type):
        return column.cast(pa.int64())
    return compute.fill_null(column.cast(pa.string()), "")
