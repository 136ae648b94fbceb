"""Graded rehearsals: a real notebook run by papermill, and parameters that can never become code."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import papermill
import psutil
import pytest

from grading.players import PLAYERS
from grading.rehearsal import (
    NOTEBOOK,
    Job,
    outcome,
    play_robot,
    run_notebooks,
)
from grading.report.parameters import PARAMETERS, check_parameters
from kit import home
from kit.errors import BrokenFile, NotFound, StaleAttempt, UnknownName, WrongUse
from kit.kernels import fork_exists
from kit.session import Plan, Session, prepare
from tests.fork_server import uses_pools
from tests.rehearsed import COUNTER, DAY, UNIT, home_in, world

pytestmark = uses_pools

GOOD = {"session": "practice", "attempt": "0123456789abcdef" * 2, "language": "vi"}


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("KIT_HOME", str(home_in(tmp_path)))
    return Session.named("practice")


@pytest.fixture
def numbered(session: Session) -> Session:
    """A session whose name looks like a number with zeros in front."""
    return Session.named("001204000123")


def outputs(notebook: Path) -> list[dict]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [output for cell in cells for output in cell.get("outputs", [])]


def test_notebooks_are_graded_one_child_each_and_a_broken_one_stops_no_other(numbered, tmp_path):
    session = numbered
    played = play_robot(COUNTER, world(), 1, "careless", session)
    fine = Job(tmp_path / "fine.ipynb", session.name, played.attempt, "en")
    unknown = Job(tmp_path / "unknown.ipynb", session.name, "f" * 32)
    refused = Job(tmp_path / "refused.ipynb", "../../elsewhere", played.attempt)
    problems = {job.output.name: problem for job, problem in run_notebooks([refused, unknown, fine], 2)}
    assert problems["fine.ipynb"] == ""
    assert "Không tìm thấy" in problems["unknown.ipynb"] and "No attempt" in problems["unknown.ipynb"]
    assert problems["refused.ipynb"].startswith("WrongUse: ")
    assert not (tmp_path / "refused.ipynb").exists()
    shown = "".join(
        "".join(one["data"]["text/html"]) for one in outputs(fine.output) if "text/html" in one.get("data", {})
    )
    assert f"{played.evaluation.score:g}" in shown and 'class="aar"' in shown and "data:image/svg+xml" in shown
    assert not [one for one in outputs(fine.output) if one["output_type"] in ("error", "stream")]
    injected = json.loads(fine.output.read_text(encoding="utf-8"))["cells"][1]["source"]
    assert 'session = "001204000123"' in "".join(injected), "an ID that papermill's own -p would make a number"


@pytest.mark.skipif(not fork_exists(), reason="this system cannot fork")
def test_the_notebook_is_the_one_that_papermills_default_engine_writes(session, tmp_path):
    played = play_robot(COUNTER, world(), 1, "model", session)
    ours, theirs = tmp_path / "ours.ipynb", tmp_path / "theirs.ipynb"
    assert [problem for _, problem in run_notebooks([Job(ours, session.name, played.attempt)], 1)] == [""]
    papermill.execute_notebook(
        str(home.notebooks() / NOTEBOOK), str(theirs), Job(theirs, session.name, played.attempt).parameters(),
        kernel_name="python3", progress_bar=False, cwd=str(tmp_path),
    )  # fmt: skip
    one, other = compared(ours), compared(theirs)
    for name in ("cells", "metadata", "nbformat"):
        assert one[name] == other[name]


@pytest.mark.skipif(not fork_exists(), reason="this system cannot fork")
def test_a_worker_that_dies_loses_no_notebook(session, tmp_path):
    attempt = play_robot(COUNTER, world(), 1, "idle", session).attempt
    jobs = [Job(tmp_path / f"{number}.ipynb", session.name, attempt) for number in range(4)]
    running = run_notebooks(jobs, 2)
    ended = [next(running)]
    workers = [one for mother in psutil.Process().children() for one in mother.children() if is_worker(one)]
    assert workers
    for worker in workers:
        worker.kill()
    ended += running
    assert {job for job, _ in ended} == set(jobs) and [problem for _, problem in ended] == [""] * 4
    assert all(job.output.is_file() for job in jobs)


def is_worker(process: psutil.Process) -> bool:
    return "forkserver" in " ".join(process.cmdline())


def compared(path: Path) -> dict:
    """A notebook without times, ids that papermill draws, and its own name."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["papermill"].pop("output_path")
    for metadata in [notebook["metadata"], *(cell["metadata"] for cell in notebook["cells"])]:
        for name in ("start_time", "end_time", "duration"):
            metadata["papermill"][name] = metadata["papermill"][name] is not None
        metadata["execution"] = sorted(metadata.get("execution", ()))
    notebook["cells"] = [{**cell, "id": len(cell["id"])} for cell in notebook["cells"]]
    return notebook


