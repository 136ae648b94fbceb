"""A drawn ward, its scripts and keys, and attempts on them, each made once for a test process."""

import shutil
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from grading.players import PLAYERS, play
from kit import home
from kit.attempt import Attempt
from kit.compiling import compile_exercise
from kit.exercise import load_exercise
from kit.script import Cue, Key, Script
from kit.store import EventStore
from kit.world import World, draw_world

UNIT = "26740"
DAY = date(2025, 7, 1)
COUNTER = "04-one-stop-counter"


@cache
def world(unit: str = UNIT, day: date = DAY) -> World:
    return draw_world(unit, 1, day)


@cache
def compiled(seed: int = 1, exercise: str = COUNTER, day: date = DAY) -> tuple[Script, Key]:
    return compile_exercise(load_exercise(exercise), world(day=day), seed, "seat-001")


def begun(seed: int = 1, mode: str = "practice") -> tuple[Attempt, Key]:
    """A new attempt in a store of its own in memory; its clock is a fake."""
    script, key = compiled(seed)
    store = EventStore("sqlite://")
    attempt, _ = Attempt.start(store, store.add_script(script), "Nguyễn Thị Tập", mode, ticking())
    return attempt, key


def played(robot: str, seed: int = 1) -> tuple[Attempt, Key]:
    """A finished attempt of a robot."""
    attempt, key = begun(seed)
    play(attempt, key, PLAYERS[robot])
    return attempt, key


def inject_with(key: Key, truth: str) -> str:
    """The first inject in which this truth is planted."""
    return next(inject for inject, planted in key.truths.items() if planted == truth)


def brought(attempt: Attempt, inject: str) -> Cue:
    """Wait until an inject is there."""
    attempt.deliver()
    while inject not in attempt.state.delivered:
        assert attempt.wait()
        attempt.deliver()
    return next(cue for cue in attempt.script.cues if cue.id == inject)


class ticking:  # noqa: N801 - used like a function
    """A fake clock: one second later each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2025, 7, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def home_in(folder: Path) -> Path:
    """A project folder of its own, with copies of the exercises that may be damaged; to be named by KIT_HOME."""
    for name in ("datasets", "notebooks"):
        (folder / name).symlink_to(home.home() / name)
    shutil.copytree(home.exercises(), folder / "exercises")
    return folder
