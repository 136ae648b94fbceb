"""A session from its plan to its removal, in SQLite and on a PostgreSQL server alike: by commands and at the pages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

import pytest
import sqlalchemy as sql

from grading.players import PLAYERS, do, play, steps
from kit.event import ACTED, FINISHED, MARKED
from kit.session import Session
from kit.store.engines import open_engine
from kit.systems.registry import system
from kit.trainer.board import Board
from kit.trainer.book import Book
from kit.trainer.sheet import Sheet
from kit.trainer.watching import Watch
from kit.ui import Desk
from kit.ui.arrival import JoinPage
from kit.ui.coach import Coach
from kit.ui.seats import SeatsPage
from kit.words import say
from tests.places import a_server  # noqa: F401
from tests.rehearsed import home_in
from tests.session_files import PLAN, TEAMS, written
from tests.test_cli import PROBLEMS, WRONG_USE, here, told

NAME, ADDRESS = "thu", "https://lop.example/"
COUNTER, RESOLUTION = "04-one-stop-counter", "08-six-month-resolution"
ROLES = {"HV01": "reception", "HV02": "specialist"}
ASSESSED = PLAN.replace('[3, "15"]', "[4, 8]").replace("practice", "assessed") + TEAMS.replace(
    "exercise: 3", "exercise: 4").replace("technician", ROLES["HV01"]).replace("speaker", ROLES["HV02"])  # fmt: skip
MOST_MATTERS = 20
GIVER, MARKER = "Trần Thị Giảng", "Lê Văn Chấm"


@dataclass(frozen=True)
class Course:
    """The trainer's computer: its home, the server where one is used, the trainees' coach."""

    home: Path
    store: str
    coach: Coach

    def told(self, *words: str, code: int = 0) -> object:
        """What a command answers."""
        return told(here(self.home, *words, "--json"), code)

    def links(self, *words: str, code: int = 0) -> dict[str, str]:
        """Each person's link, as what stands behind the page's address."""
        found = self.told("session", "links", NAME, "--address", ADDRESS, *words, code=code)
        return {one["code"]: urlparse(one["link"]).query for one in found} if isinstance(found, list) else found

    def desk(self, link: str) -> Desk:
        """A browser's desk, opened by somebody's link."""
        return Desk(Session.named(NAME).store(), "vi", self.home / "desk.log", self.coach).open(link)

    def schemas(self) -> list[str]:
        """The sessions that the server keeps."""
        engine = open_engine(self.store)
        found = [one for one in sql.inspect(engine).get_schema_names() if one.startswith("kit_")]
        engine.dispose()
        return found


@pytest.fixture(params=["sqlite", "postgresql"])
def course(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Course]:
    """A session that is prepared: two people are a team in one exercise, everybody is alone in the other."""
    monkeypatch.setenv("KIT_HOME", str(home_in(tmp_path)))
    monkeypatch.delenv("KIT_STORE", raising=False)
    for name in ("KIT_SESSION", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    url = request.getfixturevalue("server").url if request.param == "postgresql" else ""
    if url:
        monkeypatch.setenv("KIT_STORE", url)
    made = Course(tmp_path, url, Coach(NAME, patience=60))
    plan, roster = written(tmp_path, ASSESSED)
    assert made.told("session", "new", NAME, "--plan", str(plan), "--roster", str(roster))["scripts"] == 5
    assert made.told("session", "prepare", NAME)["made"] == 5
    yield made
    made.coach.stop()
    if Session.named(NAME).folder.exists():
        made.told("session", "remove", NAME, "--yes")


def seated(course: Course, link: str, exercise: str) -> Desk:
    """A desk at which a person has sat down before an exercise."""
    desk = course.desk(link)
    store = Session.named(NAME).store()
    desk.sit(next(one for one in store.people.seats(desk.arrival.person.code) if one.exercise == exercise))
    return desk


def plays(desk: Desk, robot: str) -> None:
    attempt = desk.view.attempt
    play(attempt, Session.named(NAME).keys().key(attempt.script.hash()), PLAYERS[robot])


def own_steps(desk: Desk, role: str) -> None:
    """What the guide asks of a role in all that has come."""
    attempt = desk.view.attempt
    attempt.refresh()
    key = Session.named(NAME).keys().key(attempt.script.hash())
    roles = {one.name: one.role for name in attempt.script.systems for one in system(name).actions}
    for cue in attempt.state.delivered:
        for record, action, where in steps(key, cue):
            if roles[action] == role:
                do(attempt, record, action, where, key.facts_of(cue))


def worked(course: Course, team: list[Desk]) -> None:
    """The team's two people work until both, and a robot in one of the empty chairs, have done something."""
    assert len({desk.view.attempt.id for desk in team}) == 1
    robots, acted = 0, set[str]()
    for _ in range(MOST_MATTERS):
        for desk, role in zip(team, ROLES.values(), strict=True):
            own_steps(desk, role)
        robots += course.told("session", "robots", NAME, "--once")["steps"]
        team[1].look()
        acted = {one.actor for one in team[1].view.attempt.events if one.kind == ACTED}
        if robots and acted > set(ROLES):
            told = team[1].page.log.value
            mate, own = ROLES
            assert f"{mate} · Đã lưu" in told and f"{own} · " not in told, "a mate's deed has a code, one's own none"
            return
        team[0].page.wait()
    raise AssertionError((robots, acted))


