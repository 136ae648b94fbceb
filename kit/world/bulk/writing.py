"""Any number of people as Parquet, block by block: the same files and the same hash for any number of workers.

A block is drawn, hashed and written as one row group; a part is one file of each table; `dataset.json` names all.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from kit.errors import KitError
from kit.world.bulk.content import content_hash
from kit.world.bulk.drawing import USUAL, Tables, draw
from kit.world.bulk.edges import EdgeCases
from kit.world.bulk.frozen import identity
from kit.world.bulk.parquet_file import ParquetFile
from kit.world.bulk.region import Region
from kit.world.bulk.schema import describe
from kit.world.bulk.tables import draw_affairs, draw_offices
from kit.world.whole_folder import whole_folder

BLOCK = 32_768
"""Households that are drawn, hashed and written at a time: 118,000 people, some 200 MB of memory."""
HOUSEHOLD = 3.59  # people, on average
BYTES_A_PERSON = 55  # on the disk, rounded up
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ. Dữ liệu giả lập. Synthetic data for training."


@dataclass(frozen=True)
class Dataset:
    """What is to be written; a worker that has it can draw any part."""

    region: Region
    seed: int
    day: date
    households: int
    edges: EdgeCases = USUAL
    affairs: bool = True
    """False: households and citizens only."""
    blocks_in_part: int = 8

    @classmethod
    def of_people(cls, region: Region, seed: int, day: date, people: int) -> "Dataset":
        """Whole households for at least so many people; about as many where they fill more than one block."""
        households = -(-people * 100 // round(100 * HOUSEHOLD))
        if households < BLOCK // 2:
            sizes = draw(region, seed, day, (0, 2 * households + 64))["households"]["size"].to_numpy()
            households = int(np.searchsorted(np.cumsum(sizes, dtype=np.int64), people)) + 1
        return cls(region, seed, day, households)

    @property
    def parts(self) -> int:
        """How many files each table gets."""
        return -(-self.households // (self.blocks_in_part * BLOCK))

    def blocks(self, part: int) -> Iterator[Tables]:
        """The tables of each block of a part."""
        size = self.blocks_in_part * BLOCK
        end = min((part + 1) * size, self.households)
        for start in range(part * size, end, BLOCK):
            yield self._block((start, min(start + BLOCK, end)))

    def _block(self, span: tuple[int, int]) -> Tables:
        """People and their affairs; the offices of all units stand in the first block."""
        drawn = draw(self.region, self.seed, self.day, span, self.edges)
        if not self.affairs:
            return drawn
        drawn |= draw_affairs(self.region, self.seed, self.day, span, self.edges)
        return drawn if span[0] else drawn | draw_offices(self.region, self.seed, self.day, edges=self.edges)


@dataclass(frozen=True)
class Part:
    """One finished part: rows and bytes of each table, the hash of each block, the tables it was drawn from."""

    number: int
    rows: dict[str, int]
    sizes: dict[str, int]
    hashes: tuple[str, ...]
    identity: dict[str, Any]


@dataclass(frozen=True)
class Written:
    """The whole dataset: its parts in order, rows of each table, one hash of the content."""

    dataset: Dataset
    parts: tuple[Part, ...]

    @property
    def rows(self) -> dict[str, int]:
        """Rows by table."""
        return {name: sum(part.rows.get(name, 0) for part in self.parts) for name in self.parts[0].rows}

    @property
    def content_hash(self) -> str:
        """`content_hash` of the only block, else the hash of the blocks' hashes in order."""
        hashes = [one for part in self.parts for one in part.hashes]
        return hashes[0] if len(hashes) == 1 else hashlib.blake2b("".join(hashes).encode(), digest_size=16).hexdigest()


Run = Callable[[Dataset, Path | None], Iterable[Part]]
"""Draws every part, in any order; without a folder nothing is written."""


def one_by_one(dataset: Dataset, folder: Path | None) -> Iterator[Part]:
    """In this process."""
    return (draw_part(dataset, number, folder) for number in range(dataset.parts))


def write_dataset(dataset: Dataset, folder: Path, run: Run = one_by_one) -> Written:
    """Write all tables into a new folder; raises WrongUse where that fails, and leaves nothing behind."""
    people = round(dataset.households * HOUSEHOLD)
    with whole_folder(folder, people * BYTES_A_PERSON) as aside:
        written = drawn(dataset, run(dataset, aside))
        _all_here(written, aside)
        (aside / "dataset.json").write_text(_about(written), encoding="utf-8")
    return written


def drawn(dataset: Dataset, parts: Iterable[Part]) -> Written:
    """The finished parts as one; raises KitError when workers have other tables or another version than this one."""
    found = sorted(parts, key=lambda part: part.number)
    if any(part.identity != identity(dataset.seed) for part in found):
        raise KitError("Máy phụ có phiên bản hoặc bảng dữ liệu khác máy này.",
                       "A worker has another version or other tables than this computer.")  # fmt: skip
    return Written(dataset, tuple(found))


def draw_part(dataset: Dataset, number: int, folder: Path | None) -> Part:
    """Draw a part, and write its files; block by block, so memory does not grow with the number of people."""
    hashes: list[str] = []
    rows: dict[str, int] = {}
    with ExitStack() as stack:
        files: dict[str, ParquetFile] = {}
        for tables in dataset.blocks(number):
            hashes.append(content_hash(tables))
            for name, table in tables.items():
                rows[name] = rows.get(name, 0) + table.num_rows
                if folder and name not in files:
                    files[name] = stack.enter_context(_opened(folder, name, number, table.schema))
                if folder:
                    files[name].write(table)
    sizes = {name: _file(folder, name, number).stat().st_size for name in files} if folder else {}
    return Part(number, rows, sizes, tuple(hashes), identity(dataset.seed))


def _opened(folder: Path, name: str, number: int, schema: pa.Schema) -> ParquetFile:
    path = _file(folder, name, number)
    path.parent.mkdir(exist_ok=True)
    described = describe().get(name)
    optional = [column["name"] for column in described if column["null"]] if described else schema.names
    return ParquetFile(path, schema, frozenset(optional))


def _file(folder: Path, name: str, number: int) -> Path:
    return folder / name / f"part-{number:05}.parquet"


def _all_here(written: Written, folder: Path) -> None:
    """Workers on other computers may have written to a folder of their own."""
    for part in written.parts:
        for name, size in part.sizes.items():
            file = _file(folder, name, part.number)
            if not file.is_file() or file.stat().st_size != size:
                raise KitError(f"Máy phụ không ghi vào cùng thư mục: thiếu {file.name} của {name}.",
                               f"A worker wrote to another folder: {file.name} of {name} is missing.")  # fmt: skip


def _about(written: Written) -> str:
    dataset = written.dataset
    about = {
        "notice": NOTICE,
        "identity": identity(dataset.seed),
        "content_hash": written.content_hash,
        "region": dataset.region.name,
        "date": dataset.day.isoformat(),
        "households": dataset.households,
        "edge_cases_per_mille": asdict(dataset.edges),
        "block_households": BLOCK,
        "rows": written.rows,
        "files": {f"{name}/{_file(Path(), name, part.number).name}": part.rows[name]
                  for part in written.parts for name in part.sizes},
        "columns": {name: columns for name, columns in describe().items() if name in written.rows},
    }  # fmt: skip
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"
