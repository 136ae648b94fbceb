"""Written runs test an exercise: a wrong score or finding is reported, a broken file names its line."""

import shutil
from pathlib import Path

import pytest

from grading.runs import play_run, problems_of, read_run
from kit import home
from kit.errors import BrokenFile, KitError
from kit.exercise import Exercise, read_exercise
from tests.rehearsed import COUNTER

DIRECTION = "09-peoples-committee-direction"
GOOD = """title: {vi: "Để quên", en: "Forgotten"}
instead:
  s01: []
score: 96.41
findings:
  s01.receive-unit: missing
  s01.forward: missing
  s01.online-answer: missing
"""


def again(folder: Path) -> Exercise:
    """The exercise of a folder that was changed since it was read."""
    return read_exercise.__wrapped__(folder)


@pytest.fixture
def alone(tmp_path: Path) -> Exercise:
    """A copy of the counter exercise without its runs."""
    folder = shutil.copytree(home.exercises() / COUNTER, tmp_path / COUNTER)
    for run in (folder / "runs").glob("*.yaml"):
        run.unlink()
    return read_exercise(folder)


def write(exercise: Exercise, text: str, name: str = "mine.yaml") -> Path:
    path = exercise.folder / "runs" / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_true_run_has_no_problem(alone):
    assert play_run(alone, write(alone, GOOD)).problems() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("score: 96.41", "score: 96.2", ["score: written 96.2, got 96.41"]),
        ("  s01.forward: missing\n", "", ["s01.forward: written done, got missing"]),
        ("s01.forward: missing", "s01.forward: wrong", ["s01.forward: written wrong, got missing"]),
        ("s01.forward: missing", "s01.forward: missing\n  s99.x: late", ["s99.x: written late, got done"]),
        ("s01: []", "s04: []", ["score", "s01.forward", "s04.receive-unit"]),
    ],
)
def test_a_run_that_shows_something_else_is_a_problem(alone, old, new, said):
    problems = play_run(alone, write(alone, GOOD.replace(old, new))).problems()
    text = "\n".join(en for _, en in problems)
    assert all(one in text for one in said), text
    assert all(f"{COUNTER}/runs/mine.yaml" in vi and "ghi" in vi for vi, _ in problems)


def test_a_run_that_scores_100_and_one_that_scores_0_are_needed(alone):
    write(alone, GOOD)
    said = "\n".join(en for _, en in problems_of(alone))
    assert "no run that scores 100" in said and "no run that scores 0" in said


def test_one_broken_run_hides_no_other(alone):
    write(alone, GOOD.replace("96.41", "95"), "a.yaml")
    write(alone, "score: [", "b.yaml")
    write(alone, GOOD.replace("s01: []", "s99: []"), "c.yaml")
    said = "\n".join(en for _, en in problems_of(alone))
    assert "a.yaml: score" in said and "b.yaml:" in said and "s99" in said


@pytest.mark.parametrize("day", ["2026-02-16", "2025-07-05"])
def test_a_run_on_a_day_off_is_named_and_hides_no_other(alone, day):
    write(alone, GOOD + f"date: {day}\n", "a.yaml")
    write(alone, GOOD.replace("96.41", "95"), "b.yaml")
    (vi, en), *others = problems_of(alone)
    assert vi.startswith(f"{COUNTER}/runs/a.yaml: Ngày ") and "a.yaml" in en and "is not a working day" in en
    assert "b.yaml: score" in others[0][1]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("score: 96.41", "score: lots", 4), ("score: 96.41", "score: 101", 4), ("score: 96.41",
        "score: 96.41\nextra: 1", 5),
        ("  s01.forward: missing", "  s01.forward: lost", 7), ("instead:", "player: robot\ninstead:", 2),
        ("s01: []", "s01: [{action: Sign!}]", 3), ("s01: []", "s01: {a: b}", 3), ("score: 96.41", "score: &a 1", 4),
        ("score: 96.41", "score: 96.41\nscore: 1", 5), ("score: 96.41", "score: 96.41\nseed: -1", 5),
        ("score: 96.41", "score: 96.41\ndate: 2025-02-30", 5),
    ],
)  # fmt: skip
def test_a_broken_run_names_its_line(alone, old, new, line):
    path = write(alone, GOOD.replace(old, new))
    with pytest.raises(BrokenFile, match=rf"mine\.yaml:{line}: ") as broken:
        read_run(path)
    assert "mine.yaml" in broken.value.vi


