"""Where work waits, who sends it back, what the systems refuse: read from the events of one attempt. Pure.

A record waits in a step from the moment it gets there until somebody's action takes it further; the wait belongs to
the role of that action. Where somebody had worked on it and an inject then brings news of it - the applicant is back,
the branch has answered - the time from that work to the news is a wait of those outside. Within a day the simulated
clock counts, over night only office hours do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache

from grading.finding import MISSING, Finding
from kit.calendar import working_hours_between
from kit.event import ACTED, DELIVERED, REFUSED, Event
from kit.systems.form import System
from kit.systems.registry import SYSTEMS

OUTSIDE = "outside"  # whoever is not in the office: the applicant, another authority
# Where the applicant must act. The one-stop mechanism's states bear the law's numbers, which are no order of work.
AWAITING = frozenset({"supplement", "payment"})


@dataclass(frozen=True)
class Wait:
    """A record's time in one step: minutes, and the role that took it further; `ended` is false where nobody did."""

    system: str
    step: str
    role: str
    record: str
    minutes: int
    ended: bool = True


@dataclass(frozen=True)
class Return:
    """A record that a role put back to an earlier step, or sent outside: asked of the applicant, or come back since."""

    system: str
    step: str
    back_to: str
    role: str
    record: str
    outside: bool = False


@dataclass(frozen=True)
class Refusal:
    """Something that a system refused to do: the action, its role and the reason."""

    system: str
    action: str
    role: str
    reason: str


@dataclass(frozen=True)
class _Stay:
    """A record at a step since a moment, and the step before; `by`: the role that worked on it last, "" for none.

    `taken` and `sent`: when that work began and ended; `news`: when an inject then told of the record.
    """

    kind: str
    step: str
    since: datetime
    before: str
    by: str
    taken: datetime
    sent: datetime
    news: datetime | None = None

    def touched(self, event: Event) -> "_Stay":
        """The stay after an event that leaves the record at its step."""
        if event.kind == DELIVERED and self.by:
            return replace(self, news=self.news or event.when())
        if event.kind != ACTED or self.news:
            return self
        return replace(self, by=role_of(event.action), taken=event.when(), sent=_end(event))


@dataclass
class _Replay:
    stays: dict[str, _Stay] = field(default_factory=dict)
    last: datetime = datetime.min


def waits(events: Sequence[Event]) -> list[Wait]:
    """Every stay of every record that somebody ended, then those that nobody did, with the minutes to the log's end."""
    at = _Replay()
    ended = [one for record, stay, event in _changes(events, at) for one in _waited(record, stay, event)]
    open_ones = [Wait(system_of(stay.kind), stay.step, "", record, minutes_between(stay.since, at.last), ended=False)
                 for record, stay in at.stays.items()]  # fmt: skip
    return [*ended, *open_ones]


def left_lying(waited: Iterable[Wait], findings: Iterable[Finding]) -> list[Wait]:
    """The waits that nobody ended although the guide asks for an action offered there that nobody tried; its role's."""
    asked: dict[str, list[str]] = {}
    for one in findings:
        if one.status == MISSING and not one.target.forbidden:
            asked.setdefault(one.target.record, []).extend(way["action"] for way in one.target.any)
    open_ones = [(one, next((name for name in asked.get(one.record, ()) if one.step in _offered(name)), ""))
                 for one in waited if not one.ended]  # fmt: skip
    return [replace(one, role=role_of(action)) for one, action in open_ones if action]


def returns(events: Sequence[Event]) -> list[Return]:
    """Every time a role put a record back, asked the applicant, or sent it elsewhere from where it came back."""
    return [found for record, stay, event in _changes(events, _Replay()) if (found := _return(record, stay, event))]


def refusals(events: Sequence[Event]) -> list[Refusal]:
    """What the systems refused, in order; an action that no system knows has no role."""
    return [Refusal(one.system, one.action, role_of(one.action), one.reason) for one in events if one.kind == REFUSED]


