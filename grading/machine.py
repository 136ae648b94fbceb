"""What a machine can find in a log: for each target whether it was met, by which events. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grading.finding import (
    CREDIT,
    DONE,
    LATE,
    MISSING,
    NOT_REACHED,
    PARTLY,
    UNJUDGED,
    WRONG,
    Finding,
)
from grading.rules import BY_MACHINE, BY_PEOPLE, COUNTED, FORBIDDEN, Rule
from kit.event import ACTED, DELIVERED, Event
from kit.script import Target

Places = Sequence[tuple[str, str]]


class Window(NamedTuple):
    """An inject that was brought, and what was done about its records until another one about them took over."""

    brought: str  # the simulated moment
    done: dict[tuple[str, str], list[Event]]  # by place: record and action

    def tried(self, places: Places) -> list[Event]:
        """What was done in any of these places, in the order of time."""
        found = [event for place in places for event in self.done.get(place, ())]
        return sorted(found, key=lambda event: event.seq)


class Log(NamedTuple):
    """A log gone through once: the window of each inject that was brought, and what else happened, by kind."""

    windows: dict[str, Window]
    rest: dict[str, list[Event]]


def gone_through(records: Mapping[str, str], events: Sequence[Event]) -> Log:
    """What evaluation needs of a log; `records`: the one that each inject is about."""
    found: dict[str, Window] = {}
    rest: dict[str, list[Event]] = {}
    current: dict[str, Window] = {}  # by record
    for event in events:
        kind, record = event.kind, event.record
        if kind == ACTED:
            if window := current.get(record):
                window.done.setdefault((record, event.action), []).append(event)
        elif kind == DELIVERED:
            window = found[record] = Window(event.moment, {})
            current |= dict.fromkeys((records.get(record, ""), *event.changes), window)
        else:
            rest.setdefault(kind, []).append(event)
    return Log(found, rest)


def findings_of(rules: Sequence[Rule], brought: Mapping[str, Window]) -> list[Finding]:
    """A finding for each target, in the key's order; what people judge is `unjudged` once there is something to see."""
    findings: dict[str, Finding] = {}
    for rule in rules:
        window = brought.get(rule.inject)
        if rule.kind == COUNTED:
            findings[rule.id] = _count(rule.target, [findings[one] for one in rule.target.counts["of"]])
        elif window is None:
            findings[rule.id] = rule.unreached
        elif tried := window.done.get(rule.place) if rule.place else window.tried(rule.places):
            findings[rule.id] = JUDGES[rule.kind](rule, window, tried, findings)
        else:
            findings[rule.id] = rule.untried
    return list(findings.values())


def _by_machine(rule: Rule, window: Window, tried: list[Event], earlier: Mapping[str, Finding]) -> Finding:
    """The first try that is right, or what was wrong with the first or the best of them."""
    target = rule.target
    valid = _valid(target, tried, earlier) if target.first or target.after else tried
    for event in valid:
        if rule.matches(event):
            status = LATE if rule.limited and rule.late(event, window.brought) else DONE
            return Finding(target, status, CREDIT[status] * target.weight, (event.seq,), (), event.moment)
    return _fallen_short(rule, window, tried, valid if target.partial else [])


def _by_people(rule: Rule, window: Window, tried: list[Event], earlier: Mapping[str, Finding]) -> Finding:
    return Finding(rule.target, UNJUDGED, 0.0, tuple(event.seq for event in tried), (), tried[-1].moment)


def _forbidden(rule: Rule, window: Window, tried: list[Event], earlier: Mapping[str, Finding]) -> Finding:
    target = rule.target
    broken = [event for event in tried if rule.matches(event)]
    if len(broken) < target.times:
        return rule.untried
    last = broken[target.times - 1]
    return Finding(target, WRONG, -target.weight, tuple(event.seq for event in broken), (), last.moment)


def _valid(target: Target, tried: list[Event], earlier: Mapping[str, Finding]) -> list[Event]:
    """The tries that count: the first alone where the target says so, those after what must come before."""
    counted = tried[:1] if target.first else tried
    if not target.after:
        return counted
    before = earlier.get(target.after)
    held = before.evidence[-1] if before and before.evidence else None
    return [event for event in counted if held is not None and event.seq > held]


def _fallen_short(rule: Rule, window: Window, tried: list[Event], partial: list[Event]) -> Finding:
    """No try was right: the first tells what was wrong, or the best of those that may earn their share."""
    target = rule.target
    best = max(partial, key=rule.right) if partial else tried[0]
    if not (share := rule.right(best) if partial else 0.0):
        return Finding(target, WRONG, 0.0, (best.seq,), rule.slips(best), best.moment)
    credit = CREDIT[LATE] if rule.late(best, window.brought) else 1.0
    return Finding(target, PARTLY, share * credit * target.weight, (best.seq,), rule.slips(best), best.moment)


def _count(target: Target, counted: list[Finding]) -> Finding:
    """k-of-n: enough of the counted findings are done, or (where `partial`) their share of those asked for."""
    good, wanted = [one for one in counted if one.status == DONE], target.counts["at_least"]
    evidence = tuple(sorted({seq for one in good for seq in one.evidence}))
    moment = max((one.moment for one in good), default="")
    if len(good) >= wanted:
        return Finding(target, DONE, target.weight, evidence, (), moment)
    if target.partial and good:
        return Finding(target, PARTLY, len(good) / wanted * target.weight, evidence, (), moment)
    if all(one.status == NOT_REACHED for one in counted):
        return Finding(target, NOT_REACHED, 0.0)
    possible = len(good) + sum(1 for one in counted if one.status in (MISSING, NOT_REACHED))
    return Finding(target, MISSING if possible >= wanted else WRONG, 0.0, evidence, (), moment)


JUDGES = {BY_MACHINE: _by_machine, BY_PEOPLE: _by_people, FORBIDDEN: _forbidden}
