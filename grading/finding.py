"""Findings: how one target ended, which events prove it, what it earned, and what people said about it."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from kit.marks import Verdict
from kit.script import Target

DONE, PARTLY, LATE, WRONG, MISSING = "done", "partly", "late", "wrong", "missing"
NOT_REACHED, UNJUDGED = "not_reached", "unjudged"
STATUSES = (DONE, PARTLY, LATE, WRONG, MISSING, NOT_REACHED, UNJUDGED)
FAILED = frozenset((WRONG, MISSING, NOT_REACHED))  # late or in part is no failure, nor is what nobody judged yet
CREDIT = {DONE: 1.0, LATE: 0.5}  # of the weight


class Slip(NamedTuple):
    """One entry that was not what the rule asks for."""

    field: str
    found: Any
    expected: Any


class Finding(NamedTuple):
    """What became of one target: its status, the events (seq) that prove it, and what it earned of its weight.

    `verdict`: what people's marks came to, of a target that people judge or whose finding was overridden; `machine`:
    the machine's own finding where somebody overrode it.
    """

    target: Target
    status: str
    points: float
    evidence: tuple[int, ...] = ()
    slips: tuple[Slip, ...] = ()
    moment: str = ""
    verdict: Verdict | None = None
    machine: "Finding | None" = None

    @property
    def good(self) -> bool:
        """Whether nothing is to be said about it."""
        return self.status == DONE

    @property
    def failed_critically(self) -> bool:
        """Whether it must not fail and did."""
        return self.status in FAILED and self.target.critical


def unjudged_of(findings: Sequence[Finding]) -> list[Finding]:
    """Those that people still have to judge, or to decide."""
    if UNJUDGED not in map(STATUS, findings):  # nearly always
        return []
    return [one for one in findings if one.status == UNJUDGED]


# A hundred findings an attempt: made(Finding, (..)), with all its parts, takes a third of the time of Finding(..),
# and these take half the time of the names.
made = tuple.__new__
STATUS, POINTS = itemgetter(1), itemgetter(2)
