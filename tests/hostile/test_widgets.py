"""Whoever knows a kernel can set and click every widget: nothing can be forced, and what was tried is logged."""

import random

import pytest

from kit.event import ACTED, DELIVERED, REFUSED, STARTED, WAITED
from kit.words import say
from tests.hostile.trainee import States, Trainee, classed, find, inside
from tests.hostile.wire import Wire, opened

pytestmark = pytest.mark.timeout(150)
NONSENSE: tuple[object, ...] = (
    None, True, -1, 10**30, 1.5e308, "", "x" * 70_000, "\u202e\u200b\0", [], {}, [[[[]]]], {"a": {"b": [None]}},
    ["kit-done"], "IPY_MODEL_none", "079203001234", "<img src=x onerror=alert(1)>", "../../etc/passwd",
)  # fmt: skip
TRAITS = ("value", "index", "disabled", "options", "_options_labels", "children", "layout", "style", "description",
          "max", "min", "_view_name", "_model_name", "_dom_classes", "no_such_trait", "layout.width")  # fmt: skip
BROKEN: tuple[object, ...] = (
    {}, {"comm_id": 7}, {"comm_id": "none", "data": {}}, {"data": {"method": "custom"}},
    {"comm_id": "none", "data": {"method": "update", "state": None}},
)  # fmt: skip
REFUSAL = "a widget's message was refused: TraitError"
ENTERED: tuple[object, ...] = ("x" * 3_000, "9" * 2_001, "a\0b", 10**6, -1, True, None, [])  # none is a good text
LAST = {"kit-finish-yes", "kit-language", "kit-end"}  # end the attempt, or draw everything anew


@pytest.fixture(scope="module")
def trainee(served) -> Trainee:
    return Trainee(served, "Trần Văn Thử")


@pytest.fixture(scope="module")
def desk(trainee) -> States:
    return trainee.begin()


def test_setting_every_widget_to_nonsense_changes_no_score_and_ends_no_kernel(trainee, desk, served):
    """Every widget, disabled and hidden ones too: wrong types, out of range, unknown traits, in no order.

    What no widget takes is told in the server's log, and the one who sent it learns nothing of our code.
    """
    before, told = trainee.log(), served.log.read_text().count(REFUSAL)
    chance = random.Random(7)
    comms = list(desk)
    chance.shuffle(comms)
    for comm in comms:
        for trait in chance.sample(TRAITS, 3):
            trainee.wire.set(comm, **{trait: chance.choice(NONSENSE)})
    for content in BROKEN:
        trainee.wire.send("comm_msg", content)
        trainee.wire.send("comm_open", content)
        trainee.wire.send("comm_close", content)
    assert trainee.wire.alive()
    after = trainee.log()
    assert [event for event in after[len(before) :] if event.kind not in (STARTED, DELIVERED)] == []
    assert trainee.score() == 0
    assert served.log.read_text().count(REFUSAL) - told > 20
    assert not {"error", "stream"} & {message["msg_type"] for message in trainee.wire.heard}


def test_whatever_a_form_does_not_take_is_refused_and_logged(served):
    """Every entry of every action's form: wrong types, out of range, nothing at all; each try is an event."""
    trainee, chance = Trainee(served, "Hoàng Văn Điền"), random.Random(3)
    desk = trainee.begin()
    for name in [desk[comm]["_dom_classes"][-1] for comm in classed(desk, "kit-action")]:
        for _ in range(2):
            tried, form = len(trainee.log()), trainee.press(name)
            for comm in inside(form, classed(form, "kit-panel")[0]):
                trainee.wire.set(comm, value=chance.choice(ENTERED), index=chance.choice(ENTERED), disabled=False)
            trainee.wire.click(classed(form, "kit-submit")[0])
            trainee.press("kit-back")
            news = [event for event in trainee.log()[tried:] if event.kind != DELIVERED]
            assert [(event.kind, event.action) for event in news] == [(REFUSED, name.removeprefix("kit-do-"))]
            assert news[0].reason.split(":")[0] in ("malformed", "too_long", "empty", "not_on_offer") and news[0].given
    assert trainee.score() == 0
    trainee.wire.close()


def test_clicking_every_button_hidden_and_disabled_ones_too_earns_nothing(served):
    """Each once, the state looked at anew before each click; the log keeps what was tried."""
    trainee, done = Trainee(served, "Lê Thị Bấm"), set()
    trainee.begin()
    while comm := next((one for one, what in buttons(trainee.wire.states()) if what not in done), None):
        done.add(dict(buttons(trainee.wire.states()))[comm])
        trainee.wire.set(comm, disabled=False)
        trainee.wire.click(comm)
    assert trainee.wire.alive() and len(done) > 25
    kinds = [event.kind for event in trainee.log()]
    assert trainee.score() == 0 and ACTED not in kinds
    assert WAITED in kinds and REFUSED in kinds
    trainee.wire.close()


def buttons(states: States) -> list[tuple[str, tuple[str, ...]]]:
    """(id, what it looks like) of every button but those that end it all."""
    found = {comm: state for comm, state in states.items() if state.get("_model_name") == "ButtonModel"}
    named = {comm: (*sorted(set(state["_dom_classes"]) - {"kit-chosen"}), state["description"][:12])
             for comm, state in found.items()}  # fmt: skip
    return [(comm, what) for comm, what in named.items() if not LAST & set(what)]


@pytest.mark.parametrize("content", [None, [], "x", 7])
def test_a_message_that_is_none_ends_the_senders_connection_at_most(content, served):
    _, kernel = opened(served.address)
    wire = Wire(served.address, kernel)
    wire.send("comm_msg", content)
    again = Wire(served.address, kernel)
    assert again.alive()
    again.close()


@pytest.mark.parametrize("code", ["A" * 32, "0" * 64, "..%2f..", "%00", "'%20OR%201=1--", "%ff", "x" * 3000])
def test_a_guessed_code_opens_nobodys_attempt(code, served, desk):
    """`desk`: there is an attempt that could be opened."""
    _, kernel = opened(served.address, f"?luot={code}")
    wire = Wire(served.address, kernel)
    states = wire.states()
    assert find(states, description=say("start.begin", "vi"))
    assert "Trần Văn Thử" not in str(states)
    wire.close()
