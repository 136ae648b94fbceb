"""People to Parquet (zstd): the kit's own writer and Arrow's against naive Faker in one paired run; then a large run.

The rounds take turns and each keeps its best. `python tests/bench/bench_parquet.py [ROUNDS] [PEOPLE] [WORKERS]`
"""

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
from bench_world import FEW, best, naive
from faker import Faker

from kit.world.bulk import Region, content_hash, describe, draw
from kit.world.bulk.parquet_file import ParquetFile
from kit.world.bulk.workers import processes
from kit.world.bulk.writing import BLOCK, Dataset, write_dataset

TODAY = date(2025, 6, 12)
HCMC = Region.province("79")
COUNTRY = 100_000_000
NAIVE, OURS = "naive Faker vi_VN, dicts only", "drawn and written, own writer"


def with_own(path: Path, table: pa.Table) -> int:
    """As the kit writes."""
    optional = frozenset(column["name"] for column in describe()["citizens"] if column["null"])
    with ParquetFile(path, table.schema, optional) as file:
        file.write(table)
    path.unlink()
    return int(table.num_rows)


def with_arrow(path: Path, table: pa.Table) -> int:
    """As Arrow writes."""
    parquet.write_table(table, path, compression="zstd", compression_level=1)
    path.unlink()
    return int(table.num_rows)


def contestants(folder: Path) -> dict[str, Callable[[], int]]:
    """Each does one round and returns how many people it made."""
    fake: Any = Faker("vi_VN")
    ready = draw(HCMC, 1, TODAY, (0, BLOCK))
    people = ready["citizens"]

    def drawn() -> pa.Table:
        return draw(HCMC, 1, TODAY, (0, BLOCK))["citizens"]

    return {
        NAIVE: lambda: len(naive(fake, FEW)),
        "drawn only": lambda: drawn().num_rows,
        "hashed only": lambda: len(content_hash({"citizens": people})) and people.num_rows,
        "written only, own writer": lambda: with_own(folder / "a", people),
        "written only, Arrow's writer": lambda: with_arrow(folder / "a", people),
        OURS: lambda: with_own(folder / "a", drawn()),
        "drawn and written, Arrow's writer": lambda: with_arrow(folder / "a", drawn()),
    }


def paired(rounds: int, folder: Path) -> None:
    """Print people a second of one core, and times naive Faker."""
    found = best(contestants(folder), rounds)
    for name, rate in found.items():
        print(f"{name:36} {rate:14,.0f} people/s of one core  {rate / found[NAIVE]:8,.1f} x naive Faker")


def large(people: int, workers: int, folder: Path, affairs: bool) -> None:
    """Print time, size and the largest memory of a process; and what that means for a whole country."""
    households = Dataset.of_people(Region.country(), 1, TODAY, people).households
    dataset = Dataset(Region.country(), 1, TODAY, households, affairs=affairs)
    started = time.perf_counter()
    written = write_dataset(dataset, folder / "large", processes(workers))
    seconds = time.perf_counter() - started
    size = sum(path.stat().st_size for path in (folder / "large").rglob("*.parquet"))
    shutil.rmtree(folder / "large")
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    count = written.rows["citizens"]
    rows = f"{len(written.rows)} tables, {sum(written.rows.values()):,} rows"
    print(f"{count:,} people, {rows}, {workers} workers: {seconds:.1f} s, "
          f"{size / 1e9:.2f} GB, at most {memory:.0f} MB a process, content hash {written.content_hash}")  # fmt: skip
    scale = COUNTRY / count
    if scale > 1:
        print(f"  in proportion 100 million people: {seconds * scale:.0f} s, {size * scale / 1e9:.1f} GB")


def main(rounds: int, people: int, workers: int) -> None:
    """Print everything."""
    with tempfile.TemporaryDirectory(prefix="kit-bench-") as name:
        paired(rounds, Path(name))
        for affairs in (False, True):
            large(people, workers, Path(name), affairs)


if __name__ == "__main__":
    given = [int(float(word)) for word in sys.argv[1:]]
    main(*(given + [15, 10_000_000, 2][len(given) :]))
