"""What became of an earlier plan: each action closed, still open, or not measured this time, with the figures. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from grading.group_report.metrics import Found, measure, reached
from kit.script import Texts

CLOSED, OPEN, UNMEASURED = "closed", "open", "unmeasured"


@dataclass(frozen=True)
class Earlier:
    """One action of an earlier plan, as its file says."""

    id: str
    what: Texts
    role: str
    due: date
    before: float
    goal: float


@dataclass(frozen=True)
class Closed:
    """An earlier action and the figure found now (None where this session cannot measure it)."""

    action: Earlier
    now: float | None
    state: str
    overdue: bool


def closures(earlier: Sequence[Earlier], found: Found, today: date) -> Iterator[Closed]:
    """Each earlier action with what this session shows of it; one that is not closed is overdue after its day."""
    for one in earlier:
        now = measure(one.id, found)
        state = UNMEASURED if now is None else CLOSED if reached(one.id, now, one.goal) else OPEN
        yield Closed(one, now if now is None else round(now, 4), state, state != CLOSED and one.due < today)
