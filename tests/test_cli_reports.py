"""kit report on a real session: files of a group and of an attempt, the plan taken up again, names that are unknown."""

import json
from pathlib import Path

import pytest

from kit.session import Session
from tests.group_course import held, people
from tests.rehearsed import COUNTER, home_in
from tests.test_cli import PROBLEMS, WRONG_USE, here, told

UNITS = ("26740", "26743")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder with a session in which two units of five played one exercise."""
    folder = home_in(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(folder))
        held(Session.named("course"), people(UNITS, 5, ("2", "2")), (COUNTER,), seeds=2)
    return folder


def report(place: Path, *words: str) -> list[str]:
    return ["report", "--session", "course", "--date", "2026-03-02", "--json", *words]


def test_a_groups_report_is_written_with_its_plan_and_the_next_one_takes_it_up(place, tmp_path):
    first = told(here(place, *report(place, "--group", "tổ 2", "--out", str(tmp_path / "a"))))
    assert first["place"] == ["group", "2"] and first["shown"] and first["people"] == first["attempts"] == 10
    assert {Path(file).name for file in first["files"].values()} == {
        "group-2.html", "group-2.vi.pdf", "group-2.en.pdf", "group-2.plan.json", "group-2.plan.csv"}  # fmt: skip
    assert all(Path(file).stat().st_size > 500 for file in first["files"].values())
    actions = json.loads(Path(first["files"]["plan.json"]).read_text(encoding="utf-8"))["actions"]
    assert len(actions) == first["actions"] > 0
    previous = first["files"]["plan.csv"]
    again = told(here(place, *report(place, "--group", "2", "--previous", previous, "--out", str(tmp_path / "b"))))
    assert again["previous"] == {"closed": 0, "open": len(actions), "unmeasured": 0}


def test_of_a_group_that_is_too_small_it_is_said_that_nothing_is_shown(tmp_path, monkeypatch):
    home = home_in(tmp_path)
    monkeypatch.setenv("KIT_HOME", str(home))
    held(Session.named("course"), people(UNITS[:1], 3, ("2",)), (COUNTER,), seeds=1)
    words = [word for word in report(home, "--group", "2", "--out", str(tmp_path / "a")) if word != "--json"]
    lines = here(home, *words).stdout.splitlines()
    assert len(lines) == 7 and lines[5].startswith("Chưa đủ 5 người") and lines[6].startswith("Fewer than 5 people")


def test_an_attempts_report_is_written_as_html_and_pdf(place, tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_HOME", str(place))
    attempt = Session.named("course").store().attempts()[0]["id"]
    found = told(here(place, *report(place, "--attempt", attempt, "--out", str(tmp_path))))
    assert found["attempt"] == attempt and Path(found["files"]["vi.pdf"]).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("words", "near"), [
    (("--unit", "Phường Sài Gồng"), "Phường Sài Gòn"), (("--unit", "27238"), "Phường Bến Thành"),
    (("--group", "4"), "Tổ công tác số 2"), (("--province", "Huế"), "Thành phố Hồ Chí Minh")])  # fmt: skip
def test_an_unknown_place_is_refused_with_the_nearest_names(place, tmp_path, words, near):
    out = here(place, *report(place, *words, "--out", str(tmp_path / "none")))
    assert near in told(out, WRONG_USE)["error"]["vi"] and not (tmp_path / "none").exists()


def test_an_unknown_session_or_attempt_is_refused_and_makes_no_session(place, tmp_path):
    for words in (("--unit", "26740"), ("--attempt", "0" * 32)):
        told(here(place, "report", "--session", "nope", *words, "--out", str(tmp_path), "--json"), WRONG_USE)
    assert not (place / "sessions" / "nope").exists()
    told(here(place, *report(place, "--attempt", "0" * 32, "--out", str(tmp_path))), PROBLEMS)
