"""Every attempt of a session read, verified, evaluated and handed to some work, spread over processes.

A broken attempt is named and stops nothing. Where a part fails, or its process dies, it is done again, and then attempt
by attempt, so that only the one at fault is lost.
"""

import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from grading.evaluate import evaluate
from grading.gradebook import Graded
from grading.rules import Rules
from kit import home
from kit.errors import KitError
from kit.event import STARTED, Event, broken_at
from kit.processes import deaf, forking, unreached
from kit.script import Key
from kit.session import Session
from kit.store.people import seated

Json = dict[str, Any]
Work = Callable[[Graded], Any]
PART = 25  # attempts that a process takes at once
SHARED = ("KIT_HOME", "KIT_STORE")  # where the project and its store are


@dataclass(frozen=True)
class Answer:
    """What the work made of one attempt, or the problem (vi and en) for which the attempt is invalid."""

    attempt: str
    made: Any = None
    problem: dict[str, str] | None = None


@dataclass(frozen=True)
class Part:
    """Some attempts of a session, and what is to be done with each."""

    session: str
    rows: tuple[Json, ...]
    work: Work


def over_attempts(session: Session, work: Work, workers: int = 0) -> Iterator[Answer]:
    """The answers for all attempts of a session, in any order; `work` is a function of a module.

    `workers` processes, as many as the computer has cores where none are given; few attempts are done here.
    """
    rows = sorted(_rows(session), key=lambda row: (row["script"], row["id"]))  # a part has few scripts
    parts = [Part(session.name, tuple(rows[at : at + PART]), work) for at in range(0, len(rows), PART)]
    workers = min(workers or os.cpu_count() or 1, len(parts))
    left: list[Part] = []
    with _pool(workers) as pool:
        with unreached():
            futures = {pool.submit(answers, part): part for part in parts}
        for future in as_completed(futures):
            if future.exception():
                left.append(futures[future])
            else:
                yield from future.result()
    if left:
        yield from _again(left, min(workers, 2))


def _rows(session: Session) -> list[Json]:
    """The attempts' rows; `people`: code and name of whoever of the roster sits there, "" without a roster."""
    store = session.store()
    playing, rows = seated(store.people.all(), store.people.seats()), store.attempts()
    for row in rows:
        people = playing.get((row["team"] or row["person"], row["script"]), ())
        row["people"] = "; ".join(f"{one.code} {one.name}" for one in people)
    store.engine.dispose()
    return rows


def answers(part: Part) -> list[Answer]:
    """What the work makes of each attempt of a part."""
    session = Session.named(part.session)
    store, keys = session.store(), session.keys()

    @lru_cache(maxsize=1)
    def ready(script: str) -> tuple[Key, Rules]:
        key = keys.key(script)
        return key, Rules(key)

    found = []
    for row in part.rows:
        try:
            events = genuine(row, store.read(row["id"]))
            key, rules = ready(row["script"])
            made = part.work(Graded(part.session, row, events, evaluate(key, events, rules)))
            found.append(Answer(row["id"], made))
        except KitError as error:
            found.append(Answer(row["id"], problem={"vi": error.vi, "en": error.en}))
    store.engine.dispose()
    return found


def genuine(row: Json, events: list[Event]) -> list[Event]:
    """The log of an attempt; BrokenLog where it does not begin as the attempt's row says, or is empty."""
    first = events[0] if events else None
    if first is None or first.kind != STARTED or first.given.get("script", row["script"]) != row["script"]:
        raise broken_at(row["id"], 0)
    return events


def _again(parts: list[Part], workers: int) -> Iterator[Answer]:
    """Parts one after the other, attempt by attempt where a part fails again; a process that died is replaced."""
    while parts:
        error: BaseException | None = None
        with _pool(workers) as pool:
            while parts and not isinstance(error, BrokenExecutor):
                part, *parts = parts
                with unreached():
                    future = pool.submit(answers, part)
                error = future.exception()
                if not error:
                    yield from future.result()
                elif len(part.rows) > 1:
                    parts = [*(Part(part.session, (row,), part.work) for row in part.rows), *parts]
                else:
                    yield _at_fault(part, error)


def _at_fault(part: Part, error: BaseException) -> Answer:
    told = f"{type(error).__name__}: {error}"[:300]
    problem = {"vi": f"Bộ công cụ không chấm được lượt này: {told}",
               "en": f"The kit could not grade this attempt: {told}"}  # fmt: skip
    return Answer(part.rows[0]["id"], problem=problem)


@contextmanager
def _pool(workers: int) -> Iterator[Executor]:
    """Processes, forked from one that has imported everything; a thread where one of them would do.

    What waits is dropped in the end: nobody who is interrupted waits for it.
    """
    given = {name: os.environ[name] for name in SHARED if name in os.environ} | {"KIT_HOME": str(home.home())}
    pool = ProcessPoolExecutor(workers, forking([__name__]), _begin, (given,)) if workers > 1 else ThreadPoolExecutor(1)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(environment: dict[str, str]) -> None:
    deaf()
    os.environ.update(environment)
    gc.freeze()  # what was imported is no garbage and need not be looked at again
