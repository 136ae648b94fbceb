"""Record numbers and moments as Arrow columns."""

import numpy as np
import pyarrow as pa

from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.numbers import fours_of
from kit.world.bulk.texts import fours, of_fours


def record_ids(letter: str, number: Integers) -> pa.Array:
    """A letter and eleven digits."""
    first, *rest = fours_of(number, 3)
    return of_fours((fours(letter + "{:03}", 1_000).take(first), *(fours("{:04}").take(group) for group in rest)))


def moments_of(seconds: Integers, where: Flags | None = None) -> pa.Array:
    """Seconds since 1970 as moments; null where the flag is not set."""
    values = pa.py_buffer(np.ascontiguousarray(seconds, np.int64))
    return pa.Array.from_buffers(pa.timestamp("s"), len(seconds), [_valid(where), values])


def known(values: Integers, where: Flags) -> pa.Array:
    """32-bit numbers; null where the flag is not set."""
    return pa.Array.from_buffers(
        pa.int32(), len(values), [_valid(where), pa.py_buffer(np.ascontiguousarray(values, np.int32))]
    )


def _valid(where: Flags | None) -> pa.Buffer | None:
    return None if where is None else pa.py_buffer(np.packbits(where, bitorder="little"))
