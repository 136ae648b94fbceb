"""What a machine can find in a log: for each target whether it was met, by which events. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

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
    Slip,
)
from kit.criteria import meets, slip
from kit.event import ACTED, DELIVERED, Event
from kit.script import Key, Target


@dataclass(frozen=True)
class Window:
    """An inject that was brought, and what was done about its records until another one about them took over."""

    start: Event
    done: dict[tuple[str, str], list[Event]]  # by record and action

    def tried(self, target: Target) -> list[Event]:
        """The actions by which a target may be met, in the order of time."""
        actions = dict.fromkeys(way["action"] for way in target.any)
        found = [event for action in actions for event in self.done.get((target.record, action), ())]
        return found if len(actions) == 1 else sorted(found, key=lambda event: event.seq)


def windows(key: Key, events: Sequence[Event]) -> dict[str, Window]:
    """The window of each inject that was brought."""
    found: dict[str, Window] = {}
    current: dict[str, Window] = {}  # by record
    for event in events:
        if event.kind == DELIVERED:
            window = found[event.record] = Window(event, {})
            current |= dict.fromkeys((key.records.get(event.record, ""), *event.changes), window)
        elif event.kind == ACTED and event.record in current:
            done = current[event.record].done
            done.setdefault((event.record, event.action), []).append(event)
    return found


def findings_of(key: Key, events: Sequence[Event]) -> list[Finding]:
    """A finding for each target, in the key's order; what people judge is `unjudged` once there is something to see."""
    brought = windows(key, events)
    findings: dict[str, Finding] = {}
    for target in key.targets:
        findings[target.id] = _judge(target, brought.get(target.inject), findings)
    return list(findings.values())


def _judge(target: Target, window: Window | None, earlier: dict[str, Finding]) -> Finding:
    if target.counts:
        return _count(target, [earlier[one] for one in target.counts["of"]])
    if window is None:
        return Finding(target, DONE if target.forbidden else NOT_REACHED, 0.0)
    tried = window.tried(target)
    if target.forbidden:
        return _judge_forbidden(target, tried)
    if not tried:
        return Finding(target, MISSING, 0.0)
    if target.judged:
        return Finding(target, UNJUDGED, 0.0, tuple(event.seq for event in tried), (), tried[-1].moment)
    return _judge_tried(target, window, tried, earlier.get(target.after))


def _judge_tried(target: Target, window: Window, tried: list[Event], before: Finding | None) -> Finding:
    held = before.evidence[-1] if before and before.evidence else None
    valid = [event for event in (tried[:1] if target.first else tried)
             if not target.after or (held is not None and event.seq > held)]  # fmt: skip
    for event in valid:
        if _matches(target, event):
            status = LATE if _late(target, window.start, event) else DONE
            return Finding(target, status, CREDIT[status] * target.weight, (event.seq,), (), event.moment)
    best = max(valid, key=lambda event: _right(target, event)) if target.partial and valid else tried[0]
    share = _right(target, best) if target.partial and valid else 0.0
    credit = CREDIT[LATE] if share and _late(target, window.start, best) else 1.0
    status, points = (PARTLY, share * credit * target.weight) if share else (WRONG, 0.0)
    return Finding(target, status, points, (best.seq,), _slips(target, best), best.moment)


def _judge_forbidden(target: Target, tried: list[Event]) -> Finding:
    broken = [event for event in tried if _matches(target, event)]
    if len(broken) < target.times:
        return Finding(target, DONE, 0.0)
    last = broken[target.times - 1]
    return Finding(target, WRONG, -target.weight, tuple(event.seq for event in broken), (), last.moment)


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


def _matches(target: Target, event: Event) -> bool:
    return any(way["action"] == event.action and not _unmet(way, event) for way in target.any)


def _right(target: Target, event: Event) -> float:
    """The share of the entries asked for that are right, of the way that fits best."""
    ways = [way for way in target.any if way["action"] == event.action and way["where"]]
    return max((1 - len(_unmet(way, event)) / len(way["where"]) for way in ways), default=0.0)


def _unmet(way: dict[str, Any], event: Event) -> list[str]:
    return [name for name, test in way["where"].items()
            if not meets(test, event.given.get(name), event.given, event.when())]  # fmt: skip


def _slips(target: Target, event: Event) -> tuple[Slip, ...]:
    way = next(way for way in target.any if way["action"] == event.action)
    return tuple(
        Slip(name, *slip(way["where"][name], event.given.get(name), event.given, event.when()))
        for name in _unmet(way, event)
    )


def _late(target: Target, start: Event, event: Event) -> bool:
    limits = [datetime.fromisoformat(target.by)] if target.by else []
    if target.within is not None:
        limits.append(start.when() + timedelta(minutes=target.within))
    return any(event.when() > limit for limit in limits)
