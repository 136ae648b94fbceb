"""What a report on a group keeps of one attempt: its result, and what it adds to the sums; not its whole log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from grading.gradebook import Graded
from grading.group_report.sums import Sums, of_one
from kit.event import FINISHED, Event
from kit.script import Target


@dataclass(frozen=True)
class Watched:
    """An attempt's result without its log, and its sums."""

    graded: Graded
    sums: Sums


def watch(graded: Graded) -> Watched:
    """What is kept of an attempt; a session's thirty thousand whole logs would not fit into memory."""
    return Watched(without_log(graded), of_one(graded))


def without_log(graded: Graded) -> Graded:
    """An attempt's result with what little of its log tells who played it and whether it was ended."""
    evaluation = replace(graded.evaluation, findings=(), refusals=())
    return replace(graded, events=_kept(graded.events), evaluation=evaluation)


def _kept(events: Iterable[Event]) -> list[Event]:
    """The first event of everybody who acted and the end, without what they entered and changed."""
    actors: set[str] = set()
    kept = []
    for event in events:
        if event.actor not in actors or event.kind == FINISHED:
            kept.append(replace(event, given={}, changes={}))
        actors.add(event.actor)
    return kept


def shared(watched: Iterable[Watched | None]) -> Iterator[Watched | None]:
    """The same as they come, all holding one copy of each target: those from other processes bring their own.

    None, of an attempt that could not be graded, stays None.
    """
    known: dict[tuple[str, str], Target] = {}
    for one in watched:
        for asked in one.sums.asked if one else ():
            asked.target = known.setdefault((asked.exercise, asked.expectation), asked.target)
        yield one
