"""Evaluation: a pure function of Key and log. It reads facts, runs no rule of a system, and changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from grading.finding import (
    DONE,
    LATE,
    MISSING,
    NOT_REACHED,
    PARTLY,
    STATUSES,
    UNJUDGED,
    WRONG,
    Finding,
    Slip,
    unjudged_of,
)
from grading.judging import with_marks
from grading.machine import findings_of, gone_through
from grading.ordered import key_as_ordered
from grading.rating import PENDING, Rated, Score, objectives, rate, rating
from grading.rules import Rules
from kit.event import FINISHED, MARKED, ORDERED, REFUSED, Event
from kit.marks import DIFFERING, marks_of
from kit.script import Key

__all__ = [
    "DONE", "GRADED", "INVALID", "LATE", "MISSING", "NEEDS_REVIEW", "NOT_REACHED", "PARTLY", "PENDING", "STATUSES",
    "UNJUDGED", "WRONG", "Evaluation", "Finding", "Rated", "Score", "Slip", "evaluate", "rating", "refusals",
]  # fmt: skip

GRADED, NEEDS_REVIEW, INVALID = "graded", "needs_review", "invalid"


@dataclass(frozen=True)
class Evaluation:
    """The findings of one attempt, its score (0 to 100) and its rating: P, S, M or U.

    While something is unjudged the score is that of what is judged and the rating is "?"; `whole.score` holds the
    lowest and highest possible score. `reasons`: why somebody has to look at it (`state`); `passed` is None until
    there are none.
    """

    exercise: str
    seed: int
    unit: str
    score: float
    rating: str
    passed: bool | None
    findings: tuple[Finding, ...]
    refusals: tuple[tuple[str, str, int], ...]
    whole: Rated
    objectives: tuple[Rated, ...] = field(default_factory=tuple)
    reasons: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """Graded, or needs review for `reasons`; an attempt that cannot be evaluated at all has no Evaluation."""
        return NEEDS_REVIEW if self.reasons else GRADED

    @property
    def unjudged(self) -> list[Finding]:
        """What people still have to judge, or to decide."""
        return unjudged_of(self.findings)


def evaluate(key: Key, events: Sequence[Event], rules: Rules | None = None) -> Evaluation:
    """The evaluation of a log under a key; the same log and key always give the same evaluation.

    `rules`: `Rules(key)`, given by whoever has many logs to judge under one key.
    """
    rules = rules or Rules(key)
    log = gone_through(rules, events)
    ordered = key_as_ordered(key, log.rest.get(ORDERED, ()), log.brought)
    rules = rules if ordered is key else Rules(ordered)
    found = findings_of(rules, log)
    findings = with_marks(found, marks_of(events) if MARKED in log.rest else {})
    whole = rate("", findings, rules.weight)
    reasons = tuple(_reasons(findings, FINISHED in log.rest))
    passed = None if reasons else whole.score.points >= key.pass_mark
    return Evaluation(
        key.exercise, key.seed, key.unit, whole.score.points, whole.rating, passed, tuple(findings),
        refusals(log.rest.get(REFUSED, ())), whole, objectives(tuple(key.objectives), findings), reasons,
    )  # fmt: skip


def _reasons(findings: Sequence[Finding], ended: bool) -> list[str]:
    """Why the result is not final: the attempt goes on, marks are missing, evaluators differ."""
    open_ones = unjudged_of(findings)
    differing = any(one.verdict and one.verdict.state == DIFFERING for one in open_ones)
    told = {"unfinished": not ended, "unjudged": bool(open_ones), "differing": differing}
    return [reason for reason, holds in told.items() if holds]


def refusals(events: Sequence[Event]) -> tuple[tuple[str, str, int], ...]:
    """(action, reason, how often) of what the systems refused: where people get stuck, most frequent first."""
    counts: dict[tuple[str, str], int] = {}
    for event in events:
        if event.kind == REFUSED:
            counts[event.action, event.reason] = counts.get((event.action, event.reason), 0) + 1
    return tuple((*what, times) for what, times in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
