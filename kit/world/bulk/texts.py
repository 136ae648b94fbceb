"""Arrow columns made from integers: digits from tables of four, joined words from one dictionary."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk.kinds import Flags, Integers


@cache
def fours(pattern: str, count: int = 10_000) -> Integers:
    """Four ASCII characters for each number, as one 32-bit integer: fours("{:04}")[12] is "0012"."""
    return np.frombuffer("".join(pattern.format(number) for number in range(count)).encode(), dtype="<u4")


def of_fours(groups: Sequence[Integers], skip: int = 0) -> pa.Array:
    """Texts of equal length: the groups side by side, without the first `skip` characters."""
    joined = np.empty((len(groups[0]), len(groups)), dtype="<u4")
    for at, group in enumerate(groups):
        joined[:, at] = group
    characters = joined.view(np.uint8)[:, skip:]
    offsets = np.arange(len(joined) + 1, dtype=np.int32) * characters.shape[1]
    return _strings(offsets, pa.py_buffer(np.ascontiguousarray(characters)))


def joined(words: pa.Array, places: Sequence[Integers]) -> pa.Array:
    """For each row the words at its places, one behind the other.

    Taking the words in this order puts them side by side in memory; only the offsets between them are left out.
    """
    order = np.empty((len(places[0]), len(places)), dtype=np.int32)
    for at, place in enumerate(places):
        order[:, at] = place
    taken = compute.take(words, pa.array(order.ravel()), boundscheck=False)
    offsets = np.frombuffer(taken.buffers()[1], dtype=np.int32)[: len(taken) + 1]
    return _strings(np.ascontiguousarray(offsets[:: len(places)]), taken.buffers()[2])


def spread(texts: pa.Array, where: Flags) -> pa.Array:
    """The texts, in order, on the rows where the flag is set; null elsewhere."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[: len(texts) + 1]
    before = np.zeros(len(where) + 1, dtype=np.int32)
    np.cumsum(where, out=before[1:])
    valid = pa.py_buffer(np.packbits(where, bitorder="little"))
    return _strings(offsets.take(before), texts.buffers()[2], valid)


def coded(indexes: Integers, words: pa.Array, where: Flags | None = None) -> pa.DictionaryArray:
    """A dictionary column; null where the flag is not set. Signed codes: older pyarrow gives pandas no others."""
    indexes = indexes.view(f"i{indexes.itemsize}")
    if where is None:
        return pa.DictionaryArray.from_arrays(pa.array(indexes), words, safe=False)
    valid = pa.py_buffer(np.packbits(where, bitorder="little"))
    kind = pa.from_numpy_dtype(indexes.dtype)
    codes = pa.Array.from_buffers(kind, len(indexes), [valid, pa.py_buffer(indexes)])
    return pa.DictionaryArray.from_arrays(codes, words, safe=False)


def dates(days: Integers, where: Flags | None = None) -> pa.Array:
    """Days since 1 January 1970 as dates; null where the flag is not set."""
    valid = None if where is None else pa.py_buffer(np.packbits(where, bitorder="little"))
    return pa.Array.from_buffers(pa.date32(), len(days), [valid, pa.py_buffer(np.ascontiguousarray(days, np.int32))])


def _strings(offsets: Integers, characters: Any, valid: Any = None) -> pa.Array:
    return pa.StringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), characters, valid)
