"""Names that want to be paths, at every door that takes a name of a session, an exercise, a person or an attempt."""

import pytest

from grading.session_grades import check_logs
from kit.errors import KitError, NotFound, WrongUse
from kit.exercise import load_exercise
from kit.identity import Gate, NotAdmitted
from kit.session import Session
from kit.signing.folder import SigningFolder
from kit.store import EventStore
from kit.store.engines import schema_of
from tests.rehearsed import COUNTER
from tests.roster import AN, NOW

NAMES = (
    "..", "../lop-1", "lop-1/../lop-2", "/etc/passwd", "%2e%2e", "..\\lop-1", "C:\\lop-1", "lop-1\0", "lop-1\n", "",
    "LOP-1", "lőp-1", "ⅼop-1", "lop-1 ", "-lop", "CON:", "l" * 65, "~root", "$HOME", "*", "lop-1;id", "' OR 1=1 --",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A home with two sessions, lop-1 and its neighbour."""
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "units.csv").touch()
    for name in ("lop-1", "lop-2"):
        (tmp_path / "sessions" / name).mkdir(parents=True)
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leads_to_another_folder(name, folder):
    there = sorted(folder.rglob("*"))
    store = EventStore("sqlite://")
    store.people.add([AN], [])
    for door in (Session.named, schema_of, lambda text: list(check_logs({"session": text, "graded": []}))):
        with pytest.raises(WrongUse):
            door(name)
    for column in ("id", "token", "person", "team"):
        with pytest.raises(NotFound):
            store.attempt(**{column: name})
    with pytest.raises(NotAdmitted):
        Gate("lop-1", bytes(32)).by_link(store, name, NOW)
    assert sorted(folder.rglob("*")) == there


@pytest.mark.parametrize("name", [name for name in NAMES if name])
def test_no_exercise_lies_elsewhere(name):
    for tried in (name, f"../exercises/{COUNTER}", f"{COUNTER}/../{COUNTER}", f"{COUNTER}/"):
        with pytest.raises(KitError):
            load_exercise(tried)


@pytest.mark.parametrize("name", NAMES)
def test_a_signed_paper_stays_in_its_folder(name, tmp_path):
    place = SigningFolder(tmp_path / "signing").paper(name, name)
    papers = tmp_path / "signing" / "papers"
    assert place.resolve().is_relative_to(papers) and place.parent.parent in (papers, papers.parent)
