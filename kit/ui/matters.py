"""The matters on the desk, read from the log: who waits, what is in work, what is done, and the papers of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kit.attempt import Attempt
from kit.event import ACTED, DELIVERED
from kit.script import Cue
from kit.systems.registry import system

WAITING, WORKING, DONE = "waiting", "working", "done"
GROUPS = (WAITING, WORKING, DONE)
LOOKING = frozenset({"looked_up"})  # fields that change when somebody only looks something up


@dataclass(frozen=True)
class Matter:
    """One record in the queue; `brought` is the place in the log where it last reached the desk."""

    id: str
    record: Mapping[str, Any]
    group: str
    brought: int


def matters(attempt: Attempt) -> list[Matter]:
    """Every record that a system of the exercise lists, in the order in which they came."""
    lists = {system(name).lists for name in attempt.script.systems}
    brought, handled = _places(attempt)
    records = attempt.state.records.items()
    return [
        Matter(
            key, record, _group(attempt, key, record, handled.get(key, -1) < brought.get(key, -1)), brought.get(key, 0)
        )
        for key, record in records
        if record.get("kind") in lists
    ]


def progress(attempt: Attempt) -> tuple[int, int]:
    """(handled, brought): how many of the matters brought so far are not waiting any more, rightly or wrongly."""
    brought = [matter for matter in matters(attempt) if matter.brought]
    return sum(1 for matter in brought if matter.group != WAITING), len(brought)


def said(attempt: Attempt, record: str) -> list[Cue]:
    """What has been said so far about a record, oldest first."""
    by_id = {cue.id: cue for cue in attempt.script.cues}
    cues = (by_id[number] for number in attempt.state.delivered if number in by_id)
    return [cue for cue in cues if cue.record == record]


def papers(attempt: Attempt, record: str) -> list[tuple[dict[str, Any], bool]]:
    """(paper, printed here) of each paper of a record: those presented, declaration first, then those printed here."""
    own = [one for one in attempt.state.records.values() if one.get("kind") == "paper" and one.get("dossier") == record]
    own.sort(key=lambda one: (one["issued"], one["paper"].get("component") != "form"))
    return [(one["paper"], bool(one["issued"])) for one in own]


def _places(attempt: Attempt) -> tuple[dict[str, int], dict[str, int]]:
    """For each record the places in the log where it was last brought and last handled."""
    cues = {cue.id: cue.record for cue in attempt.script.cues}
    brought = {cues[event.record]: event.seq for event in attempt.events if event.kind == DELIVERED}
    return brought, {record: place for place, record in _handlings(attempt)}


def _handlings(attempt: Attempt) -> Iterator[tuple[int, str]]:
    for event in attempt.events:
        if event.kind == ACTED and (set(event.changes.get(event.record, {})) - LOOKING or len(event.changes) > 1):
            yield event.seq, event.record


def _group(attempt: Attempt, key: str, record: Mapping[str, Any], untouched: bool) -> str:
    offered = (action for name in attempt.script.systems for action in system(name).actions)
    if not any(action.allowed(record) for action in offered):
        return DONE
    return WAITING if untouched else WORKING
