"""Thrift's compact protocol, the part that a Parquet footer needs: structures, lists, texts and integers."""

from typing import Any

Struct = dict[int, Any]
"""By field number a bool, integer, bytes, structure or list of these; fields without value are left out."""
TRUE, FALSE, INTEGER, LONG, BINARY, LIST, STRUCT = 1, 2, 5, 6, 8, 9, 12


class Long(int):
    """An integer of 64 bits."""


def encoded(struct: Struct) -> bytes:
    """The structure as bytes."""
    found, last = bytearray(), 0
    for number in sorted(struct):
        value = struct[number]
        found.append((number - last) << 4 | _kind(value))  # field numbers are less than 16 apart in Parquet
        found += _value(value)
        last = number
    return bytes(found) + b"\0"


def varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    found = bytearray()
    while number >= 128:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def zigzag(number: int) -> bytes:
    """A signed number as a varint."""
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)


def _kind(value: object) -> int:
    if isinstance(value, bool):
        return TRUE if value else FALSE
    kinds = ((Long, LONG), (int, INTEGER), (bytes, BINARY), (list, LIST), (dict, STRUCT))
    return next(kind for type_, kind in kinds if isinstance(value, type_))


def _value(value: object) -> bytes:
    if isinstance(value, bool):
        return b""  # told by its kind
    if isinstance(value, int):
        return zigzag(value)
    if isinstance(value, bytes):
        return varint(len(value)) + value
    if isinstance(value, list):
        kind, size = _kind(value[0]), len(value)
        head = bytes([size << 4 | kind]) if size < 15 else bytes([0xF0 | kind]) + varint(size)
        return head + b"".join(map(_value, value))
    assert isinstance(value, dict)
    return encoded(value)