@pytest.mark.parametrize(
    "bad",
    [
        {"x = 1\nopen('pwned','w')": "1"}, {"attempt\nimport os": "x"}, {"": "x"}, {"Session": "practice"},
        {"__name__": "x"},
        {"session": "../.."}, {"session": "PRACTICE"}, {"session": "a b"}, {"session": ""}, {"session": "practice\n"},
        {"session": "x" * 65}, {"session": "đợt"}, {"session": "-x"}, {"session": ["practice"]}, {"session": None},
        {"attempt": 79123456789}, {"attempt": "079123456789"}, {"attempt": "F" * 32}, {"attempt": "0" * 33},
        {"attempt": b"0" * 32},
        {"attempt": "0" * 31 + "\n"}, {"attempt": '"; open("pwned","w") #'}, {"language": "fr"}, {"language": True},
    ],
    ids=range(24),
)  # fmt: skip
def test_a_wrong_parameter_is_refused_before_anything_runs(bad, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongUse) as wrong:
        check_parameters({**GOOD, **bad})
    assert "session, attempt, language" in wrong.value.vi and wrong.value.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_all_wrong_parameters_are_named_at_once():
    with pytest.raises(WrongUse) as wrong:
        check_parameters({"session": 1, "attempt": 2, "nosuch": 3})
    assert all(repr(name) in wrong.value.en for name in ("session", "attempt", "nosuch"))


@pytest.mark.parametrize("engine", [(), ("--engine", "kit")], ids=["kernel", "fork"])
def test_papermill_by_hand_is_told_all_that_is_wrong_in_both_languages(session, tmp_path, engine):
    words = ["-p", "unit", "26740", "-p", "session", "079123456789", "-p", "language", "fr"]
    done = by_hand(tmp_path / "out.ipynb", *engine, *words)
    assert done.returncode and "Tham số sai: 'session' = 79123456789 không phải chữ" in done.stderr
    assert "with papermill use -r session VALUE" in done.stderr and "'unit': there is no such parameter" in done.stderr
    assert "'language' = 'fr': vi or en" in done.stderr and "grading/report" not in done.stderr


def test_papermill_by_hand_keeps_a_session_of_digits_as_text(numbered, tmp_path):
    attempt = play_robot(COUNTER, world(), 1, "idle", numbered).attempt
    done = by_hand(tmp_path / "out.ipynb", "-r", "session", "001204000123", "-r", "attempt", attempt)
    assert done.returncode == 0 and 'class="aar"' in (tmp_path / "out.ipynb").read_text(encoding="utf-8").replace(
        '\\"', '"'
    ), done.stderr


def by_hand(out: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "papermill", "--no-progress-bar", str(home.notebooks() / NOTEBOOK), str(out)]
    return subprocess.run([*program, *words], capture_output=True, text=True, encoding="utf-8", timeout=100,
                          env={**os.environ, "KIT_HOME": str(home.home())}, cwd=out.parent)  # fmt: skip


def test_good_parameters_pass_and_are_those_of_the_notebook():
    check_parameters(GOOD)
    cells = json.loads((home.notebooks() / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    (parameters,) = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    assert [line.split(":")[0] for line in "".join(parameters["source"]).splitlines()] == list(PARAMETERS)


@pytest.mark.parametrize(
    "error",
    [WrongUse("sai", "wrong"), UnknownName("sai", "wrong"), NotFound("sai", "wrong"), StaleAttempt("sai", "wrong"),
     BrokenFile([("a:1: sai", "a:1: wrong"), ("b:2: sai", "b:2: wrong")])],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_a_problem_can_travel_between_processes(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and (again.vi, again.en, str(again)) == (error.vi, error.en, str(error))


@pytest.mark.parametrize("robot", PLAYERS)
def test_a_robot_in_memory_leaves_no_trace(robot, session):
    played = play_robot("04", world(), 3, robot)
    told = outcome(played.evaluation, robot)
    assert {"exercise", "seed", "unit", "player", "score", "rating", "findings"} <= set(told)
    assert (told["exercise"], told["seed"], told["unit"], told["player"]) == (COUNTER, 3, UNIT, robot)
    assert json.loads(json.dumps(told)) and not (home.home() / "sessions").exists()


def test_preparing_a_session_makes_one_script_and_key_a_seat_and_never_two_alike(session):
    made = prepare(session, Plan(UNIT, 1, DAY, (COUNTER,), 3))
    assert len(set(made)) == 3 and {number for number, _ in session.store().scripts()} == set(made)
    for number in made:
        assert session.keys().key(number).script == number
    assert prepare(session, Plan(UNIT, 1, DAY, (COUNTER,), 3)) == made and len(session.store().scripts()) == 3


def test_keys_are_kept_apart_from_what_serves_trainees(session):
    prepare(session, Plan(UNIT, 1, DAY, (COUNTER,), 1))
    (key,) = [session.keys().key(number) for number, _ in session.store().scripts()]
    public = b"".join(path.read_bytes() for path in session.folder.glob("*") if path.is_file())
    assert key.targets[0].rule["vi"].encode() not in public
    assert key.targets[0].rule["vi"].encode() in (session.folder / "keys" / "keys.sqlite").read_bytes()


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "A", "x" * 65, "a b", "\x00", "practice\n", ".hidden"])
def test_a_session_has_a_plain_name(name):
    with pytest.raises(WrongUse):
        Session.named(name)
