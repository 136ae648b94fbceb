"""The targets of a key made ready: what hangs on the key alone is worked out once for all attempts on it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from grading.finding import DONE, MISSING, Finding, Slip, made
from grading.rating import weight_of
from kit.criteria import check_of, example, slip, varies
from kit.event import Event
from kit.script import Key, Target

COUNTED, FORBIDDEN, BY_PEOPLE, BY_MACHINE = "counted", "forbidden", "by_people", "by_machine"
Test = Callable[[Event], bool]


class Way:
    """One way to meet a target: what the entries of an action must be; `met` tells whether they all are."""

    def __init__(self, where: dict[str, Any]) -> None:
        self.where = where
        self.equal = [(name, test) for name, test in where.items() if not isinstance(test, dict)]
        self.checks = [(name, check_of(test)) for name, test in where.items() if isinstance(test, dict)]
        self.met = self._test()

    def _test(self) -> Test:
        """The test in its shortest form: it is asked of every action that may meet a target."""
        equal, checks = self.equal, self.checks
        if not self.where:
            return lambda event: True
        if not checks and len(equal) == 1:
            [(only, value)] = equal
            return lambda event: bool(event.given.get(only) == value)

        def met(event: Event) -> bool:
            given = event.given
            for name, wanted in equal:
                if given.get(name) != wanted:
                    return False
            for name, check in checks:  # noqa: SIM110 - a generator takes twice the time, in the innermost loop
                if not check(given.get(name), given, event.when):
                    return False
            return True

        return met

    def unmet(self, event: Event) -> list[str]:
        """The entries that are not as they should be, in the guide's order."""
        given = event.given
        wrong = [name for name, wanted in self.equal if given.get(name) != wanted]
        wrong += [name for name, check in self.checks if not check(given.get(name), given, event.when)]
        return wrong if len(wrong) < 2 else [name for name in self.where if name in wrong]

    def slips(self, event: Event) -> tuple[Slip, ...]:
        """The entries that were wrong, with what would do."""
        return tuple([self._slip(name, event) for name in self.unmet(event)])

    def _slip(self, name: str, event: Event) -> Slip:
        entered, examples = event.given.get(name), self._examples
        if name in examples and not isinstance(entered, dict):
            return made(Slip, (name, entered, examples[name]))
        return Slip(name, *slip(self.where[name], entered, event.given, event.when()))

    @cached_property
    def _examples(self) -> dict[str, Any]:
        """What would do, where it hangs on nothing in a log."""
        return {name: example(test, {}, datetime.min) for name, test in self.where.items() if not varies(test)}


class Rule:
    """A target made ready: how it is judged, and its ways by action, each worked out when somebody first tries it."""

    __slots__ = ("_ways", "after", "first", "kind", "limited", "target", "test", "weight")

    def __init__(self, target: Target) -> None:
        self.target, self.kind, self.weight = target, _kind(target), target.weight
        self.first, self.after = target.first, target.after
        self.limited = target.within is not None or target.by != ""
        self.test: Test | None = None
        self._ways: dict[str, list[Way]] | None = None

    def without(self, status: str) -> Finding:
        """The finding where nothing was done: the status, but what must not happen is done well."""
        status = DONE if self.kind == FORBIDDEN else status
        return made(Finding, (self.target, status, 0.0, (), (), "", None, None))

    def ways(self, action: str) -> list[Way]:
        """The ways of an action."""
        if self._ways is None:
            self._ways = {}
            for way in self.target.any:
                self._ways.setdefault(way["action"], []).append(Way(way["where"]))
        return self._ways.get(action, [])

    def ready(self) -> Test:
        """Whether an action is what the target asks for, in its shortest form; kept as `test`."""
        ways = self.target.any
        self.test = self.ways(ways[0]["action"])[0].met if len(ways) == 1 else self._one_of_several()
        return self.test

    def _one_of_several(self) -> Test:
        tests = {way["action"]: [one.met for one in self.ways(way["action"])] for way in self.target.any}
        return lambda event: any(met(event) for met in tests.get(event.action, ()))

    def right(self, event: Event) -> float:
        """The share of the entries asked for that are right, of the way that fits best."""
        ways = [way for way in self.ways(event.action) if way.where]
        return max((1 - len(way.unmet(event)) / len(way.where) for way in ways), default=0.0)

    def slips(self, event: Event) -> tuple[Slip, ...]:
        """The entries that are wrong, with what would do."""
        return self.ways(event.action)[0].slips(event)

    def late(self, event: Event, brought: str) -> bool:
        """Whether an action on an inject came after one of the limits; `brought`: the moment of the inject."""
        when, target = event.when(), self.target
        if target.within is not None and when > datetime.fromisoformat(brought) + timedelta(minutes=target.within):
            return True
        return bool(target.by) and when > datetime.fromisoformat(target.by)


class About(NamedTuple):
    """What is asked about one inject: all its rules' numbers, and by record and action those that look there."""

    numbers: list[int]
    places: dict[str, dict[str, list[int]]]


class Rules:
    """A key made ready: its rules in order, what each inject asks, and the findings of whoever does nothing.

    To be kept where many attempts are judged under one key.
    """

    def __init__(self, key: Key) -> None:
        self.records = key.records
        self.each = [Rule(target) for target in key.targets]
        self.untried = [rule.without(MISSING) for rule in self.each]
        self.counted = [number for number, rule in enumerate(self.each) if rule.kind == COUNTED]
        self.weight = weight_of(key.targets)
        self.about: dict[str, About] = {}
        for number, target in enumerate(key.targets):
            if not target.counts:
                self._ask(number, target)

    def _ask(self, number: int, target: Target) -> None:
        about = self.about.get(target.inject)
        if about is None:
            about = self.about[target.inject] = About([], {})
        about.numbers.append(number)
        actions = about.places.setdefault(target.record, {})
        for action in dict.fromkeys([way["action"] for way in target.any]):
            actions.setdefault(action, []).append(number)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each target by its id."""
        return {rule.target.id: number for number, rule in enumerate(self.each)}


def _kind(target: Target) -> str:
    """How a target is judged."""
    if target.counts:
        return COUNTED
    if target.forbidden:
        return FORBIDDEN
    return BY_PEOPLE if target.judged else BY_MACHINE
