"""Scores and ratings: of a whole attempt and of each objective, with the rule that gave the rating. Pure.

P, S, M and U are the ratings of the Homeland Security Exercise and Evaluation Program (HSEEP 2020); the limits in
points are ours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grading.finding import FAILED, POINTS, STATUS, Finding, unjudged_of
from kit.script import Target

PERFORMED, SOME_CHALLENGES, MAJOR_CHALLENGES, UNABLE, PENDING = "P", "S", "M", "U", "?"
LIMITS = {PERFORMED: 90, SOME_CHALLENGES: 70, MAJOR_CHALLENGES: 50}
MOST_FAILED = 2  # critical failures with which the rating may still be M


@dataclass(frozen=True)
class Score:
    """Points out of 100 over what is judged; `lowest` and `highest`: what the whole may still come to.

    `weight` is of all that should be done, `open` of that part of it which nobody has judged yet.
    """

    points: float
    lowest: float
    highest: float
    weight: float
    open: float


@dataclass(frozen=True)
class Rated:
    """The score, rating and number of critical failures of a group of findings; `rule` names what decided."""

    id: str
    score: Score
    rating: str
    rule: str
    failed: int


def score(findings: Sequence[Finding], whole: float | None = None) -> Score:
    """The score of findings: points earned of the weights of what should be done (`whole`, if known), never below 0."""
    weight = weight_of(one.target for one in findings) if whole is None else whole
    open_weight = sum([one.target.weight for one in unjudged_of(findings)])
    earned = sum(map(POINTS, findings))
    return Score(
        _of_hundred(earned, weight - open_weight), _of_hundred(earned, weight),
        _of_hundred(earned + open_weight, weight), weight, open_weight,
    )  # fmt: skip


def weight_of(targets: Iterable[Target]) -> float:
    """The weight of all that should be done."""
    return sum([target.weight for target in targets if not target.forbidden])


def _of_hundred(points: float, whole: float) -> float:
    return round(min(100.0, max(0.0, 100 * points / whole)), 2) if whole > 0 else 0.0


def rating(points: float, findings: Sequence[Finding]) -> str:
    """P: 90 or more and no critical failure; S: 70 or more and none; M: 50 or more and at most two; else U."""
    return _rule(points, _failed(findings))[0]


def rate(name: str, findings: Sequence[Finding], whole: float | None = None) -> Rated:
    """A group of findings rated; "?" while something in it is unjudged. `whole`: the weight of all, if known."""
    found, failed = score(findings, whole), _failed(findings)
    decided = (PENDING, "unjudged") if unjudged_of(findings) else _rule(found.points, failed)
    return Rated(name, found, *decided, failed)


def _failed(findings: Sequence[Finding]) -> int:
    if FAILED.isdisjoint(map(STATUS, findings)):
        return 0
    return len([one for one in findings if one.failed_critically])


def _rule(points: float, failed: int) -> tuple[str, str]:
    """The rating and the name of the rule that gave it."""
    if points < LIMITS[MAJOR_CHALLENGES]:
        return UNABLE, "score"
    if failed > MOST_FAILED:
        return UNABLE, "many_critical"
    if failed and points >= LIMITS[SOME_CHALLENGES]:
        return MAJOR_CHALLENGES, "critical"
    return next(grade for grade, limit in LIMITS.items() if points >= limit), "score"


def objectives(names: Sequence[str], findings: Sequence[Finding]) -> tuple[Rated, ...]:
    """Each objective of a guide rated by the same rule as the whole; one without a single target is left out."""
    if not names:
        return ()
    groups: dict[str, list[Finding]] = {name: [] for name in names}
    for one in findings:
        if one.target.objective in groups:
            groups[one.target.objective].append(one)
    return tuple(rate(name, found) for name, found in groups.items() if found)
