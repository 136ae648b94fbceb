"""How many logs are evaluated in a second of one core: all exercises, all robots, in memory, no notebook.

    python -m tests.bench.bench_evaluation [ROUNDS] [EXERCISE ...]

Each round takes turns over four ways and every attempt keeps its best time of a way, so that neighbours on the computer
disturb all of them alike. The yardstick is what has to be done anyway before a log may be believed: its hash chain.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grading.evaluate import evaluate, rules_of
from grading.players import PLAYERS, play
from grading.rules import Rule
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.event import Event, canonical, verify
from kit.exercise import names
from kit.script import Key
from tests.rehearsed import compiled

YARDSTICK = "verify the hash chain of a log"


@dataclass(frozen=True)
class Game:
    """One attempt as it is graded: key and events as they come out of a store."""

    key: Key
    rules: tuple[Rule, ...]
    written: str
    events: list[Event]


def games(exercises: list[str]) -> list[Game]:
    """An attempt of each robot on each exercise."""
    found = []
    for name in exercises:
        script, key = compiled(1, name)
        written = canonical(key.to_json())
        read = Key.from_json(json.loads(written))
        store = MemoryStore()
        number, rules = store.add_script(script), tuple(rules_of(read))
        for robot, turn in PLAYERS.items():
            attempt, _ = Attempt.start(store, number, robot)
            play(attempt, key, turn)
            events = [Event(**json.loads(canonical(event.__dict__))) for event in attempt.events]
            found.append(Game(read, rules, written, events))
    return found


WAYS: dict[str, Callable[[Game], object]] = {
    YARDSTICK: lambda game: verify(game.events),
    "evaluate, the key's rules made once": lambda game: evaluate(game.key, game.events, game.rules),
    "evaluate, rules made for each attempt": lambda game: evaluate(game.key, game.events),
    "the same, the key read from JSON too": lambda game: evaluate(Key.from_json(json.loads(game.written)), game.events),
}


def best(played: list[Game], rounds: int) -> dict[str, list[float]]:
    """Of each way the best seconds of CPU of each attempt."""
    found = {name: [1e9] * len(played) for name in WAYS}
    for _ in range(rounds):
        for place, game in enumerate(played):
            for name, way in WAYS.items():
                began = time.thread_time()
                way(game)
                found[name][place] = min(found[name][place], time.thread_time() - began)
    return found


def main(rounds: int, exercises: list[str]) -> None:
    """Measure and print."""
    played = games(exercises or names())
    gc.collect()
    gc.freeze()  # the attempts kept here for the measurement are no garbage to look through
    targets, events = fmean(len(one.rules) for one in played), fmean(len(one.events) for one in played)
    print(f"{len(played)} attempts, on average {targets:.0f} targets and {events:.0f} events")
    found = best(played, rounds)
    for name, each in found.items():
        ratio = fmean(found[YARDSTICK]) / fmean(each)
        print(f"{name:40} {1 / fmean(each):8,.0f} a second of one core  {ratio:6.2f} x {YARDSTICK}", flush=True)


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["20"])[0]), sys.argv[2:])
