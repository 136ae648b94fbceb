"""Marks that people gave: read from the log, and what they come to for one target. Pure; nothing is ever overwritten.

A mark is a `marked` event behind the end of its attempt: `given` names the target, the role, the level and the remark,
`actor` who gave it, `at` when. Whoever marks again adds a mark; the last one of each person counts.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from kit.event import FINISHED, MARKED, Event, Json

EVALUATOR, LEAD, OVERRIDE = "evaluator", "lead", "override"
ROLES = (EVALUATOR, LEAD, OVERRIDE)
OVERRIDES = {"done": 1.0, "partly": 0.5, "wrong": 0.0}  # the share of its weight that an overridden finding earns
MACHINE = "machine"  # the override that takes an override back

OPEN, AGREED, DIFFERING, DECIDED = "open", "agreed", "differing", "decided"


@dataclass(frozen=True)
class Mark:
    """One mark: who gave which level to which target in which role, why, and when (ISO, UTC); `seq` is its event."""

    seq: int
    target: str
    who: str
    role: str
    level: str
    remark: str
    at: str


@dataclass(frozen=True)
class Verdict:
    """What the marks of one target come to: the level ("" while undecided), how it came about, every mark given."""

    level: str
    state: str
    marks: tuple[Mark, ...]


Marks = dict[str, list[Mark]]


def marks_of(events: Sequence[Event]) -> Marks:
    """The marks of an attempt by target, in the order in which they were given; none counts before the end."""
    found: Marks = {}
    end = next((place for place, event in enumerate(events) if event.kind == FINISHED), len(events))
    for event in events[end:]:
        if event.kind == MARKED:
            mark = _mark(event)
            found.setdefault(mark.target, []).append(mark)
    return found


def _mark(event: Event) -> Mark:
    told = [str(event.given.get(name, "")) for name in ("target", "role", "level", "remark")]
    return Mark(event.seq, told[0], event.actor, told[1], told[2], told[3], event.at)


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: capitals and spaces make no second evaluator, a tone mark does."""
    return _name(one) == _name(other)


def _name(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).casefold().split()


def latest(marks: Sequence[Mark]) -> list[Mark]:
    """The last mark of each evaluator, in the order in which they first marked."""
    return [_own(marks, one.who)[-1] for one in first(marks)]


def first(marks: Sequence[Mark]) -> list[Mark]:
    """The first mark of each evaluator: the one given before seeing anybody else's."""
    found: list[Mark] = []
    for mark in marks:
        if mark.role == EVALUATOR and not any(same_person(mark.who, one.who) for one in found):
            found.append(mark)
    return found


def _own(marks: Sequence[Mark], who: str) -> list[Mark]:
    return [mark for mark in marks if mark.role == EVALUATOR and same_person(mark.who, who)]


def verdict(judged: Json, marks: Sequence[Mark]) -> Verdict:
    """What marks come to under a rubric: as many as it asks for must agree, the lead decides where they differ."""
    known = {level["id"] for level in judged["levels"]}
    valid = tuple(mark for mark in marks if mark.role in (EVALUATOR, LEAD) and mark.level in known)
    lead, given = [mark for mark in valid if mark.role == LEAD], latest(valid)
    levels = {mark.level for mark in given}
    if lead and len(given) > 1:
        return Verdict(lead[-1].level, DECIDED, valid)
    if len(given) < judged["evaluators"] or not given:
        return Verdict("", OPEN, valid)
    return Verdict(given[0].level, AGREED, valid) if len(levels) == 1 else Verdict("", DIFFERING, valid)


def share(judged: Json, level: str) -> float:
    """The share of the weight that a level of the rubric earns."""
    return float(next(one["share"] for one in judged["levels"] if one["id"] == level))


def override(marks: Sequence[Mark]) -> Mark | None:
    """The override in force, None where there is none or the last one was taken back."""
    given = [mark for mark in marks if mark.role == OVERRIDE and mark.level in (*OVERRIDES, MACHINE)]
    return given[-1] if given and given[-1].level != MACHINE else None


def visible(marks: Sequence[Mark], who: str) -> list[Mark]:
    """What somebody may see before marking: nothing of the others until they have given a mark of their own.

    A lead sees all marks of a target as soon as two have marked; overrides hide nothing.
    """
    given = first(marks)
    open_to_all = len(given) > 1 or any(same_person(one.who, who) for one in given)
    return [mark for mark in marks if open_to_all or mark.role != EVALUATOR]
