"""What the attempts of a group came to: waits by step and role, work sent back, refusals, expectations. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from grading.evaluate import DONE, LATE, NOT_REACHED, PARTLY, UNJUDGED
from grading.finding import Finding
from grading.gradebook import Graded
from grading.group_report.bottlenecks import Refusal, Return, Wait, left_lying, refusals, returns, waits
from kit.script import Target

Thing = TypeVar("Thing", Return, Refusal)
CREDITED = {DONE: 1.0, LATE: 0.5, PARTLY: 0.5}


@dataclass
class Step:
    """One step and the role that takes records further from it.

    `records` went on after `minutes` together; `left` are those with something still to be done that nobody tried;
    `came` counts all that came to the step, whoever should have taken them further.
    """

    system: str
    step: str
    role: str
    records: int = 0
    minutes: int = 0
    left: int = 0
    came: int = 0

    @property
    def mean(self) -> float:
        """Minutes that a record waited until somebody took it further."""
        return self.minutes / self.records if self.records else 0.0


@dataclass
class Asked:
    """One expectation of an exercise's guide over all attempts: how often it was to be met, how it ended."""

    exercise: str
    expectation: str
    target: Target
    counts: Counter[str] = field(default_factory=Counter)
    lost: float = 0.0
    failing: int = 0  # attempts in which it failed at least once

    @property
    def reached(self) -> int:
        """How often it was there to be met and is judged."""
        return self.counts.total() - self.counts[NOT_REACHED] - self.counts[UNJUDGED]

    @property
    def share(self) -> float:
        """How much of it was met, 0 to 1; late and in part count half."""
        met = sum(CREDITED.get(status, 0.0) * times for status, times in self.counts.items())
        return met / self.reached if self.reached else 0.0


@dataclass(frozen=True)
class Sums:
    """All of it for one group; `attempts` and `records` are what it is made of."""

    attempts: int
    records: int
    steps: tuple[Step, ...]
    returns: tuple[tuple[Return, int], ...]
    refusals: tuple[tuple[Refusal, int], ...]
    asked: tuple[Asked, ...]


def of_one(graded: Graded) -> Sums:
    """What one attempt adds to the sums of its group."""
    events, findings, steps, asked = graded.events, graded.evaluation.findings, _Steps(), _Asked()
    every = waits(events)
    steps.add(every, left_lying(every, findings))
    asked.add(graded.evaluation.exercise, findings)
    back = Counter(replace(found, record="") for found in returns(events))
    return Sums(1, len({one.record for one in every}), steps.ranked(), _frequent(back),
                _frequent(Counter(refusals(events))), tuple(asked.found.values()))  # fmt: skip


def together(parts: Iterable[Sums]) -> Sums:
    """The sums of several attempts or groups as one; the weightiest of each kind first."""
    steps, asked, attempts, records = _Steps(), _Asked(), 0, 0
    back: Counter[Return] = Counter()
    refused: Counter[Refusal] = Counter()
    for part in parts:
        attempts, records = attempts + part.attempts, records + part.records
        steps.join(part.steps)
        asked.join(part.asked)
        back.update(dict(part.returns))
        refused.update(dict(part.refusals))
    return Sums(attempts, records, steps.ranked(), _frequent(back), _frequent(refused), tuple(asked.found.values()))


def _frequent(counts: Counter[Thing]) -> tuple[tuple[Thing, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))


class _Steps:
    """Waits added up by system, step and role."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str, str], Step] = {}
        self.came: Counter[tuple[str, str]] = Counter()

    def add(self, every: Sequence[Wait], left: Iterable[Wait]) -> None:
        self.came.update({(one.system, one.step, one.record): (one.system, one.step) for one in every}.values())
        for one in (one for one in every if one.ended):
            step = self._of(one)
            step.records, step.minutes = step.records + 1, step.minutes + one.minutes
        for one in left:
            self._of(one).left += 1

    def join(self, steps: Iterable[Step]) -> None:
        """Add another group's steps; what came to a step is told by each of its roles, and is added once."""
        came: dict[tuple[str, str], int] = {}
        for one in steps:
            step, came[one.system, one.step] = self._of(one), one.came
            step.records, step.minutes = step.records + one.records, step.minutes + one.minutes
            step.left += one.left
        self.came.update(came)

    def ranked(self) -> tuple[Step, ...]:
        """The step where records waited longest together first."""
        for one in self.found.values():
            one.came = self.came[one.system, one.step]
        return tuple(sorted(self.found.values(), key=lambda one: (-one.minutes, -one.left, one.step, one.role)))

    def _of(self, one: Wait | Step) -> Step:
        name = (one.system, one.step, one.role)
        return self.found.setdefault(name, Step(*name))


class _Asked:
    """Findings added up by exercise and expectation."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Asked] = {}

    def add(self, exercise: str, findings: Sequence[Finding]) -> None:
        failed: set[str] = set()
        for one in findings:
            name = expectation_of(one.target)
            about = self.found.setdefault((exercise, name), Asked(exercise, name, one.target))
            about.counts[one.status] += 1
            about.lost += lost(one)
            failed |= {name} if lost(one) > 0 else set()
        for name in failed:
            self.found[exercise, name].failing += 1

    def join(self, asked: Iterable[Asked]) -> None:
        """Add another group's expectations."""
        for one in asked:
            about = self.found.setdefault(
                (one.exercise, one.expectation), Asked(one.exercise, one.expectation, one.target)
            )
            about.counts.update(one.counts)
            about.lost, about.failing = about.lost + one.lost, about.failing + one.failing


def expectation_of(target: Target) -> str:
    """The guide's name of a target: "remind" of "d03.remind"."""
    return target.id.partition(".")[2] or target.id


def lost(finding: Finding) -> float:
    """The points that a finding cost; nothing while it is unjudged or was not there to be met."""
    if finding.status in (UNJUDGED, NOT_REACHED):
        return 0.0
    return (0.0 if finding.target.forbidden else finding.target.weight) - finding.points
