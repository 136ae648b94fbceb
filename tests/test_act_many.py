"""One form for many records: every record an event of its own, all of them stored or none."""

from dataclasses import replace

import pytest

from kit.attempt import Attempt
from kit.errors import NotFound, StaleAttempt, WrongUse
from kit.event import ACTED, REFUSED, replay, verify
from kit.store import EventStore
from tests.rehearsed import compiled, ticking

EXERCISE = "05-handover-dossiers"


@pytest.fixture
def attempt() -> Attempt:
    """An attempt with all its dossiers on the desk."""
    script, _ = compiled(1, EXERCISE)
    store = EventStore("sqlite://")
    begun, _ = Attempt.start(store, store.add_script(script), "Tập", clock=ticking())
    begun.deliver()
    return begun


def waiting(attempt: Attempt) -> list[str]:
    return [name for name, one in attempt.state.records.items() if one.get("step") == "on_list"]


def sign(attempt: Attempt, records: list[str]) -> bool:
    return attempt.act_many("handover", "acknowledge", records, {}).accepted


def test_each_record_has_its_event_and_the_minutes_pass_once(attempt):
    before, records = attempt.state, waiting(attempt)
    assert sign(attempt, records)
    events = attempt.events[before.seq + 1 :]
    assert [(event.kind, event.record) for event in events] == [(ACTED, record) for record in records]
    assert [event.minutes for event in events] == [1] + [0] * (len(records) - 1)
    assert (attempt.state.moment - before.moment).total_seconds() == 60
    assert not waiting(attempt)


def test_the_chain_holds_and_the_log_tells_the_same_state_again(attempt):
    sign(attempt, waiting(attempt)[:20])
    verify(attempt.events)
    stored = attempt.store.read(attempt.id)
    assert stored == attempt.events and replay(stored) == attempt.state


def test_one_that_refuses_stops_all(attempt):
    first, second, *rest = waiting(attempt)[:5]
    sign(attempt, [second])
    before = attempt.state
    answer = attempt.act_many("handover", "acknowledge", [first, second, *rest], {})
    assert (answer.accepted, answer.reason, answer.event.record) == (False, "wrong_step", second)
    assert attempt.state.seq == before.seq + 1 and attempt.events[-1].kind == REFUSED
    assert attempt.state.records == before.records


def test_a_wrong_entry_is_one_refusal_however_many_are_chosen(attempt):
    before, given = attempt.state.seq, {"missing": ["original"], "answer_by": "2025-06-01"}
    answer = attempt.act_many("handover", "ask_missing", waiting(attempt), given)
    assert (answer.reason, answer.field, attempt.state.seq) == ("date_in_the_past", "answer_by", before + 1)


def test_a_record_named_twice_is_done_once_and_none_is_no_action(attempt):
    first, *_ = waiting(attempt)
    before = attempt.state.seq
    assert sign(attempt, [first, first]) and attempt.state.seq == before + 1
    with pytest.raises(WrongUse):
        sign(attempt, [])
    with pytest.raises(NotFound):
        sign(attempt, [*waiting(attempt)[:3], "nobody"])
    assert attempt.state.seq == before + 1 == len(attempt.store.read(attempt.id)) - 1


def test_later_records_see_what_was_done_to_the_earlier_ones(attempt):
    """Merging one into another and that one into a third: the rule is asked in the order given."""
    one, two, *_ = waiting(attempt)
    attempt.act("handover", "merge_duplicate", one, {"kept_dossier": two})
    answer = attempt.act_many("handover", "merge_duplicate", [two], {"kept_dossier": one})
    assert (answer.accepted, answer.reason) == (False, "cannot_be_kept")


def test_a_second_window_loses_all_of_it(attempt):
    other = Attempt(attempt.store, attempt.store.attempts()[0], ticking())
    sign(attempt, waiting(attempt)[:1])
    before, held = other.state, len(attempt.store.read(attempt.id))
    with pytest.raises(StaleAttempt):
        sign(other, waiting(other)[:9])
    assert other.state == before and len(attempt.store.read(attempt.id)) == held


def test_a_place_taken_in_the_middle_leaves_nothing_of_the_rest(attempt):
    sign(attempt, waiting(attempt)[:1])
    last = attempt.events[-1]
    following = [replace(last, seq=last.seq + 1), last, replace(last, seq=last.seq + 2)]
    with pytest.raises(StaleAttempt):
        attempt.store.append(*following)
    assert attempt.store.read(attempt.id) == attempt.events
    attempt.store.append()
    assert attempt.store.read(attempt.id) == attempt.events


def test_all_that_is_due_is_brought_in_one_go(attempt):
    again = Attempt(attempt.store, attempt.store.attempts()[0], ticking())
    assert again.events == attempt.events and again.deliver() == []
    assert len(attempt.state.delivered) == 93
