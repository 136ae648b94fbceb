"""Robots in empty chairs: a person at the counter alone carries a matter to its end, and nobody's own work is taken."""

import json
from dataclasses import replace

import pytest

from grading.chairs import fill_chairs
from grading.players import do, steps
from kit import home
from kit.cli import main
from kit.event import ACTED, verify
from kit.seating import empty_chairs, sit_down
from kit.session import Session
from kit.store import EventStore
from kit.store.orders import Order
from kit.store.people import Seat
from kit.systems.registry import system
from tests.rehearsed import compiled
from tests.roster import CHI, COUNTER, EM


@pytest.fixture
def team():
    """(store, key, the attempt of the only person present: reception); the other six chairs are empty."""
    script, key = compiled(1)
    store = EventStore("sqlite://")
    store.people.add([CHI], [Seat(CHI.code, COUNTER, store.add_script(script), "practice", "to-1", "reception")])
    attempt = sit_down(store, store.people.seats(CHI.code)[0], CHI)
    attempt.deliver()
    return store, key, attempt


def role(name: str) -> str:
    return next(one.role for one in system("onestop").actions if one.name == name)


def own_steps(attempt, key) -> None:
    """Reception does what the guide asks of reception, for everything that has come."""
    for cue in attempt.state.delivered:
        for record, action, where in steps(key, cue):
            if role(action) == "reception":
                do(attempt, record, action, where, key.facts_of(cue))


def test_a_robot_takes_over_behind_a_person_and_leaves_the_persons_own_work(team):
    store, key, attempt = team
    assert fill_chairs(store, lambda _: key) == 0, "nobody has begun"
    while attempt.upcoming():
        own_steps(attempt, key)
        fill_chairs(store, lambda _: key)
        attempt.wait()
        attempt.deliver()
    own_steps(attempt, key)
    fill_chairs(store, lambda _: key)
    log = store.read(attempt.id)
    verify(log)
    by = {(event.actor, role(event.action)) for event in log if event.kind == ACTED}
    assert {one for actor, one in by if actor == CHI.code} == {"reception"}
    assert {actor for actor, one in by if one != "reception"} == {f"robot:{one}" for _, one in by if one != "reception"}
    assert len({actor for actor, _ in by}) > 2, "more than one chair was filled"


def test_the_trainers_command_lets_them_work(team, tmp_path, monkeypatch, capsys):
    _, key, _ = team
    monkeypatch.setattr(home, "sessions", lambda: tmp_path)
    session = Session.named("nhom")
    session.keys().add(key)
    store = session.store()
    seat = Seat(CHI.code, COUNTER, store.add_script(compiled(1)[0]), "practice", "to-1", "reception")
    store.people.add([CHI], [seat])
    attempt = sit_down(store, seat, CHI)
    while attempt.upcoming():
        attempt.deliver()
        own_steps(attempt, key)
        attempt.wait()
    assert main(["session", "robots", "nhom", "--once", "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert steps == sum(event.actor.startswith("robot:") for event in store.read(attempt.id)) > 0


def test_no_robot_moves_in_a_chair_that_a_person_holds(team):
    store, key, attempt = team
    seat = store.people.seats(CHI.code)[0]
    for place, held in enumerate(empty_chairs(store, seat, attempt.script)):
        one = replace(EM, code=f"HV-1{place}0")
        store.people.add([one], [replace(seat, person=one.code, role=held)])
    assert empty_chairs(store, seat, attempt.script) == []
    own_steps(attempt, key)
    assert fill_chairs(store, lambda _: key) == 0


def test_robots_rest_while_the_trainer_pauses_and_after_the_end(team):
    store, key, attempt = team
    own_steps(attempt, key)
    store.orders.give(Order(0, "2099-01-01T00:00:00+00:00", "Giảng viên", "pause", "", {"why": "nghỉ"}))
    assert fill_chairs(store, lambda _: key) == 0
    store.orders.give(Order(0, "2099-01-01T00:00:01+00:00", "Giảng viên", "resume", "", {"why": "tiếp"}))
    attempt.finish()
    assert fill_chairs(store, lambda _: key) == 0
