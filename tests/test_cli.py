"""The kit command: the fixed forms that scripts rely on, exit codes, and never a traceback."""

import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from grading.rehearsal import play_robot
from kit.cli import main
from kit.exercise import Exercise, load_exercise, names
from kit.session import Session
from tests.fork_server import uses_pools
from tests.rehearsed import COUNTER, home_in, world

pytestmark = uses_pools

FINE, PROBLEMS, WRONG_USE = 0, 1, 2
BROKEN = "16-mine"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder of its own, so that no command touches this one."""
    return home_in(tmp_path_factory.mktemp("home"))


def kit(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command as scripts run it."""
    done = subprocess.run(
        [sys.executable, "-m", "kit", *words], capture_output=True, text=True, encoding="utf-8", timeout=110,
        env={**os.environ, "KIT_HOME": str(home)}, cwd=home,
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


def here(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The same command inside this process, which has paid for the imports; any other exception fails the test."""
    out, error = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(error):
        patch.setenv("KIT_HOME", str(home))
        patch.chdir(home)
        try:
            code = main(words)
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(words, code, out.getvalue(), error.getvalue())


def told(done: subprocess.CompletedProcess[str], code: int = FINE) -> object:
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def test_exercises_as_json(elsewhere):
    rows = told(kit(elsewhere, "exercises", "--json"))
    assert [row["id"] for row in rows] == names()
    assert {"id", "title", "injects", "minutes", "expectations", "pass_mark", "systems"} <= set(rows[0])
    assert set(rows[0]["title"]) == {"vi", "en"}


def test_exercises_to_read(elsewhere):
    done = here(elsewhere, "exercises")
    assert done.returncode == FINE and len(done.stdout.splitlines()) == len(names())


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_is_not_utf_8_shows_what_it_can(elsewhere, monkeypatch, encoding):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    done = subprocess.run([sys.executable, "-m", "kit", "exercises"], capture_output=True, timeout=110,
                          env={**os.environ, "KIT_HOME": str(elsewhere)})  # fmt: skip
    assert done.returncode == FINE and COUNTER.encode() in done.stdout and b"\\u1ed9" in done.stdout


def test_doctor_looks_and_tells(elsewhere):
    found = told(here(elsewhere, "doctor", "--json"))
    assert all(one["ok"] for one in found.values()) and {"Python", "packages", "folders", "exercises"} <= set(found)


@pytest.mark.parametrize("player", ["model", "careless"])
def test_play_prints_what_scripts_read(elsewhere, player):
    before = sorted(elsewhere.rglob("*.sqlite"))
    run = kit if player == "model" else here
    result = told(run(elsewhere, "play", COUNTER, "--player", player, "--seed", "7", "--unit", "26740", "--json"))
    assert (result["exercise"], result["seed"], result["unit"], result["player"]) == (COUNTER, 7, "26740", player)
    assert (result["score"] == 100 and result["rating"] == "P") if player == "model" else result["score"] < 50
    assert {"id", "status", "points", "weight", "title"} <= set(result["findings"][0])
    assert sorted(elsewhere.rglob("*.sqlite")) == before, "playing in memory leaves nothing behind"


def test_play_to_read_names_the_exercise_by_its_number(elsewhere):
    done = here(elsewhere, "play", "04", "--player", "idle")
    assert done.returncode == FINE and done.stdout.startswith(f"{COUNTER}: 0 U")


def test_a_rehearsal_is_played_and_its_session_graded(elsewhere, tmp_path):
    words = (
        "--unit",
        "26740",
        "--seed",
        "1",
        "--player",
        "careless",
        "--jobs",
        "1",
        "--out",
        str(tmp_path / "out"),
        "--json",
    )
    result = told(kit(elsewhere, "rehearse", COUNTER, *words))
    (rehearsal,) = result["rehearsals"]
    assert result["failed"] == {} and rehearsal["player"] == "careless" and Path(rehearsal["notebook"]).is_file()
    graded = told(here(elsewhere, "grade", "--out", str(tmp_path / "grades"), "--json"))
    assert [(one["score"], one["rating"]) for one in graded["graded"]] == [(rehearsal["score"], rehearsal["rating"])]
    assert (
        graded["invalid"] == {}
        and json.loads((tmp_path / "grades" / "grades.json").read_text(encoding="utf-8")) == graded
    )


def test_a_broken_log_is_named_and_stops_no_other(elsewhere, monkeypatch):
    session = Session.named("079123456789")
    monkeypatch.setenv("KIT_HOME", str(elsewhere))
    victim, fine = (play_robot(COUNTER, world(), 1, "idle", session).attempt for _ in range(2))
    with session.store().engine.begin() as database:
        database.exec_driver_sql(f"UPDATE events SET body = 'x' WHERE attempt = '{victim}' AND seq = 3")
    graded = told(here(elsewhere, "grade", "--session", session.name, "--json"), PROBLEMS)
    assert [one["attempt"] for one in graded["graded"]] == [fine]
    assert list(graded["invalid"]) == [victim] and victim in graded["invalid"][victim]["vi"]


def test_a_world_is_drawn_the_same_again_and_written_whole(elsewhere, tmp_path):
    words = ("world", "--unit", "26740", "--seed", "3", "--people", "150", "--json")
    first = told(here(elsewhere, *words))
    again = told(here(elsewhere, *words, "--out", str(tmp_path / "new")))
    assert first == again and first["tables"]["citizens"] >= 150
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "citizens.csv",
        "households.csv",
        "officials.csv",
    ]
    assert ",099" in (tmp_path / "new" / "citizens.csv").read_text(encoding="utf-8")


def test_a_folder_with_something_in_it_is_left_alone(elsewhere, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = here(elsewhere, "world", "--people", "50", "--out", str(tmp_path))
    assert done.returncode == WRONG_USE and [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert str(tmp_path) in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("play", "05-nosuch"), COUNTER), (("play", "one-stop-counter"), COUNTER), (("check", "nosuch"), COUNTER),
        (("rehearse", COUNTER, "nosuch"), COUNTER), (("play", "../04-one-stop-counter"), COUNTER),
        (("play", ""), COUNTER),
        (("play", "04", "--unit", "99999"), "2"), (("play", "04", "--unit", "Sai Gonn"), "26740"),
        (("world", "--unit", ""), ""), (("rehearse", "--unit", "nosuch"), ""),
        (("play", "04", "--player", "modle"), "model"), (("rehearse", "--player", "robot"), "careless"),
        (("grade", "--session", "nosuch"), "nosuch"), (("grade", "--session", "../.."), "../.."),
        (("play", "04", "--date", "2025-07-05"), "2025"), (("serve", "nosuch-folder"), "nosuch-folder"),
    ],
)  # fmt: skip
def test_an_unknown_name_gets_the_nearest_and_exit_code_2(elsewhere, words, said):
    done = here(elsewhere, *words)
    assert (done.returncode, done.stdout) == (WRONG_USE, "")
    vi, en = done.stderr.splitlines()[0], done.stderr.splitlines()[-1]
    assert vi != en and said in vi and said in en


@pytest.mark.parametrize(
    "words",
    [
        (), ("nosuch",), ("play",), ("play", "04", "--seed", "-1"), ("play", "04", "--seed", "1.5"), ("play",
        "04", "--seed", "x"),
        ("play", "04", "--seed", "99999999999999"), ("play", "04", "--seed", "9" * 5_000), ("play", "04",
        "--seed", "٣"),
        ("play", "04", "--date", "2025-02-30"), ("play", "04", "--date", "mai"), ("world", "--people", "0"),
        ("world", "--people", "1000000"), ("rehearse", "--jobs", "0"), ("serve", "--port", "0"), ("serve",
        "--port", "70000"),
        ("play", "04", "--nosuch"), ("rehearse", "--out", ""), ("grade", "--out", " "),
    ],
    ids=lambda words: "-".join(words)[:40],
)  # fmt: skip
def test_wrong_use_is_exit_code_2_and_explained(elsewhere, words):
    done = here(elsewhere, *words)
    assert (done.returncode, done.stdout) == (WRONG_USE, "") and done.stderr.startswith("usage: kit")


@pytest.mark.parametrize(
    ("day", "code"), [("0001-01-01", WRONG_USE), ("2010-01-04", PROBLEMS), ("9999-12-31", WRONG_USE)]
)
def test_a_day_without_a_calendar_is_explained(elsewhere, day, code):
    assert here(elsewhere, "play", "04", "--date", day).returncode == code


def test_a_mistake_is_json_where_json_was_asked_for(elsewhere):
    done = kit(elsewhere, "play", "nosuch", "--json")
    error = told(done, WRONG_USE)["error"]
    assert COUNTER in error["vi"] and error["vi"] != error["en"] and error["en"] in done.stderr


def test_a_wrong_home_is_explained(tmp_path):
    done = here(tmp_path, "exercises")
    assert done.returncode == WRONG_USE and "KIT_HOME" in done.stderr


def test_an_exercise_that_is_whole_has_no_problem(elsewhere):
    assert told(here(elsewhere, "check", "04", "--json")) == {"04": []}


def test_a_broken_exercise_shows_all_its_problems_and_exit_code_1(tmp_path):
    home = home_in(tmp_path)
    for other in sorted((home / "exercises").glob("*"))[:-1]:
        if other.name != COUNTER:
            shutil.rmtree(other)
    scenario, guide = (home / "exercises" / COUNTER / name for name in ("scenario.yaml", "guide.yaml"))
    scenario.write_text(
        scenario.read_text(encoding="utf-8").replace("truth: abandoned", "truth: abandonned"), encoding="utf-8"
    )
    guide.write_text(guide.read_text(encoding="utf-8").replace("- action: examine", "- action: exam"), encoding="utf-8")
    problems = told(kit(home, "check", "--json"), PROBLEMS)[COUNTER]
    said = "\n".join(one["en"] for one in problems)
    assert "scenario.yaml:" in said and "abandonned" in said and "guide.yaml:" in said and "exam" in said
    for words in (("check",), ("play", "04"), ("rehearse",), ("exercises",)):
        done = here(home, *words)
        assert done.returncode == PROBLEMS and "abandonned" in done.stdout + done.stderr
    assert not (home / "sessions").exists(), "nothing half-written"


def test_a_folder_without_a_scenario_is_named(tmp_path):
    exercises = home_in(tmp_path) / "exercises"
    for other in exercises.glob("*"):
        shutil.rmtree(other)
    (exercises / BROKEN).mkdir()
    (exercises / ".ipynb_checkpoints").mkdir()
    found = told(here(tmp_path, "check", "--json"), PROBLEMS)
    assert [*found] == [BROKEN] and f"{BROKEN}/scenario.yaml: file missing" in found[BROKEN][0]["en"]


def test_a_number_that_two_folders_have_names_both(tmp_path):
    exercises = home_in(tmp_path) / "exercises"
    (exercises / "04-mine").mkdir()
    for words in (("check", "04"), ("play", "04")):
        done = here(tmp_path, *words)
        assert done.returncode == WRONG_USE and f"04-mine, {COUNTER}" in done.stderr
    assert here(tmp_path, "check", COUNTER).returncode == FINE


def test_an_error_that_no_check_foresaw_leaves_the_other_exercises_checked(elsewhere, monkeypatch):
    def breaks(name: str) -> Exercise:
        return load_exercise(name) if name == COUNTER else {}[name]

    monkeypatch.setattr("kit.exercise.folders", lambda: [BROKEN, COUNTER])
    monkeypatch.setattr("kit.exercise.load_exercise", breaks)
    found = told(here(elsewhere, "check", "--json"), PROBLEMS)
    assert found[COUNTER] == [] and len(found[BROKEN]) == 1
    assert f"{BROKEN}: " in found[BROKEN][0]["vi"] and "KeyError: " in found[BROKEN][0]["en"]


def test_a_folder_that_cannot_be_written_is_explained(elsewhere, tmp_path):
    (tmp_path / "file").write_text("x")
    for words in (
        ("world", "--people", "20", "--out", str(tmp_path / "file" / "x")),
        ("rehearse", "--out", str(tmp_path / "file" / "x")),
    ):
        assert here(elsewhere, *words).returncode == WRONG_USE


def test_help_and_version_are_quick(elsewhere):
    done = here(elsewhere, "--version")
    assert done.returncode == FINE and done.stdout.startswith("kit ")
    program = (
        "import sys, kit.cli; sys.exit(' '.join({'pandas', 'faker', 'papermill', 'ipywidgets'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stderr.strip() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk here that is always full")
def test_a_full_disk_is_told_in_both_languages(monkeypatch, capsys):
    monkeypatch.setattr("kit.cli.doctor.doctor", lambda _: Path("/dev/full").write_text("x"))
    assert main(["doctor", "--json"]) == PROBLEMS
    told = capsys.readouterr()
    vi, en = told.err.strip().splitlines()
    assert json.loads(told.out) == {"error": {"vi": vi, "en": en}}
    assert vi == "Không đọc hoặc ghi được: đĩa đã đầy." and en == "Cannot read or write: No space left on device."
