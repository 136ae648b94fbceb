"""What a trainer marks: the ended attempts of a session with their evaluations; one that is broken is named apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from grading.evaluate import UNJUDGED, Finding, evaluate
from grading.report.reading import Report
from kit.errors import KitError
from kit.event import Event
from kit.key_store import KeyStore
from kit.marking import Given, give
from kit.marks import DIFFERING, first, same_person
from kit.store import EventStore

WAITING, MARKED, MACHINE = "waiting", "marked", "machine"
SCOPES = (WAITING, MARKED, MACHINE)


@dataclass(frozen=True)
class Item:
    """One requirement in one attempt, as it stands."""

    attempt: str
    trainee: str
    report: Report
    finding: Finding

    @property
    def id(self) -> str:
        """What names it in the list."""
        return f"{self.attempt}|{self.finding.target.id}"


class Book:
    """The attempts of one session, read once and again after each mark."""

    def __init__(self, store: EventStore, keys: KeyStore) -> None:
        self.store, self.keys = store, keys
        self.reports: dict[str, Report] = {}
        self.trainees: dict[str, str] = {}
        self.broken: dict[str, KitError] = {}
        self.running = 0

    def read(self) -> None:
        """Read every attempt; what cannot be evaluated is kept in `broken` and stops nothing."""
        self.reports, self.broken, self.running = {}, {}, 0
        for row in self.store.attempts():
            self.trainees[row["id"]] = row["trainee"]
            try:
                report = self._report(row["id"], row["script"])
            except KitError as problem:
                self.broken[row["id"]] = problem
                continue
            if "unfinished" in report.evaluation.reasons:
                self.running += 1
            else:
                self.reports[row["id"]] = report

    def give(self, item: Item, given: Given) -> Event:
        """Put a mark into the log and read that attempt again; raises as `kit.marking.give` does."""
        event = give(self.store, item.report.key, item.attempt, given)
        self.reports[item.attempt] = self._report(item.attempt, item.report.key.script)
        return event

    def items(self, scope: str, who: str, attempt: str = "") -> Iterator[Item]:
        """What is in a scope for somebody, of all attempts or one, attempt after attempt in the guide's order."""
        for number, report in self.reports.items():
            for finding in report.evaluation.findings if attempt in ("", number) else ():
                if _in(scope, finding, who):
                    yield Item(number, self.trainees[number], report, finding)

    def item(self, name: str) -> Item | None:
        """The item with this id as it stands now."""
        number, _, target = name.partition("|")
        report = self.reports.get(number)
        found = (one for one in report.evaluation.findings if one.target.id == target) if report else iter(())
        return next((Item(number, self.trainees[number], report, one) for one in found if report), None)

    def findings(self) -> Iterator[Finding]:
        """Every finding of every attempt."""
        return (finding for report in self.reports.values() for finding in report.evaluation.findings)

    def _report(self, attempt: str, script: str) -> Report:
        key, events = self.keys.key(script), self.store.read(attempt)
        return Report(events, self.store.script(script), key, evaluate(key, events))


def standing(finding: Finding, who: str) -> str:
    """How a judged finding stands for somebody: open, mine (they marked it), differing or judged; tells no level."""
    marks = finding.verdict.marks if finding.verdict else ()
    if finding.verdict and finding.verdict.state == DIFFERING:
        return DIFFERING
    if any(same_person(mark.who, who) for mark in first(marks)):
        return "mine" if finding.status == UNJUDGED else "judged"
    return "open" if finding.status == UNJUDGED else "judged"


def _in(scope: str, finding: Finding, who: str) -> bool:
    if scope == MACHINE:
        return not finding.target.judged and bool(finding.evidence or not finding.good or finding.verdict)
    if not finding.target.judged or not finding.evidence:
        return False
    waits = finding.status == UNJUDGED and standing(finding, who) != "mine"
    return waits if scope == WAITING else not waits
