"""Somebody at the published desk who has no page, only the websocket: reads every widget, sets and clicks any."""

import time
from collections.abc import Iterator

from grading.evaluate import evaluate
from kit.event import Event
from kit.words import say
from tests.hostile.served import Served
from tests.hostile.wire import Json, Wire, opened

States = dict[str, Json]  # of every widget, by its id
MODES = ("guided", "practice", "assessed")


class Trainee:
    """A page's kernel, and the attempt that was begun there under a name."""

    def __init__(self, served: Served, name: str) -> None:
        self.page, kernel = opened(served.address)
        self.wire, self.name, self.served = Wire(served.address, kernel), name, served

    def begin(self, mode: str = "assessed") -> States:
        """Begin an attempt as the start page does; returns the state of every widget of the desk."""
        states = self.wire.states()
        self.wire.set(find(states, description=say("start.name", "vi")), value=self.name)
        self.wire.set(find(states, description=say("start.mode", "vi")), index=MODES.index(mode))
        self.wire.click(find(states, description=say("start.begin", "vi")))
        limit = time.monotonic() + 30
        while not self.rows() and time.monotonic() < limit:
            self.wire.alive()
        assert self.rows()
        return self.wire.states()

    def press(self, name: str) -> States:
        """Click the first button of a class; returns what is there afterwards."""
        self.wire.click(classed(self.wire.states(), name)[0])
        return self.wire.states()

    def rows(self) -> list[Json]:
        """The attempts under this name."""
        return [row for row in self.served.store().attempts() if row["trainee"] == self.name]

    def log(self) -> list[Event]:
        """The events of the attempt, their chain verified."""
        return self.served.events(self.name)

    def score(self) -> float:
        """What the log is worth; every seat's key is known to the test."""
        return evaluate(self.served.keys[self.rows()[0]["script"]], self.log()).score


def find(states: States, **traits: object) -> str:
    """The widget whose state has these values."""
    return next(comm for comm, state in states.items()
                if all(state.get(trait) == value for trait, value in traits.items()))  # fmt: skip


def classed(states: States, name: str) -> list[str]:
    """The widgets with a class of the stylesheet."""
    return [comm for comm, state in states.items() if name in (state.get("_dom_classes") or ())]


def inside(states: States, comm: str) -> Iterator[str]:
    """Every widget in a box, at any depth."""
    for child in states[comm].get("children") or ():
        yield child.removeprefix("IPY_MODEL_")
        yield from inside(states, child.removeprefix("IPY_MODEL_"))
