"""Every exercise of the project, whichever there are: its written runs, and the same difficulty for every seed."""

import json
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from grading.evaluate import PENDING, UNJUDGED, Evaluation, evaluate
from grading.players import PLAYERS, play, steps
from grading.runs import play_run, read_run
from kit import home
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.compiling import compile_exercise
from kit.exercise import load_exercise, names
from kit.script import Key
from tests.depth import SEEDS
from tests.rehearsed import world

NAMES = names()
RUNS = sorted(home.exercises().glob("*/runs/*.yaml"))
CHUNK = 50
CHUNKS = [range(start, min(start + CHUNK, SEEDS + 1)) for start in range(1, SEEDS + 1, CHUNK)]


@dataclass(frozen=True)
class Tried:
    """What is kept of one seed: what robots' attempts were worth, and of the key what others are compared with."""

    worth: dict[str, Evaluation]
    answers: str
    truths: Counter[str]
    difficulty: tuple[float, float, int, int]


@cache
def tried(name: str, seed: int) -> Tried:
    """One seed compiled once and played by every robot; careless and guessing ones not at every seed."""
    script, key = compile_exercise(load_exercise(name), world(), seed, "seat-001")
    store = MemoryStore()
    number = store.add_script(script)
    robots = ["model"] + ["careless"] * (seed % 3 == 0) + ["guessing", "idle"] * (seed % 7 == 0)
    played = {robot: worth(store, number, key, robot) for robot in robots}
    return Tried(played, answers(key), truths(key), difficulty(key))


def worth(store: MemoryStore, number: str, key: Key, robot: str) -> Evaluation:
    attempt, _ = Attempt.start(store, number, robot)
    play(attempt, key, PLAYERS[robot])
    made = evaluate(key, attempt.events)
    return replace(made, findings=tuple(finding for finding in made.findings if not finding.good))


def answers(key: Key) -> str:
    """What a neighbour could copy: in the order of the day, which record wants which actions with which entries."""
    wanted = [(key.records[inject], steps(key, inject)) for inject in key.records]
    return sha256(json.dumps(wanted, ensure_ascii=False).encode()).hexdigest()


def truths(key: Key) -> Counter[str]:
    return Counter(key.truths.values())


def difficulty(key: Key) -> tuple[float, float, int, int]:
    """Points to earn, points to lose, targets, critical ones."""
    earned = sum(target.weight for target in key.targets if not target.forbidden)
    lost = sum(target.weight for target in key.targets if target.forbidden)
    return earned, lost, len(key.targets), sum(target.critical for target in key.targets)


@pytest.mark.parametrize("path", RUNS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_each_written_run_has_exactly_its_score_and_findings(path: Path):
    outcome = play_run(load_exercise(path.parent.parent.name), path)
    assert outcome.problems() == []


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_has_a_model_an_idle_run_and_at_least_six_mistakes(name):
    runs = [read_run(path) for path in RUNS if path.parent.parent.name == name]
    assert {0, 100} <= {run.score for run in runs}
    assert sum(1 for run in runs if run.instead and run.findings and run.score < 100) >= 6


@pytest.mark.timeout(400)
@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
@pytest.mark.parametrize("name", NAMES)
def test_the_model_scores_100_and_whoever_does_not_read_under_50_whatever_the_seed(name, seeds):
    for seed in seeds:
        made = dict(tried(name, seed).worth)
        model = made.pop("model")
        best = PENDING if model.unjudged else "P"  # what people judge nobody has marked here
        assert (model.score, model.rating, model.refusals) == (100, best, ()), (seed, unmet(model))
        assert all(finding.status == UNJUDGED for finding in model.findings), (seed, unmet(model))
        for robot, poor in made.items():
            assert poor.score < 50 and not poor.passed and poor.rating in ("U", PENDING), (seed, robot, poor.score)
        assert "idle" not in made or made["idle"].score == 0, seed


def unmet(made: Evaluation) -> list[tuple[str, str]]:
    return [(finding.target.id, finding.status) for finding in made.findings]


@pytest.mark.parametrize("name", NAMES)
def test_no_two_seeds_share_the_answer_list(name):
    assert len({tried(name, seed).answers for seed in range(1, SEEDS + 1)}) == SEEDS


@pytest.mark.parametrize("name", NAMES)
def test_every_seed_is_as_difficult_as_every_other(name):
    first = tried(name, 1)
    for seed in range(1, SEEDS + 1):
        one = tried(name, seed)
        assert (one.truths, one.difficulty) == (first.truths, first.difficulty), seed


@pytest.mark.parametrize("name", [name for name in NAMES if (home.exercises() / name / "guidebook.vi.md").is_file()])
@pytest.mark.parametrize(
    ("language", "mark"), [("vi", "giá trị tập huấn, đối chiếu quy định hiện hành"), ("en", "training value")]
)
def test_a_guidebook_opens_with_the_mark_of_what_is_no_law(name, language, mark):
    text = (home.exercises() / name / f"guidebook.{language}.md").read_text(encoding="utf-8")
    assert mark in text.split("\n## ")[0]
