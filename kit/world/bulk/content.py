"""content_hash: what the tables say, whatever their chunks, dictionaries or file format."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

NULL = -1


def content_hash(tables: Mapping[str, pa.Table]) -> str:
    """32 hexadecimal digits; tables and columns count by name, rows by order."""
    whole = hashlib.blake2b(digest_size=16)
    for name in sorted(tables):
        for column in sorted(tables[name].column_names):
            whole.update(f"{name}.{column}={_of_column(tables[name][column])}\n".encode())
    return whole.hexdigest()


def _of_column(column: pa.ChunkedArray) -> str:
    """Values and lengths (or nulls) apart, so that chunks leave no trace."""
    values, lengths = hashlib.blake2b(digest_size=16), hashlib.blake2b(digest_size=16)
    for chunk in column.chunks:
        plain = chunk.dictionary_decode() if isinstance(chunk, pa.DictionaryArray) else chunk
        part, sizes = _text(plain) if pa.types.is_string(plain.type) else _number(plain)
        values.update(part)
        lengths.update(sizes)
    return values.hexdigest() + lengths.hexdigest()


def _text(column: pa.Array) -> tuple[Any, bytes]:
    sizes = compute.fill_null(compute.binary_length(column), NULL).to_numpy(zero_copy_only=False)
    whole = pa.concat_arrays([compute.fill_null(column, "")])
    offsets = np.frombuffer(whole.buffers()[1], dtype=np.int32)[whole.offset : whole.offset + len(whole) + 1]
    data = whole.buffers()[2]
    return data[int(offsets[0]) : int(offsets[-1])] if data and len(whole) else b"", sizes.astype("<i4").tobytes()


def _number(column: pa.Array) -> tuple[bytes, bytes]:
    number = column.cast(pa.int32()) if pa.types.is_date(column.type) else column
    valid = number.is_valid().to_numpy(zero_copy_only=False)
    filled = compute.fill_null(number.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    return filled.astype("<i8").tobytes(), valid.tobytes()
