"""Every exercise of the project, whichever there are: its written runs, and the same difficulty for every seed."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from grading.evaluate import Evaluation, evaluate
from grading.players import PLAYERS, play, steps
from grading.runs import play_run, read_run
from kit import home
from kit.attempt import Attempt
from kit.compiling import compile_exercise
from kit.exercise import load_exercise, names
from kit.script import Key, Script
from kit.store import EventStore
from tests.rehearsed import world

NAMES = names()
RUNS = sorted(home.exercises().glob("*/runs/*.yaml"))
SEEDS = 300
CHUNK = 50
CHUNKS = [range(start, start + CHUNK) for start in range(1, SEEDS + 1, CHUNK)]


@cache
def drawn(name: str, seed: int) -> tuple[Script, Key]:
    return compile_exercise(load_exercise(name), world(), seed, "seat-001")


@cache
def stored() -> EventStore:
    """One store in memory for all attempts of a test process: making one takes as long as playing one."""
    return EventStore("sqlite://")


def worth(name: str, seed: int, robot: str) -> Evaluation:
    """What a robot's attempt is worth."""
    script, key = drawn(name, seed)
    attempt, _ = Attempt.start(stored(), stored().add_script(script), robot)
    play(attempt, key, PLAYERS[robot])
    return evaluate(key, attempt.events)


@pytest.mark.parametrize("path", RUNS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_each_written_run_has_exactly_its_score_and_findings(path: Path):
    outcome = play_run(load_exercise(path.parent.parent.name), path)
    assert outcome.problems() == []


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_has_a_model_an_idle_run_and_at_least_six_mistakes(name):
    runs = [read_run(path) for path in RUNS if path.parent.parent.name == name]
    assert {0, 100} <= {run.score for run in runs}
    assert sum(1 for run in runs if run.instead and run.findings and run.score < 100) >= 6


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
@pytest.mark.parametrize("name", NAMES)
def test_the_model_scores_100_and_the_careless_under_50_whatever_the_seed(name, seeds):
    for seed in seeds:
        model = worth(name, seed, "model")
        assert (model.score, model.rating, model.refusals) == (100, "P", ()), (seed, unmet(model))
        assert all(finding.good for finding in model.findings), (seed, unmet(model))
        careless = worth(name, seed, "careless")
        assert careless.score < 50 and not careless.passed and careless.rating == "U", (seed, careless.score)


def unmet(made: Evaluation) -> list[tuple[str, str]]:
    return [(finding.target.id, finding.status) for finding in made.findings if not finding.good]


@pytest.mark.parametrize("name", NAMES)
def test_guessing_stays_under_50_and_idling_at_zero(name):
    for seed in range(1, SEEDS + 1, 7):
        assert worth(name, seed, "guessing").score < 50, seed
        idle = worth(name, seed, "idle")
        assert (idle.score, idle.rating) == (0, "U"), seed


def answers(key: Key) -> str:
    """What a neighbour could copy: in the order of the day, which record wants which actions with which entries."""
    return json.dumps([(key.records[inject], steps(key, inject)) for inject in key.records], ensure_ascii=False)


@pytest.mark.parametrize("name", NAMES)
def test_no_two_seeds_share_the_answer_list(name):
    lists = Counter(answers(drawn(name, seed)[1]) for seed in range(1, SEEDS + 1))
    assert len(lists) == SEEDS


@pytest.mark.parametrize("name", NAMES)
def test_every_seed_is_as_difficult_as_every_other(name):
    _, first = drawn(name, 1)
    for seed in range(1, SEEDS + 1):
        _, key = drawn(name, seed)
        assert Counter(key.truths.values()) == Counter(first.truths.values()), seed
        assert difficulty(key) == difficulty(first), seed


def difficulty(key: Key) -> tuple[float, float, int, int]:
    """Points to earn, points to lose, targets, critical ones."""
    earned = sum(target.weight for target in key.targets if not target.forbidden)
    lost = sum(target.weight for target in key.targets if target.forbidden)
    return earned, lost, len(key.targets), sum(target.critical for target in key.targets)
