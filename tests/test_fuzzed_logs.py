"""Mutated logs: nothing escapes the grading, nothing earns more than the honest attempt did, each tells its reason.

Three kinds of hands are played. *Clumsy*: events of an attempt that has ended are changed and the chain is not mended.
Then the log is invalid, also where only its end was cut off. *Cutting*: the attempt goes on, and nothing tells that a
log is longer than its beginning. It needs review and is not final, and what was done earns no more than in the honest
attempt; only a penalty that came later may be missing. *Forging*: chain and end are made anew with our public code.
Whoever can do that can write right answers too, so no bound on the score can hold; what must hold is that nothing
escapes, that a score is one, and that `kit verify` never takes the log for the one that was graded and sealed.

`KIT_FUZZED_LOGS=10000 pytest -s tests/test_fuzzed_logs.py` plays as many; else as many as fit three seconds, on the
build server twelve.
"""

import json
import math
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest

from grading.evaluate import GRADED, INVALID, NEEDS_REVIEW, Evaluation, evaluate
from grading.gradebook import Graded
from grading.players import PLAYERS, play
from grading.rules import Rules
from grading.session_grades import told_of
from grading.spread import genuine
from kit.attempt import Attempt
from kit.errors import KitError
from kit.event import FINISHED, Event
from kit.script import Key
from kit.store import EventStore
from kit.store.tables import ATTEMPTS, EVENTS
from tests.depth import depth
from tests.mutations import HANDS, Bodies, Body, forged, mutated, written
from tests.rehearsed import compiled

WANTED = int(os.environ.get("KIT_FUZZED_LOGS", "0"))
SECONDS = depth(1, 4)  # for each kind of hands, where no number is wanted
FEWEST = 50  # on a busy computer too
CLUMSY, CUTTING, FORGING = "clumsy", "cutting", "forging"
EXERCISES = ("01-documents-and-email", "04-one-stop-counter", "08-six-month-resolution")
ROBOTS = ("model", "average", "careless", "guessing")


@dataclass(frozen=True)
class Honest:
    """A robot's attempt as its store holds it, and what it is worth."""

    key: Key
    rules: Rules
    row: Body
    bodies: list[Body]
    worth: Evaluation


@dataclass(frozen=True)
class Outcome:
    """What became of a mutated log."""

    state: str
    made: Evaluation | None
    events: list[Event]


@pytest.fixture(scope="module")
def store() -> EventStore:
    """An empty one that asks for no attempt of an event."""
    made = EventStore("sqlite://")
    with made.engine.begin() as database:
        database.exec_driver_sql("PRAGMA foreign_keys=OFF")
    return made


@pytest.fixture(scope="module")
def honest() -> list[Honest]:
    found = []
    for name in EXERCISES:
        script, key = compiled(1, name)
        store = EventStore("sqlite://")
        number = store.add_script(script)
        for robot in ROBOTS:
            attempt, _ = Attempt.start(store, number, robot)
            play(attempt, key, PLAYERS[robot])
            row, events = store.attempt(id=attempt.id), store.read(attempt.id)
            bodies = [event.to_json() for event in events]
            found.append(Honest(key, Rules(key), row, bodies, evaluate(key, events)))
    return found


# ---- grading, by the store and the door through which `kit grade` goes -----------------------------------------------
def graded(store: EventStore, honest: Honest, bodies: Bodies, ended: str | None = None) -> Outcome:
    """What becomes of an attempt with these rows; whatever is no KitError escapes. `ended`: what else its row tells."""
    number, row = honest.row["id"], honest.row if ended is None else {**honest.row, "ended": ended}
    rows = [{"attempt": number, "seq": place, "body": written(body)} for place, body in enumerate(bodies)]
    with store.engine.begin() as database:
        database.execute(EVENTS.delete())
        database.execute(ATTEMPTS.delete())
        database.execute(ATTEMPTS.insert(), [row])
        if rows:
            database.execute(EVENTS.insert(), rows)
    try:
        events = genuine(row, store.read(number))
        made = evaluate(honest.key, events, honest.rules)
    except KitError as error:
        return Outcome(INVALID if error.vi and error.en else "no reason", None, [])
    told = told_of(Graded("practice", honest.row, events, made))
    assert json.dumps(told) and told["state"] == made.state and bool(made.reasons) == (made.state == NEEDS_REVIEW)
    return Outcome(made.state, made, events)


