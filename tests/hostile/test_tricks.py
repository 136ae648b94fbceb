"""Messages in an order that no page sends: to buttons that are gone, twice at once, before anything, while paused."""

from datetime import UTC, datetime

import pytest

from kit.event import ACTED, ORDERED, WAITED
from kit.ordered import PAUSE, RESUME
from kit.store.orders import Order
from kit.words import say
from tests.hostile.trainee import Trainee, classed, find

pytestmark = pytest.mark.timeout(150)


@pytest.fixture(scope="module")
def trainee(served) -> Trainee:
    return Trainee(served, "Đỗ Thị Mẹo")


def kinds(trainee: Trainee) -> list[str]:
    return [event.kind for event in trainee.log()]


def test_ten_clicks_at_once_begin_one_attempt_and_a_button_that_is_gone_begins_none(trainee):
    states = trainee.wire.states()
    trainee.wire.set(find(states, description=say("start.name", "vi")), value=trainee.name)
    begin = classed(states, "kit-begin")[0]
    for _ in range(10):
        trainee.wire.set(begin, disabled=False)
        trainee.wire.click(begin)
    assert trainee.wire.alive() and classed(trainee.wire.states(), "kit-work")
    trainee.wire.click(begin)
    assert trainee.wire.alive()
    assert len(trainee.rows()) == 1


def test_a_double_click_is_one_deed_though_the_button_is_enabled_by_force(trainee):
    wait, before = classed(trainee.wire.states(), "kit-wait")[0], kinds(trainee).count(WAITED)
    for _ in range(10):
        trainee.wire.set(wait, disabled=False)
        trainee.wire.click(wait)
    assert trainee.wire.alive()
    assert kinds(trainee).count(WAITED) == before + 1


def test_the_button_of_a_form_that_was_left_does_nothing(trainee):
    desk = trainee.wire.states()
    one, other = (desk[comm]["_dom_classes"][-1] for comm in classed(desk, "kit-action")[:2])
    old = classed(trainee.press(one), "kit-submit")[0]
    trainee.press("kit-back")
    assert classed(trainee.press(other), "kit-submit")[0] != old
    before = trainee.log()
    trainee.wire.click(old)
    assert trainee.wire.alive()
    assert trainee.log() == before
    trainee.press("kit-back")


def test_while_the_trainer_pauses_no_button_does_anything(trainee, served):
    """The page may show what it likes: classes and texts are the browser's, the pause is the attempt's."""
    (row,), store = trainee.rows(), served.store()
    order(store, PAUSE, row["id"])
    for name in ("kit-wait", *(trainee.wire.states()[comm]["_dom_classes"][-1]
                               for comm in classed(trainee.wire.states(), "kit-action")[:1])):  # fmt: skip
        states = trainee.press(name)
        trainee.wire.set(classed(states, "kit-work")[0], _dom_classes=["kit-work"])
    trainee.press("kit-submit")
    assert say("desk.finish", "vi") in str(trainee.wire.states())
    trainee.press("kit-finish")
    trainee.press("kit-finish-yes")
    events = trainee.log()
    assert [one.kind for one in events[place(events) :]] == [ORDERED]
    order(store, RESUME, row["id"])
    trainee.press("kit-wait")
    assert kinds(trainee)[-2:].count(WAITED) == 1 and ACTED not in kinds(trainee)


def order(store, kind: str, attempt: str) -> None:
    store.orders.give(Order(0, datetime.now(UTC).isoformat(), "GV", kind, attempt, {"why": "thử"}))


def place(events) -> int:
    return next(one.seq for one in events if one.kind == ORDERED)
