"""How many logs are evaluated in a second of one core: all exercises, all robots, in memory, no notebook.

    python -m tests.bench.bench_evaluation [ROUNDS] [EXERCISE ...]

Each round goes over all attempts once in each of four ways, so that neighbours on the computer disturb all of them
alike; printed are the middle and the best round. The yardstick is what has to be done anyway before a log may be
believed: its hash chain.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grading.evaluate import evaluate
from grading.players import PLAYERS, play
from grading.rules import Rules
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
    rules: Rules
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
        number, rules = store.add_script(script), Rules(read)
        for robot, turn in PLAYERS.items():
            attempt, _ = Attempt.start(store, number, robot)
            play(attempt, key, turn)
            events = [Event(**json.loads(canonical(event.to_json()))) for event in attempt.events]
            found.append(Game(read, rules, written, events))
    return found


WAYS: dict[str, Callable[[Game], object]] = {
    YARDSTICK: lambda game: verify(game.events),
    "evaluate, the key's rules made once": lambda game: evaluate(game.key, game.events, game.rules),
    "evaluate, rules made for each attempt": lambda game: evaluate(game.key, game.events),
    "the same, the key read from JSON too": lambda game: evaluate(Key.from_json(json.loads(game.written)), game.events),
}


def seconds(played: list[Game], rounds: int) -> dict[str, list[float]]:
    """Of each way and round the seconds of CPU that an attempt took on average."""
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(rounds):
        for name, way in WAYS.items():
            began = time.thread_time()
            for game in played:
                way(game)
            found[name].append((time.thread_time() - began) / len(played))
    return found


def main(rounds: int, exercises: list[str]) -> None:
    """Measure and print."""
    played = games(exercises or names())
    gc.collect()
    gc.freeze()  # the attempts kept here for the measurement are no garbage to look through
    targets, events = fmean(len(one.rules.each) for one in played), fmean(len(one.events) for one in played)
    print(f"{len(played)} attempts, on average {targets:.0f} targets and {events:.0f} events")
    found = seconds(played, rounds)
    for name, each in found.items():
        ratio = median(one / other for one, other in zip(found[YARDSTICK], each, strict=True))
        print(f"{name:40} {1 / median(each):8,.0f} a second of one core, {1 / min(each):8,.0f} in the best round;"
              f" {ratio:6.2f} x {YARDSTICK}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["20"])[0]), sys.argv[2:])
