"""Rehearsals: a robot plays an attempt, papermill runs the report notebook on it, one forked child a notebook."""

import gc
import os
import warnings
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grading.evaluate import Evaluation, Rated, evaluate
from grading.players import play, player
from grading.report.parameters import check_parameters
from kit import home
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.compiling import compile_exercise
from kit.exercise import load_exercise
from kit.kernels import fork_exists
from kit.processes import deaf, forking, unreached
from kit.script import Key
from kit.session import Session
from kit.world import World

NOTEBOOK = "rehearsal.ipynb"
# What a notebook of ours imports; sqlalchemy, matplotlib and PIL would import some of it late.
NEEDED = (
    "papermill", "grading.report", "kit.kernels.cells", "IPython.core.completerlib", "matplotlib.figure",
    "matplotlib.backends.backend_agg", "sqlalchemy.dialects.sqlite", "PIL.BmpImagePlugin", "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin", "PIL.PpmImagePlugin",
)  # fmt: skip
CELL_SECONDS = 120  # no cell of ours takes a tenth of it
Json = dict[str, Any]


@dataclass(frozen=True)
class Played:
    """A robot's finished attempt and what it is worth."""

    attempt: str
    player: str
    key: Key
    evaluation: Evaluation

    def to_json(self) -> Json:
        """The result as scripts read it."""
        return {**outcome(self.evaluation, self.player), "attempt": self.attempt}


@dataclass(frozen=True)
class Job:
    """One notebook to run: which attempt of which session, into which file."""

    output: Path
    session: str
    attempt: str
    language: str = "vi"

    def parameters(self) -> dict[str, str]:
        """What the notebook's parameters cell gets."""
        return {"session": self.session, "attempt": self.attempt, "language": self.language}


def outcome(evaluation: Evaluation, robot: str) -> Json:
    """An evaluation as plain data: exercise, seed, unit, player, score, rating, findings."""
    return {
        "exercise": evaluation.exercise, "seed": evaluation.seed, "unit": evaluation.unit, "player": robot,
        "score": evaluation.score, "rating": evaluation.rating, "passed": evaluation.passed,
        "state": evaluation.state, "reasons": list(evaluation.reasons), **_range(evaluation.whole),
        "objectives": [{"id": one.id, "rating": one.rating, "rule": one.rule, "score": one.score.points, **_range(one)}
                       for one in evaluation.objectives],
        "findings": [
            {"id": f.target.id, "record": f.target.record, "status": f.status, "points": f.points,
             "weight": f.target.weight, "critical": f.target.critical, "forbidden": f.target.forbidden,
             "title": f.target.title, "evidence": list(f.evidence),
             "slips": [{"field": s.field, "found": s.found, "expected": s.expected} for s in f.slips]}
            for f in evaluation.findings
        ],
    }  # fmt: skip


def _range(rated: Rated) -> Json:
    """What the score may still come to, and how much weight is unjudged."""
    found = rated.score
    return {"lowest": found.lowest, "highest": found.highest, "unjudged": found.open, "weight": found.weight}


def play_robot(exercise: str, world: World, seed: int, robot: str, session: Session | None = None) -> Played:
    """Let a robot play an exercise; kept in the session's store, or in memory where there is none."""
    turn = player(robot)
    script, key = compile_exercise(load_exercise(exercise), world, seed, f"robot-{robot}")
    store = session.store() if session else MemoryStore()
    if session:
        session.keys().add(key)
    attempt, _ = Attempt.start(store, store.add_script(script), f"robot-{robot}", "practice")
    play(attempt, key, turn)
    return Played(attempt.id, robot, key, evaluate(key, attempt.events))


def run_notebook(job: Job) -> Path:
    """Run the report notebook on one attempt with papermill; returns the notebook written.

    Its cells run in a forked child (in a kernel where there is no fork); raises papermill's error when one fails.
    """
    check_parameters(job.parameters())
    os.environ["KIT_HOME"] = str(home.home())
    warnings.filterwarnings("ignore")
    import papermill
    from traitlets.config import Config

    encrypted = Config({"KernelManager": {"transport_encryption": "auto"}})
    papermill.execute_notebook(
        str(home.notebooks() / NOTEBOOK), str(job.output), parameters=job.parameters(), kernel_name="python3",
        progress_bar=False, cwd=str(job.output.parent), config=encrypted, execution_timeout=CELL_SECONDS,
        engine_name="kit" if fork_exists() else None, request_save_on_cell_execute=False,
    )  # fmt: skip
    return job.output


def run_notebooks(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, str]]:
    """Run the jobs, `workers` at a time; yields (job, problem or "") as they end.

    A worker that dies takes no other job with it: what it left undone is run once more.
    """
    left = yield from _run(list(jobs), workers, again=True)
    yield from _run(left, 1, again=False)


def _run(jobs: list[Job], workers: int, again: bool) -> Generator[tuple[Job, str], None, list[Job]]:
    """Run jobs as `run_notebooks` does; returns those that a dead worker left undone, if they may be run again."""
    left = []
    with worker_pool(min(workers, len(jobs) or 1)) as pool:
        with unreached():
            futures = {pool.submit(run_notebook, job): job for job in jobs}
        for future in as_completed(futures):
            error = future.exception()
            if again and isinstance(error, BrokenProcessPool):
                left.append(futures[future])
                continue
            yield futures[future], f"{type(error).__name__}: {error}"[:400] if error else ""
    return left


@contextmanager
def worker_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes: forked from one that has imported everything; anew for each notebook where there is no fork.

    After Ctrl+C the notebooks that run are finished, so that none is half written, and what waits is dropped.
    """
    if fork_exists():
        pool = ProcessPoolExecutor(workers, forking(NEEDED), _begin, (str(home.home()),))
    else:
        pool = ProcessPoolExecutor(workers, max_tasks_per_child=1)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(folder: str) -> None:
    """In a worker: the project's folder, and a shell that every notebook's child inherits."""
    from kit.kernels.cells import prepared_shell

    deaf()
    os.environ["KIT_HOME"] = folder
    prepared_shell()
    gc.collect()
    gc.freeze()
