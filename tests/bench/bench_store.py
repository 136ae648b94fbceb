"""How long an action takes while many act at once, each in a process of its own, and whether every event is there.

python tests/bench/bench_store.py [postgresql|sqlite] [SECONDS]

200 writers on PostgreSQL (the default) or 20 on SQLite, 100 actions each, one every SECONDS (default 1: ten times the
pace of a trainee who works fast); 0: without any pause, which tells what the machine can store at most. Writers are
forked from a process that has imported everything, and all begin when the last one has opened its attempt. Exits with 1
where an event is lost, doubled or out of order, or where the 95th percentile of a paced run is above 50 ms (SQLite: 200
ms). Takes about two minutes on a machine with nothing else to do; on a busy one its times mean nothing.
"""

import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kit.attempt import Attempt
from kit.store import EventStore
from tests.places import Place
from tests.postgres_server import Server, running
from tests.test_store import little

ACTIONS = 100
READY_SECONDS = 120  # until the last of all has opened its attempt
Taken = list[tuple[float, float]]  # of each action: seconds until it was confirmed, and the writer's own of CPU in it
Start = Callable[[], object]  # returns when everybody is ready


@dataclass(frozen=True)
class Race:
    """So many writers, each in a process of its own; p95 of an action at most `limit` ms."""

    name: str
    writers: int
    limit: float


RACES = {"postgresql": Race("PostgreSQL", 200, 50.0), "sqlite": Race("SQLite", 20, 200.0)}


@contextmanager
def place(race: Race) -> Iterator[tuple[Place, Callable[[], float]]]:
    """A new store, and what tells the seconds of CPU that its server has used."""
    if race.name == "PostgreSQL":
        with running() as server:
            yield Place(server.url, "bench"), lambda: cpu(server)
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Place(f"sqlite:///{folder}/attempts.sqlite", ""), lambda: 0.0


def cpu(server: Server) -> float:
    """Seconds of CPU of a server and of all its processes, also of those that have ended."""
    first = psutil.Process(int((server.folder / "data" / "postmaster.pid").read_text().split()[0]))
    times = [one.cpu_times() for one in (first, *first.children())]
    ended = times[0].children_user + times[0].children_system
    return float(ended + sum(one.user + one.system for one in times))


def write(where: Place, token: str, start: Start, pause: float) -> Taken:
    """One writer's actions."""
    attempt, draw, taken = Attempt.resume(where.open(), token), Random(token), Taken()
    start()
    time.sleep(draw.random() * pause)
    for number in range(ACTIONS):
        began, own = time.perf_counter(), time.process_time()
        attempt.act("onestop", "refuse", "H1", {"ground": "x", "reason": f"{token}-{number}"})
        taken.append((time.perf_counter() - began, time.process_time() - own))
        time.sleep(max(0.0, pause * draw.uniform(0.5, 1.5) - taken[-1][0]))
    return taken


def forked(where: Place, token: str, start: Start, pause: float) -> int:
    """The reading end of a pipe in which a child leaves its times."""
    reading, writing = os.pipe()
    if os.fork():
        os.close(writing)
        return reading
    try:
        taken = [[round(one, 6) for one in both] for both in write(where, token, start, pause)]
        with os.fdopen(writing, "w") as pipe:
            json.dump(taken, pipe)
    finally:
        os._exit(0)


def run(where: Place, race: Race, pause: float) -> tuple[Taken, float, float, int]:
    """(every action, seconds until all were ready, seconds of the whole, logs that are not what was confirmed)."""
    store, script = where.open(), little()
    number = store.add_script(script)
    begun = [Attempt.start(store, number, f"Người {one}") for one in range(race.writers)]
    for attempt, _ in begun:
        attempt.deliver()
    store.engine.dispose()
    gc.freeze()  # what the children share stays shared
    ready = get_context("fork").Barrier(race.writers + 1, timeout=READY_SECONDS)
    forking = time.perf_counter()
    pipes = [forked(where, token, ready.wait, pause) for _, token in begun]
    ready.wait()
    began = time.perf_counter()
    times = [json.loads(_all(pipe) or "[]") for pipe in pipes]
    whole = time.perf_counter() - began
    for _ in pipes:
        os.wait()
    wrong = sum(not _exact(store, attempt.id, token) for attempt, token in begun)
    return [(wall, own) for taken in times for wall, own in taken], began - forking, whole, wrong


def _exact(store: EventStore, attempt: str, token: str) -> bool:
    """Whether the log (its chain verified in reading) holds each action once and in order."""
    told = [event.given["reason"] for event in store.read(attempt) if event.kind == "refused"]
    return told == [f"{token}-{number}" for number in range(ACTIONS)]


def _all(pipe: int) -> bytes:
    with os.fdopen(pipe, "rb") as file:
        return file.read()


def told(race: Race, pause: float) -> bool:
    """Run and print one race; whether it met what is asked of it."""
    with place(race) as (where, server):
        load, before = os.getloadavg()[0], server()
        taken, ready, whole, wrong = run(where, race, pause)
        used = server() - before
    missing, pace = race.writers * ACTIONS - len(taken), f"one every {pause:g} s" if pause else "without a pause"
    own = 1000 * statistics.mean(own for _, own in taken)
    print(f"{race.name:10} {race.writers:3} writers x {ACTIONS}, {pace:15} {len(taken) / whole:5.0f}/s, ready after "
          f"{ready:.1f} s, load before {load:.1f}, not confirmed {missing}, wrong logs {wrong}")  # fmt: skip
    print(f"  an action   {_cuts([wall for wall, _ in taken])} ms\n"
          f"  of it waits {_cuts([wall - own for wall, own in taken])} ms (server, disk, a free core)\n"
          f"  CPU: client {own:.2f} ms, server {1000 * used / len(taken):.2f} ms (opening and reading counted in)",
          flush=True)  # fmt: skip
    p95 = 1000 * statistics.quantiles([wall for wall, _ in taken], n=100)[94]
    return not missing and not wrong and (pause == 0 or p95 <= race.limit)


def _cuts(seconds: list[float]) -> str:
    cut = statistics.quantiles(seconds, n=100)
    return "  ".join(f"p{place} {1000 * cut[place - 1]:7.1f}" for place in (50, 95, 99))


if __name__ == "__main__":
    race = RACES[sys.argv[1] if len(sys.argv) > 1 else "postgresql"]
    sys.exit(0 if told(race, float(sys.argv[2]) if len(sys.argv) > 2 else 1.0) else 1)