def _changes(events: Sequence[Event], at: _Replay) -> Iterator[tuple[str, _Stay, Event]]:
    """(record, stay that ends, event that ends it), in order; what is open at the end is left in `at`."""
    for event in events:
        at.last = _end(event)
        for record, changed in event.changes.items():
            stay, step = at.stays.get(record), str(changed.get("step", ""))
            if stay and step in ("", stay.step):
                at.stays[record] = stay.touched(event)
            elif step:
                if stay:
                    yield record, stay, event
                at.stays[record] = _new(event, stay, str(changed.get("kind") or (stay.kind if stay else "")), step)


def _new(event: Event, before: _Stay | None, kind: str, step: str) -> _Stay:
    end, by = _end(event), role_of(event.action) if event.kind == ACTED else ""
    return _Stay(kind, step, end, before.step if before else "", by, end, end)


def _waited(record: str, stay: _Stay, event: Event) -> Iterator[Wait]:
    """The wait that a stay was; two, where it was outside meanwhile."""
    system = system_of(stay.kind)
    if stay.news is None:
        yield Wait(system, stay.step, _role(event), record, minutes_between(stay.since, event.when()))
        return
    own = minutes_between(stay.since, stay.taken) + minutes_between(stay.news, event.when())
    yield Wait(system, stay.step, OUTSIDE, record, minutes_between(stay.sent, stay.news))
    yield Wait(system, stay.step, _role(event), record, own)


def _return(record: str, stay: _Stay, event: Event) -> Return | None:
    """What a change of step says of sending back; coming from elsewhere outside tells of who had sent it there."""
    system, step = system_of(stay.kind), str(event.changes[record]["step"])
    if event.kind == ACTED and step in AWAITING:
        return Return(system, stay.step, step, _role(event), record, outside=True)
    if stay.step in AWAITING:
        return None
    if stay.by and (event.kind == DELIVERED or stay.news):
        return Return(system, stay.before, stay.step, stay.by, record, outside=True)
    if event.kind == ACTED and progress(system, step) < progress(system, stay.step) and going_on(system, step):
        return Return(system, stay.step, step, _role(event), record)
    return None


def _end(event: Event) -> datetime:
    return event.when() + timedelta(minutes=event.minutes)


def _role(event: Event) -> str:
    return OUTSIDE if event.kind == DELIVERED else role_of(event.action)


def minutes_between(start: datetime, end: datetime) -> int:
    """Minutes of the simulated clock within a day; from one day to another, office hours alone."""
    if start.date() == end.date():
        return max(0, round((end - start) / timedelta(minutes=1)))
    return round(60 * working_hours_between(start, end))


@cache
def _by_kind() -> Mapping[str, System]:
    return {system.lists: system for system in SYSTEMS.values()}


def system_of(kind: str) -> str:
    """The system that lists this kind of record, "" where there is none."""
    found = _by_kind().get(kind)
    return found.name if found else ""


def progress(system: str, step: str) -> int:
    """How far a step is, from 0 (new) to 10 (done)."""
    return SYSTEMS[system].states.get(step, 0) if system in SYSTEMS else 0


@cache
def going_on(system: str, step: str) -> bool:
    """Whether anything is left to do at a step."""
    return system in SYSTEMS and any(step in action.steps for action in SYSTEMS[system].actions)


@cache
def _offered(action: str) -> frozenset[str]:
    """The steps at which an action is offered."""
    every = (one for system in SYSTEMS.values() for one in system.actions)
    return next((one.steps for one in every if one.name == action), frozenset())


@cache
def _roles() -> Mapping[str, str]:
    return {action.name: action.role for system in SYSTEMS.values() for action in system.actions}


def role_of(action: str) -> str:
    """The role that presses an action, "" where no system has it; names of actions are unique over all systems."""
    return _roles().get(action, "")
