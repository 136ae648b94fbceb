"""The frozen tables in `datasets/frozen/`: read, checked against their digests, named as one identity."""

import hashlib
import json
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv

from kit import home
from kit.errors import BrokenFile
from kit.world.bulk.kinds import Integers

FORMAT = 1
"""Changes when the same tables and seed no longer give the same rows."""
FOLDER = "frozen"
DIGESTS = "digests.json"


class FrozenTable:
    """One frozen CSV file, column by column; codes stay text."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def texts(self, column: str) -> list[str]:
        """The column as text."""
        found: list[str] = self._table[column].to_pylist()
        return found

    def integers(self, column: str) -> Integers:
        """The column as int64."""
        numbers: Integers = self._table[column].cast(pa.int64()).to_numpy()
        return numbers


@cache
def frozen(name: str) -> FrozenTable:
    """The table `datasets/frozen/<name>.csv`; raises BrokenFile when it is not the one that was frozen."""
    content = (home.datasets() / FOLDER / f"{name}.csv").read_bytes()
    found, expected = hashlib.sha256(content).hexdigest(), digests().get(f"{name}.csv")
    if found != expected:
        raise BrokenFile([(f"datasets/frozen/{name}.csv: đã bị sửa, không khớp {DIGESTS}.",
                           f"datasets/frozen/{name}.csv: changed, it does not match {DIGESTS}.")])  # fmt: skip
    names = content.split(b"\n", 1)[0].decode().strip().split(",")
    options = arrow_csv.ConvertOptions(column_types={column: pa.string() for column in names})
    return FrozenTable(arrow_csv.read_csv(pa.BufferReader(content), convert_options=options))


@cache
def digests() -> dict[str, str]:
    """sha256 of every frozen file, by file name."""
    found: dict[str, str] = json.loads((home.datasets() / FOLDER / DIGESTS).read_text(encoding="utf-8"))
    return found


def identity(seed: int) -> dict[str, Any]:
    """What makes two datasets the same: format, seed and the digests of the frozen tables."""
    return {"format": FORMAT, "seed": seed, "tables": dict(sorted(digests().items()))}


def text_array(texts: list[str]) -> pa.Array:
    """The texts as the dictionary of an Arrow column."""
    return pa.array(texts, pa.string())
