"""How fast the spine is on this computer: medians, and ratios to a named peer. Prints, asserts nothing.

python tests/bench/bench_spine.py
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grading.evaluate import evaluate
from grading.players import PLAYERS, play
from grading.rehearsal import Job, play_robot, run_notebook
from kit.attempt import Attempt
from kit.compiling import compile_exercise
from kit.exercise import load_exercise
from kit.script import Key
from kit.session import Session
from kit.store import EventStore
from kit.world import draw_world
from tests.rehearsed import COUNTER, DAY, UNIT, compiled, home_in, played, world


def seconds(job: Callable[[], object], times: int) -> float:
    """The median of so many runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        job()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def fresh(program: str) -> Callable[[], object]:
    """A Python started anew."""
    return lambda: subprocess.run([sys.executable, "-c", program], check=True)


def line(what: str, value: float, note: str = "") -> None:
    print(f"{what:44} {1000 * value:10.1f} ms   {note}", flush=True)


def drawing() -> None:
    line("draw a ward of 1,200 people", seconds(lambda: draw_world(UNIT, 1, DAY), 5))
    exercise = load_exercise(COUNTER)
    line("compile one script and key", seconds(lambda: compile_exercise(exercise, world(), 2, "x"), 9))


def acting() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, store in (
            ("memory", EventStore("sqlite://")),
            ("a file, synced", EventStore.at(Path(folder) / "x.sqlite")),
        ):
            script, key = compiled()
            number = store.add_script(script)

            def whole(store: EventStore = store, number: str = number, key: Key = key) -> None:
                attempt, _ = Attempt.start(store, number, "x")
                play(attempt, key, PLAYERS["model"])

            line(f"the model's whole attempt, {name}", seconds(whole, 5))


def grading() -> float:
    attempt, key = played("model")
    taken = seconds(lambda: evaluate(key, attempt.events), 200)
    line("evaluate one attempt", taken, f"{1 / taken:,.0f} attempts a second a core")
    return taken


def starting() -> None:
    bare = seconds(fresh("pass"), 5)
    desk, pandas = seconds(fresh("import kit.ui.desk"), 5) - bare, seconds(fresh("import pandas"), 5) - bare
    line("import the desk", desk, f"{desk / pandas:.2f} times `import pandas` ({1000 * pandas:.0f} ms)")


def rehearsing(evaluation: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KIT_HOME"] = str(home_in(Path(folder)))
        attempt = play_robot(COUNTER, world(), 1, "careless", Session.named("practice")).attempt
        taken = seconds(lambda: run_notebook(Job(Path(folder) / "out.ipynb", "practice", attempt)), 3)
        line("one graded notebook by papermill", taken, f"{taken / evaluation:,.0f} times the evaluation inside it")


if __name__ == "__main__":
    drawing()
    acting()
    starting()
    rehearsing(grading())
