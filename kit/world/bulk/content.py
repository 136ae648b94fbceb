"""content_hash: what the tables say, whatever their chunks, dictionaries, byte order or file format.

A column is hashed as its kind and three streams of little-endian bytes that follow from its values alone: what
memory holds below a null leaves no trace. SHA-256, because processors have instructions for it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from kit.world.bulk.kinds import Flags, Integers

SAMPLE, OFTEN = 2_048, 4
"""Texts are hashed as words and their numbers if those in the first SAMPLE rows come OFTEN times each on average."""
Streams = tuple[Any, Any, Any]


def content_hash(tables: Mapping[str, pa.Table]) -> str:
    """32 hexadecimal digits; tables and columns count by name, rows by order.

    A dictionary says the same as its texts, moments the same in seconds as in milliseconds; all other types differ.
    Raises TypeError for a column that is neither text, flag, number, date nor moment.
    """
    whole = hashlib.sha256()
    for name in sorted(tables):
        for column in sorted(tables[name].column_names):
            whole.update(f"{name!r}.{column!r}={_of_column(tables[name][column])}\n".encode())
    return whole.hexdigest()[:32]


def _of_column(column: pa.ChunkedArray) -> str:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return _hashed(_kind(kind), map(_numbers, column.chunks))
    return _hashed("words", _words(column)) if _repeats(column) else _hashed("text", map(_texts, column.chunks))


def _hashed(kind: str, parts: Iterable[Streams]) -> str:
    """The streams apart from one another, so that the chunks' ends cannot be seen."""
    hashes = [hashlib.sha256() for _ in range(3)]
    for part in parts:
        for one, stream in zip(hashes, part, strict=True):
            one.update(stream)
    return " ".join([kind, *(one.hexdigest() for one in hashes)])


# --- Texts -----------------------------------------------------------------------------------------------------


def _repeats(column: pa.ChunkedArray) -> bool:
    sample = column.slice(0, SAMPLE)
    there = int(len(sample) - sample.null_count)
    one = sample.chunk(0) if sample.num_chunks == 1 else None
    if isinstance(one, pa.DictionaryArray) and len(one.dictionary) * OFTEN <= there:
        return True  # however many of them are there
    found: int = compute.count_distinct(sample.cast(pa.string())).as_py()
    return bool(found * OFTEN <= there)


def _texts(chunk: pa.Array) -> Streams:
    """The texts side by side, and how long each is: 0 for null, else one more than its bytes."""
    if isinstance(chunk, pa.DictionaryArray):
        return _numbered(chunk) or _texts(chunk.cast(pa.string()))
    plain = chunk.cast(pa.string())
    lengths = np.diff(_offsets(plain))
    if plain.null_count:
        valid = _valid(plain)
        if (lengths * ~valid).any():  # texts are hidden below nulls
            lengths, plain = lengths * valid, plain.drop_null()
        lengths += valid
    else:
        lengths += 1
    offsets, data = _offsets(plain), plain.buffers()[2]
    return data[int(offsets[0]) : int(offsets[-1])] if data else b"", *_narrow(lengths, "<u1")


def _numbered(chunk: pa.DictionaryArray) -> Streams | None:
    """The same of a dictionary of record numbers: texts of one length are taken at once; None for others."""
    offsets = _offsets(chunk.dictionary) if pa.types.is_string(chunk.dictionary.type) else np.zeros(1, dtype=np.int32)
    width = int(offsets[1] - offsets[0]) if len(offsets) > 1 else 0
    if not width or chunk.dictionary.null_count or (np.diff(offsets) != width).any():
        return None
    start, stop = int(offsets[0]), int(offsets[-1])
    words = np.frombuffer(chunk.dictionary.buffers()[2], dtype=np.uint8)[start:stop].view(f"V{width}")
    there = words.take(chunk.indices.drop_null().to_numpy())
    return there.view(np.uint8), *_narrow(_valid(chunk.indices) * np.int32(width + 1), "<u1")


