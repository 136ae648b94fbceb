"""The trainer's orders: each is followed once, by whoever looks first, and is in the log with who and why."""

import pytest
import sqlalchemy as sql

from grading.evaluate import LATE, MISSING, NOT_REACHED, evaluate
from kit.attempt import Attempt
from kit.errors import BrokenLog, StaleAttempt, WrongUse
from kit.event import ACTED, DELIVERED, FINISHED, ORDERED, REFUSED, WAITED, replay, verify
from kit.store import EventStore
from tests.ordered_day import TRAINER, begun, key, look_up, order, pushed


@pytest.fixture
def store(tmp_path):
    return EventStore.at(tmp_path / "attempts.sqlite")


@pytest.fixture
def attempt(store):
    return begun(store)


def again(attempt: Attempt) -> Attempt:
    """The same attempt in another process."""
    return Attempt(attempt.store, attempt.store.attempt(id=attempt.id))


def delivered(attempt: Attempt) -> list[str]:
    return [event.record for event in attempt.events if event.kind == DELIVERED]


def status(attempt: Attempt, target: str) -> str:
    found = {finding.target.id: finding.status for finding in evaluate(key(), attempt.events).findings}
    return found[target]


def test_nothing_new_is_nothing_and_costs_no_event(attempt):
    before = list(attempt.events)
    assert not attempt.refresh() and not again(attempt).refresh() and attempt.events == before


def test_while_paused_nothing_is_done_and_no_time_passes(store, attempt):
    order(store, "pause")
    held = len(store.read(attempt.id))
    for deed in (lambda: look_up(attempt), attempt.wait, attempt.finish):
        with pytest.raises(WrongUse) as why:
            deed()
        assert "tạm dừng" in why.value.vi and "paused" in why.value.en
    events = store.read(attempt.id)
    assert len(events) == held + 1, "only the order itself is written down, once"
    last = events[-1]
    assert (last.kind, last.actor, last.given["why"], last.minutes) == (ORDERED, TRAINER, "theo giáo án", 0)
    assert attempt.state.moment == attempt.script.begins() and not any(event.kind == REFUSED for event in events)
    order(store, "resume")
    look_up(attempt)
    assert attempt.state.moment > attempt.script.begins()


def test_two_processes_follow_an_order_once(store, attempt):
    mate = again(attempt)
    order(store, "now", attempt.id, inject="m05")
    assert attempt.refresh() and mate.refresh()
    assert attempt.events == mate.events == store.read(attempt.id)
    assert delivered(attempt).count("m05") == 1 and not mate.refresh()
    verify(store.read(attempt.id))
    assert replay(store.read(attempt.id)) == attempt.state == mate.state


def test_a_process_that_ended_after_the_order_changes_nothing(store, attempt):
    order(store, "skip", attempt.id, inject="m04")
    attempt.refresh()
    after = again(attempt)
    assert after.state == attempt.state and not after.refresh()
    while after.wait():
        after.deliver()
    assert delivered(after) == ["m01", "m02", "m03", "m05"]


def test_what_is_skipped_costs_nothing_and_what_else_is_left_undone_does(store, attempt):
    order(store, "skip", attempt.id, inject="m05")
    for record in ("H1", "H2", "H3", "H4"):
        while record not in attempt.state.records:
            attempt.wait()
            attempt.deliver()
        look_up(attempt, record)
    while attempt.wait():
        attempt.deliver()
    attempt.finish()
    found = evaluate(key(), attempt.events)
    assert (status(attempt, "t-m05"), found.score, found.rating) == (NOT_REACHED, 100.0, "P")
    without = evaluate(key(), [event for event in attempt.events if event.kind != ORDERED])
    assert without.score < 100 and without.rating != "P"
    assert {one.target.id: one.target.counts["at_least"] for one in found.findings if one.target.counts} == {"most": 1}


def test_skipping_an_inject_skips_what_would_follow_from_it(store, attempt):
    order(store, "skip", attempt.id, inject="m02")
    attempt.refresh()
    assert attempt.state.orders.skipped == {"m02", "m02-back"}
    order(store, "now", attempt.id, inject="m02-back")
    attempt.refresh()
    assert attempt.events[-1].given["done"] is False, "an answer cannot come before what it answers"
    order(store, "now", attempt.id, inject="m02")
    attempt.refresh()
    assert delivered(attempt) == ["m01", "m02"] and status(attempt, "t-m02") == MISSING


def test_orders_that_come_too_late_are_written_down_as_such(store, attempt):
    for kind in ("skip", "delay", "now"):
        order(store, kind, attempt.id, inject="m01", minutes=5)
        order(store, kind, attempt.id, inject="m99", minutes=5)
    assert attempt.refresh() and [e.given["done"] for e in attempt.events if e.kind == ORDERED] == [False] * 6
    assert delivered(attempt) == ["m01"] and attempt.state.orders.delays == {}


