"""The closed vocabulary in which a guide says what an entry must be; pure, the same for graders and authors.

A criterion is a plain value (equal), or one of
  {one_of: [..]}  {any_set: [[..], ..]}  {has: [..]}  {at_least: v}  {at_most: v}  {not_empty: true}
  {mentions: [word, ..]}  {mentions_any: [word, ..]}  {lacks: [word, ..]}  {all: [criterion, ..]}
  {same_as: field}  {differs_from: field}  {mapped: field, by: {value: wanted}}
  {appointment: {unit: .., value: n, same_day: bool}}  {allots: {row: criterion}}  {total: criterion}
`appointment` is the date that the working calendar gives for the moment of the action; `has` wants a list that holds
at least these. Texts are compared without regard to case and diacritics by `mentions`, `mentions_any` (one of the
words is enough) and `lacks` (none of them may be there). Of a number for each row, `allots` looks at the rows that it
names and `total` at the sum of all.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from kit.calendar import ProcessingTime, appointment
from kit.plain_text import plain

Given = Mapping[str, Any]
NAMES = (
    "all", "one_of", "any_set", "has", "at_least", "at_most", "not_empty", "mentions", "mentions_any", "lacks",
    "same_as", "differs_from", "mapped", "appointment", "allots", "total",
)  # fmt: skip


def name_of(criterion: dict[str, Any]) -> str:
    """Which word of the vocabulary a criterion uses, "" for none; the order of its keys does not matter."""
    return next((name for name in NAMES if name in criterion), "")


def meets(criterion: Any, value: Any, given: Given, moment: datetime) -> bool:
    """Whether an entry of an action at a simulated moment is what the criterion asks for."""
    if not isinstance(criterion, dict):
        return bool(value == criterion)
    name = name_of(criterion)
    wanted = criterion[name]
    if name == "all":
        return all(meets(one, value, given, moment) for one in wanted)
    if name == "differs_from":
        return bool(value != given.get(wanted))
    if name in ("allots", "total"):
        return isinstance(value, dict) and _allotted(criterion, value, (given, moment))
    if name in _CHECKS:
        return _CHECKS[name](wanted, value)
    return bool(value == example(criterion, given, moment))


def _allotted(criterion: dict[str, Any], value: dict[str, Any], at: tuple[Given, datetime]) -> bool:
    """Whether the rows that the criterion names, or their sum, are as it asks."""
    if "total" in criterion:
        return meets(criterion["total"], sum(value.values()), *at)
    return all(meets(wanted, value.get(row), *at) for row, wanted in criterion["allots"].items())


def _found(wanted: list[str], value: Any) -> list[bool]:
    said = plain(str(value))
    return [plain(word) in said for word in wanted]


_CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "one_of": lambda wanted, value: value in wanted,
    "any_set": lambda wanted, value: isinstance(value, list) and sorted(value) in [sorted(one) for one in wanted],
    "has": lambda wanted, value: isinstance(value, list) and set(wanted) <= set(value),
    "at_least": lambda wanted, value: type(value) is type(wanted) and bool(value >= wanted),
    "at_most": lambda wanted, value: type(value) is type(wanted) and bool(value <= wanted),
    "not_empty": lambda wanted, value: bool(value) is wanted,
    "mentions": lambda wanted, value: all(_found(wanted, value)),
    "mentions_any": lambda wanted, value: any(_found(wanted, value)),
    "lacks": lambda wanted, value: not any(_found(wanted, value)),
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
        entered = given.get(wanted)
        return entered if name == "same_as" else criterion["by"].get(entered)
    if name in ("allots", "total"):
        rows = wanted if name == "allots" else {"": wanted}
        return {row: example(one, given, moment) for row, one in rows.items()}
    if name == "appointment":
        return appointment(moment, ProcessingTime(**wanted)).date().isoformat()
    if name == "mentions":
        return " ".join(wanted)
    return "x" if name in ("not_empty", "lacks") else wanted


def slip(criterion: Any, value: Any, given: Given, moment: datetime) -> tuple[Any, Any]:
    """What was entered and what would do, as a finding shows them: of a number for each row the rows that differ."""
    wanted = example(criterion, given, moment)
    if not isinstance(value, dict) or not isinstance(wanted, dict):
        return value, wanted
    if "" in wanted:
        return {"": sum(value.values())}, wanted
    tests = criterion.get("allots", wanted)
    wrong = [row for row in wanted if not meets(tests.get(row), value.get(row), given, moment)]
    return {row: value.get(row) for row in wrong}, {row: wanted[row] for row in wrong}


def _common(examples: list[Any], criterion: Any, at: tuple[Given, datetime]) -> Any:
    """Of the examples, or all their texts, lists or rows together, what meets every one of the criteria."""
    texts = [one for one in examples if isinstance(one, str)]
    lists = [one for one in examples if isinstance(one, list)]
    rows = {row: number for one in examples if isinstance(one, dict) for row, number in one.items() if row}
    together = [". ".join(dict.fromkeys(texts)), sorted({item for one in lists for item in one}), rows]
    return next((one for one in (*examples, *together) if meets(criterion, one, *at)), examples[0])
