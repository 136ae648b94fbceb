"""The closed vocabulary in which a guide says what an entry must be; pure, the same for graders and authors.

A criterion is a plain value (equal), or one of
  {one_of: [..]}  {any_set: [[..], ..]}  {at_least: v}  {at_most: v}  {not_empty: true}  {mentions: [word, ..]}
  {same_as: field}  {differs_from: field}  {mapped: field, by: {value: wanted}}
  {appointment: {unit: .., value: n, same_day: bool}}
`appointment` is the date that the working calendar gives for the moment of the action. Texts are compared without
regard to case and diacritics only by `mentions`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kit.calendar import ProcessingTime, appointment
from kit.plain_text import plain

Given = Mapping[str, Any]
NAMES = (
    "one_of",
    "any_set",
    "at_least",
    "at_most",
    "not_empty",
    "mentions",
    "same_as",
    "differs_from",
    "mapped",
    "appointment",
)


def name_of(criterion: dict[str, Any]) -> str:
    """Which word of the vocabulary a criterion uses, "" for none; the order of its keys does not matter."""
    return next((name for name in NAMES if name in criterion), "")


def meets(criterion: Any, value: Any, given: Given, moment: datetime) -> bool:
    """Whether an entry of an action at a simulated moment is what the criterion asks for."""
    if not isinstance(criterion, dict):
        return bool(value == criterion)
    name = name_of(criterion)
    wanted = criterion[name]
    if name == "any_set":
        return isinstance(value, list) and sorted(value) in [sorted(one) for one in wanted]
    if name in ("at_least", "at_most"):
        return type(value) is type(wanted) and (value >= wanted if name == "at_least" else value <= wanted)
    if name == "not_empty":
        return bool(value) is wanted
    if name == "mentions":
        return all(plain(word) in plain(str(value)) for word in wanted)
    if name == "one_of":
        return value in wanted
    if name == "differs_from":
        return bool(value != given.get(wanted))
    return bool(value == example(criterion, given, moment))


def example(criterion: Any, given: Given, moment: datetime) -> Any:
    """An entry that meets the criterion."""
    if not isinstance(criterion, dict):
        return criterion
    name = name_of(criterion)
    wanted = criterion[name]
    if name in ("one_of", "any_set"):
        return wanted[0]
    if name == "same_as":
        return given.get(wanted)
    if name == "mapped":
        return criterion["by"].get(given.get(wanted))
    if name == "appointment":
        return appointment(moment, ProcessingTime(**wanted)).date().isoformat()
    if name == "mentions":
        return " ".join(wanted)
    return "x" if name == "not_empty" else wanted
