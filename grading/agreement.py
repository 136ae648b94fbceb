"""How far two evaluators who marked independently agree: over what both marked, exactly and within one level. Pure.

First marks alone are compared: whoever has seen the other's mark is no independent witness any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from grading.finding import Finding
from kit.marks import first


@dataclass(frozen=True)
class Agreement:
    """Of `both` targets that two people marked: on how many they chose the same level, the same or the next one."""

    both: int
    exact: int
    adjacent: int

    @property
    def share(self) -> float:
        """The exact ones of all, 0 to 1; 0 where nobody has been marked twice."""
        return self.exact / self.both if self.both else 0.0


def agreement(findings: Iterable[Finding]) -> Agreement:
    """The agreement over findings of any number of attempts."""
    steps = [step for finding in findings if (step := distance(finding)) is not None]
    return Agreement(len(steps), steps.count(0), steps.count(0) + steps.count(1))


def distance(finding: Finding) -> int | None:
    """How many levels lie between the first marks of two evaluators; None where fewer than two marked."""
    if not (finding.target.judged and finding.verdict):
        return None
    pair, levels = first(finding.verdict.marks)[:2], [one["id"] for one in finding.target.judged["levels"]]
    return abs(levels.index(pair[0].level) - levels.index(pair[1].level)) if len(pair) == 2 else None
