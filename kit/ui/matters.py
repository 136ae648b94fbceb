"""The matters on the desk, read from the log: who waits, what is in work, what is done, and the papers of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kit.event import ACKNOWLEDGED, ACTED, DELIVERED, ORDERED, REFUSED, Event
from kit.handling import handlings
from kit.log_book import LogBook
from kit.notices import NOTICE
from kit.plain_text import whole_code
from kit.script import Cue
from kit.systems.registry import system

NOTICES, WAITING, WORKING, DONE = "notices", "waiting", "working", "done"
GROUPS = (NOTICES, WAITING, WORKING, DONE)


@dataclass(frozen=True)
class Matter:
    """One record in the queue.

    `brought`, `changed` and `touched` are places in the log: where it last reached the desk, where something other
    than an action on it changed it, and where the trainee last tried something on it (-1: never).
    """

    id: str
    record: Mapping[str, Any]
    group: str
    brought: int
    changed: int = 0
    touched: int = -1


def matters(attempt: LogBook) -> list[Matter]:
    """Every record that a system of the exercise lists, in the order in which they came."""
    lists = {NOTICE, *(system(name).lists for name in attempt.script.systems)}
    brought, handled = _places(attempt)
    changed = _changed(attempt)
    touched = {event.record: event.seq for event in attempt.events if _touches(event, attempt)}
    return [
        Matter(
            key, record, _group(attempt, key, record, handled.get(key, -1) < brought.get(key, -1)),
            brought.get(key, 0), changed.get(key, 0), touched.get(key, -1),
        )
        for key, record in attempt.state.records.items()
        if record.get("kind") in lists
    ]  # fmt: skip


def progress(attempt: LogBook) -> tuple[int, int]:
    """(handled, brought): of the matters brought so far how many were handled, rightly or wrongly, as reports count.

    A matter with records in several systems counts once, and as handled with the first of them.
    """
    brought = {whole_code(one.id) for one in matters(attempt) if one.brought and one.group != NOTICES}
    return len(brought & {whole_code(event.record) for event in handlings(attempt.events)}), len(brought)


def said(attempt: LogBook, record: str) -> list[Cue]:
    """What has been said so far about a record, oldest first."""
    own = attempt.state.records.get(record, {})
    if own.get("kind") == NOTICE:
        return [Cue(record, 0, own["says"], record, {})]
    by_id = {cue.id: cue for cue in attempt.script.cues}
    cues = (by_id[number] for number in attempt.state.delivered if number in by_id)
    return [cue for cue in cues if cue.record == record]


def papers(attempt: LogBook, record: str) -> list[tuple[dict[str, Any], bool]]:
    """(paper, printed here) of each paper of a record: those presented, declaration first, then those printed here."""
    own = [one for one in attempt.state.records.values() if one.get("kind") == "paper" and one.get("dossier") == record]
    own.sort(key=lambda one: (one["issued"], one["paper"].get("component") != "form"))
    return [(one["paper"], bool(one["issued"])) for one in own]


def _places(attempt: LogBook) -> tuple[dict[str, int], dict[str, int]]:
    """For each record the places in the log where it was last brought and last handled."""
    cues = {cue.id: cue.record for cue in attempt.script.cues}
    delivered = [(event, cues[event.record]) for event in attempt.events if event.kind == DELIVERED]
    brought = {record: event.seq for event, matter in delivered for record in _of_matter(matter, event)}
    brought |= {event.record: event.seq for event in attempt.events if event.kind == ORDERED and event.changes}
    return brought, {event.record: event.seq for event in handlings(attempt.events)}


def _of_matter(matter: str, event: Event) -> list[str]:
    """The record that an inject is about, and its further ones in other systems (CODE-A, CODE-B)."""
    return [matter, *(record for record in event.changes if re.fullmatch(re.escape(matter) + "-[A-Z]", record))]


def _changed(attempt: LogBook) -> dict[str, int]:
    """For each record the last place in the log where something else than an action on it changed it."""
    changes = ((key, event) for event in attempt.events for key in event.changes)
    return {key: event.seq for key, event in changes if not _own(event) or key != event.record}


def _touches(event: Event, attempt: LogBook) -> bool:
    """Whether it worked on its record, or was this person's word of having read it."""
    return _own(event) or (event.kind == ACKNOWLEDGED and event.actor == attempt.actor)


def _own(event: Event) -> bool:
    return event.kind in (ACTED, REFUSED)


def _group(attempt: LogBook, key: str, record: Mapping[str, Any], untouched: bool) -> str:
    if record.get("kind") == NOTICE:
        return NOTICES
    offered = (action for name in attempt.script.systems for action in system(name).actions)
    if not any(action.allowed(record) for action in offered):
        return DONE
    return WAITING if untouched else WORKING
