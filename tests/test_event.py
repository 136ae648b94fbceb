"""A log tells one state, and no event in it can be changed, dropped, added or moved unseen."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import BrokenLog
from kit.event import ACTED, DELIVERED, FINISHED, STARTED, WAITED, Event, State, canonical, digest, replay, seal, verify

LENGTH = 7
OTHER: dict[type, Any] = {str: "khác", int: 99, dict: {"khác": {"x": 1}}}


def chain(length: int = LENGTH) -> list[Event]:
    """A sealed log whose events fill every field."""
    events: list[Event] = []
    for seq in range(length):
        event = Event(
            attempt="a" * 32, seq=seq, kind=ACTED, moment=f"2025-07-01T08:{seq:02d}", at=f"2025-07-01T00:00:0{seq}",
            actor="Trần Thị Tập", system="onestop", action="receive", record=f"H29-{seq % 2}",
            given={"fee": 8000, "papers": ["form", "id"], "deep": {"seq": seq}},
            changes={f"H29-{seq % 2}": {"step": "received", "seq": seq}}, reason="", minutes=5,
        )  # fmt: skip
        events.append(seal(event, events[-1].hash if events else ""))
    return events


def is_broken(events: list[Event]) -> bool:
    try:
        verify(events)
    except BrokenLog:
        return True
    return False


PLACES = st.integers(0, LENGTH - 1)
FIELDS = st.sampled_from([field.name for field in fields(Event)])


def test_an_untouched_log_is_whole():
    verify(chain())
    verify([])


@given(PLACES, FIELDS)
def test_an_edit_of_any_field_of_any_event_is_found(place, name):
    events = chain()
    was = getattr(events[place], name)
    events[place] = replace(events[place], **{name: OTHER[type(was)]})
    assert is_broken(events)


@pytest.mark.parametrize("name", [field.name for field in fields(Event) if field.name != "hash"])
def test_the_hash_covers_every_field(name):
    event = chain(1)[0]
    other = replace(event, **{name: OTHER[type(getattr(event, name))]})
    assert seal(other, other.previous).hash != event.hash


@given(PLACES,
st.sampled_from([("fee", 8001), ("fee", "8000"), ("fee", True), ("fee", 8000.5), ("papers", ["id", "form"]),
                                ("deep", {"seq": -1}), ("new", None)]))  # fmt: skip
def test_an_edit_deep_inside_an_entry_is_found(place, edit):
    events = chain()
    events[place] = replace(events[place], given={**events[place].given, edit[0]: edit[1]})
    assert is_broken(events)


@given(st.integers(0, LENGTH - 2), st.integers(1, 3))
def test_a_dropped_event_before_the_last_is_found(place, count):
    events = chain()
    gap = events[:place] + events[place + count :]
    assert is_broken(gap) or gap == events[: len(gap)]  # a log cut at its end is an earlier log, whole in itself


@given(PLACES, PLACES)
def test_a_doubled_event_is_found(source, place):
    events = chain()
    events.insert(place, events[source])
    assert is_broken(events)


@given(PLACES, PLACES)
def test_a_swap_is_found(one, other):
    events = chain()
    events[one], events[other] = events[other], events[one]
    assert is_broken(events) is (one != other)


@given(PLACES)
def test_a_forged_event_is_found_though_it_is_sealed_itself(place):
    events = chain()
    before = events[place].hash
    events.insert(place + 1, seal(replace(events[place], seq=place + 1, action="sign"), before))
    assert is_broken(events) is (place < LENGTH - 1)


@given(st.integers(0, LENGTH - 2))
def test_an_edit_that_is_sealed_again_breaks_the_next(place):
    events = chain()
    events[place] = seal(replace(events[place], minutes=1), events[place].previous)
    with pytest.raises(BrokenLog, match=f"at event {place + 1}"):
        verify(events)


@pytest.mark.parametrize("numbers", [(1, 2, 3), (0, 2, 3), (0, 1, 1), (0, -1, 2)])
def test_numbers_that_skip_are_found_though_all_is_sealed_again(numbers):
    events: list[Event] = []
    for seq in numbers:
        events.append(seal(replace(chain(1)[0], seq=seq), events[-1].hash if events else ""))
    assert is_broken(events)


def test_equal_values_have_one_text_and_unequal_ones_two():
    assert canonical({"b": 1, "a": "ế"}) == canonical({"a": "ế", "b": 1}) == '{"a":"ế","b":1}'
    assert len({digest(value) for value in (1, True, 1.5, "1", [1], {"a": 1}, None, "079123456789", 79123456789)}) == 9


def event(kind: str, moment: str = "2025-07-01T08:00", **more: Any) -> Event:
    return Event(attempt="a", seq=more.pop("seq", 0), kind=kind, moment=moment, at="", actor="x", **more)


def test_replay_merges_fields_and_keeps_the_rest():
    state = replay([
        event(STARTED),
        event(DELIVERED, record="s01", changes={"H1": {"step": "waiting", "fee": 0}, "P1": {"kind": "paper"}}, seq=1),
        event(ACTED, record="H1", changes={"H1": {"step": "received"}, "slip": {"kind": "paper"}}, minutes=5, seq=2),
    ])  # fmt: skip
    assert state.records == {"H1": {"step": "received", "fee": 0}, "P1": {"kind": "paper"}, "slip": {"kind": "paper"}}
    assert state.delivered == ("s01",) and not state.finished
    assert (state.moment, state.seq) == (datetime(2025, 7, 1, 8, 5), 2)


def test_replay_shares_nothing_with_the_state_before():
    first = replay([event(DELIVERED, record="s01", changes={"H1": {"step": "waiting"}})])
    second = first.after(event(ACTED, record="H1", changes={"H1": {"step": "received"}}, seq=1))
    assert first.records["H1"] == {"step": "waiting"} and second.records["H1"] == {"step": "received"}


def test_a_finished_log_stays_finished():
    assert replay([event(STARTED), event(FINISHED, seq=1), event(WAITED, minutes=9, seq=2)]).finished


RECORDS = st.dictionaries(st.sampled_from("ABC"), st.dictionaries(st.sampled_from("xyz"), st.integers(0, 9)))


@given(st.lists(RECORDS, max_size=8))
def test_replay_is_the_merge_of_all_changes(all_changes):
    merged: dict[str, dict[str, int]] = {}
    for changes in all_changes:
        for record, new in changes.items():
            merged.setdefault(record, {}).update(new)
    assert replay(event(ACTED, changes=changes) for changes in all_changes).records == merged


def test_an_empty_log_tells_nothing():
    assert replay([]) == State()
