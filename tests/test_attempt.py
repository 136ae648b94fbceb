"""Attempt: the one door. Whatever comes through it is an event, a polite refusal or nothing at all."""

import re
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.players import do, entries
from kit.attempt import REFUSAL_MINUTES, Attempt
from kit.errors import KitError, NotFound, WrongUse
from kit.event import ACTED, DELIVERED, FINISHED, REFUSED, STARTED, WAITED, replay, verify
from kit.script import Key
from kit.store import EventStore
from kit.systems.onestop import ONE_STOP
from tests.depth import depth
from tests.nasty_values import ANY_VALUE, NASTY, is_fine
from tests.rehearsed import begun, brought, compiled, inject_with, ticking


def moments(attempt: Attempt) -> list[tuple[str, str]]:
    return [(event.kind, event.record) for event in attempt.events]


def test_start_makes_the_one_event_that_names_everything():
    script, key = compiled()
    store = EventStore("sqlite://")
    attempt, token = Attempt.start(store, store.add_script(script), "079123456789", "assessed", ticking())
    (first,) = store.read(attempt.id)
    assert (first.kind, first.seq, first.moment, first.minutes) == (STARTED, 0, "2025-07-01T07:30", 0)
    assert first.given == {
        "exercise": script.exercise, "script": script.hash(), "seed": 1, "unit": "26740", "case": "seat-001",
        "trainee": "079123456789", "mode": "assessed",
    }  # fmt: skip
    assert key.script == first.given["script"] and first.at == "2025-07-01T00:00:01.000+00:00"
    assert len(token) >= 32 and re.fullmatch("[0-9a-f]{32}", attempt.id)


def test_two_attempts_are_two():
    script, _ = compiled()
    store = EventStore("sqlite://")
    made = [Attempt.start(store, store.add_script(script), "x") for _ in range(2)]
    assert len({attempt.id for attempt, _ in made}) == len({token for _, token in made}) == 2


def test_an_unknown_mode_or_script_makes_nothing():
    script, _ = compiled()
    store = EventStore("sqlite://")
    with pytest.raises(WrongUse):
        Attempt.start(store, store.add_script(script), "x", "exam")
    with pytest.raises(NotFound):
        Attempt.start(store, "0" * 64, "x")
    assert store.attempts() == []


def test_each_inject_comes_once_and_only_when_its_time_has_come():
    attempt, _ = begun()
    minutes = {cue.id: cue.minute for cue in attempt.script.cues if not cue.after_action}
    while True:
        now = (attempt.state.moment - attempt.script.begins()) / timedelta(minutes=1)
        came = {cue.id for cue in attempt.deliver()}
        assert attempt.deliver() == []
        assert came <= {inject for inject, minute in minutes.items() if minute <= now}
        assert set(attempt.state.delivered) == {inject for inject, minute in minutes.items() if minute <= now}
        if not attempt.wait():
            break
    assert sorted(attempt.state.delivered) == sorted(minutes)
    assert not any(cue.after_action for _, cue in attempt.upcoming())


def test_waiting_jumps_exactly_to_the_next_inject():
    attempt, _ = begun()
    attempt.deliver()
    moment, cue = attempt.upcoming()[0]
    assert attempt.wait() and attempt.events[-1].kind == WAITED and attempt.state.moment == moment
    assert cue.id in {one.id for one in attempt.deliver()}


def test_waiting_while_something_is_due_takes_no_time():
    attempt, _ = begun()
    attempt.wait()
    assert attempt.events[-1].minutes == 0 and attempt.state.moment == attempt.script.begins()


def test_when_nothing_is_to_come_waiting_stores_nothing():
    attempt, _ = begun()
    while attempt.wait():
        attempt.deliver()
    before = len(attempt.store.read(attempt.id))
    assert attempt.wait() is False and len(attempt.store.read(attempt.id)) == before


