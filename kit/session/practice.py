"""The practice session: seats for whoever comes, without a roster."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kit.calendar import FIRST_DAY
from kit.session.folder import Session

Progress = Callable[[Iterable[int]], Iterable[int]]


@dataclass(frozen=True)
class Plan:
    """Which unit is drawn from which seed on which day, for how many seats of which exercises."""

    unit: str
    seed: int = 1
    day: date = FIRST_DAY
    exercises: tuple[str, ...] = ()
    seats: int = 8


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
