"""A session's attempts read for the province's page: each is evaluated and let go, so that thousands fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from grading.evaluate import NOT_REACHED, UNJUDGED, Evaluation, Finding, evaluate
from grading.gradebook import Graded
from grading.group_report.sums import CREDITED, expectation_of, lost
from kit.errors import KitError
from kit.event import FINISHED, Event
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


@dataclass
class Read:
    """A session's attempts without their logs; `tallies` by attempt and requirement; a target of each requirement."""

    graded: list[Graded] = field(default_factory=list)
    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)
    targets: dict[tuple[str, str], Target] = field(default_factory=dict)
    invalid: int = 0

    def take(self, one: Graded) -> None:
        """Keep of an attempt what the page needs."""
        findings = one.evaluation.findings
        self.tallies[one.attempt["id"]] = _tallied(findings)
        for finding in findings:
            self.targets.setdefault((one.evaluation.exercise, expectation_of(finding.target)), finding.target)
        self.graded.append(replace(one, events=_who_and_when(one.events), evaluation=_bare(one.evaluation)))


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


def _who_and_when(events: Sequence[Event]) -> list[Event]:
    """The first event of each actor, and the end: what tells whose attempt it is and whether it counts."""
    firsts = {event.actor: event for event in reversed(events)}
    ends = [event for event in events if event.kind == FINISHED]
    return sorted({event.seq: event for event in (*firsts.values(), *ends)}.values(), key=lambda event: event.seq)


def _bare(made: Evaluation) -> Evaluation:
    return replace(made, findings=(), objectives=(), refusals=())


def read_session(session: Session) -> Read:
    """Every attempt of a session; those that cannot be evaluated are counted."""
    store, found = session.store(), Read()
    key_of = lru_cache(maxsize=1)(session.keys().key)
    for row in sorted(store.attempts(), key=lambda row: (row["script"], row["id"])):
        try:
            events = store.read(row["id"])
            found.take(Graded(session.name, row, events, evaluate(key_of(row["script"]), events)))
        except KitError:
            found.invalid += 1
    return found
