"""What the tests of the desk share: a home of their own with one compiled seat, and what its Key knows."""

from pathlib import Path

import pytest

from kit.home import PRACTICE
from kit.script import Key, Script
from kit.session import Plan, Session, prepare

ROOT = Path(__file__).resolve().parents[1]
PLAN = Plan("26740", seed=1, exercises=("04-one-stop-counter",), seats=1)


def make_home(folder: Path, plan: Plan = PLAN) -> Session:
    """A project folder with the real data and a practice session of its own; KIT_HOME must name it."""
    for name in ("datasets", "exercises", "notebooks"):
        (folder / name).symlink_to(ROOT / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(folder))
        session = Session.named(PRACTICE)
        prepare(session, plan)
    return session


def script_and_key(session: Session, exercise: str = PLAN.exercises[0]) -> tuple[Script, Key]:
    """The seat's script and key of an exercise; KIT_HOME must name the home."""
    number = next(number for number, name in session.store().scripts() if name == exercise)
    return session.store().script(number), session.keys().key(number)


def record_of(script: Script, key: Key, truth: str, procedure: str = "") -> tuple[str, str]:
    """(inject, record) of the first case with a truth, in a procedure where one is named."""
    for cue in script.cues:
        visible = cue.records.get(cue.record, {})
        if key.truths.get(cue.id) == truth and procedure in ("", visible.get("procedure")):
            return cue.id, cue.record
    raise LookupError(truth)
