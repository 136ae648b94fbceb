"""The one door by which people's marks get into a log: who, in which role, which level, why. All are kept.

Only an attempt that has ended is marked, so nobody's click is disturbed. Two evaluators at the most mark one target,
each without the other's mark before them; a third person, the lead, decides where they differ. What the machine found
may be overridden with a reason; the machine's finding stays in the evaluation beside it.
"""

from dataclasses import dataclass

from kit.attempt import Clock, server_time
from kit.attempt_store import AttemptStore
from kit.errors import StaleAttempt, WrongUse
from kit.event import MARKED, Event, Json, replay, seal
from kit.marks import (
    DECIDED,
    DIFFERING,
    EVALUATOR,
    LEAD,
    MACHINE,
    OVERRIDES,
    ROLES,
    Mark,
    first,
    marks_of,
    same_person,
    verdict,
)
from kit.safe_html import clean
from kit.script import Key, Target
from kit.words import LANGUAGES, say

NAME = (2, 80)  # letters of whoever marks
LONGEST_REMARK, SHORTEST_REASON = 2_000, 5  # letters
EVALUATORS = 2  # who mark one target, beside the lead
TRIES = 5  # so often a mark is put behind one that somebody gave in the same moment


@dataclass(frozen=True)
class Given:
    """A mark as somebody gives it. An override's level is one of `OVERRIDES`, or "machine" to take one back."""

    target: str
    who: str
    level: str
    remark: str = ""
    role: str = EVALUATOR


def give(store: AttemptStore, key: Key, attempt: str, given: Given, clock: Clock = server_time) -> Event:
    """Put a mark behind an attempt's log; it is on disk when this returns.

    Raises `WrongUse` for what may not be marked so, `NotFound` for an unknown attempt, `BrokenLog` for a changed log.
    """
    target = next((one for one in key.targets if one.id == given.target), None)
    if target is None:
        raise _wrong("target")
    words = _words(given)
    for _ in range(TRIES - 1):
        try:
            return _append(store, attempt, target, words, clock)
        except StaleAttempt:
            continue  # somebody else marked: look again, the rules may say otherwise now
    return _append(store, attempt, target, words, clock)


def _append(store: AttemptStore, attempt: str, target: Target, given: Given, clock: Clock) -> Event:
    store.attempt(id=attempt)
    events = store.read(attempt)
    state = replay(events)
    if not state.finished:
        raise _wrong("not_ended")
    if same_person(given.who, str(events[0].given.get("trainee", events[0].actor))):
        raise _wrong("own_attempt")
    _check(target, marks_of(events).get(target.id, []), given)
    event = Event(
        attempt=attempt, seq=state.seq + 1, kind=MARKED, moment=state.moment.isoformat(timespec="minutes"),
        at=clock().isoformat(timespec="milliseconds"), actor=given.who, record=target.record,
        given={"target": target.id, "role": given.role, "level": given.level, "remark": given.remark},
    )  # fmt: skip
    store.append(sealed := seal(event, state.hash))
    return sealed


def _words(given: Given) -> Given:
    """The mark with its texts as they are kept: nothing invisible, no spaces around."""
    who, remark = " ".join(clean(given.who).split()), clean(given.remark).strip()
    if not NAME[0] <= len(who) <= NAME[1]:
        raise _wrong("name")
    if len(remark) > LONGEST_REMARK:
        raise _wrong("remark_long")
    if given.role not in ROLES:
        raise _wrong("role")
    if given.role != EVALUATOR and len(remark) < SHORTEST_REASON:
        raise _wrong("reason")
    return Given(given.target, who, given.level, remark, given.role)


def _check(target: Target, marks: list[Mark], given: Given) -> None:
    """Raise `WrongUse` where the rules of marking do not allow it."""
    if given.role in (EVALUATOR, LEAD):
        _check_level(target.judged, given.level)
    if given.role == EVALUATOR:
        _check_evaluator(marks, given.who)
    elif given.role == LEAD:
        _check_lead(target.judged, marks, given.who)
    elif target.judged:
        raise _wrong("override_judged")
    elif given.level not in (*OVERRIDES, MACHINE):
        raise _wrong("level")


def _check_level(judged: Json, level: str) -> None:
    if not judged:
        raise _wrong("not_judged")
    if level not in {one["id"] for one in judged["levels"]}:
        raise _wrong("level")


def _check_evaluator(marks: list[Mark], who: str) -> None:
    if any(mark.role == LEAD for mark in marks):
        raise _wrong("decided")
    others = [mark for mark in first(marks) if not same_person(mark.who, who)]
    if len(others) >= EVALUATORS:
        raise _wrong("enough")


def _check_lead(judged: Json, marks: list[Mark], who: str) -> None:
    if verdict(judged, marks).state not in (DIFFERING, DECIDED):
        raise _wrong("nothing_to_decide")
    if any(same_person(mark.who, who) for mark in first(marks)):
        raise _wrong("lead_marked")


def _wrong(reason: str) -> WrongUse:
    return WrongUse(*(say(f"marks.wrong.{reason}", language) for language in LANGUAGES))
