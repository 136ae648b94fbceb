"""kit grade, kit export, kit verify on a real session: sealed results, regrading, forged logs, the gradebook."""

import csv
import io
import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

from grading import spread
from grading.rehearsal import play_robot
from grading.report import page, read_report
from grading.session_grades import reported
from kit.errors import BrokenLog
from kit.event import FINISHED, Event, canonical, seal
from kit.session import Session
from tests.fork_server import uses_pools
from tests.rehearsed import COUNTER, home_in, world
from tests.test_cli import FINE, PROBLEMS, WRONG_USE, here, told

pytestmark = uses_pools


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder with a session of three attempts."""
    folder = home_in(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(folder))
        for robot in ("careless", "idle", "model"):
            play_robot(COUNTER, world(), 1, robot, Session.named("course"))
    return folder


@pytest.fixture
def grades(place, tmp_path) -> Path:
    told(here(place, "grade", "--session", "course", "--out", str(tmp_path / "out"), "--json"))
    return tmp_path / "out" / "grades.json"


def problems(place: Path, path: Path, *words: str) -> list[dict[str, str]]:
    return told(here(place, "verify", str(path), "--json", *words), PROBLEMS)["problems"]


def test_sealed_results_are_intact_by_file_and_by_folder(place, grades):
    for path in (grades, grades.parent):
        assert told(here(place, "verify", str(path), "--json")) == {"intact": True, "problems": []}
    key = place / "sessions" / "course" / "keys" / "grader.pub.pem"
    assert here(place, "verify", str(grades), "--key", str(key)).returncode == FINE


def test_a_session_without_attempts_changes_no_results(place, grades):
    (place / "sessions" / "empty").mkdir(exist_ok=True)
    before = sorted((file.name, file.read_bytes()) for file in grades.parent.iterdir())
    done = here(place, "grade", "--session", "empty", "--out", str(grades.parent))
    assert done.returncode == WRONG_USE and "chưa có lượt nào" in done.stderr
    assert sorted((file.name, file.read_bytes()) for file in grades.parent.iterdir()) == before


def test_the_file_the_attempt_and_the_field_that_changed_are_named(place, grades):
    results = json.loads(grades.read_text(encoding="utf-8"))
    results["graded"][1]["score"] = 99.0
    grades.write_text(json.dumps(results), encoding="utf-8")
    victim = results["graded"][1]["attempt"]
    assert problems(place, grades) == [{"file": str(grades), "attempt": victim, "field": "score", "what": "changed"}]
    shown = here(place, "verify", str(grades))
    assert shown.returncode == PROBLEMS and victim in shown.stdout and "score" in shown.stdout


def test_a_log_forged_with_the_public_code_is_refused(place, grades):
    """Somebody writes a log anew, its hash chain in order, into the store."""
    victim = json.loads(grades.read_text(encoding="utf-8"))["graded"][0]["attempt"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(place))
        store = Session.named("course").store()
    genuine = store.read(victim)
    try:
        rewrite(store, [replace(event, minutes=event.minutes + 1, hash="") for event in genuine])
        assert [one.minutes for one in store.read(victim)] != [one.minutes for one in genuine], "the chain is in order"
        assert problems(place, grades) == [{"file": str(grades), "attempt": victim, "field": "log", "what": "changed"}]
        with store.engine.begin() as database:
            database.exec_driver_sql("UPDATE attempts SET ended = ? WHERE id = ?", ("0" * 64, victim))
        with pytest.raises(BrokenLog):
            store.read(victim)
    finally:
        rewrite(store, genuine)
    assert here(place, "verify", str(grades)).returncode == FINE


def rewrite(store: object, events: list[Event]) -> None:
    previous = ""
    with store.engine.begin() as database:
        for event in events:
            sealed = seal(event, previous)
            previous = sealed.hash
            database.exec_driver_sql("UPDATE events SET body = ? WHERE attempt = ? AND seq = ?",
                                     (canonical(sealed.to_json()), sealed.attempt, sealed.seq))  # fmt: skip
            if sealed.kind == FINISHED:
                database.exec_driver_sql("UPDATE attempts SET ended = ? WHERE id = ?", (sealed.hash, sealed.attempt))


def test_regrading_under_a_corrected_guide_shows_the_difference_and_keeps_the_old(place, tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_HOME", str(place))
    out, keys = tmp_path / "out", Session.named("course").keys()
    first = told(here(place, "grade", "--session", "course", "--out", str(out), "--json"))
    assert first["changed"] == []
    stores = {row["id"]: row["script"] for row in Session.named("course").store().attempts()}
    careless = next(one for one in first["graded"] if one["trainee"] == "robot-careless")
    old = keys.key(stores[careless["attempt"]])
    kept = {"script": old.script, "body": canonical(old.to_json())}
    try:
        lighter = replace(old, targets=tuple(target for target in old.targets if not target.forbidden))
        set_key(keys, lighter.script, canonical(lighter.to_json()))
        again = told(here(place, "grade", "--session", "course", "--out", str(out), "--json"))
    finally:
        set_key(keys, kept["script"], kept["body"])
    assert {(one["attempt"], one["field"]) for one in again["changed"]} == {(careless["attempt"], "score")}
    assert json.loads((out / "grades-001.json").read_text(encoding="utf-8")) == first
    for name in ("grades.json", "grades-001.json"):
        assert here(place, "verify", str(out / name)).returncode == FINE, name


def set_key(keys: object, script: str, body: str) -> None:
    with keys.engine.begin() as database:
        database.exec_driver_sql("UPDATE keys SET body = ? WHERE script = ?", (body, script))


def test_reports_are_the_same_from_the_command_and_from_one_process_or_two(place, tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_HOME", str(place))
    monkeypatch.setattr(spread, "PART", 1)  # else one process would do for so few
    session = Session.named("course")
    assert here(place, "grade", "--session", "course", "--reports", "--out", str(tmp_path / "0")).returncode == FINE
    for jobs in (1, 2):
        (tmp_path / str(jobs)).mkdir()
        names = [one.made for one in spread.over_attempts(session, partial(reported, out=tmp_path / str(jobs)), jobs)]
        assert len(names) == 3
    wanted = {f"{row['id']}.html": page(read_report("course", row["id"])) for row in session.store().attempts()}
    for folder in ("0", "1", "2"):
        found = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / folder).glob("*.html")}
        assert found == wanted, folder


def test_a_report_that_cannot_be_written_is_named(place, tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_HOME", str(place))
    victim = Session.named("course").store().attempts()[0]["id"]
    (tmp_path / f"{victim}.html").mkdir()
    error = told(here(place, "grade", "--session", "course", "--reports", "--out", str(tmp_path), "--json"), WRONG_USE)
    assert error["error"]["vi"].endswith(f"{victim}.html: đây là thư mục.") and "Cannot write" in error["error"]["en"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "xapi"])
def test_the_gradebook_in_each_form(place, tmp_path, form):
    out = tmp_path / "new" / f"book.{form}"
    assert told(here(place, "export", "--session", "course", "--format", form, "--out", str(out), "--json"))[
        "attempts"] == 3  # fmt: skip
    trainees = {"robot-careless", "robot-idle", "robot-model"}
    if form == "csv":
        assert {row["trainee"] for row in csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))} == trainees
    elif form == "xlsx":
        rows = list(load_workbook(out).active.iter_rows(values_only=True))
        assert {row[rows[0].index("trainee")] for row in rows[1:]} == trainees
    else:
        rows = json.loads(out.read_text(encoding="utf-8"))
        named = {row["trainee"] if form == "json" else row["actor"]["account"]["name"] for row in rows}
        assert named == trainees


def test_what_lay_where_a_book_is_written_is_kept_beside_it(place, tmp_path):
    out = tmp_path / "roster.csv"
    out.write_text("Mã;Họ và tên\n", encoding="utf-8")
    done = here(place, "export", "--session", "course", "--format", "csv", "--out", str(out))
    assert done.returncode == FINE and "roster.csv.bak" in done.stderr
    assert out.with_name("roster.csv.bak").read_text(encoding="utf-8") == "Mã;Họ và tên\n"
    assert out.read_text(encoding="utf-8").count("\n") == 4


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"graded": [1]}', '{"graded": [{"attempt": 1}]}', "[" * 9999])
def test_a_file_that_holds_no_results_is_said(place, tmp_path, text):
    (tmp_path / "grades.json").write_text(text, encoding="utf-8")
    done = here(place, "verify", str(tmp_path / "grades.json"))
    assert done.returncode == PROBLEMS and "grades.json" in done.stderr


def test_where_it_was_written_and_how_to_name_a_session_is_said(place, tmp_path):
    done = here(place, "grade", "--session", "course", "--out", str(tmp_path / "results"))
    assert done.stdout.endswith(f"Đã ghi / written: {tmp_path / 'results' / 'grades.json'}\n")
    made = here(place, "export", "--session", "course", "--format", "csv", "--out", str(tmp_path / "a.csv"))
    assert made.stdout == f"{tmp_path / 'a.csv'}: 3 lượt / attempts\n"
    unnamed = here(place, "export", "--session", "nosuch", "--format", "csv", "--out", str(tmp_path / "b.csv"))
    assert "--session TÊN" in unnamed.stderr and "--session NAME" in unnamed.stderr


def test_wrong_use_is_said(place, grades, tmp_path):
    (tmp_path / "file").write_text("x")
    for words in (
        ("verify", str(tmp_path / "nothing.json")), ("verify", str(grades), "--key", str(tmp_path / "file")),
        ("export", "--session", "nosuch", "--format", "csv", "--out", str(tmp_path / "a.csv")),
        ("export", "--session", "course", "--format", "csv", "--out", str(tmp_path / "file" / "a.csv")),
        ("export", "--session", "course", "--format", "ods", "--out", str(tmp_path / "a.ods")),
    ):  # fmt: skip
        assert here(place, *words).returncode == WRONG_USE, words


def test_an_exercise_is_calibrated(place):
    found = told(here(place, "calibrate", COUNTER, "--runs", "8", "--json"))
    assert found["variants"] == 2 and found["players"]["average"]["attempts"] == 8 and found["unfair"] == []
    shown = here(place, "calibrate", COUNTER, "--runs", "1")
    assert shown.returncode == FINE and "average" in shown.stdout and COUNTER in shown.stdout
    assert here(place, "calibrate", "nosuch").returncode == WRONG_USE