def test_a_session_lives_from_new_to_remove(course, tmp_path):
    looked_at(course)
    links = course.links("--days", "3")
    invited_anew(course, links["HV03"])
    an, binh = seated(course, links["HV01"], RESOLUTION), seated(course, links["HV02"], RESOLUTION)
    plays(an, "average")
    team = [seated(course, links[one], COUNTER) for one in ROLES]
    worked(course, team)
    board = ordered(course, binh)
    marked(course, an.view.attempt.id)
    ended(board, an, binh, team[0])
    graded(course, tmp_path, an.view.attempt.id)
    removed(course)


def looked_at(course: Course) -> None:
    assert [one["session"] for one in course.told("session", "list")] == [NAME]
    shown = course.told("session", "show", NAME)
    assert shown["ready"] == 5 and shown["people"][0]["exercises"] == {COUNTER: "to-1", RESOLUTION: "assessed"}
    tried = course.told("session", "try", NAME, "--player", "model", "--jobs", "1")
    assert tried["bad"] == [] and sum(row["scripts"] for row in tried["table"]) == 5


def invited_anew(course: Course, old: str) -> None:
    """A link that was lost opens nothing any more; the new one does, and nobody else's was changed."""
    new = course.links("--anew", "HV03")
    assert new.keys() == {"HV03"} and [one.invitation for one in Session.named(NAME).store().people.all()] == [1, 1, 2]
    assert isinstance(course.desk(old).page, JoinPage) and isinstance(course.desk(new["HV03"]).page, SeatsPage)


def ordered(course: Course, binh: Desk) -> Board:
    """What the trainer orders on the board reaches an open desk."""
    session = Session.named(NAME)
    board = Board(Watch(session.store(), session.keys()), "vi", course.home / "desk.log")
    board.open()
    board.controls.who.value = GIVER
    give(board, "pause")
    binh.look()
    assert "tạm dừng" in binh.page.ordered.value
    give(board, "extend")
    give(board, "resume")
    binh.look()
    assert "15 phút" in binh.page.ordered.value and binh.view.attempt.events[-1].actor == GIVER
    return board


def give(board: Board, kind: str) -> None:
    board.controls.why.value = "theo giáo án"
    board.controls.give(kind)


def marked(course: Course, attempt: str) -> None:
    """An evaluator marks on the sheet what no machine can judge."""
    session = Session.named(NAME)
    sheet = Sheet(Book(session.store(), session.keys()), NAME, "vi", course.home / "desk.log")
    sheet.chosen.who = MARKER
    sheet.refresh()
    item = next(one for one in sheet.book.items("waiting", MARKER, attempt))
    sheet.choose(item.id)
    sheet.save(item.finding.target.judged["levels"][0]["id"], "rõ ràng", "evaluator")
    last = session.store().read(attempt)[-1]
    assert (last.kind, last.actor) == (MARKED, MARKER)


def ended(board: Board, an: Desk, *under_way: Desk) -> None:
    """The trainer ends what goes on, and releases the results."""
    give(board, "close")
    for desk in under_way:
        desk.look()
        assert desk.view.attempt.events[-1].kind == FINISHED
    give(board, "release")
    for desk in under_way:
        desk.look()
        assert say("finished.next_released", "vi") in json.dumps(_texts(desk.widget), ensure_ascii=False)
    board.look()
    assert len(board.watch.attempts) == 3 and not board.watch.broken and an.view.attempt.trainee in board.people.value


def _texts(widget: object) -> list[str]:
    own = str(getattr(widget, "value", ""))
    return [own, *(text for child in getattr(widget, "children", ()) for text in _texts(child))]


def graded(course: Course, folder: Path, attempt: str) -> None:
    out = folder / "out"
    found = course.told("grade", "--session", NAME, "--jobs", "2", "--out", str(out))
    assert len(found["graded"]) == 3 and found["invalid"] == {}
    played = {row["trainee"]: [one.split(" ")[0] for one in row["people"].split("; ")] for row in found["graded"]}
    assert sorted(played.values()) == [["HV01"], ["HV01", "HV02"], ["HV02"]], "a team's result names its members"
    assert course.told("verify", str(out)) == {"intact": True, "problems": []}
    told_of = course.told("report", "--attempt", attempt, "--session", NAME, "--out", str(out))
    assert MARKER in Path(told_of["files"]["html"]).read_text(encoding="utf-8")
    group = course.told("report", "--unit", "26740", "--session", NAME, "--out", str(out))
    assert group["attempts"] >= 2 and Path(group["files"]["html"]).stat().st_size > 0


def removed(course: Course) -> None:
    """First told, then done; nothing is left in the folder nor on the server, and other sessions stay.

    Whoever forgets to name the server deletes nothing: the attempts there would be left behind.
    """
    if course.store:
        Session.named("khac").store().engine.dispose()
        with pytest.MonkeyPatch.context() as forgotten:
            forgotten.delenv("KIT_STORE")
            assert "KIT_STORE" in course.told("session", "remove", NAME, "--yes", code=WRONG_USE)["error"]["en"]
    held = course.told("session", "remove", NAME, code=PROBLEMS)
    assert (held["attempts"], held["people"], held["deleted"]) == (3, 3, False)
    course.told("session", "remove", NAME, "--yes")
    assert not Session.named(NAME).folder.exists()
    if course.store:
        assert course.schemas() == ["kit_khac"]
    course.told("session", "remove", NAME, "--yes", code=WRONG_USE)
