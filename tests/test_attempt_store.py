"""Attempts in memory: what robots do there is, to the letter, what would stand in the durable store."""

from dataclasses import replace

import pytest

from grading.players import PLAYERS, play
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.compiling import compile_exercise
from kit.errors import NotFound, StaleAttempt
from kit.event import Event
from kit.exercise import load_exercise
from kit.store import EventStore
from tests.rehearsed import world

NAMES = ("02-portal-1022", "04-one-stop-counter")


def told(store: MemoryStore | EventStore, name: str) -> list[Event]:
    """The log of a careless robot, without what differs between any two attempts."""
    script, key = compile_exercise(load_exercise(name), world(), 3, "seat-001")
    attempt, _ = Attempt.start(store, store.add_script(script), "robot")
    play(attempt, key, PLAYERS["careless"])
    assert store.read(attempt.id) == attempt.events
    return [replace(event, attempt="", at="", hash="", previous="") for event in attempt.events]


@pytest.mark.parametrize("name", NAMES)
def test_the_log_in_memory_is_that_of_the_durable_store(name):
    assert told(MemoryStore(), name) == told(EventStore("sqlite://"), name)


def opened() -> tuple[MemoryStore, Attempt, str]:
    store = MemoryStore()
    script, _ = compile_exercise(load_exercise(NAMES[0]), world(), 3, "seat-001")
    attempt, token = Attempt.start(store, store.add_script(script), "robot")
    return store, attempt, token


def test_the_second_of_two_windows_is_refused_and_stores_nothing():
    store, first, token = opened()
    second = Attempt.resume(store, token)
    first.wait()
    with pytest.raises(StaleAttempt):
        second.wait()
    assert store.read(first.id) == first.events


def test_what_is_not_there_is_said():
    store, _, _ = opened()
    with pytest.raises(NotFound):
        store.script("nothing")
    with pytest.raises(NotFound):
        store.attempt(token="nobody")
