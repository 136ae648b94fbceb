"""Random orders between random deeds: no inject is lost, doubled or late beyond what was ordered."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kit.attempt import Attempt
from kit.errors import WrongUse
from kit.event import DELIVERED, ORDERED, replay, verify
from kit.store import EventStore
from tests.ordered_day import ANSWERED, MINUTES, begun, order, pushed

ALL = (*MINUTES, "m02-back")
INJECTS = st.sampled_from(ALL)
STORE = EventStore("sqlite://")
LOOKING = 2  # minutes that looking somebody up takes
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["act", "act2", "wait", "refresh", "restart", "mate"])),
        st.tuples(st.sampled_from(["pause", "resume", "extend", "push"])),
        st.tuples(st.sampled_from(["skip", "now"]), INJECTS),
        st.tuples(st.just("delay"), INJECTS, st.integers(1, 90)),
    ),
    max_size=25,
)  # fmt: skip


class Plan:
    """What must have come by now: a second reckoning, in minutes, that knows nothing of logs."""

    def __init__(self) -> None:
        self.now, self.paused = 0, False
        self.due: dict[str, int | None] = {**MINUTES, "m02-back": None}
        self.came = {"m01"}
        self.skipped: set[str] = set()
        self.pushed = 0
        self.late_answer = 0  # minutes by which the answer was put off before it had a time
        self.numbers: list[int] = []
        self.waiting: list[tuple[Any, ...]] = []

    def follow(self) -> None:
        """All orders given since are followed now, and what is due by then comes."""
        if self.waiting:
            for one in self.waiting:
                self._order(*one)
            self.waiting = []
            self.bring()

    def bring(self) -> None:
        self.came |= {name for name, at in self.open().items() if at <= self.now}

    def wait(self) -> bool:
        still = self.open()
        self.now = max(self.now, min(still.values(), default=self.now))
        return bool(still)

    def act(self, record: str) -> None:
        if record == "H2" and self.due["m02-back"] is None:
            self.due["m02-back"] = self.now + ANSWERED + self.late_answer
        self.now += LOOKING

    def open(self) -> dict[str, int]:
        return {n: at for n, at in self.due.items() if at is not None and n not in self.came | self.skipped}

    def _order(self, kind: str, name: str = "", minutes: int = 0) -> None:
        if kind in ("pause", "resume"):
            self.paused = kind == "pause"
        self.pushed += kind == "push"
        if not name or name in self.came or (name in self.skipped and kind != "now"):
            return
        if kind == "skip":
            self.skipped |= {name} | ({"m02-back"} if name == "m02" else set())
        elif kind == "delay":
            self._delay(name, minutes)
        elif name != "m02-back" or "m02" in self.came:
            self.skipped -= {name}
            self.came |= {name}

    def _delay(self, name: str, minutes: int) -> None:
        at = self.due[name]
        if at is None:
            self.late_answer += minutes
        else:
            self.due[name] = at + minutes


def look(attempt: Attempt, record: str) -> None:
    attempt.act("onestop", "look_up", record, {"personal_id": "099000000001"})
    attempt.deliver()


def deed(step: str, attempt: Attempt, plan: Plan) -> None:
    """The trainee acts or waits; while paused both are refused and nothing happens."""
    plan.follow()
    record = {"act": "H1", "act2": "H2"}.get(step, "")
    if record and record not in attempt.state.records and record[1] not in {name[2] for name in plan.came}:
        attempt.refresh()
        return
    try:
        if record:
            look(attempt, record)
        else:
            attempt.wait()
            attempt.deliver()
    except WrongUse:
        assert plan.paused
        return
    assert not plan.paused
    if record:
        plan.act(record)
    else:
        plan.wait()
    plan.bring()


def play(steps: list[tuple[Any, ...]], store: EventStore) -> tuple[Attempt, Plan]:
    attempt, plan = begun(store), Plan()
    for kind, *rest in steps:
        if kind in ("act", "act2", "wait"):
            deed(kind, attempt, plan)
        elif kind == "refresh":
            attempt.refresh()
            plan.follow()
        elif kind == "restart":
            attempt = Attempt(store, store.attempt(id=attempt.id))
        elif kind == "mate":
            Attempt(store, store.attempt(id=attempt.id)).refresh()
            attempt.refresh()
            plan.follow()
        else:
            body = dict(zip(("inject", "minutes"), rest, strict=False)) | (pushed() if kind == "push" else {})
            plan.numbers.append(order(store, kind, attempt.id, **({"minutes": 5} | body)))
            plan.waiting.append((kind, *rest))
        assert set(attempt.state.delivered) <= set(ALL)
    attempt.refresh()
    plan.follow()
    return attempt, plan


@settings(max_examples=60)
@given(STEPS)
def test_every_inject_comes_once_and_when_it_was_ordered(steps):
    attempt, plan = play(steps, STORE)
    came = Counter(event.record for event in attempt.events if event.kind == DELIVERED)
    assert set(came) == plan.came and set(came.values()) == {1}
    assert (attempt.state.moment - attempt.script.begins()).total_seconds() == plan.now * 60
    begins = attempt.script.begins()
    assert {one.id: (at - begins).total_seconds() // 60 for at, one in attempt.upcoming()} == plan.open()
    assert sum(record.startswith("TB-") for record in attempt.state.records) == plan.pushed
    assert [event.given["order"] for event in attempt.events if event.kind == ORDERED] == plan.numbers
    stored = attempt.store.read(attempt.id)
    verify(stored)
    assert stored == attempt.events and replay(stored) == attempt.state


@settings(max_examples=20)
@given(STEPS)
def test_nothing_is_lost_in_the_end(steps):
    """However it was ordered about: whoever goes on to the end has met every inject that is not skipped."""
    attempt, plan = play(steps, STORE)
    order(attempt.store, "resume", attempt.id)
    while attempt.wait():
        attempt.deliver()
    came = Counter(event.record for event in attempt.events if event.kind == DELIVERED)
    assert set(came) >= set(MINUTES) - plan.skipped and set(came.values()) == {1}
    assert not set(came) & attempt.state.orders.skipped
