"""How long an action takes while many act at once, each in a process of its own, and whether every event is there.

python tests/bench/bench_store.py [SECONDS]

200 writers on PostgreSQL and 20 on SQLite, 100 actions each, one every SECONDS (default 1; a trainee who works fast
acts every ten); then the same without any pause, which tells what the machine can store at most. Exits with 1 where an
event is lost, doubled or out of order, or where the 95th percentile of the paced run is above 50 ms (SQLite: 200 ms).
"""

import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kit.attempt import Attempt
from kit.store import EventStore
from tests.places import Place
from tests.postgres_server import running
from tests.test_store import little

ACTIONS = 100
START_SECONDS = 0.03  # for each writer, until all stand ready


@dataclass(frozen=True)
class Race:
    """So many writers, each in a process of its own; p95 of an action at most `limit` ms."""

    name: str
    writers: int
    limit: float


RACES = (Race("SQLite", 20, 200.0), Race("PostgreSQL", 200, 50.0))


@contextmanager
def place(race: Race, number: int) -> Iterator[Place]:
    if race.name == "PostgreSQL":
        with running() as server:
            yield Place(server.url, f"bench-{number}")
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Place(f"sqlite:///{folder}/attempts.sqlite", "")


def write(where: Place, token: str, begin_at: float, pause: float) -> list[float]:
    """One writer's actions; seconds that each took until it was confirmed."""
    attempt, draw, taken = Attempt.resume(where.open(), token), Random(token), []
    time.sleep(max(0.0, begin_at + draw.random() * pause - time.time()))
    for number in range(ACTIONS):
        began = time.perf_counter()
        attempt.act("onestop", "refuse", "H1", {"ground": "x", "reason": f"{token}-{number}"})
        taken.append(time.perf_counter() - began)
        time.sleep(max(0.0, pause * draw.uniform(0.5, 1.5) - taken[-1]))
    return taken


def forked(where: Place, token: str, begin_at: float, pause: float) -> int:
    """The reading end of a pipe in which a child leaves its times."""
    reading, writing = os.pipe()
    if os.fork():
        os.close(writing)
        return reading
    try:
        os.write(writing, json.dumps([round(one, 6) for one in write(where, token, begin_at, pause)]).encode())
    finally:
        os._exit(0)


def run(where: Place, race: Race, pause: float) -> tuple[list[float], float, int]:
    """(seconds of every action, seconds of the whole, logs that are not exactly what was confirmed)."""
    store, script = where.open(), little()
    number = store.add_script(script)
    begun = [Attempt.start(store, number, f"Người {one}") for one in range(race.writers)]
    for attempt, _ in begun:
        attempt.deliver()
    store.engine.dispose()
    gc.freeze()  # what the children share stays shared
    begin_at = time.time() + START_SECONDS * race.writers
    pipes = [forked(where, token, begin_at, pause) for _, token in begun]
    times = [json.loads(_all(pipe) or "[]") for pipe in pipes]
    whole = time.time() - begin_at
    for _ in pipes:
        os.wait()
    wrong = sum(not _exact(where.open(), attempt.id, token) for attempt, token in begun)
    return [one for taken in times for one in taken], whole, wrong


def _exact(store: EventStore, attempt: str, token: str) -> bool:
    """Whether the log (its chain verified in reading) holds each action once and in order."""
    told = [event.given["reason"] for event in store.read(attempt) if event.kind == "refused"]
    store.engine.dispose()
    return told == [f"{token}-{number}" for number in range(ACTIONS)]


def _all(pipe: int) -> bytes:
    with os.fdopen(pipe, "rb") as file:
        return file.read()


def told(race: Race, pause: float) -> bool:
    """Run and print one race; whether it met what is asked of it."""
    with place(race, int(pause * 1000)) as where:
        load = os.getloadavg()[0]
        taken, whole, wrong = run(where, race, pause)
    cut = statistics.quantiles(taken, n=100)
    missing = race.writers * ACTIONS - len(taken)
    pace = f"one every {pause:g} s" if pause else "without a pause"
    times = "  ".join(f"p{place} {1000 * cut[place - 1]:7.1f}" for place in (50, 95, 99))
    print(f"{race.name:10} {race.writers:3} writers x {ACTIONS}, {pace:15}  {times} ms  {len(taken) / whole:5.0f}/s"
          f"  load before {load:.1f}, not confirmed {missing}, wrong logs {wrong}", flush=True)  # fmt: skip
    return not missing and not wrong and (pause == 0 or 1000 * cut[94] <= race.limit)


if __name__ == "__main__":
    pause = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    kept = [told(race, one) for race in RACES for one in (pause, 0.0)]
    sys.exit(0 if all(kept) else 1)
