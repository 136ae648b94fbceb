"""One attempt as a row of the gradebook: who, what, how long, what it is worth, and whether that is final."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grading.evaluate import STATUSES, Evaluation
from kit.event import Event

Row = dict[str, Any]
COUNTS = tuple(f"count_{status}" for status in STATUSES)
COLUMNS = (
    "attempt", "session", "trainee", "people", "unit", "exercise", "seed", "mode", "state", "score", "lowest",
    "highest", "rating", "passed", "started_at", "ended_at", "seconds", "events", "refusals", *COUNTS, "log",
)  # fmt: skip


@dataclass(frozen=True)
class Graded:
    """An attempt that could be evaluated: its row in the store, its log and its evaluation."""

    session: str
    attempt: Row
    events: Sequence[Event]
    evaluation: Evaluation


def row_of(graded: Graded) -> Row:
    """The row of an attempt, in the order of COLUMNS; every name and number that identifies something is text.

    `people`: code and name of everybody of the roster whose attempt it is, a team's members, "" without a roster;
    `passed` is None while that is not known; `seconds` is real time from the first event to the last; `log` is the
    hash that chains all its events.
    """
    made, attempt, events = graded.evaluation, graded.attempt, graded.events
    first, last = events[0].at, events[-1].at
    counts = Counter(finding.status for finding in made.findings)
    return {
        "attempt": attempt["id"], "session": graded.session, "trainee": attempt["trainee"],
        "people": attempt.get("people", ""), "unit": made.unit, "exercise": made.exercise,
        "seed": made.seed, "mode": attempt["mode"], "state": made.state,
        "score": made.score, "lowest": made.whole.score.lowest, "highest": made.whole.score.highest,
        "rating": made.rating, "passed": made.passed, "started_at": first, "ended_at": last,
        "seconds": round((_time(last) - _time(first)).total_seconds()),
        "events": len(events), "refusals": sum(times for _, _, times in made.refusals),
        **{f"count_{status}": counts[status] for status in STATUSES}, "log": events[-1].hash,
    }  # fmt: skip


def _time(text: str) -> datetime:
    """A moment of the server's clock, which is UTC whether or not the text says so."""
    return datetime.fromisoformat(text).replace(tzinfo=None)
