"""Columns as Parquet pages: Arrow's own buffers wherever the format allows, so that hardly anything is copied.

Few words become a dictionary page and indexes of 8 or 16 bits in one packed run; other texts become their lengths
and their characters side by side (DELTA_LENGTH_BYTE_ARRAY); numbers and dates stay as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from kit.world.bulk.compact import Struct, varint
from kit.world.bulk.kinds import Integers

PLAIN, RLE, DELTA_LENGTH, INDEXES = 0, 3, 6, 8
BOOLEAN, INT32, INT64, DOUBLE, BYTES = 0, 1, 2, 5, 6
UTF8, DATE, INT8, INT16 = 0, 6, 15, 16  # converted types, field 6
LOCAL_MILLISECONDS: Struct = {10: {8: {1: False, 2: {1: {}}}}}
MOMENT = pa.timestamp("s")
KINDS: dict[Any, tuple[int, Struct]] = {
    pa.string(): (BYTES, {6: UTF8}), pa.date32(): (INT32, {6: DATE}), pa.bool_(): (BOOLEAN, {}),
    pa.int8(): (INT32, {6: INT8}), pa.int16(): (INT32, {6: INT16}), pa.int32(): (INT32, {}), pa.int64(): (INT64, {}),
    pa.float64(): (DOUBLE, {}), MOMENT: (INT64, LOCAL_MILLISECONDS),
}  # fmt: skip
FEW = 4_096
"""A dictionary of more words than this is written out as plain texts."""
BLOCK, QUARTER = 128, 32  # lengths in a block of the format, and in each of its four parts


@dataclass(frozen=True)
class Pages:
    """One column of one row group, not yet compressed; `words` is the dictionary page, if there is one."""

    values: int
    encoding: int
    data: bytes
    words: bytes = b""
    word_count: int = 0


def kind_of(field: pa.Field) -> tuple[int, Struct]:
    """Physical type, and what the footer says of its meaning; TypeError for a type that no table has."""
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if kind not in KINDS:
        raise TypeError(f"{field.name}: {field.type} cannot be written")
    return KINDS[kind]


def pages(column: pa.ChunkedArray, optional: bool) -> Pages:
    """The pages of one column; `optional` columns say of each row whether it has a value."""
    count = len(column)
    levels = _levels(column) if optional else b""
    if pa.types.is_dictionary(column.type):
        unified = column.unify_dictionaries() if _few(column) else column
        if _few(unified) and unified.num_chunks:
            return _indexes(unified, levels)
    if pa.types.is_string(column.type) or pa.types.is_dictionary(column.type):
        return Pages(count, DELTA_LENGTH, levels + _texts(column))
    return Pages(count, PLAIN, levels + _numbers(column))


def _few(column: pa.ChunkedArray) -> bool:
    return all(0 < len(chunk.dictionary) <= FEW for chunk in column.chunks)


def _levels(column: pa.ChunkedArray) -> bytes:
    """One bit a row, in one packed run, behind its length."""
    valid = column.is_valid().to_numpy()
    run = _packed(np.packbits(valid, bitorder="little"), len(valid), 1)
    return len(run).to_bytes(4, "little") + run


def _packed(values: Integers, count: int, width: int) -> bytes:
    """One run of numbers of `width` bits; the format counts them in eights."""
    eights = -(-count // 8)
    content = values.tobytes()
    return varint(eights << 1 | 1) + content + bytes(eights * width - len(content))


def _indexes(column: pa.ChunkedArray, levels: bytes) -> Pages:
    words = column.chunk(0).dictionary
    width = 8 if len(words) <= 256 else 16
    indexes = [chunk.indices.drop_null().to_numpy() for chunk in column.chunks]
    codes = np.concatenate(indexes).astype(f"<u{width // 8}", copy=False)
    data = levels + bytes([width]) + _packed(codes, len(codes), width)
    return Pages(len(column), INDEXES, data, _with_lengths(words.to_pylist()), len(words))


def _with_lengths(words: Iterable[str]) -> bytes:
    found = bytearray()
    for word in words:
        content = word.encode()
        found += len(content).to_bytes(4, "little") + content
    return bytes(found)


def _numbers(column: pa.ChunkedArray) -> bytes:
    physical, _ = KINDS[column.type]
    if physical == BOOLEAN:
        return np.packbits(column.drop_null().to_numpy(), bitorder="little").tobytes()
    if column.type == MOMENT:
        column = column.cast(pa.timestamp("ms"))  # the format knows no seconds
    wide = {INT32: "<i4", INT64: "<i8", DOUBLE: "<f8"}[physical]
    plain = column.cast({"<i4": pa.int32(), "<i8": pa.int64(), "<f8": pa.float64()}[wide])
    return bytes(plain.drop_null().to_numpy().astype(wide, copy=False).tobytes())


def _texts(column: pa.ChunkedArray) -> bytes:
    """Lengths, then characters."""
    lengths, parts = [], []
    for chunk in column.chunks:
        kept = chunk.drop_null() if chunk.null_count else chunk
        plain = kept.dictionary_decode() if isinstance(kept, pa.DictionaryArray) else kept
        offsets = np.frombuffer(plain.buffers()[1], dtype="<i4")[plain.offset : plain.offset + len(plain) + 1]
        if len(plain):
            lengths.append(np.diff(offsets))
            parts.append(memoryview(plain.buffers()[2] or b"")[offsets[0] : offsets[-1]])
    return b"".join((_deltas(np.concatenate(lengths) if lengths else np.zeros(0, "<i4")), *parts))


def _deltas(numbers: Integers) -> bytes:
    """Differences of neighbours in blocks of 128, less the least possible one, in 0, 8, 16 or 32 bits each.

    Texts of one length take no bits at all.
    """
    first = int(numbers[0]) if len(numbers) else 0
    head = varint(BLOCK) + varint(BLOCK // QUARTER) + varint(len(numbers)) + varint(first << 1)
    steps = np.diff(numbers.astype(np.int64))
    if not len(steps):
        return head
    largest = int(np.abs(steps).max())
    width = 0 if not largest else next(bits for bits in (8, 16, 32) if largest < 1 << bits - 1)
    blocks = -(-len(steps) // BLOCK)
    least = varint(2 * (1 << width - 1) - 1) if width else b"\0"
    body = np.zeros((blocks, len(least) + 4 + BLOCK * width // 8), dtype=np.uint8)
    body[:, : len(least)] = np.frombuffer(least, dtype=np.uint8)
    body[:, len(least) : len(least) + 4] = width
    if width:
        padded = np.zeros(blocks * BLOCK, dtype=f"<u{width // 8}")
        padded[: len(steps)] = steps + (1 << width - 1)
        body[:, len(least) + 4 :] = padded.view(np.uint8).reshape(blocks, -1)
    return head + _without_empty_quarters(body, len(steps), width, len(least))


def _without_empty_quarters(body: Integers, count: int, width: int, before: int) -> bytes:
    """The last block ends with the quarter in which the last number is; widths of those behind it are 0."""
    used = -(-(count - (len(body) - 1) * BLOCK) // QUARTER)
    body[-1, before + used : before + 4] = 0
    surplus = (BLOCK // QUARTER - used) * QUARTER * width // 8
    content = body.tobytes()
    return content[: len(content) - surplus]
