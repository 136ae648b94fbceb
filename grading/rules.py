"""The targets of a key made ready: what hangs on the key alone is worked out once for all attempts on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from grading.finding import DONE, MISSING, NOT_REACHED, Finding, Slip
from kit.criteria import Check, check_of, example, slip, varies
from kit.event import Event
from kit.script import Key, Target

COUNTED, FORBIDDEN, BY_PEOPLE, BY_MACHINE = "counted", "forbidden", "by_people", "by_machine"


@dataclass(frozen=True)
class Way:
    """One way to meet a target: what the entries of an action must be."""

    where: dict[str, Any]
    equal: Sequence[tuple[str, Any]]  # entries that must be a value
    checks: Sequence[tuple[str, Check]]  # entries that must meet a criterion

    @classmethod
    def of(cls, where: dict[str, Any]) -> "Way":
        """The way that a guide describes."""
        equal, checks = [], []
        for name, test in where.items():
            if isinstance(test, dict):
                checks.append((name, check_of(test)))
            else:
                equal.append((name, test))
        return cls(where, equal, checks)

    def met(self, event: Event) -> bool:
        """Whether an action's entries are all as they should be."""
        given = event.given
        for name, wanted in self.equal:
            if given.get(name) != wanted:
                return False
        for name, check in self.checks:  # noqa: SIM110 - a generator takes twice the time, in the innermost loop
            if not check(given.get(name), given, event.when):
                return False
        return True

    def unmet(self, event: Event) -> list[str]:
        """The entries that are not as they should be, in the guide's order."""
        given = event.given
        wrong = [name for name, wanted in self.equal if given.get(name) != wanted]
        wrong += [name for name, check in self.checks if not check(given.get(name), given, event.when)]
        return wrong if len(wrong) < 2 else [name for name in self.where if name in wrong]

    def slip(self, name: str, event: Event) -> Slip:
        """What was entered wrongly, and what would do."""
        test, entered = self.where[name], event.given.get(name)
        if name in self._examples and not isinstance(entered, dict):
            return Slip(name, entered, self._examples[name])
        return Slip(name, *slip(test, entered, event.given, event.when()))

    @cached_property
    def _examples(self) -> dict[str, Any]:
        """What would do, where it hangs on nothing in a log."""
        return {name: example(test, {}, datetime.min) for name, test in self.where.items() if not varies(test)}


class Rule:
    """A target with its ways by action, its limits, and its findings where nothing was brought or nothing was done."""

    __slots__ = (
        "_ways", "by", "id", "inject", "kind", "limited", "place", "places", "target", "unreached", "untried", "within",
    )  # fmt: skip

    def __init__(self, target: Target) -> None:
        self.target, self.id, self.inject, self.kind = target, target.id, target.inject, _kind(target)
        self.places = list(dict.fromkeys([(target.record, way["action"]) for way in target.any]))
        self.place = self.places[0] if len(self.places) == 1 else None  # the only one, as of nearly all targets
        self.within = None if target.within is None else timedelta(minutes=target.within)
        self.by = datetime.fromisoformat(target.by) if target.by else None
        self.limited = self.within is not None or self.by is not None
        self.unreached = Finding(target, DONE if target.forbidden else NOT_REACHED, 0.0)
        self.untried = Finding(target, DONE if target.forbidden else MISSING, 0.0)
        self._ways: dict[str, list[Way]] = {}

    def ways(self, action: str) -> list[Way]:
        """The ways of an action; made when somebody first tries it."""
        found = self._ways.get(action)
        if found is None:
            found = self._ways[action] = [Way.of(way["where"]) for way in self.target.any if way["action"] == action]
        return found

    def matches(self, event: Event) -> bool:
        """Whether an action is what the target asks for."""
        for way in self.ways(event.action):  # noqa: SIM110 - as above
            if way.met(event):
                return True
        return False

    def right(self, event: Event) -> float:
        """The share of the entries asked for that are right, of the way that fits best."""
        ways = [way for way in self.ways(event.action) if way.where]
        return max((1 - len(way.unmet(event)) / len(way.where) for way in ways), default=0.0)

    def slips(self, event: Event) -> tuple[Slip, ...]:
        """The entries that are wrong, with what would do."""
        way = self.ways(event.action)[0]
        return tuple([way.slip(name, event) for name in way.unmet(event)])

    def late(self, event: Event, brought: str) -> bool:
        """Whether an action on an inject came after one of the limits; `brought`: the moment of the inject."""
        when = event.when()
        if self.within is not None and when > datetime.fromisoformat(brought) + self.within:
            return True
        return self.by is not None and when > self.by


def rules_of(key: Key) -> Sequence[Rule]:
    """The rules of a key, in its order; to be kept where many attempts are judged under one key."""
    return [Rule(target) for target in key.targets]


def _kind(target: Target) -> str:
    """How a target is judged."""
    if target.counts:
        return COUNTED
    if target.forbidden:
        return FORBIDDEN
    return BY_PEOPLE if target.judged else BY_MACHINE
