"""Rules made ready once for many attempts judge as rules made anew for each do, in any order."""

import pytest

from grading.evaluate import evaluate
from grading.players import PLAYERS, play
from grading.rules import Rules
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.event import Event
from kit.script import Key
from tests.rehearsed import compiled


def logs(exercise: str) -> tuple[Key, list[list[Event]]]:
    """Every robot's log, whole and cut in the middle."""
    script, key = compiled(1, exercise)
    store = MemoryStore()
    number, found = store.add_script(script), []
    for robot, turn in PLAYERS.items():
        attempt, _ = Attempt.start(store, number, robot)
        play(attempt, key, turn)
        found += [attempt.events, attempt.events[: len(attempt.events) // 2]]
    return key, found


@pytest.mark.parametrize("exercise", ["02", "04", "06", "08", "10"])
def test_shared_rules_judge_as_new_ones_do_whatever_was_judged_before(exercise):
    key, played = logs(exercise)
    rules = Rules(key)
    anew = [evaluate(key, events) for events in played]
    assert [evaluate(key, events, rules) for events in played] == anew
    assert [evaluate(key, events, rules) for events in reversed(played)] == anew[::-1]
    assert len({made.score for made in anew}) > 3, "the logs differ"
