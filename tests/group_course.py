"""A session with a roster in which robots played: units of a few people, each exercise from a few scripts."""

from collections.abc import Sequence
from functools import cache

from grading.evaluate import evaluate
from grading.gradebook import Graded
from grading.group_report import Course
from grading.players import PLAYERS, play
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.compiling import compile_exercise
from kit.event import Event
from kit.exercise import load_exercise
from kit.script import Key, Script
from kit.session import Session
from kit.store import EventStore
from kit.store.people import Person
from tests.rehearsed import COUNTER, ticking, world

ROBOTS = ("average", "model", "average", "careless", "average", "slow", "average", "guessing")
MIXED = ("model", "careless", "average", "careless", "model", "guessing", "slow")
UNITS = ("26740", "26743", "26758", "26737", "27238", "27232", "27226", "27211", "27154", "27139", "27142", "27316")
GROUPS = ("2", "2", "2", "2", "1", "1", "1", "1", "3", "3", "3", "3")


@cache
def compiled(exercise: str, seed: int) -> tuple[Script, Key]:
    return compile_exercise(load_exercise(exercise), world(), seed, f"seat-{seed:03d}")


@cache
def log(exercise: str, seed: int, robot: str, trainee: str = "Học viên", end: bool = True) -> tuple[Event, ...]:
    """What a robot did in an exercise, its clock a fake; `end`: whether it ended the attempt."""
    (script, key), store = compiled(exercise, seed), MemoryStore()
    attempt, _ = Attempt.start(store, store.add_script(script), trainee, "assessed", ticking())
    play(attempt, key, PLAYERS[robot])
    return tuple(attempt.events) if end else tuple(attempt.events[:-1])


def graded(person: Person, exercise: str, seed: int = 1, robot: str = "model", end: bool = True) -> Graded:
    """A person's graded attempt, as `over_attempts` gives it."""
    events, (script, key) = log(exercise, seed, robot, end=end), compiled(exercise, seed)
    row = {"id": f"{person.code}-{exercise}-{seed}-{robot}", "script": script.hash(), "trainee": person.name,
           "mode": "assessed", "person": person.code, "team": ""}  # fmt: skip
    return Graded("course", row, events, evaluate(key, events))


def people(units: Sequence[str] = UNITS, each: int = 5, groups: Sequence[str] = GROUPS) -> list[Person]:
    """So many people a unit, with the unit's working group."""
    return [
        Person(f"{unit}-{number}", f"Nguyễn Văn {'ABCDEFGHIKLM'[number]}", unit, "reception", group)
        for unit, group in zip(units, groups, strict=False) for number in range(each)
    ]  # fmt: skip


def course(roster: list[Person], exercises: Sequence[str] = (COUNTER,), robots: Sequence[str] = MIXED) -> Course:
    """Everybody in the roster played every exercise, the robots in turn."""
    made = [graded(person, exercise, 1 + place % 2, robots[place % len(robots)])
            for exercise in exercises for place, person in enumerate(roster)]  # fmt: skip
    titles = {exercise: {"vi": f"Bài {exercise}", "en": f"Exercise {exercise}"} for exercise in exercises}
    return Course("course", made, 0, {one.code: one for one in roster}, titles)


def held(session: Session, roster: Sequence[Person], exercises: Sequence[str], seeds: int = 3) -> None:
    """Keep the roster, and an attempt of each person in each exercise, in a session's stores."""
    store, keys = session.store(), session.keys()
    store.people.add(roster, [])
    for exercise in exercises:
        for script, key in (compiled(exercise, seed) for seed in range(1, seeds + 1)):
            store.add_script(script)
            keys.add(key)
        for place, person in enumerate(roster):
            _keep(store, person, log(exercise, 1 + place % seeds, ROBOTS[place % len(ROBOTS)], person.code))


def _keep(store: EventStore, person: Person, events: Sequence[Event]) -> None:
    first = events[0]
    row = {"id": first.attempt, "script": first.given["script"], "trainee": person.name, "mode": "assessed",
           "token": first.attempt, "person": person.code}  # fmt: skip
    store.open(row, first)
    store.append(*events[1:])