def test_a_delay_moves_the_inject_and_its_deadline(store, attempt):
    order(store, "delay", attempt.id, inject="m04", minutes=60)
    order(store, "delay", attempt.id, inject="m04", minutes=15)
    while "m04" not in attempt.state.delivered:
        attempt.wait()
        attempt.deliver()
    assert f"{attempt.state.moment:%H:%M}" == "09:30"
    look_up(attempt, "H4")
    assert status(attempt, "t-m04") == "done"
    unmoved = [event for event in attempt.events if event.kind != ORDERED]
    assert {one.target.id: one.status for one in evaluate(key(), unmoved).findings}["t-m04"] == LATE


def test_more_time_moves_every_deadline(store, attempt):
    for _ in range(5):
        look_up(attempt, "H1")
    for _ in range(40):
        attempt.act("onestop", "refuse", "H1", {})
    look_up(attempt, "H2")
    assert status(attempt, "t-m02") == LATE
    order(store, "extend", minutes=90)
    attempt.refresh()
    assert status(attempt, "t-m02") == "done" and attempt.state.orders.extended == 90


def test_a_notice_is_pushed_to_one_or_to_all_and_lies_on_the_desk(store, attempt):
    other = begun(store)
    order(store, "push", attempt.id, **pushed())
    order(store, "push", **pushed())
    assert attempt.refresh() and other.refresh()
    assert {"TB-T001", "TB-T002"} <= attempt.state.records.keys() and "TB-T001" not in other.state.records
    assert evaluate(key(), attempt.events).findings == evaluate(key(), attempt.events[:-2]).findings


def test_closing_ends_the_attempt_and_later_orders_find_nobody(store, attempt):
    order(store, "close")
    order(store, "extend", minutes=5)
    with pytest.raises(WrongUse, match="ended"):
        look_up(attempt)
    assert [event.kind for event in attempt.events[-2:]] == [ORDERED, FINISHED]
    assert attempt.events[-1].actor == TRAINER and not attempt.refresh()


def test_releasing_is_no_event_of_an_attempt(store, attempt):
    order(store, "release")
    assert not attempt.refresh() and attempt.events == store.read(attempt.id)


def test_who_begins_later_follows_only_what_still_holds(store):
    early = "2025-01-01T00:00:00.000+00:00"
    for kind, body in (("pause", {}), ("resume", {}), ("close", {}), ("push", pushed()), ("extend", {"minutes": 30})):
        order(store, kind, at=early, **body)
    attempt = begun(store)
    attempt.refresh()
    assert [event.given["kind"] for event in attempt.events if event.kind == ORDERED] == ["extend"]
    order(store, "pause", at=early)
    late = begun(store)
    late.refresh()
    assert late.state.orders.paused and late.state.orders.extended == 30 and not late.state.finished


def test_two_people_at_once_only_collide_on_the_same_record(store, attempt):
    mate = again(attempt)
    while "H2" not in attempt.state.records:
        attempt.wait()
        attempt.deliver()
    mate.refresh()
    look_up(attempt, "H1")
    look_up(mate, "H2")
    with pytest.raises(StaleAttempt):
        look_up(attempt, "H2")
    attempt.refresh()
    look_up(attempt, "H2")
    assert attempt.events == store.read(attempt.id)


def test_an_order_that_another_window_followed_disturbs_nobody(store, attempt):
    mate = again(attempt)
    order(store, "extend", minutes=30)
    assert mate.refresh()
    assert attempt.wait() and [event.kind for event in attempt.events[-2:]] == [ORDERED, WAITED]


def test_whoever_acts_on_what_anothers_deed_changed_is_told(store, attempt):
    """A paper that a mate printed is the mate's deed too, though the action was on the dossier."""
    mate = again(attempt)
    mate.append([{"kind": ACTED, "record": "H1", "changes": {"H1-P": {"kind": "paper"}}}])
    with pytest.raises(StaleAttempt):
        attempt.read_news(["H1-P"])
    assert attempt.read_news(["H2"]) and "H1-P" in attempt.state.records


def test_a_changed_log_is_not_taken_in(store, attempt):
    mate = again(attempt)
    look_up(mate)
    with store.engine.begin() as connection:
        connection.execute(sql.text("update events set body = replace(body, 'Tập', 'Khác') where seq = 2"))
    before = attempt.state
    with pytest.raises(BrokenLog, match="broken at event 2"):
        attempt.refresh()
    assert attempt.state == before
