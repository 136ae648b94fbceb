"""With a pace real time moves the simulated clock, in steps; without one, or while it is paused, it never does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kit.attempt import Attempt
from kit.event import WAITED
from kit.pace import LONGEST, STEP
from kit.store import EventStore
from kit.store.orders import Order
from tests.rehearsed import compiled


class Clock:
    """A fake clock that stands until it is moved."""

    def __init__(self):
        self.now = datetime(2025, 7, 1, tzinfo=UTC)

    def __call__(self):
        return self.now

    def on(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


def begun(clock, pace):
    script, _ = compiled()
    paced = replace(script, office={**script.office, **({"clock": {"pace": pace}} if pace else {})})
    store = EventStore("sqlite://")
    attempt, _ = Attempt.start(store, store.add_script(paced), "Nguyễn Thị Tập", clock=clock)
    attempt.deliver()
    return attempt


def passed(attempt):
    return int((attempt.state.moment - attempt.script.begins()).total_seconds() // 60)


def test_without_a_pace_only_actions_move_the_clock(clock):
    attempt = begun(clock, 0)
    clock.on(3_600)
    assert not attempt.refresh() and passed(attempt) == 0


def test_real_time_moves_the_clock_in_steps_and_brings_what_is_due(clock):
    attempt = begun(clock, 2)
    clock.on(110)
    assert not attempt.refresh()  # three minutes: neither a step nor the next inject, which comes at minute 4
    clock.on(15)
    assert attempt.refresh() and passed(attempt) == 4
    assert [cue.minute for cue in attempt.deliver()] == [4]
    waited = [event for event in attempt.events if event.kind == WAITED]
    assert [(event.actor, event.minutes) for event in waited] == [("kit", 4)]
    for _ in range(60):
        clock.on(1)
        attempt.refresh()
        attempt.deliver()
    assert passed(attempt) in (4, 6) and len(attempt.events) < 8
    again = Attempt(attempt.store, attempt.store.attempt(id=attempt.id), clock)
    assert again.state == attempt.state


def test_a_week_without_a_desk_costs_minutes(clock):
    attempt = begun(clock, 10)
    clock.on(7 * 24 * 3_600)
    assert attempt.refresh() and passed(attempt) == LONGEST
    assert not attempt.refresh()


def test_two_desks_of_a_team_move_the_clock_once(clock):
    attempt = begun(clock, 1)
    other = Attempt(attempt.store, attempt.store.attempt(id=attempt.id), clock)
    clock.on(STEP * 60)
    assert attempt.refresh() and other.refresh()
    assert passed(attempt) == passed(other) == STEP and attempt.state == other.state


def test_time_stands_still_while_the_trainer_pauses(clock):
    attempt = begun(clock, 1)
    orders = attempt.store.orders
    orders.give(Order(0, clock().isoformat(), "Giảng viên", "pause", "", {"why": "giải lao"}))
    attempt.refresh()
    clock.on(1_800)
    attempt.refresh()
    assert passed(attempt) == 0 and attempt.state.orders.paused
    orders.give(Order(0, clock().isoformat(), "Giảng viên", "resume", "", {}))
    attempt.refresh()
    assert passed(attempt) == 0
    clock.on(300)
    attempt.refresh()
    assert passed(attempt) == STEP
