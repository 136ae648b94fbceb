"""A session's attempts over processes: the same answers as in one; what fails or dies is named and loses no other."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from grading.evaluate import evaluate
from grading.gradebook import Graded
from grading.rehearsal import play_robot
from grading.session_grades import results_of, told_of
from grading.spread import PART, over_attempts
from kit.event import canonical, seal
from kit.session import Session
from kit.store.tables import ATTEMPTS, EVENTS
from tests.fork_server import uses_pools
from tests.rehearsed import COUNTER, home_in, world

pytestmark = uses_pools

COPIES = 2 * PART + 1  # three parts
BROKEN, EMPTY = f"{3:032x}", f"{4:032x}"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    """One attempt many times, each under a number of its own; one log broken, one empty."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home_in(tmp_path_factory.mktemp("home"))))
        made = Session.named("many")
        store, first = made.store(), play_robot(COUNTER, world(), 1, "idle", made).attempt
        events, row = store.read(first), store.attempt(id=first)
        with store.engine.begin() as database:
            for number in range(COPIES):
                copied(database, (row, events), f"{number:032x}")
            database.execute(EVENTS.delete().where(EVENTS.c.attempt == EMPTY))
            database.execute(EVENTS.delete().where(EVENTS.c.attempt == BROKEN, EVENTS.c.seq == 5))
        yield made


def copied(database, original, number: str) -> None:
    row, events = original
    previous, rows = "", []
    for event in events:
        sealed = seal(replace(event, attempt=number), previous)
        previous = sealed.hash
        rows.append({"attempt": number, "seq": sealed.seq, "body": canonical(sealed.to_json())})
    database.execute(ATTEMPTS.insert().values({**row, "id": number, "token": number, "ended": previous}))
    database.execute(EVENTS.insert(), rows)


def fails_on_seven(graded: Graded) -> str:
    if int(graded.attempt["id"], 16) == 7:
        raise ZeroDivisionError("seven")
    return graded.attempt["id"]


def dies_on_seven(graded: Graded) -> str:
    if int(graded.attempt["id"], 16) == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return graded.attempt["id"]


def dies_once(graded: Graded) -> str:
    """Killed by somebody else (out of memory, say), and fine when it is tried again."""
    trace = Path(os.environ["KIT_HOME"]) / "died"
    if int(graded.attempt["id"], 16) == 7 and not trace.exists():
        trace.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return graded.attempt["id"]


def answered(session: Session, work, workers: int = 2) -> tuple[set[str], dict[str, dict[str, str]]]:
    found = list(over_attempts(session, work, workers))
    assert len(found) == len({one.attempt for one in found}) == COPIES + 1, "every attempt once"
    assert all(one.made == one.attempt for one in found if not one.problem)
    return {one.attempt for one in found if not one.problem}, {one.attempt: one.problem for one in found if one.problem}


def test_the_number_of_processes_leaves_no_trace_and_broken_logs_are_named(session):
    alone, together = results_of(session, 1), results_of(session, 2)
    assert alone == together and len(together["graded"]) == COPIES - 1
    assert set(together["invalid"]) == {BROKEN, EMPTY}
    assert all(BROKEN in together["invalid"][BROKEN][language] for language in ("vi", "en"))
    assert {one["score"] for one in together["graded"]} == {0.0}


def test_what_fails_in_the_kit_itself_is_named_and_loses_no_other(session):
    good, problems = answered(session, fails_on_seven, 1)
    assert set(problems) == {BROKEN, EMPTY, f"{7:032x}"} and len(good) == COPIES - 2
    assert "ZeroDivisionError: seven" in problems[f"{7:032x}"]["vi"]


def test_a_process_that_dies_loses_only_the_attempt_at_fault(session):
    good, problems = answered(session, dies_on_seven)
    assert set(problems) == {BROKEN, EMPTY, f"{7:032x}"} and len(good) == COPIES - 2
    assert "BrokenProcessPool" in problems[f"{7:032x}"]["en"]


def test_a_process_that_somebody_kills_loses_nothing(session):
    good, problems = answered(session, dies_once)
    assert set(problems) == {BROKEN, EMPTY} and len(good) == COPIES - 1


def test_what_is_told_of_an_attempt_is_plain_data_of_its_evaluation(session):
    store = session.store()
    row = next(row for row in store.attempts() if row["id"] == f"{9:032x}")
    events, key = store.read(row["id"]), session.keys().key(row["script"])
    made = evaluate(key, events)
    told = told_of(Graded("many", row, events, made))
    assert (told["attempt"], told["state"], len(told["findings"])) == (row["id"], made.state, len(key.targets))
    assert told in results_of(session, 1)["graded"]
