"""`kit grade` on a session of many attempts: every log read, verified and evaluated, results written and sealed.

    python -m tests.bench.bench_grading [ATTEMPTS] [WORKERS] [EXERCISE]

The attempts are those of all robots on several seeds, copied under numbers of their own and chained anew. The peer is
the same command with one worker, on every tenth attempt's worth of the session.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grading.players import PLAYERS
from grading.rehearsal import play_robot
from kit.event import seal
from kit.session import Session
from tests.rehearsed import COUNTER, home_in, world

SEEDS = 8  # scripts of a session, as `kit rehearse` prepares them
PEER = 10  # the peer gets this part of the attempts


def real_attempts(name: str, exercise: str) -> list[str]:
    """Attempts of all robots on all seeds."""
    return [play_robot(exercise, world(), seed, robot, Session.named(name)).attempt
            for seed in range(1, SEEDS + 1) for robot in PLAYERS]  # fmt: skip


def fill(name: str, exercise: str, count: int) -> None:
    """A session of so many attempts: real ones, then the same actions under other numbers, chained anew."""
    attempts, drawn = real_attempts(name, exercise), random.Random(1)
    store = Session.named(name).store()
    for place in range(count - len(attempts)):
        source, number = attempts[place % len(attempts)], f"{drawn.getrandbits(128):032x}"
        events, previous = [], ""
        for event in store.read(source):
            events.append(seal(replace(event, attempt=number), previous))
            previous = events[-1].hash
        store.open({**store.attempt(id=source), "id": number, "token": number}, events[0])
        store.append(*events[1:])


def graded(name: str, folder: Path, workers: int) -> tuple[float, float, int]:
    """(seconds, CPU seconds, attempts) of `kit grade` as a command."""
    words = [sys.executable, "-m", "kit", "grade", "--session", name, "--out", str(folder), "--jobs", str(workers)]
    began, before = time.perf_counter(), sum(os.times()[:4])
    subprocess.run(words, check=True, capture_output=True)
    took = time.perf_counter() - began, sum(os.times()[:4]) - before
    results = json.loads((folder / "grades.json").read_text(encoding="utf-8"))
    return *took, len(results["graded"])


def main(attempts: int, workers: int, exercise: str) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="kit-bench-") as name:
        folder = Path(name)
        os.environ["KIT_HOME"] = str(home_in(folder))
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            pool.submit(fill, "many", exercise, attempts).result()
            pool.submit(fill, "few", exercise, attempts // PEER).result()
        rates = {}
        for label, many, jobs in (("peer: one worker", "few", 1), (f"{workers} workers", "many", workers)):
            seconds, cpu, count = graded(many, folder / many, jobs)
            rates[label] = count / seconds
            print(f"kit grade, {label:18} {count:6,} attempts of {exercise}: {seconds:6.1f} s, {cpu:6.1f} CPU s, "
                  f"{count / seconds:7.1f} a second")  # fmt: skip
        peer, ours = rates.values()
        print(f"{ours / peer:.2f} x the peer; results: {(folder / 'many' / 'grades.json').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*map(int, (given + ["2000", "2"][len(given) :])[:2]), given[2] if len(given) > 2 else COUNTER)
