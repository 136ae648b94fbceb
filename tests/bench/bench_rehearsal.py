"""How fast a province's notebooks are graded: one notebook three ways in turns, and 30,000 from some hundreds.

    python tests/bench/bench_rehearsal.py [ROUNDS] [NOTEBOOKS] [WORKERS]

CPU seconds are those of this process and all that it started; the ways take turns, and each round gives one ratio.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import papermill

from grading.players import PLAYERS
from grading.rehearsal import NOTEBOOK, Job, play_robot, run_notebook, run_notebooks, worker_pool
from kit import home
from kit.session import Session
from tests.rehearsed import COUNTER, home_in, world

PROVINCE = 30_000
SESSION = "practice"
COMMAND, LIBRARY, ENGINE = "papermill command", "papermill.execute_notebook", "engine kit, a forked child"
Spent = tuple[float, float]


def spent(work: Callable[[], object]) -> Spent:
    """(CPU seconds, seconds) of some work, its processes included."""
    began, before = time.perf_counter(), sum(os.times()[:4])
    work()
    return sum(os.times()[:4]) - before, time.perf_counter() - began


def by_command(job: Job) -> None:
    """As anybody runs it."""
    words = [word for name, value in job.parameters().items() for word in ("-r", name, value)]
    program = str(Path(sys.executable).with_name("papermill"))
    notebook = str(home.notebooks() / NOTEBOOK)
    subprocess.run(
        [program, notebook, str(job.output), "--no-progress-bar", "--cwd", str(job.output.parent), *words],
        check=True, capture_output=True,
    )  # fmt: skip


def by_library(job: Job) -> None:
    """As a program runs it, papermill imported already."""
    papermill.execute_notebook(
        str(home.notebooks() / NOTEBOOK), str(job.output), job.parameters(), kernel_name="python3",
        progress_bar=False, cwd=str(job.output.parent),
    )  # fmt: skip


def measured(name: str, job: Job) -> Spent:
    """What one way spends on a notebook, in the process that calls this."""
    way = {COMMAND: by_command, LIBRARY: by_library, ENGINE: run_notebook}[name]
    return spent(lambda: way(job))


def in_turns(job: Job, rounds: int) -> None:
    """Print the medians of each way, and the ratios to the engine within a round; each in its own process."""
    found: dict[str, list[Spent]] = {COMMAND: [], LIBRARY: [], ENGINE: []}
    with alone() as one, alone() as other, worker_pool(1) as ours:
        pools = {COMMAND: one, LIBRARY: other, ENGINE: ours}
        for number in range(rounds + 1):
            for name, pool in pools.items():
                took = pool.submit(measured, name, job).result()
                found[name] += [took] if number else []  # the first time, a process imports papermill
    for name, each in found.items():
        cpu, wall = (statistics.median(values) for values in zip(*each, strict=True))
        ratios = [one[0] / ours[0] for one, ours in zip(each, found[ENGINE], strict=True)]
        print(f"{name:34} {cpu:8.2f} CPU s  {wall:8.2f} s   {statistics.median(ratios):6.1f} x the engine's CPU "
              f"({min(ratios):.1f} to {max(ratios):.1f})", flush=True)  # fmt: skip


def alone() -> ProcessPoolExecutor:
    """A process of its own."""
    return ProcessPoolExecutor(1, get_context("spawn"))


def real_attempts(session: Session, seeds: int) -> list[str]:
    """Attempts of all robots on so many seeds."""
    return [play_robot(COUNTER, world(), seed, robot, session).attempt
            for seed in range(1, seeds + 1) for robot in PLAYERS]  # fmt: skip


def province(attempts: list[str], folder: Path, notebooks: int, workers: int) -> None:
    """Print notebooks a second, and what 30,000 would take: the quartiles of 20 parts of the run, and all of it."""
    jobs = [Job(folder / f"{n}.ipynb", SESSION, attempts[n % len(attempts)]) for n in range(notebooks)]
    part, began = max(1, notebooks // 20), time.perf_counter()
    ended = list(_moments(run_notebooks(jobs, workers)))
    took = [(later - before) / part for before, later in zip(ended[::part], ended[part::part], strict=False)]
    low, middle, high = (PROVINCE * value / 60 for value in statistics.quantiles(took, n=4))
    whole = PROVINCE * (ended[-1] - began) / notebooks / 60
    print(f"{notebooks} notebooks, {workers} workers: {notebooks / (ended[-1] - began):.2f} a second, start included")
    print(f"  {PROVINCE:,} of them: {whole:.0f} min; by parts of {part}: {middle:.0f} min ({low:.0f} to {high:.0f})")


def _moments(running: Iterator[tuple[Job, str]]) -> Iterator[float]:
    for job, problem in running:
        if problem:
            raise SystemExit(f"{job.output}: {problem}")
        yield time.perf_counter()


def main(rounds: int, notebooks: int, workers: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="kit-bench-") as name:
        folder = Path(name)
        os.environ["KIT_HOME"] = str(home_in(folder))
        session = Session.named(SESSION)
        with alone() as pool:  # this process must not have opened the store: a fork would inherit the locks
            real = pool.submit(real_attempts, session, max(1, notebooks // 60)).result()
        in_turns(Job(folder / "out.ipynb", SESSION, real[1]), rounds)
        province(real, folder, notebooks, workers)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [5, 600, 2][len(given) :]))
