"""What the drawing of records looks up in a frozen table: columns as words, weights as slots, facts by name."""

from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.slots import slot_table


@cache
def words(table: str, column: str) -> pa.Array:
    """A column without repeated texts, as the words of a dictionary."""
    return pa.array(list(dict.fromkeys(frozen(table).texts(column))), pa.string())


@cache
def indexes(table: str, column: str) -> Integers:
    """For each row of the table the place of its text among `words`."""
    places = {text: at for at, text in enumerate(words(table, column).to_pylist())}
    return np.array([places[text] for text in frozen(table).texts(column)], dtype=np.int16)


@cache
def numbers_of(table: str, column: str) -> Integers:
    """A column of whole numbers."""
    return frozen(table).integers(column)


@cache
def equal(table: str, column: str, text: str) -> Flags:
    """Whether each row has this text."""
    return np.array([one == text for one in frozen(table).texts(column)])


@cache
def slots(table: str, column: str) -> Integers:
    """65,536 slots of the table's rows by the weights in a column."""
    return slot_table(frozen(table).integers(column))


@cache
def fact(name: str) -> int:
    """A number of record_facts.csv."""
    table = frozen("record_facts")
    return int(table.integers("value")[table.texts("fact").index(name)])
