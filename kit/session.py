"""Session: what a trainer plans - unit, day, exercises, seats - and the folder that holds its scripts and attempts.

The keys are in a folder of their own inside it, so that serving trainees needs no access to them.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kit import home
from kit.calendar import FIRST_DAY
from kit.errors import WrongUse
from kit.key_store import KeyStore
from kit.store import EventStore

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")

Progress = Callable[[Iterable[int]], Iterable[int]]


@dataclass(frozen=True)
class Plan:
    """Which unit is drawn from which seed on which day, for how many seats of which exercises."""

    unit: str
    seed: int = 1
    day: date = FIRST_DAY
    exercises: tuple[str, ...] = ()
    seats: int = 8


@dataclass(frozen=True)
class Session:
    """One training session's folder under `sessions/`."""

    name: str

    @classmethod
    def named(cls, name: str) -> "Session":
        """The session with this name; `WrongUse` for a name that is no plain slug."""
        if not NAME.fullmatch(name):
            raise WrongUse(f"Tên đợt {name[:60]!r} không hợp lệ: chỉ dùng a-z, 0-9, gạch nối.",
                           f"Session name {name[:60]!r} is not allowed: use a-z, 0-9 and hyphens.")  # fmt: skip
        return cls(name)

    @property
    def folder(self) -> Path:
        """Where everything of the session is kept."""
        return home.sessions() / self.name

    def store(self) -> EventStore:
        """Scripts and attempts."""
        return EventStore.at(self.folder / "attempts.sqlite")

    def keys(self) -> KeyStore:
        """The keys; never opened by a process that serves trainees."""
        return KeyStore.at(self.folder / "keys" / "keys.sqlite")


def prepare(session: Session, plan: Plan, progress: Progress = iter) -> list[str]:
    """Compile one script and key for each seat and exercise; returns the scripts' hashes. Seats differ by seed."""
    from kit.compiling import compile_exercise
    from kit.exercise import load_exercise
    from kit.world import draw_world

    world = draw_world(plan.unit, plan.seed, plan.day)
    exercises = [load_exercise(name) for name in plan.exercises]
    store, keys, made = session.store(), session.keys(), []
    for seat in progress(range(1, plan.seats + 1)):
        for exercise in exercises:
            script, key = compile_exercise(exercise, world, plan.seed + seat, f"seat-{seat:03d}")
            keys.add(key)
            made.append(store.add_script(script))
    return made
