"""How fast 200 dossiers on the desk are: one action, an action on all of them, the filter, a page turn.

    python -m tests.bench.bench_handover [--count 200]

Times are those of the kernel, on a store on disk; the browser's part is looked at in tests/browser.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from kit.attempt import Attempt
from kit.compiling import compile_exercise
from kit.exercise import Exercise, load_exercise
from kit.store import EventStore
from kit.ui import Desk
from kit.ui.coach import Coach
from tests.rehearsed import world

LISTS = ("civil_list", "land_list", "construction_list")


def enlarged(count: int) -> Exercise:
    """The exercise with more routine dossiers, so that `count` are brought."""
    exercise = load_exercise("05")
    injects, missing = list(exercise.scenario.injects), count - dossiers(exercise)
    for place, inject in enumerate(injects):
        more = min(missing, 60 - inject.count) if inject.truth.startswith("routine") else 0
        injects[place] = inject.model_copy(update={"count": inject.count + more})
        missing -= more
    return replace(exercise, scenario=exercise.scenario.model_copy(update={"injects": injects}))


def dossiers(exercise: Exercise) -> int:
    """How many dossiers an exercise brings; the three lists are none."""
    return sum(inject.count for inject in exercise.scenario.injects if inject.truth not in LISTS)


def timed(name: str, work: Callable[[], object], times: int = 1) -> float:
    """Milliseconds, the median of some runs; printed."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1_000)
    print(f"{name:42} {median(taken):8.1f} ms")
    return median(taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(asked.count, Path(folder))


def measure(count: int, folder: Path) -> None:
    """Everything a trainee does with a full desk."""
    exercise, ward = enlarged(count), world()
    script, _ = compile_exercise(exercise, ward, 1, "seat-001")
    timed("compile", lambda: compile_exercise(exercise, ward, 2, "seat-001"), 3)
    store = EventStore.at(folder / "attempts.sqlite")
    store.add_script(script)
    desk = Desk(store, "vi", folder / "desk.log", Coach("")).open("")
    desk.entered.name, desk.entered.mode = "Nguyễn An", "practice"
    timed(f"open the desk, bring {count} dossiers", desk.page.begin)
    page, rules = desk.page, desk.view.systems()[0]
    attempt: Attempt = desk.view.attempt
    keys = [key for key, record in attempt.state.records.items() if record.get("step") == "on_list"]
    names = iter(keys)

    def single() -> None:
        page.choose(next(names))
        page.act(rules, rules.action("acknowledge"), {})

    timed("choose a record", lambda: page.choose(keys[-1]), 5)
    timed("one action, dossier open (choose and act)", single, 9)
    timed("open the table", lambda: page.open("table"), 3)
    timed("filter: one more letter typed", lambda: page.table.want(words="dat dai"), 5)
    timed("filter off", lambda: page.table.want(words=""), 5)
    timed("sort by name", lambda: page.table.sort("who"), 5)
    timed("next page", lambda: page.table.turn(1), 3)
    left = list(names)
    timed("choose all", lambda: page.table.choose(left, True), 3)
    page.table.form.pick.value = "acknowledge"
    timed(f"act on {len(left)} dossiers, table open", page.table.form.submit)
    given = {"told": "same_date", "notice_to": "listed_address"}
    timed(f"a notice to {len(left)} citizens, table open",
          lambda: page.act_many(rules, rules.action("notify_citizen"), left, given))  # fmt: skip
    timed("resume from disk", lambda: Attempt(store, store.attempts()[0]), 3)


if __name__ == "__main__":
    main()
