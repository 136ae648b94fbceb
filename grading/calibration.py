"""Calibration: robots of many abilities play an exercise; are its variants equally hard, do its expectations tell?

Facility (mean share earned) and discrimination (correlation with the rest of the score) as in classical test theory.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import StatisticsError, correlation, fmean, pstdev, quantiles
from typing import Any

from grading.evaluate import Evaluation, evaluate
from grading.players import PLAYERS, play
from grading.rules import Rules
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.compiling import compile_exercise
from kit.exercise import Exercise
from kit.world import World

Json = dict[str, Any]
EQUAL = ("model", "careless", "slow", "idle")  # deterministic: their score may not hang on the variant
FAIR = 5.0  # points that a variant's mean may lie from the mean of all
REPEATS = 4  # average trainees of different ability on each variant
EASY, HARD, FLAT = 0.97, 0.03, 0.1  # facility above and below, discrimination under which an expectation tells nothing


@dataclass
class Tally:
    """What was measured so far: scores by player and seed, and for average trainees what each expectation earned."""

    scores: dict[str, dict[int, list[float]]] = field(default_factory=dict)
    earned: dict[str, list[tuple[float, float]]] = field(
        default_factory=dict
    )  # (share of its weight, points without it)

    def add(self, robot: str, seed: int, made: Evaluation) -> None:
        """Count one attempt."""
        self.scores.setdefault(robot, {}).setdefault(seed, []).append(made.score)
        if robot == "average":
            each = _by_expectation(made)
            total = sum(points for points, _ in each.values())
            for name, (points, weight) in each.items():
                self.earned.setdefault(name, []).append((points / weight, total - points))


def calibrate(
    exercise: Exercise, world: World, runs: int, progress: Callable[[Iterable[int]], Iterable[int]] = iter
) -> Json:
    """The calibration of an exercise from at least `runs` attempts of average trainees, on as many variants as fit."""
    tally = Tally()
    for seed in progress(range(1, max(2, -(-runs // REPEATS)) + 1)):
        script, key = compile_exercise(exercise, world, seed, f"seat-{seed:04d}")
        store, rules = MemoryStore(), Rules(key)
        number = store.add_script(script)
        for robot in (*(one for one in PLAYERS if one != "average"), *("average",) * REPEATS):
            name = f"{robot}-{len(tally.scores.get(robot, {}).get(seed, ()))}"
            attempt, _ = Attempt.start(store, number, name)
            play(attempt, key, PLAYERS[robot])
            tally.add(robot, seed, evaluate(key, attempt.events, rules))
    return summary(exercise.id, tally)


def summary(exercise: str, tally: Tally) -> Json:
    """Distributions by player, variants that are unfair, and each expectation with what it tells."""
    items = [_item(name, shares) for name, shares in sorted(tally.earned.items())]
    return {
        "exercise": exercise, "variants": len(tally.scores["model"]),
        "players": {robot: _spread([one for each in seeds.values() for one in each])
                    for robot, seeds in tally.scores.items()},
        "unfair": [odd for robot, seeds in tally.scores.items() if robot in EQUAL for odd in _unfair(robot, seeds)],
        "expectations": items, "tell_nothing": [item["expectation"] for item in items if item["flag"]],
    }  # fmt: skip


def _by_expectation(made: Evaluation) -> dict[str, tuple[float, float]]:
    """By expectation of the guide, over all its injects: points earned and weight; what is forbidden is left out."""
    found: dict[str, tuple[float, float]] = {}
    for finding in made.findings:
        if not finding.target.forbidden and finding.target.any:
            name = finding.target.id.rpartition(".")[2]
            points, weight = found.get(name, (0.0, 0.0))
            found[name] = (points + finding.points, weight + finding.target.weight)
    return found


def _spread(scores: Sequence[float]) -> Json:
    quarters = quantiles(scores, n=4) if len(scores) > 1 else [scores[0]] * 3
    named = dict(zip(("lower_quartile", "median", "upper_quartile"), quarters, strict=True))
    return {name: round(value, 2) for name, value in {
        "mean": fmean(scores), "deviation": pstdev(scores), "lowest": min(scores), **named, "highest": max(scores),
    }.items()} | {"attempts": len(scores)}  # fmt: skip


def _unfair(robot: str, seeds: dict[int, list[float]]) -> list[Json]:
    """The variants on which a robot's mean lies more than FAIR points from its mean on all."""
    overall = fmean(fmean(scores) for scores in seeds.values())
    return [{"player": robot, "seed": seed, "mean": round(fmean(scores), 2), "overall": round(overall, 2)}
            for seed, scores in seeds.items() if abs(fmean(scores) - overall) > FAIR]  # fmt: skip


def _item(name: str, shares: Sequence[tuple[float, float]]) -> Json:
    facility = fmean(share for share, _ in shares)
    try:
        tells = correlation([share for share, _ in shares], [rest for _, rest in shares])
    except StatisticsError:  # everybody earned the same
        tells = 0.0
    flag = "easy" if facility > EASY else "hard" if facility < HARD else "flat" if tells < FLAT else ""
    return {"expectation": name, "facility": round(facility, 3), "discrimination": round(tells, 3), "flag": flag}
