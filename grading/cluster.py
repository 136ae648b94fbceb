"""Graded notebooks on a Dask cluster whose workers share the project's folder."""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

from grading.rehearsal import Job, run_notebook
from kit import home
from kit.dask_cluster import connected, library
from kit.errors import WrongUse


def run_on_cluster(jobs: list[Job], address: str) -> Iterator[tuple[Job, str]]:
    """Run the jobs on the workers of the scheduler at an address such as tcp://127.0.0.1:8786.

    Yields (job, problem or "") as they end; what a dying worker left undone, another one does. Raises WrongUse when
    dask is not installed, nobody answers, or a worker runs several notebooks at once.
    """
    with connected(address) as client:
        _check(client.scheduler_info(n_workers=-1)["workers"].values())
        by_key = {f"notebook-{number}": job for number, job in enumerate(jobs)}
        folder = home.home()
        futures = [client.submit(run_there, job, folder, key=key, pure=False) for key, job in by_key.items()]
        for future in library().as_completed(futures, loop=client.loop):
            yield by_key[future.key], _problem(future)


def run_there(job: Job, folder: Path) -> None:
    """On a worker: run the report notebook of an attempt in the project's folder."""
    import os

    os.environ["KIT_HOME"] = str(folder)
    run_notebook(job)


def _check(workers: Any) -> None:
    """papermill changes the working folder of its process, so a worker may run one notebook at a time."""
    if any(worker["nthreads"] != 1 for worker in workers):
        raise WrongUse("Mỗi tiến trình Dask chỉ chạy một sổ tay một lúc: dask worker --nthreads 1.",
                       "A Dask worker may run one notebook at a time: dask worker --nthreads 1.")  # fmt: skip


def _problem(future: Any) -> str:
    try:
        error = future.exception()
    except CancelledError:
        return "CancelledError: bộ điều phối Dask đã dừng / the Dask scheduler went away"
    return f"{type(error).__name__}: {error}"[:400] if error else ""
