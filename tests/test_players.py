"""Robot trainees come through the same door as people; only the model knows the key."""

from functools import cache
from random import Random

import pytest

from grading.evaluate import evaluate
from grading.players import PLAYERS, entries, play, player, steps
from kit.errors import UnknownName
from kit.event import ACTED, DELIVERED, FINISHED, REFUSED, verify
from kit.script import Key
from kit.systems.entries import check
from kit.systems.onestop import ONE_STOP
from tests.rehearsed import begun, brought, compiled, inject_with, played

CASES = [(robot, seed) for robot in PLAYERS for seed in (1, 2)]
once = cache(played)  # for tests that only look at the attempt


@pytest.mark.parametrize(("robot", "seed"), CASES)
def test_a_robot_plays_to_the_end_and_leaves_a_whole_log(robot, seed):
    attempt, key = once(robot, seed)
    stored = attempt.store.read(attempt.id)
    verify(stored)
    assert stored[-1].kind == FINISHED and attempt.upcoming() == []
    came = [event.record for event in stored if event.kind == DELIVERED]
    firsts = {cue.id for cue in attempt.script.cues if not cue.after_action}
    assert firsts <= set(came) and len(came) == len(set(came))
    assert key.script == attempt.script.hash()


@pytest.mark.parametrize(("robot", "seed"), CASES)
def test_a_robot_always_plays_the_same(robot, seed):
    def told(events):
        return [(e.kind, e.action, e.record, e.given, e.minutes, e.moment) for e in events]

    assert told(once(robot, seed)[0].events) == told(played(robot, seed)[0].events)


@pytest.mark.parametrize(
    ("robot", "low", "high"), [("model", 100, 100), ("careless", 0, 50), ("guessing", 0, 50), ("idle", 0, 0)]
)
def test_what_each_is_worth(robot, low, high):
    attempt, key = once(robot, 1)
    assert low <= evaluate(key, attempt.events).score <= high


def test_the_model_is_never_refused_and_idle_does_nothing():
    assert not [event for event in once("model", 1)[0].events if event.kind == REFUSED]
    assert not [event for event in once("idle", 1)[0].events if event.kind in (ACTED, REFUSED)]


@pytest.mark.parametrize("robot", ["careless", "guessing", "idle"])
def test_all_but_the_model_play_the_same_without_the_truth(robot):
    attempt, key = begun()
    blind = Key(key.exercise, key.script, key.seed, key.unit, key.pass_mark, {}, {}, {}, {}, ())
    play(attempt, blind, PLAYERS[robot])
    assert [e.given for e in attempt.events[1:]] == [e.given for e in once(robot, 1)[0].events[1:]]


def test_the_careless_receive_whatever_comes():
    attempt, _ = once("careless", 1)
    received = {event.record for event in attempt.events if event.kind == ACTED and event.action == "receive"}
    waiting = {
        cue.record
        for cue in attempt.script.cues
        if cue.records[cue.record].get("step") in ("waiting", "filed", "supplement")
    }
    assert received == waiting


def test_steps_name_each_action_once_with_all_its_criteria_and_nothing_forbidden():
    _, key = compiled()
    inject = inject_with(key, "fee_exemption")
    (received,) = [where for _, action, where in steps(key, inject) if action == "receive"]
    assert {"competent_unit", "due_date", "fee", "exemption"} <= set(received)
    for one in key.truths:
        names = [action for _, action, _ in steps(key, one)]
        assert len(names) == len(set(names))
        assert not {"supplement"} & set(names) or not {"receive"} & set(names)


@pytest.mark.parametrize("action", ONE_STOP.actions, ids=lambda action: action.name)
def test_a_whole_form_is_one_that_the_system_takes(action):
    attempt, key = begun()
    cue = brought(attempt, inject_with(key, "complete"))
    facts = key.facts[cue.id]
    person = {field.name: facts["applicant_id"] for field in action.fields if field.kind == "personal_id"}
    given = entries(attempt, action, cue.record, {}, facts | person)
    assert set(check(action.fields, attempt.situation(cue.record), given)) == {field.name for field in action.fields}


@pytest.mark.parametrize("name", ["", "Model", "robot", "x" * 999])
def test_an_unknown_robot_is_named_with_those_that_exist(name):
    with pytest.raises(UnknownName, match="careless") as unknown:
        player(name)
    assert len(unknown.value.vi) < 200 and "model" in unknown.value.vi


def test_guesses_are_drawn():
    attempt, key = begun()
    cue = brought(attempt, inject_with(key, "complete"))
    before = len(attempt.events)
    PLAYERS["guessing"](attempt, cue, key, Random(3))
    assert len(attempt.events) - before <= 4
