"""Evaluation: a pure function of Key and log. It reads facts, runs no rule of a system, and changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kit.criteria import example, meets
from kit.event import ACTED, DELIVERED, REFUSED, Event
from kit.script import Key, Target

DONE, LATE, WRONG, MISSING, NOT_REACHED = "done", "late", "wrong", "missing", "not_reached"
CREDIT = {DONE: 1.0, LATE: 0.5, WRONG: 0.0, MISSING: 0.0, NOT_REACHED: 0.0}
PERFORMED, SOME_CHALLENGES, MAJOR_CHALLENGES, UNABLE = "P", "S", "M", "U"


@dataclass(frozen=True)
class Slip:
    """One entry that was not what the rule asks for."""

    field: str
    found: Any
    expected: Any


@dataclass(frozen=True)
class Finding:
    """What became of one target: its status, the events (seq) that prove it, and what it earned of its weight."""

    target: Target
    status: str
    points: float
    evidence: tuple[int, ...] = ()
    slips: tuple[Slip, ...] = ()
    moment: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing is to be said about it."""
        return self.status == DONE


@dataclass(frozen=True)
class Evaluation:
    """The findings of one attempt, its score (0 to 100) and its rating: P, S, M or U."""

    exercise: str
    seed: int
    unit: str
    score: float
    rating: str
    passed: bool
    findings: tuple[Finding, ...]
    refusals: tuple[tuple[str, str, int], ...] = field(default_factory=tuple)


def evaluate(key: Key, events: Sequence[Event]) -> Evaluation:
    """The evaluation of a log under a key; the same log and key always give the same evaluation."""
    findings = _findings(key, events)
    whole = sum(target.weight for target in key.targets if not target.forbidden)
    score = round(max(0.0, 100 * sum(finding.points for finding in findings) / whole), 2) if whole else 0.0
    return Evaluation(
        key.exercise, key.seed, key.unit, score, rating(score, findings), score >= key.pass_mark,
        tuple(findings), refusals(events),
    )  # fmt: skip


def rating(score: float, findings: Sequence[Finding]) -> str:
    """P: 90 or more and no critical failure; S: 70 or more and none; M: 50 or more and at most two; else U."""
    failed = sum(1 for finding in findings if finding.target.critical and finding.status not in (DONE, LATE))
    if score >= 90 and not failed:
        return PERFORMED
    if score >= 70 and not failed:
        return SOME_CHALLENGES
    return MAJOR_CHALLENGES if score >= 50 and failed <= 2 else UNABLE


def refusals(events: Sequence[Event]) -> tuple[tuple[str, str, int], ...]:
    """(action, reason, how often) of what the systems refused: where people get stuck, most frequent first."""
    counts: dict[tuple[str, str], int] = {}
    for event in events:
        if event.kind == REFUSED:
            counts[event.action, event.reason] = counts.get((event.action, event.reason), 0) + 1
    return tuple((*what, times) for what, times in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True)
class _Window:
    """An inject that was brought, and what was done about its records until another one about them took over."""

    start: Event
    done: dict[tuple[str, str], list[Event]]  # by record and action

    def tried(self, target: Target) -> list[Event]:
        """The actions by which a target may be met, in the order of time."""
        actions = dict.fromkeys(way["action"] for way in target.any)
        found = [event for action in actions for event in self.done.get((target.record, action), ())]
        return found if len(actions) == 1 else sorted(found, key=lambda event: event.seq)


def _windows(key: Key, events: Sequence[Event]) -> dict[str, _Window]:
    """The window of each inject that was brought."""
    found: dict[str, _Window] = {}
    current: dict[str, _Window] = {}  # by record
    for event in events:
        if event.kind == DELIVERED:
            window = found[event.record] = _Window(event, {})
            current |= dict.fromkeys((key.records.get(event.record, ""), *event.changes), window)
        elif event.kind == ACTED and event.record in current:
            done = current[event.record].done
            done.setdefault((event.record, event.action), []).append(event)
    return found


def _findings(key: Key, events: Sequence[Event]) -> list[Finding]:
    windows = _windows(key, events)
    findings: dict[str, Finding] = {}
    for target in key.targets:
        findings[target.id] = _judge(target, windows.get(target.inject), findings)
    return list(findings.values())


def _judge(target: Target, window: _Window | None, earlier: dict[str, Finding]) -> Finding:
    if window is None:
        return Finding(target, DONE if target.forbidden else NOT_REACHED, 0.0)
    tried = window.tried(target)
    if target.forbidden:
        return _judge_forbidden(target, tried)
    before = earlier.get(target.after)
    held = before.evidence[-1] if before and before.evidence else None
    for event in tried[:1] if target.first else tried:
        if _matches(target, event) and (not target.after or (held is not None and event.seq > held)):
            status = LATE if _late(target, window.start, event) else DONE
            return Finding(target, status, CREDIT[status] * target.weight, (event.seq,), (), event.moment)
    if not tried:
        return Finding(target, MISSING, 0.0)
    return Finding(target, WRONG, 0.0, (tried[0].seq,), _slips(target, tried[0]), tried[0].moment)


def _judge_forbidden(target: Target, tried: list[Event]) -> Finding:
    broken = [event for event in tried if _matches(target, event)]
    if len(broken) < target.times:
        return Finding(target, DONE, 0.0)
    last = broken[target.times - 1]
    return Finding(target, WRONG, -target.weight, tuple(event.seq for event in broken), (), last.moment)


def _matches(target: Target, event: Event) -> bool:
    return any(way["action"] == event.action and not _unmet(way, event) for way in target.any)


def _unmet(way: dict[str, Any], event: Event) -> list[str]:
    return [name for name, test in way["where"].items()
            if not meets(test, event.given.get(name), event.given, event.when())]  # fmt: skip


def _slips(target: Target, event: Event) -> tuple[Slip, ...]:
    way = next(way for way in target.any if way["action"] == event.action)
    wanted = {name: example(way["where"][name], event.given, event.when()) for name in _unmet(way, event)}
    return tuple(Slip(name, event.given.get(name), value) for name, value in wanted.items())


def _late(target: Target, start: Event, event: Event) -> bool:
    limits = [datetime.fromisoformat(target.by)] if target.by else []
    if target.within is not None:
        limits.append(start.when() + timedelta(minutes=target.within))
    return any(event.when() > limit for limit in limits)