def played(honest: list[Honest], store: EventStore, hands: str) -> Iterator[tuple[Honest, Outcome]]:
    """Mutated logs of every honest attempt in turn, as many as are wanted or as there is time for."""
    draw, until, number = Random(f"fuzz|{hands}"), time.monotonic() + SECONDS, 0
    while number < max(WANTED / 3, FEWEST) or (not WANTED and time.monotonic() < until):
        one, number = honest[number % len(honest)], number + 1
        if hands == FORGING:
            bodies = forged(mutated(one.bodies, draw))
            yield one, graded(store, one, bodies, end_of(bodies))
        elif hands == CUTTING:
            yield one, graded(store, one, one.bodies[: draw.randrange(1, len(one.bodies))], "")
        else:
            yield one, graded(store, one, mutated(one.bodies, draw))


def end_of(bodies: Bodies) -> str:
    """The hash that a forger puts into the attempt's row."""
    ends = [body.get("hash") for body in bodies if isinstance(body, dict) and body.get("kind") == FINISHED]
    return str(ends[-1])[:64] if ends else ""


def earned(made: Evaluation) -> float:
    """Points for what was done, without what was taken off for what is forbidden."""
    return sum(max(0.0, finding.points) for finding in made.findings)


def report(kind: str, told: Counter[str]) -> None:
    print(f"{kind}: {sum(told.values())} logs: {dict(told)}")
    assert sum(told.values()) >= max(WANTED // 3, FEWEST)


def test_a_clumsily_changed_log_is_invalid_and_so_is_one_without_its_end(honest, store):
    told: Counter[str] = Counter()
    for one, outcome in played(honest, store, CLUMSY):
        told[outcome.state] += 1
        assert outcome.state == INVALID or outcome.made == one.worth, "else the hands undid each other"
    report(CLUMSY, told)
    assert all(graded(store, one, one.bodies[:-1]).state == INVALID for one in honest)


def test_a_beginning_of_an_attempt_that_goes_on_is_never_final_and_earns_no_more(honest, store):
    told: Counter[str] = Counter()
    above = 0
    for one, outcome in played(honest, store, CUTTING):
        told[outcome.state] += 1
        assert outcome.state == NEEDS_REVIEW and "unfinished" in outcome.made.reasons and outcome.made.passed is None
        assert earned(outcome.made) <= earned(one.worth)
        above += outcome.made.score > one.worth.score
        if all(finding.points >= 0 for finding in one.worth.findings):
            assert outcome.made.score <= one.worth.score
    print(f"cut before a penalty, provisionally above the honest one: {above}")
    report(CUTTING, told)


def test_a_forged_log_raises_nothing_and_is_never_taken_for_the_sealed_one(honest, store):
    told: Counter[str] = Counter()
    above = 0
    for one, outcome in played(honest, store, FORGING):
        told[outcome.state] += 1
        assert outcome.state in (GRADED, NEEDS_REVIEW, INVALID)
        if outcome.made is None:
            continue
        assert math.isfinite(outcome.made.score) and 0 <= outcome.made.score <= 100
        last = len(one.bodies)
        same = len(outcome.events) >= last and outcome.events[last - 1].hash == one.bodies[-1]["hash"]
        assert same == ([event.to_json() for event in outcome.events[:last]] == one.bodies), "what `kit verify` asks"
        above += outcome.made.score > one.worth.score
    print(f"forged logs above the honest one: {above}")
    report(FORGING, told)


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.__name__)
def test_every_hand_changes_a_log(honest, hand):
    before = [dict(body) for body in honest[0].bodies]
    changed = [hand([dict(body) for body in before], Random(seed)) for seed in range(30)]
    assert sum(bodies != before for bodies in changed) > 15


def test_an_empty_log_and_one_of_another_script_are_invalid(honest, store):
    assert graded(store, honest[0], []).state == INVALID
    assert graded(store, honest[0], forged(honest[0].bodies[1:]), "").state == INVALID
    other = [dict(body, attempt=honest[0].row["id"]) for body in honest[-1].bodies]
    assert graded(store, honest[0], forged(other), "").state == INVALID
    assert graded(store, honest[0], honest[0].bodies).state in (GRADED, NEEDS_REVIEW)
