"""Who draws the parts: processes of this computer, or the workers of a Dask cluster."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pyarrow as pa

from kit.dask_cluster import connected, library
from kit.errors import KitError
from kit.processes import deaf, thrown_away, unreached
from kit.world.bulk.writing import Dataset, Part, Run, draw_part, one_by_one


def processes(workers: int) -> Run:
    """So many processes, each writing its own files; one means this very process."""
    if workers == 1:
        return one_by_one

    def run(dataset: Dataset, folder: Path | None) -> Iterator[Part]:
        # A fresh interpreter each: Arrow's threads do not survive a fork.
        fresh = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(workers, dataset.parts), fresh, _alone) as pool:
            try:
                with thrown_away():
                    with unreached():
                        futures = [pool.submit(draw_part, dataset, number, folder) for number in range(dataset.parts)]
                    yield from (future.result() for future in as_completed(futures))
            except BrokenProcessPool:
                raise KitError("Một tiến trình phụ đã bị dừng (thiếu bộ nhớ?).",
                               "A worker process was stopped (out of memory?).") from None  # fmt: skip
            finally:
                pool.shutdown(cancel_futures=True)

    return run


def dask(address: str) -> Run:
    """The workers of the scheduler at an address such as tcp://127.0.0.1:8786; they must share the folder.

    Raises WrongUse when dask is not installed or nobody answers.
    """
    cluster = library()

    def run(dataset: Dataset, folder: Path | None) -> Iterator[Part]:
        with connected(address) as client:
            numbers = range(dataset.parts)
            futures = client.map(draw_part, [dataset] * len(numbers), numbers, [folder] * len(numbers), pure=False)
            try:
                yield from (future.result() for future in cluster.as_completed(futures, loop=client.loop))
            finally:
                client.cancel(futures)

    return run


def _alone() -> None:
    """Ctrl+C is for the parent, which then cleans up; and a process stays on one core."""
    deaf()
    pa.set_cpu_count(1)