def test_the_citizen_is_back_so_many_minutes_after_the_first_slip():
    attempt, key = begun()
    inject = inject_with(key, "missing_component")
    cue = brought(attempt, inject)
    back = next(one for one in attempt.script.cues if one.id == f"{inject}-back")
    assert back.id not in {one.id for _, one in attempt.upcoming()}
    do(attempt, cue.record, "supplement", {"papers": ["form"]}, {})
    asked = attempt.events[-1]
    do(attempt, cue.record, "supplement", {"papers": ["id"]}, {})
    due = next(moment for moment, one in attempt.upcoming() if one.id == back.id)
    assert due == asked.when() + timedelta(minutes=back.minute)
    brought(attempt, back.id)
    came = next(event for event in attempt.events if event.record == back.id)
    assert came.when() >= due and attempt.state.records[cue.record]["brought_back"] is True
    assert set(back.records) <= set(attempt.state.records)


def test_an_action_is_one_event_that_takes_its_minutes():
    attempt, key = begun()
    cue = brought(attempt, inject_with(key, "online_waiting"))
    before = attempt.state
    answer = attempt.act("onestop", "look_up", cue.record, {"personal_id": key.facts[cue.id]["applicant_id"]})
    assert answer.accepted and answer.event == attempt.store.read(attempt.id)[-1]
    assert answer.event.kind == ACTED and answer.event.minutes == ONE_STOP.action("look_up").minutes
    assert attempt.state.moment == before.moment + timedelta(minutes=2) and attempt.state.seq == before.seq + 1
    assert attempt.state.records[cue.record]["looked_up"] == [key.facts[cue.id]["applicant_id"]]


def test_a_refusal_is_an_event_with_its_reason_that_costs_a_minute():
    attempt, key = begun()
    cue = brought(attempt, inject_with(key, "online_waiting"))
    before = attempt.state
    answer = attempt.act("onestop", "look_up", cue.record, {"personal_id": "1234567890123"})
    assert (answer.accepted, answer.reason, answer.field) == (False, "malformed", "personal_id")
    event = attempt.store.read(attempt.id)[-1]
    assert (event.kind, event.reason, event.minutes) == (REFUSED, "malformed:personal_id", REFUSAL_MINUTES)
    assert event.given == {"personal_id": "1234567890123"} and event.changes == {}
    assert attempt.state.moment == before.moment + timedelta(minutes=1)
    assert attempt.state.records == before.records


@pytest.mark.parametrize("action", ["", "no_such", "__class__", "decide", "receive ", "x" * 5_000, "ký", "\x00"])
def test_an_unknown_action_is_refused(action):
    attempt, key = begun()
    cue = brought(attempt, inject_with(key, "online_waiting"))
    answer = attempt.act("onestop", action, cue.record, {})
    assert not answer.accepted and answer.reason == "no_such_action" and len(answer.event.action) <= 60


@pytest.mark.parametrize(
    ("system", "record"),
    [("", None), ("nosuch", None), ("ONESTOP", None), ("x" * 5_000, None), ("onestop", ""), ("onestop", "H1"),
     ("onestop", "../../x"), ("onestop", "x" * 5_000), ("onestop", "\x00")],
)  # fmt: skip
def test_an_unknown_system_or_record_stores_nothing(system, record):
    attempt, key = begun()
    cue = brought(attempt, inject_with(key, "online_waiting"))
    before = attempt.store.read(attempt.id)
    with pytest.raises(KitError) as wrong:
        attempt.act(system, "receive", cue.record if record is None else record, {})
    assert len(wrong.value.vi) < 300 and wrong.value.vi != wrong.value.en
    assert attempt.store.read(attempt.id) == before


def test_a_matter_that_has_not_come_yet_cannot_be_acted_on():
    attempt, _key = begun()
    attempt.deliver()
    later = attempt.upcoming()[-1][1]
    with pytest.raises(NotFound):
        attempt.act("onestop", "receive", later.record, {})


