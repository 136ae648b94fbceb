"""What an event must look like, whoever wrote it: a chain in order says nothing about the kinds of its parts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

TEXTS = ("attempt", "kind", "actor", "system", "action", "record", "reason", "previous", "hash")
YEARS = (1900, 3000)
LONGEST = 10_000_000  # minutes, about twenty years
WHOLE = (-LONGEST, LONGEST)


def well_formed(event: Any) -> bool:
    """Whether each part of an `Event` is of its kind, its times are times, and an order says what it came to."""
    if not all(type(getattr(event, name)) is str for name in TEXTS) or type(event.seq) is not int:
        return False
    if not (isinstance(event.given, dict) and _of_dicts(event.changes) and _within(event.minutes, (0, LONGEST))):
        return False
    return _time(event.moment, aware=False) and _time(event.at) and (event.kind != "ordered" or _order(event.given))


def _of_dicts(changes: Any) -> bool:
    return isinstance(changes, dict) and all(isinstance(one, dict) for one in changes.values())


def _within(value: Any, limits: tuple[int, int]) -> bool:
    return type(value) is int and limits[0] <= value <= limits[1]


def _time(text: Any, aware: bool = True) -> bool:
    """Whether a text is a moment; `aware`: it may name its zone."""
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return False
    return YEARS[0] < moment.year < YEARS[1] and (aware or moment.tzinfo is None)


def _order(given: Mapping[str, Any]) -> bool:
    """Whether an order that was followed can be followed again."""
    injects = given.get("injects", [])
    known = isinstance(injects, list) and all(type(one) is str for one in injects)
    numbers = type(given.get("order")) is int and _within(given.get("minutes", 0), WHOLE)
    return known and numbers and type(given.get("kind")) is str and type(given.get("done")) is bool
