"""Rehearsals: a robot plays an attempt, papermill runs the report notebook on it, one process a notebook."""

import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grading.evaluate import Evaluation, evaluate
from grading.players import play, player
from kit import home
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.compiling import compile_exercise
from kit.errors import WrongUse
from kit.exercise import load_exercise
from kit.script import Key
from kit.session import Session
from kit.world import World

NOTEBOOK = "rehearsal.ipynb"
PARAMETERS = {"session": re.compile(r"[a-z0-9][a-z0-9_-]{0,63}"), "attempt": re.compile(r"[0-9a-f]{32}"),
              "language": re.compile(r"vi|en")}  # fmt: skip
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
        "findings": [
            {"id": f.target.id, "record": f.target.record, "status": f.status, "points": f.points,
             "weight": f.target.weight, "critical": f.target.critical, "forbidden": f.target.forbidden,
             "title": f.target.title, "evidence": list(f.evidence),
             "slips": [{"field": s.field, "found": s.found, "expected": s.expected} for s in f.slips]}
            for f in evaluation.findings
        ],
    }  # fmt: skip


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


def check_parameters(given: Mapping[str, object]) -> None:
    """Raise `WrongUse`, naming all at once, unless names are declared and values are text of the right form.

    papermill itself checks no names and would run one as code; and it turns digits into numbers.
    """
    unknown = [name for name in given if name not in PARAMETERS]
    wrong = [name for name, value in given.items()
             if name in PARAMETERS and not (isinstance(value, str) and PARAMETERS[name].fullmatch(value))]  # fmt: skip
    if unknown or wrong:
        bad, allowed = ", ".join(repr(name[:60]) for name in [*unknown, *wrong]), ", ".join(PARAMETERS)
        raise WrongUse(f"Tham số sai: {bad}. Cho phép: {allowed}, đều là chữ.",
                       f"Wrong parameters: {bad}. Allowed: {allowed}, all text.")  # fmt: skip


def run_notebook(job: Job) -> Path:
    """Run the report notebook on one attempt with papermill; returns the notebook written."""
    check_parameters(job.parameters())
    os.environ["KIT_HOME"] = str(home.home())
    warnings.filterwarnings("ignore")
    import papermill
    from traitlets.config import Config

    encrypted = Config({"KernelManager": {"transport_encryption": "auto"}})
    papermill.execute_notebook(
        str(home.notebooks() / NOTEBOOK), str(job.output), parameters=job.parameters(), kernel_name="python3",
        progress_bar=False, cwd=str(job.output.parent), config=encrypted,
    )  # fmt: skip
    return job.output


def run_notebooks(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, str]]:
    """Run each job in a process of its own, `workers` at a time; yields (job, problem or "") as they end."""
    with ProcessPoolExecutor(max_workers=workers, max_tasks_per_child=1) as pool:
        futures = {pool.submit(run_notebook, job): job for job in jobs}
        for future in as_completed(futures):
            error = future.exception()
            yield futures[future], f"{type(error).__name__}: {error}"[:400] if error else ""
