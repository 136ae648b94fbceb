"""pandas frames of the tables: categoricals for few words, Arrow strings for many, never Python objects."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk.drawing import Tables

FEW = 4_096
"""A dictionary of more words than this becomes Arrow strings."""


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """A frame; references and names as Arrow strings, dates and missing values as Arrow has them."""
    return pd.DataFrame({name: _series(table[name]) for name in table.column_names})


def with_homes(tables: Tables) -> pa.Table:
    """The citizens with the address_current and address_old of their household."""
    citizens, households = tables["citizens"], tables["households"]
    at = compute.index_in(citizens["household_id"].cast(pa.string()), value_set=households["household_id"])
    for column in ("address_current", "address_old"):
        citizens = citizens.append_column(column, households[column].take(at))
    return citizens


def _series(column: pa.ChunkedArray) -> "pd.Series[str]":
    if not pa.types.is_dictionary(column.type):
        plain: pd.Series[str] = column.to_pandas(types_mapper=pd.ArrowDtype if pa.types.is_date(column.type) else None)
        return plain
    words = max((len(chunk.dictionary) for chunk in column.chunks), default=0)
    if words > FEW or column.null_count:
        return _series(column.cast(pa.string()))
    coded: pd.Series[str] = column.to_pandas()
    return coded
