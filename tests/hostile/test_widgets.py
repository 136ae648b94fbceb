"""Whoever knows a kernel can read and set every widget: no truth stands there, and nothing can be forced."""

import random
import time
from itertools import islice

import pytest

from grading.evaluate import evaluate
from kit.event import DELIVERED, STARTED
from kit.words import say
from tests.hostile.served import CANARY, Served
from tests.hostile.wire import Json, Wire, opened

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


class Trainee:
    """Somebody at the desk who has no page, only the websocket."""

    def __init__(self, served: Served, name: str) -> None:
        self.page, kernel = opened(served.address)
        self.wire, self.name, self.served = Wire(served.address, kernel), name, served

    def find(self, states: dict[str, Json], **traits: object) -> str:
        """The widget whose state has these values."""
        return next(comm for comm, state in states.items()
                    if all(state.get(trait) == value for trait, value in traits.items()))  # fmt: skip

    def begin(self, mode: str = "assessed") -> dict[str, Json]:
        """Begin an attempt as the start page does; returns the state of every widget of the desk."""
        states = self.wire.states()
        name = self.find(states, description=say("start.name", "vi"))
        self.wire.set(name, value=self.name)
        choice = self.find(states, description=say("start.mode", "vi"))
        self.wire.set(choice, index=("guided", "practice", "assessed").index(mode))
        self.wire.click(self.find(states, description=say("start.begin", "vi")))
        limit = time.monotonic() + 30
        while not self.rows() and time.monotonic() < limit:
            self.wire.alive()
        assert self.rows()
        return self.wire.states()

    def rows(self) -> list[Json]:
        return [row for row in self.served.store().attempts() if row["trainee"] == self.name]


@pytest.fixture(scope="module")
def trainee(served) -> Trainee:
    return Trainee(served, "Trần Văn Thử")


@pytest.fixture(scope="module")
def desk(trainee) -> dict[str, Json]:
    return trainee.begin()


def test_no_widget_of_the_desk_knows_the_truth(trainee, desk, served):
    """Every widget, shown or hidden, and everything that ever came over the wire."""
    assert len(desk) > 50
    said = str(desk) + str(trainee.wire.heard) + trainee.page
    assert CANARY not in said
    for word in truths_of(served):
        assert word not in said, word


def truths_of(served: Served) -> set[str]:
    """Sentences that stand in the key alone: titles of expectations, advice, hints; and the names of planted truths."""
    whole = {
        text
        for key in served.keys.values()
        for target in key.targets
        for texts in (target.advice, target.hint)
        for text in texts.values()
    }
    return {text for text in whole if len(text) > 25} | {f'"{name}"' for key in served.keys.values()
                                                            for name in key.truths.values() if "_" in name}  # fmt: skip


def test_the_search_for_the_truth_finds_it_where_it_is(served):
    assert truths_of(served)
    assert any(word in str(served.keys) for word in truths_of(served))


def test_setting_every_widget_to_nonsense_changes_no_score_and_ends_no_kernel(trainee, desk, served):
    """Every widget, disabled and hidden ones too: wrong types, out of range, unknown traits, in no order."""
    before = served.events(trainee.name)
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
    after = served.events(trainee.name)
    assert [event for event in after[len(before) :] if event.kind not in (STARTED, DELIVERED)] == []
    assert score(served, after) == score(served, before) == 0


def test_clicking_every_button_hidden_and_disabled_ones_too_earns_nothing(served):
    """A form that was never filled in is refused or wrong; the log keeps what was tried."""
    trainee = Trainee(served, "Lê Thị Bấm")
    desk = trainee.begin()
    before = served.events(trainee.name)
    buttons = [comm for comm, state in desk.items() if state.get("_model_name") == "ButtonModel"]
    ends = {say("work.finish", "vi"), say("finish.finish", "vi")}
    for comm in islice((one for one in buttons if desk[one].get("description") not in ends), 120):
        trainee.wire.set(comm, disabled=False)
        trainee.wire.click(comm)
    assert trainee.wire.alive()
    after = served.events(trainee.name)
    assert score(served, after) <= score(served, before) == 0
    trainee.wire.close()


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
    assert any(state.get("description") == say("start.begin", "vi") for state in states.values())
    assert "Trần Văn Thử" not in str(states)
    wire.close()


def score(served: Served, events) -> float:
    """What a log is worth; every seat's key is known to the test."""
    script = served.store().attempt(id=events[0].attempt)["script"]
    return evaluate(served.keys[script], events).score


def test_canaries_of_the_keys_are_in_no_file_and_no_log(served):
    """The bundle, what the server wrote, its log; the search itself is shown to find one."""
    places = [served.bundle, served.state, served.log]
    files = [file for place in places for file in (place.rglob("*") if place.is_dir() else [place]) if file.is_file()]
    assert len(files) > 100
    assert not [file for file in files if CANARY.encode() in file.read_bytes()]
    keys = served.bundle.parent / "home" / "sessions" / "practice" / "keys" / "keys.sqlite"
    assert CANARY.encode() in keys.read_bytes()


def test_a_kernels_environment_holds_no_other_programs_secret(served):
    """What a kernel could tell if it ran code: /proc shows the environment of every process of the server."""
    import psutil

    around = [child.environ() for child in psutil.Process(served.server.pid).children(recursive=True)]
    names = {name for one in around for name in one}
    assert around
    assert not {name for name in names if any(word in name for word in ("SECRET", "TOKEN", "PASSWORD", "AWS", "SSH"))}
