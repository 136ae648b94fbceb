"""An exercise's files: all problems at once, each with file, line and place, in two languages; never a traceback."""

import re
import shutil
from pathlib import Path

import pytest

from kit import home
from kit.errors import BrokenFile, KitError, UnknownName
from kit.exercise import load_exercise, names, read_exercise
from tests.rehearsed import COUNTER

SCENARIO, GUIDE = "scenario.yaml", "guide.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the counter exercise, to be damaged."""
    return Path(shutil.copytree(home.exercises() / COUNTER, tmp_path / COUNTER))


def damage(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first occurrence; the line on which it stood."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file} any more"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old) + len(old) - len(old.lstrip())].count("\n") + 1


def problems(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(BrokenFile) as broken:
        read_exercise(folder)
    for vi, en in broken.value.problems:
        assert vi and en and "Traceback" not in en
    return broken.value.problems


def english(folder: Path) -> str:
    return "\n".join(en for _, en in problems(folder))


@pytest.mark.parametrize("name", names())
def test_every_exercise_of_the_project_is_whole(name):
    exercise = load_exercise(name)
    assert exercise.id == name and exercise.brief("vi") != exercise.brief("en")


def test_a_copy_is_whole(folder):
    assert read_exercise(folder).id == COUNTER


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (SCENARIO, "truth: abandoned", "truth: abandonned", "injects.1.truth"),
        (SCENARIO, 'procedures: ["1.004873"]', 'procedures: ["9.999999"]', "injects.1.procedures.0"),
        (SCENARIO, 'procedures: ["1.004873"]', 'procedures: ["2.000815"]', "injects.1.procedures.0"),
        (SCENARIO, 'procedures: ["1.004873"]', "procedures: []", "injects.1.procedures"),
        (SCENARIO, "systems: [onestop]", "systems: [twostop]", "systems.0"),
        (SCENARIO, "id: s02", "id: s01", "injects.1.id"),
        (SCENARIO, "minute: 12", "minute: twelve", "injects.2.minute"),
        (SCENARIO, "minute: 12", "minute: -1", "injects.2.minute"),
        (SCENARIO, "minute: 12", "minute: 12.5", "injects.2.minute"),
        (SCENARIO, "minute: 12", "minute: 012", "injects.2.minute"),
        (SCENARIO, "movable: false", "movable: no", "injects.0.movable"),
        (SCENARIO, "movable: false", "moveable: false", "injects.0.moveable"),
        (SCENARIO, 'starts_at: "07:30"', 'starts_at: "7:30"', "starts_at"),
        (SCENARIO, "pass_mark: 70", "pass_mark: 170", "pass_mark"),
        (SCENARIO, "id: 04-one-stop-counter", "id: 05-one-stop-counter", "id"),
        (SCENARIO, "minutes: 60\n", "minutes: 0\n", "returns.minutes"),
        (GUIDE, "truths: [no_account]", "truths: [no_acount]", "truths.0"),
        (GUIDE, "- action: examine", "- action: exam", "any.0.action"),
        (GUIDE, "{outcome: eligible}", "{outcom: eligible}", "any.0.where.outcom"),
        (GUIDE, "- action: close", "- action: close\n        where: {reason: {holds: x}}", "any.0"),
        (GUIDE, "- id: draft", "- id: examine", "id"),
        (GUIDE, "weight: 1\n", "weight: 0\n", "expectations.0.weight"),
        (GUIDE, "weight: 1\n", "weight: heavy\n", "expectations.0.weight"),
        (GUIDE, "critical: true", "critical: 1", "critical"),
        (GUIDE, "confidence: primary", "confidence: certain", "basis.0.confidence"),
        (GUIDE, "times: 2", "times: 0", "times"),
        (GUIDE, "first: true", "first: true\n    after: nosuch", "after"),
        (GUIDE, "first: true", "first: true\n    after: [x]", "after"),
        (GUIDE, "first: true", "first: true\n    after: receive-due", "after"),
        (GUIDE, "first: true", "first: true\n    after: forward", "after"),
        (GUIDE, "first: true", "first: true\n    within: 999999999999", "within"),
        (GUIDE, "first: true", "first: true\n    by: soon", "by"),
        (GUIDE, "follow_up: back", "follow_up: again", "follow_up"),
    ],
)  # fmt: skip
def test_one_wrong_entry_is_named_with_its_line_and_place(folder, file, old, new, place):
    line = damage(folder, file, old, new)
    found = problems(folder)
    line += new.count("\n") if place in ("after", "by", "within") else 0
    said = [en for _, en in found if re.search(rf"{re.escape(file)}:{line}: \S*{re.escape(place)}", en)]
    assert said, f"line {line}, {place}; found: {[en for _, en in found]}"
    assert f"{file}:{line}" in "\n".join(vi for vi, _ in found)


