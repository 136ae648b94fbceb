"""Every app on one server, with a report, attempts to mark, and a short exercise that a robot has solved."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from grading.players import PLAYERS, play
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.event import ACTED, Event
from kit.publish.serving import environment, place_apps, place_trainer
from kit.script import Key, Script
from kit.session import Plan, Session, prepare
from kit.store import EventStore
from tests.browser.answering import serving
from tests.desk_setting import ROOT, script_and_key
from tests.marked_home import attempted, judged_home

TABLED, SHORT = "05-handover-dossiers", "15-fatherland-front"
MORNING = 4  # matters of the exercise that is played by keyboard
REPORT = "01--careless--1"
GRADE = """import sys; from pathlib import Path; from grading.rehearsal import Job, run_notebook
run_notebook(Job(Path(sys.argv[1]), "practice", sys.argv[2]))"""


@dataclass(frozen=True)
class Served:
    """The address of the server, its session, and the short exercise with what a perfect trainee does."""

    address: str
    session: Session
    tabled: Script
    script: Script
    key: Key
    deeds: list[Event]
    store: EventStore


def morning(session: Session) -> tuple[Script, Key]:
    """The first matters of an exercise as an exercise of its own."""
    script, key = script_and_key(session, SHORT)
    cues = script.cues[:MORNING]
    short = replace(script, exercise="15-morning", cues=cues)
    targets = tuple(one for one in key.targets if one.inject in {cue.id for cue in cues})
    return short, replace(key, exercise=short.exercise, script=short.hash(), targets=targets)


@contextmanager
def every_app_served(folder: Path) -> Iterator[Served]:
    """A home in this folder, attempts in it, and a server of every page of every app."""
    session = judged_home(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(folder))
        attempted(session, "Nguyễn Thị Lan", "careless")
        ((attempt),) = [row["id"] for row in session.store().attempts()]
        prepare(session, Plan("26740", exercises=(TABLED, SHORT), seats=1))
        tabled, (script, key) = script_and_key(session, TABLED)[0], morning(session)
        store = session.store()
        store.add_script(script)
        session.keys().add(key)
        place_apps(folder / "apps")
        place_trainer(folder / "apps")
        around = {**environment(os.environ), "KIT_SESSION": session.name, "PYTHONPATH": str(ROOT)}
        robot, _ = Attempt.start(memory := MemoryStore(), memory.add_script(script), "Robot", "practice")
        play(robot, key, PLAYERS["model"])
    report = [sys.executable, "-c", GRADE, str(folder / "apps" / f"{REPORT}.ipynb"), attempt]
    subprocess.run(report, env=around, check=True)
    with serving(folder / "apps", folder, KIT_SESSION=session.name) as address:
        deeds = [event for event in robot.events if event.kind == ACTED]
        yield Served(address, session, tabled, script, key, deeds, store)
