"""Robots play everybody's scripts in memory before the day: a script that the perfect one cannot master is found."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import fmean

from grading.evaluate import evaluate
from grading.players import PLAYERS, play
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.errors import KitError
from kit.key_store import KeyStore
from kit.processes import unreached
from kit.script import Key, Script
from kit.session import Session
from kit.session.workers import workers
from kit.store import EventStore

ROBOTS = ("model", "average", "careless", "idle")
PERFECT, ALL = "model", 100
CHUNK = 8  # scripts that one task plays


@dataclass(frozen=True)
class Tried:
    """What the robots earned with one script; `problem` (vi, en) where it cannot be played."""

    script: str
    exercise: str
    scores: dict[str, float]
    problem: tuple[str, str] | None = None

    @property
    def good(self) -> bool:
        """Whether the perfect robot, where it played, earned everything that a machine judges."""
        return self.problem is None and self.scores.get(PERFECT, ALL) >= ALL


def try_script(script: Script, key: Key, robots: tuple[str, ...] = ROBOTS) -> Tried:
    """Let each robot play a script once, in memory."""
    scores: dict[str, float] = {}
    try:
        for robot in robots:
            store = MemoryStore()
            attempt, _ = Attempt.start(store, store.add_script(script), f"robot-{robot}")
            play(attempt, key, PLAYERS[robot])
            scores[robot] = evaluate(key, attempt.events).score
    except KitError as error:
        return Tried(key.script, key.exercise, scores, (error.vi, error.en))
    return Tried(key.script, key.exercise, scores)


def try_session(session: Session, robots: tuple[str, ...] = ROBOTS, jobs: int = 1) -> Iterator[Tried]:
    """Every script that a seat names, as it is played."""
    scripts = sorted({seat.script for seat in session.store().people.seats()})
    tasks = [(session.name, robots, part) for part in _parts(scripts)]
    number = min(jobs, len(tasks) // 2)
    if number <= 1:
        for task in tasks:
            yield from _try_all(task)
        return
    with workers(number) as pool:
        with unreached():
            answers = pool.map(_try_all, tasks)
        for tried in answers:
            yield from tried


def table(tried: list[Tried]) -> list[dict[str, object]]:
    """One row for each exercise and robot: how many scripts, mean, lowest and highest score."""
    scores: dict[tuple[str, str], list[float]] = {}
    for one in tried:
        for robot, score in one.scores.items():
            scores.setdefault((one.exercise, robot), []).append(score)
    return [{"exercise": exercise, "player": robot, "scripts": len(found), "mean": round(fmean(found), 1),
             "lowest": min(found), "highest": max(found)}
            for (exercise, robot), found in sorted(scores.items(), key=_place)]  # fmt: skip


def _place(item: tuple[tuple[str, str], list[float]]) -> tuple[str, int]:
    """By exercise, the robots from the best to the worst."""
    (exercise, robot), _ = item
    return exercise, list(PLAYERS).index(robot)


def _try_all(task: tuple[str, tuple[str, ...], tuple[str, ...]]) -> list[Tried]:
    name, robots, scripts = task
    session = Session.named(name)
    store, keys = session.store(), session.keys()
    return [_tried(store, keys, one, robots) for one in scripts]


def _tried(store: EventStore, keys: KeyStore, number: str, robots: tuple[str, ...]) -> Tried:
    try:
        return try_script(store.script(number), keys.key(number), robots)
    except KitError as error:
        return Tried(number, "", {}, (error.vi, error.en))


def _parts(scripts: list[str]) -> Iterator[tuple[str, ...]]:
    left = iter(scripts)
    while part := tuple(islice(left, CHUNK)):
        yield part