def test_all_problems_of_both_files_are_named_at_once(folder):
    (folder / "brief.en.md").unlink()
    damage(folder, SCENARIO, "truth: abandoned", "truth: abandonned")
    damage(folder, SCENARIO, "systems: [onestop]", "systems: [onestop, twostop]")
    damage(folder, SCENARIO, "minute: 12", "minute: twelve")
    damage(folder, SCENARIO, 'starts_at: "07:30"', 'starts_at: "25:30"')
    damage(folder, GUIDE, "- action: examine", "- action: exam")
    damage(folder, GUIDE, "{outcome: eligible}", "{outcom: eligible}")
    damage(folder, GUIDE, "confidence: primary", "confidence: certain")
    said = english(folder)
    for word in ("brief.en.md", "abandonned", "twostop", "twelve", "25:30", "exam", "certain"):
        assert word in said, word
    vi = [vi for vi, _ in problems(folder)]
    assert len(vi) == len(set(vi)), "each problem once"


def test_two_files_that_are_no_yaml_are_both_named(folder):
    (folder / SCENARIO).write_text("a: [", encoding="utf-8")
    (folder / GUIDE).write_text("a: 1\nb: &x 2", encoding="utf-8")
    said = english(folder)
    assert f"{SCENARIO}:" in said and f"{GUIDE}:2: " in said


def test_what_is_allowed_is_said(folder):
    damage(folder, SCENARIO, "truth: abandoned", "truth: abandonned")
    damage(folder, GUIDE, "- action: examine", "- action: exam")
    said = english(folder)
    assert "wrong_receiver" in said and "give_back" in said and "allowed" in said


@pytest.mark.parametrize("file", [SCENARIO, GUIDE, "brief.vi.md", "brief.en.md"])
def test_a_missing_file_is_named(folder, file):
    (folder / file).unlink()
    assert f"{file}: file missing" in english(folder)


def test_an_empty_folder_names_everything_that_is_missing(tmp_path):
    assert len(problems(tmp_path)) == 4


@pytest.mark.parametrize("file", [SCENARIO, GUIDE])
@pytest.mark.parametrize(
    "text",
    ["", "~", "[]", "hello", "42", "injects: [", "a: &x 1\nb: *x", "a: !!python/object:os.system x", "\x00", "- a\n- b",
     "expectations: 5\ninjects: 5", "expectations: [5, ~, []]\ninjects: [5, ~, []]",
     "injects:\n  - truth: [x]\n    id: {a: 1}",
     "expectations:\n  - any: 5\n    truths: 7\n    where: x", "expectations:\n  - any: [{action: [x], where: [y]}]",
     "systems: 5\nid: [x]\ninjects: {a: 1}", "systems: [[x]]\nid: {a: 1}", "[" * 3_000, "a: " + "x" * 300_000],
)  # fmt: skip
def test_no_content_whatever_shows_a_traceback(folder, file, text):
    (folder / file).write_text(text, encoding="utf-8")
    assert all(isinstance(vi, str) and isinstance(en, str) and len(en) < 2_000 for vi, en in problems(folder))


def test_bytes_that_are_no_text_are_a_problem_too(folder):
    (folder / SCENARIO).write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in english(folder)


def test_a_text_that_is_no_utf_8_is_named_with_its_line(folder):
    (folder / "brief.en.md").write_bytes("# Brief\n\nNgười".encode("utf-16"))
    (folder / "brief.vi.md").write_bytes(b"# Brief\n\xff")
    said = english(folder)
    assert "brief.en.md:1: the file must be UTF-8" in said and "brief.vi.md:2: " in said


def test_expectations_that_wait_for_each_other_are_named(folder):
    damage(folder, GUIDE, "first: true", "first: true\n    after: receive-unit")
    line = damage(folder, GUIDE, "  - id: receive-unit\n", "  - id: receive-unit\n    after: receive-due\n")
    assert f"guide.yaml:{line + 1}: expectations.1.after: found 'receive-due', allowed: " in english(folder)


def test_an_exercise_is_found_by_its_number():
    assert load_exercise("04").id == COUNTER


@pytest.mark.parametrize(
    "name", ["", "4", "04-one-stop", "../04-one-stop-counter", "04-one-stop-counter/", "x" * 3_000, "\x00"]
)
def test_an_unknown_name_gets_the_nearest_ones(name):
    with pytest.raises(UnknownName, match=COUNTER) as unknown:
        load_exercise(name)
    assert COUNTER in unknown.value.vi and len(unknown.value.vi) < 600 and isinstance(unknown.value, KitError)
