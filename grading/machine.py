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
    made,
)
from grading.rules import BY_MACHINE, BY_PEOPLE, COUNTED, FORBIDDEN, About, Rule, Rules
from kit.event import ACTED, DELIVERED, Event

NOTHING = About([], {})


class Log(NamedTuple):
    """A log gone through once.

    `brought`: the simulated moment of each inject; `done`: by the number of a rule what was done where it looks, while
    its inject was the last one about the record; `rest`: what else happened, by kind.
    """

    brought: dict[str, str]
    done: dict[int, list[Event]]
    rest: dict[str, list[Event]]


class Judged(NamedTuple):
    """What a judge may ask beyond the tries at one target: when injects were brought, and what was found so far."""

    rules: Rules
    brought: Mapping[str, str]
    findings: Sequence[Finding]

    def of(self, target: str) -> Finding:
        """What was found about another target."""
        return self.findings[self.rules.numbers[target]]

    def late(self, rule: Rule, event: Event) -> bool:
        """Whether an action came after a limit of its target."""
        return rule.limited and rule.late(event, self.brought[rule.target.inject])


def gone_through(rules: Rules, events: Sequence[Event]) -> Log:
    """What the rules need of a log."""
    brought: dict[str, str] = {}
    done: dict[int, list[Event]] = {}
    rest: dict[str, list[Event]] = {}
    asked: dict[str, dict[str, list[int]]] = {}  # by record: what the last inject about it asks, by action
    for event in events:
        kind, record = event.kind, event.record
        if kind == ACTED:
            if record in asked:
                for number in asked[record].get(event.action, ()):
                    done.setdefault(number, []).append(event)
        elif kind == DELIVERED:
            about = rules.about.get(record, NOTHING)
            if record in brought:  # once more: what was done before counts no longer
                done = {number: tried for number, tried in done.items() if number not in about.numbers}
            brought[record] = event.moment
            for one in (rules.records.get(record, ""), *event.changes):
                asked[one] = about.places.get(one, {})
        else:
            rest.setdefault(kind, []).append(event)
    return Log(brought, done, rest)


def findings_of(rules: Rules, log: Log) -> list[Finding]:
    """A finding for each target, in the key's order; what people judge is `unjudged` once there is something to see."""
    findings, each = list(rules.untried), rules.each
    for inject, about in rules.about.items():
        if inject not in log.brought:
            for number in about.numbers:
                findings[number] = each[number].without(NOT_REACHED)
    other = Judged(rules, log.brought, findings)
    for number in sorted([*log.done, *rules.counted]):
        rule = each[number]
        try:
            findings[number] = JUDGES[rule.kind](rule, log.done.get(number, []), other)
        except Exception as error:
            error.add_note(rule.target.id)
            raise
    return findings


def _by_machine(rule: Rule, tried: list[Event], other: Judged) -> Finding:
    """The first try that is right, or what was wrong with the first or the best of them."""
    test = rule.test or rule.ready()
    valid = tried[:1] if rule.first else tried
    if rule.after:
        valid = _after(other.of(rule.after), valid)
    for event in valid:
        if test(event):
            if rule.limited and other.late(rule, event):
                return Finding(rule.target, LATE, CREDIT[LATE] * rule.weight, (event.seq,), (), event.moment)
            return made(Finding, (rule.target, DONE, rule.weight, (event.seq,), (), event.moment, None, None))
    return _fallen_short(rule, tried, valid if rule.target.partial else [], other)


def _by_people(rule: Rule, tried: list[Event], other: Judged) -> Finding:
    return Finding(rule.target, UNJUDGED, 0.0, tuple(event.seq for event in tried), (), tried[-1].moment)


def _forbidden(rule: Rule, tried: list[Event], other: Judged) -> Finding:
    test = rule.test or rule.ready()
    broken = [event for event in tried if test(event)]
    if len(broken) < rule.target.times:
        return rule.without(MISSING)
    last = broken[rule.target.times - 1]
    return Finding(rule.target, WRONG, -rule.weight, tuple(event.seq for event in broken), (), last.moment)


def _after(before: Finding, tried: list[Event]) -> list[Event]:
    """The tries that came after what must come before."""
    held = before.evidence[-1] if before.evidence else None
    return [event for event in tried if held is not None and event.seq > held]


def _fallen_short(rule: Rule, tried: list[Event], partial: list[Event], other: Judged) -> Finding:
    """No try was right: the first tells what was wrong, or the best of those that may earn their share."""
    best = max(partial, key=rule.right) if partial else tried[0]
    share = rule.right(best) if partial else 0.0
    if not share:
        return made(Finding, (rule.target, WRONG, 0.0, (best.seq,), rule.slips(best), best.moment, None, None))
    credit = CREDIT[LATE] if other.late(rule, best) else 1.0
    return Finding(rule.target, PARTLY, share * credit * rule.weight, (best.seq,), rule.slips(best), best.moment)


def _count(rule: Rule, tried: list[Event], other: Judged) -> Finding:
    """k-of-n: enough of the counted findings are done, or (where `partial`) their share of those asked for."""
    target = rule.target
    counted = [other.of(one) for one in target.counts["of"]]
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


JUDGES = {BY_MACHINE: _by_machine, BY_PEOPLE: _by_people, FORBIDDEN: _forbidden, COUNTED: _count}