@pytest.mark.parametrize(
    "text",
    ["", "[]", "x", GOOD.replace("s01: []", "s99: []"), GOOD + "date: 2025-13-01\n", GOOD + "date: tomorrow\n",
     GOOD + "date: 2025-07-05\n", GOOD + "date: 1900-01-01\n", GOOD.replace("s01: []", "s01: [{action: nosuch}]"),
     GOOD.replace("s01: []", "s01: [{action: receive, given: {due_date: $nosuch}}]"),
     GOOD.replace("s01: []", "s01: [{action: receive, given: {nosuch: 1}}]")],
)  # fmt: skip
def test_whatever_is_wrong_in_a_run_is_told_and_never_a_traceback(alone, text):
    try:
        problems = play_run(alone, write(alone, text)).problems()
    except KitError as error:
        problems = [(error.vi, error.en)]
    assert problems and all(vi and en for vi, en in problems)


def test_an_error_that_no_check_foresaw_is_one_problem_that_says_where(alone):
    guide = alone.folder / "guide.yaml"
    text = guide.read_text(encoding="utf-8")
    guide.write_text(text.replace("first: true", "first: true\n    by: $people_ids", 1), encoding="utf-8")
    exercise = again(alone.folder)
    for name in ("a.yaml", "b.yaml"):
        write(exercise, GOOD.replace("s01: []", "s01: []\n  s02: []"), name)
    ((vi, en),) = problems_of(exercise)
    assert f"{COUNTER}/runs/a.yaml: " in en and ".receive-due: " in en and "TypeError: " in en
    assert "không lường trước: TypeError: " in vi


def test_what_cannot_be_drawn_names_its_inject(tmp_path):
    folder = shutil.copytree(home.exercises() / DIRECTION, tmp_path / DIRECTION)
    cases = folder / "cases.yaml"
    text = cases.read_text(encoding="utf-8")
    cases.write_text(text.replace("      - 120\n      - 4800", "      - 4800\n      - 120", 1), encoding="utf-8")
    ((_, en),) = problems_of(read_exercise(folder))
    assert f"{DIRECTION}/runs/" in en and "(province_build): " in en and "ValueError: " in en


def test_a_blank_that_nobody_fills_is_named_once(alone):
    scenario = alone.folder / "scenario.yaml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace('      vi: "', '      vi: "{persn} ', 1), encoding="utf-8")
    for name in ("a.yaml", "b.yaml"):
        write(alone, GOOD, name)
    said = [en for _, en in problems_of(again(alone.folder)) if "persn" in en]
    assert len(said) == 1 and f"{COUNTER}: s" in said[0] and "says: {persn}: nothing of this name is drawn" in said[0]


def test_an_entry_that_an_action_does_not_have_is_named(alone):
    given = "s01: [{action: receive, given: {nosuch: 1}}]"
    write(alone, GOOD.replace("s01: []", given), "a.yaml")
    assert "a.yaml: instead: there is no 'receive: nosuch'" in problems_of(alone)[0][1]


def test_a_source_that_nobody_explains_is_named_with_its_line(alone):
    guide = alone.folder / "guide.yaml"
    text = guide.read_text(encoding="utf-8")
    line = text[: text.index("source: ND118")].count("\n") + 1
    guide.write_text(text.replace("source: ND118", "source: ND1188", 1), encoding="utf-8")
    said = problems_of(again(alone.folder))[0][1]
    assert f"guide.yaml:{line}: expectations." in said and "found 'ND1188', allowed: ND118" in said


def test_a_citation_without_english_is_named_with_its_line_and_an_author_may_give_it(alone):
    guide = alone.folder / "guide.yaml"
    text = guide.read_text(encoding="utf-8")
    first = text[text.index("{ref: ") :].partition(", source")[0]
    line = text[: text.index(first)].count("\n") + 1
    guide.write_text(text.replace(first, '{ref: "Nghị định 1/1946"', 1), encoding="utf-8")
    ((vi, en),) = [one for one in problems_of(again(alone.folder)) if "1946" in one[0]]
    assert f"guide.yaml:{line}: expectations.0.basis.0.ref: Nghị định 1/1946: has no English; add ref_en" in en
    assert "chưa có tiếng Anh" in vi and "datasets/citations.csv" in vi
    guide.write_text(text.replace(first, '{ref: "Nghị định 1/1946", ref_en: "Decree 1/1946"', 1), encoding="utf-8")
    assert not [en for _, en in problems_of(again(alone.folder)) if "1946" in en]


def test_nothing_is_trusted_more_than_its_source_for_then_it_would_stand_without_its_mark(alone):
    guide = alone.folder / "guide.yaml"
    text = guide.read_text(encoding="utf-8")
    before = "source: PG-118A, confidence: "
    guide.write_text(text.replace(before + "page", before + "primary", 1), encoding="utf-8")
    said = "\n".join(en for _, en in problems_of(alone))
    assert f"guide.yaml:{text[: text.index(before)].count(chr(10)) + 1}: expectations." in said
    assert "confidence: found 'primary', allowed: page" in said