def test_a_paper_is_no_dossier():
    attempt, key = begun()
    cue = brought(attempt, inject_with(key, "complete"))
    sheet = next(name for name, record in cue.records.items() if record["kind"] == "paper")
    assert attempt.act("onestop", "refuse", sheet, {"ground": "duplicate", "reason": "x"}).reason == "wrong_step"


def test_a_finished_attempt_takes_nothing_more():
    attempt, key = begun()
    cue = brought(attempt, inject_with(key, "online_waiting"))
    attempt.finish()
    stored = attempt.store.read(attempt.id)
    assert stored[-1].kind == FINISHED and attempt.state.finished
    for late in (attempt.finish, attempt.wait, lambda: attempt.act("onestop", "receive", cue.record, {})):
        with pytest.raises(WrongUse):
            late()
    assert attempt.store.read(attempt.id) == stored


def test_resuming_finds_the_very_same_state():
    script, key = compiled()
    store = EventStore("sqlite://")
    attempt, token = Attempt.start(store, store.add_script(script), "x")
    cue = brought(attempt, inject_with(key, "online_waiting"))
    do(attempt, cue.record, "receive", {}, key.facts[cue.id])
    again = Attempt.resume(store, token)
    assert (again.state, again.events, again.upcoming()) == (attempt.state, attempt.events, attempt.upcoming())
    assert again.mode == attempt.mode and {kind for kind, _ in moments(again)} >= {STARTED, DELIVERED, ACTED}


# ---- what nobody should send, and somebody will --------------------------------------------------------------------
INTAKE = ("look_up", "receive", "supplement", "refuse")


@cache
def store_with_a_script() -> tuple[EventStore, str, Key]:
    script, key = compiled()
    store = EventStore("sqlite://")
    return store, store.add_script(script), key


@settings(max_examples=depth(60, 120))
@given(st.sampled_from(INTAKE), ANY_VALUE, st.data())
def test_no_value_in_any_field_gets_past_the_form(name, value, data):
    store, number, key = store_with_a_script()
    attempt, _ = Attempt.start(store, number, "Nguyễn Thị Tập", clock=ticking())
    cue = attempt.deliver()[0]
    action = ONE_STOP.action(name)
    field = data.draw(st.sampled_from(action.fields))
    form = entries(attempt, action, cue.record, {}, key.facts[cue.id]) | {field.name: value}
    situation, before = attempt.situation(cue.record), attempt.state.records
    answer = attempt.act("onestop", name, cue.record, form)
    assert answer.accepted is False or is_fine(field, value, situation)
    assert answer.accepted or attempt.state.records == before
    stored = attempt.store.read(attempt.id)
    verify(stored)
    assert stored == attempt.events and replay(stored) == attempt.state


def test_an_unknown_entry_is_refused_whatever_it_holds():
    attempt, key = begun()
    cue = attempt.deliver()[0]
    form = entries(attempt, ONE_STOP.action("receive"), cue.record, {}, key.facts[cue.id])
    for value in NASTY:
        answer = attempt.act("onestop", "receive", cue.record, form | {"step": value})
        assert (answer.reason, answer.field) == ("unknown_field", "step"), value
        assert attempt.store.news(attempt.id, answer.event.seq - 1) == [answer.event], value
    assert len(attempt.store.read(attempt.id)) == len(attempt.events)


@pytest.mark.parametrize("name", ["\ud800", "\x00", "x" * 5_000, "state", "__proto__"])
def test_the_name_of_an_entry_is_no_way_in_either(name):
    attempt, _ = begun()
    cue = attempt.deliver()[0]
    assert attempt.act("onestop", "refuse", cue.record, {name: 1}).reason == "unknown_field"
    assert attempt.act("onestop", "refuse", cue.record, {str(i): i for i in range(5_000)}).reason == "unknown_field"
    assert len(attempt.store.read(attempt.id)[-1].given) <= 20
