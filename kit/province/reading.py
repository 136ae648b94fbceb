"""A session's attempts read for the province's page, in as many processes as there are cores; no log is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from grading.evaluate import NOT_REACHED, UNJUDGED, Finding
from grading.gradebook import Graded
from grading.group_report.sums import CREDITED, expectation_of, lost
from grading.group_report.watching import without_log
from grading.spread import over_attempts
from kit.script import Target
from kit.session import Session

NOT_COUNTED = (NOT_REACHED, UNJUDGED)


@dataclass(slots=True)
class Tally:
    """A requirement over some attempts: how often it was to be met, how often it was, what it cost, where it failed."""

    reached: int = 0
    met: float = 0.0
    lost: float = 0.0
    failing: int = 0

    def add(self, other: "Tally") -> None:
        """Take in what another one counted."""
        self.reached += other.reached
        self.met += other.met
        self.lost += other.lost
        self.failing += other.failing


@dataclass(frozen=True)
class Kept:
    """An attempt without its log; its tallies by requirement, and a target of each requirement."""

    graded: Graded
    tallies: dict[str, Tally]
    targets: dict[str, Target]


@dataclass
class Read:
    """A session's attempts without their logs; `tallies` by attempt and requirement; a target of each requirement."""

    graded: list[Graded] = field(default_factory=list)
    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)
    targets: dict[tuple[str, str], Target] = field(default_factory=dict)
    invalid: int = 0

    def take(self, one: Kept) -> None:
        """Take in an attempt; of the targets only what is new."""
        self.graded.append(one.graded)
        self.tallies[one.graded.attempt["id"]] = one.tallies
        for name, target in one.targets.items():
            self.targets.setdefault((one.graded.evaluation.exercise, name), target)


def kept(one: Graded) -> Kept:
    """What the page needs of an attempt."""
    findings, light = one.evaluation.findings, without_log(one)
    graded = replace(light, evaluation=replace(light.evaluation, objectives=()))
    return Kept(graded, _tallied(findings), {expectation_of(each.target): each.target for each in reversed(findings)})


def _tallied(findings: Iterable[Finding]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for finding in findings:
        if finding.status in NOT_COUNTED:
            continue
        tally = tallies.setdefault(expectation_of(finding.target), Tally())
        tally.reached += 1
        tally.met += CREDITED.get(finding.status, 0.0)
        tally.lost += lost(finding)
        tally.failing = int(tally.lost > 0)
    return tallies


def read_session(session: Session, workers: int = 0) -> Read:
    """Every attempt of a session, in the order of their numbers; those that cannot be evaluated are counted."""
    found = Read()
    session.must_exist()
    for answer in over_attempts(session, kept, workers):
        if answer.problem:
            found.invalid += 1
        else:
            found.take(answer.made)
    found.graded.sort(key=lambda one: str(one.attempt["id"]))
    return found