def _offsets(texts: pa.StringArray) -> Integers:
    if not len(texts):
        return np.zeros(1, dtype=np.int32)
    found: Integers = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset :][: len(texts) + 1]
    return found


def _words(column: pa.ChunkedArray) -> Iterator[Streams]:
    """Each different text when it first comes, and for each row the number of its text, from 1; 0 for null."""
    seen: dict[str | None, int] = {None: 0}
    for chunk in column.chunks:
        coded = chunk if isinstance(chunk, pa.DictionaryArray) else chunk.dictionary_encode()
        codes, null = _codes(coded), len(coded.dictionary)
        order = _first_come(codes, null + 1)
        known = pa.concat_arrays([coded.dictionary.cast(pa.string()), pa.nulls(1, pa.string())])
        texts = known.take(pa.array(order)).to_pylist()
        fresh = [text for text in texts if text not in seen]
        numbers = np.zeros(null + 1, dtype=np.int64)
        numbers[order] = [seen.setdefault(text, len(seen)) for text in texts]
        encoded = [text.encode() for text in dict.fromkeys(fresh)]
        yield b"".join(b"%d:%s" % (len(text), text) for text in encoded), *_narrow(numbers.take(codes), "<u2")


def _codes(coded: pa.DictionaryArray) -> Integers:
    """The place of each row's text in the dictionary; for nulls the place behind its end."""
    if not coded.indices.null_count:
        return np.asarray(coded.indices.to_numpy())
    codes: Integers = compute.fill_null(coded.indices, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    codes[~_valid(coded.indices)] = len(coded.dictionary)
    return codes


def _first_come(codes: Integers, count: int) -> Integers:
    """The different codes by the row in which each first comes: most of them soon, so the rest is sought apart."""
    soon = _by_first_row(codes[:SAMPLE], count)
    known = np.zeros(count, dtype=bool)
    known[soon] = True
    late = codes[SAMPLE:][~known.take(codes[SAMPLE:])]
    return np.concatenate([soon, _by_first_row(late, count)])


def _by_first_row(codes: Integers, count: int) -> Integers:
    first = np.full(count, len(codes), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # of several rows the last to be assigned stays
    used = np.flatnonzero(first < len(codes))
    return used[np.argsort(first[used])]


def _narrow(numbers: Integers, kind: str) -> tuple[Any, bytes]:
    """The numbers in few bytes, those that do not fit once more in eight."""
    most = np.iinfo(kind).max
    if not len(numbers) or numbers.max() < most:
        return numbers.astype(kind), b""
    return np.minimum(numbers, most).astype(kind), numbers[numbers >= most].astype("<i8").tobytes()


# --- Flags, numbers, dates, moments ------------------------------------------------------------------------------


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind):
        return f"moment {kind.tz}"
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind) or kind == pa.date32():
        return str(kind)
    raise TypeError(f"no content hash for {kind}")


def _numbers(chunk: pa.Array) -> Streams:
    """The values, 0 for null, and which are there."""
    plain = chunk.dictionary_decode() if isinstance(chunk, pa.DictionaryArray) else chunk
    if pa.types.is_timestamp(plain.type):
        plain = plain.cast(pa.timestamp("us", plain.type.tz)).cast(pa.int64())
    elif pa.types.is_date(plain.type):
        plain = plain.cast(pa.int32())
    filled = compute.fill_null(plain, False if pa.types.is_boolean(plain.type) else 0) if plain.null_count else plain
    values = filled.to_numpy(zero_copy_only=False)
    little = values.astype(values.dtype.newbyteorder("<"), copy=False)
    return np.ascontiguousarray(little).view(np.uint8), _valid(plain), b""


def _valid(column: pa.Array) -> Flags:
    return np.asarray(column.is_valid().to_numpy(zero_copy_only=False))
