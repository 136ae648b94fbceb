"""The closed vocabulary in which a guide says what an entry must be; pure, the same for graders and authors.

A criterion is a plain value (equal), or one of
  {one_of: [..]}  {any_set: [[..], ..]}  {has: [..]}  {at_least: v}  {at_most: v}  {not_empty: true}
  {mentions: [word, ..]}  {mentions_any: [word, ..]}  {lacks: [word, ..]}  {all: [criterion, ..]}
  {same_as: field}  {differs_from: field}  {mapped: field, by: {value: wanted}}
  {appointment: {unit: .., value: n, same_day: bool}}  {allots: {row: criterion}}  {total: criterion}
`appointment` is the date that the working calendar gives for the moment of the action; `has` wants a list that holds
at least these. Texts are compared without regard to case and diacritics by `mentions`, `mentions_any` (one of the
words is enough) and `lacks` (none of them may be there). Of a number for each row, `allots` looks at the rows that it
names and `total` at the sum of all. An entry of a wrong kind, whatever it is, is wrong and no error.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from typing import Any

from kit.calendar import ProcessingTime, appointment
from kit.plain_text import plain

Given = Mapping[str, Any]
When = Callable[[], datetime]
Check = Callable[[Any, Given, When], bool]  # of an entry, among the others of its action, at a simulated moment
NAMES = (
    "all", "one_of", "any_set", "has", "at_least", "at_most", "not_empty", "mentions", "mentions_any", "lacks",
    "same_as", "differs_from", "mapped", "appointment", "allots", "total",
)  # fmt: skip


def name_of(criterion: dict[str, Any]) -> str:
    """Which word of the vocabulary a criterion uses, "" for none; the order of its keys does not matter."""
    for name in NAMES:
        if name in criterion:
            return name
    return ""


def meets(criterion: Any, value: Any, given: Given, moment: datetime) -> bool:
    """Whether an entry of an action at a simulated moment is what the criterion asks for."""
    return check_of(criterion)(value, given, lambda: moment)


def check_of(criterion: Any) -> Check:
    """The criterion made ready to be asked of many entries."""
    if not isinstance(criterion, dict):
        return lambda value, given, when: bool(value == criterion)
    name = name_of(criterion)
    return _TESTS[name](criterion[name]) if name in _TESTS else _related(name, criterion)


def _related(name: str, criterion: dict[str, Any]) -> Check:
    """The criteria that look at more than one value: at their parts, other entries, or the moment."""
    wanted = criterion[name]
    if name == "all":
        parts = [check_of(one) for one in wanted]
        return lambda value, given, when: all(part(value, given, when) for part in parts)
    if name == "allots":
        rows = [(row, check_of(one)) for row, one in wanted.items()]
        return lambda value, given, when: (
            isinstance(value, dict) and all(part(value.get(row), given, when) for row, part in rows)
        )
    if name == "total":
        part = check_of(wanted)
        return lambda value, given, when: isinstance(value, dict) and part(_sum(value), given, when)
    if name in ("same_as", "differs_from"):
        same = name == "same_as"
        return lambda value, given, when: bool((value == given.get(wanted)) is same)
    if name == "mapped":
        return lambda value, given, when: bool(value == _entered(criterion, given.get(wanted)))
    time = ProcessingTime(**wanted)
    return lambda value, given, when: bool(value == _promised(when(), time))


def _sum(rows: Mapping[str, Any]) -> Any:
    """The sum of a number for each row; None where one is no number, or none that can be added."""
    try:
        return sum(rows.values())
    except (TypeError, OverflowError):
        return None


def _same_items(wanted: list[Any], value: list[Any]) -> bool:
    return len(wanted) == len(value) and all(value.count(one) == wanted.count(one) for one in wanted)


def _said(wanted: list[str], enough: Callable[[int, int], bool]) -> Check:
    """Whether enough of the words are in a text: (how many are, how many there are)."""
    words = [plain(word) for word in wanted]

    def check(value: Any, given: Given, when: When) -> bool:
        said = plain(str(value))
        return enough(len([word for word in words if word in said]), len(words))

    return check


_TESTS: dict[str, Callable[[Any], Check]] = {  # each makes a check of what is wanted
    "one_of": lambda wanted: lambda value, given, when: value in wanted,
    "any_set": lambda wanted: (
        lambda value, given, when: isinstance(value, list) and any(_same_items(one, value) for one in wanted)
    ),
    "has": lambda wanted: lambda value, given, when: isinstance(value, list) and all(one in value for one in wanted),
    "at_least": lambda wanted: lambda value, given, when: type(value) is type(wanted) and bool(value >= wanted),
    "at_most": lambda wanted: lambda value, given, when: type(value) is type(wanted) and bool(value <= wanted),
    "not_empty": lambda wanted: lambda value, given, when: bool(value) is wanted,
    "mentions": lambda wanted: _said(wanted, lambda found, words: found == words),
    "mentions_any": lambda wanted: _said(wanted, lambda found, words: found > 0),
    "lacks": lambda wanted: _said(wanted, lambda found, words: found == 0),
}


def example(criterion: Any, given: Given, moment: datetime) -> Any:
    """An entry that meets the criterion."""
    if not isinstance(criterion, dict):
        return criterion
    name = name_of(criterion)
    wanted = criterion[name]
    if name == "all":
        return _common([example(one, given, moment) for one in wanted], criterion, (given, moment))
    if name in ("one_of", "any_set", "mentions_any"):
        return wanted[0]
    if name in ("same_as", "mapped"):
        return _entered(criterion, given.get(wanted))
    if name in ("allots", "total"):
        rows = wanted if name == "allots" else {"": wanted}
        return {row: example(one, given, moment) for row, one in rows.items()}
    if name == "appointment":
        return _promised(moment, ProcessingTime(**wanted))
    if name == "mentions":
        return " ".join(wanted)
    return "x" if name in ("not_empty", "lacks") else wanted


def _promised(moment: datetime, time: ProcessingTime) -> str:
    return appointment(moment, time).date().isoformat()


def _entered(criterion: dict[str, Any], other: Any) -> Any:
    """What must stand beside the entry of another field: the same, or what it is mapped to."""
    if "same_as" in criterion:
        return other
    return criterion["by"].get(other) if isinstance(other, Hashable) else None


def varies(criterion: Any) -> bool:
    """Whether its example hangs on other entries or on the moment."""
    if not isinstance(criterion, dict):
        return False
    name = name_of(criterion)
    if name in ("all", "allots", "total"):
        wanted = criterion[name]
        return any(map(varies, wanted if name == "all" else wanted.values() if name == "allots" else [wanted]))
    return name in ("same_as", "mapped", "appointment")


def slip(criterion: Any, value: Any, given: Given, moment: datetime) -> tuple[Any, Any]:
    """What was entered and what would do, as a finding shows them: of a number for each row the rows that differ."""
    wanted = example(criterion, given, moment)
    if not isinstance(value, dict) or not isinstance(wanted, dict):
        return value, wanted
    if "" in wanted:
        return {"": _sum(value)}, wanted
    tests = criterion.get("allots", wanted)
    wrong = [row for row in wanted if not meets(tests.get(row), value.get(row), given, moment)]
    return {row: value.get(row) for row in wrong}, {row: wanted[row] for row in wrong}


def _common(examples: list[Any], criterion: Any, at: tuple[Given, datetime]) -> Any:
    """Of the examples, or all their texts, lists or rows together, what meets every one of the criteria."""
    texts = [one for one in examples if isinstance(one, str)]
    lists = [one for one in examples if isinstance(one, list)]
    rows = {row: number for one in examples if isinstance(one, dict) for row, number in one.items() if row}
    together = [". ".join(dict.fromkeys(texts)), sorted({item for one in lists for item in one}), rows]
    check, (given, moment) = check_of(criterion), at
    return next((one for one in (*examples, *together) if check(one, given, lambda: moment)), examples[0])
