"""One entry of a form: what may be entered, and the check that makes a clean value of it or refuses."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Json = dict[str, Any]

TEXT_LIMIT = 2_000
LARGEST_NUMBER = 1_000_000_000_000
MOST_ROWS = 100
TEXTS = frozenset({"text", "long_text"})
LISTS = frozenset({"choices", "officials", "bodies", "components"})


class Refused(Exception):
    """The system says no; `reason` is a word key such as "wrong_step", `field` the entry at fault, if any."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@dataclass(frozen=True)
class Field:
    """One entry of an action's form.

    `kind`: text, long_text, number (whole đồng), count (a whole number), date (ISO), time (HH:MM), personal_id
    (12 digits), choice (one of `options`), choices (a list of them), unit, official, officials (a list), body, bodies
    (outside our office), record (another one of the same system), components (a list of what the record asks for),
    allotment (a whole number for each row that the record's part `rows` names; `columns` are shown beside the names).
    What may be chosen in all after `choices` comes from the office, the record and the state.
    `words` names the field whose choices' words are used, where it is not this one.
    """

    name: str
    kind: str
    options: tuple[str, ...] = ()
    required: bool = True
    words: str = ""
    rows: str = ""
    columns: tuple[str, ...] = ()

    @property
    def listed(self) -> bool:
        """Whether several may be chosen."""
        return self.kind in LISTS


@dataclass(frozen=True)
class Situation:
    """All that a rule may look at: the record acted on, the simulated moment, the office around it.

    `office` is the visible part of the script (units, officials, population, form set); `records` is everything
    that the attempt's state holds.
    """

    id: str
    record: Mapping[str, Any]
    moment: datetime
    office: Mapping[str, Any]
    records: Mapping[str, Json]

    def today(self) -> str:
        """The simulated day, ISO."""
        return self.moment.date().isoformat()


def check(fields: tuple[Field, ...], situation: Situation, given: Mapping[str, object]) -> Json:
    """Every field with a clean value; `Refused` for the first unknown, empty, too long, malformed or not on offer."""
    unknown = set(given) - {field.name for field in fields}
    if unknown:
        raise Refused("unknown_field", sorted(map(str, unknown))[0][:40])
    return {field.name: _clean(field, situation, given.get(field.name)) for field in fields}


def _clean(field: Field, situation: Situation, value: object) -> object:
    blank: object = {} if field.kind == "allotment" else [] if field.listed else ""
    if value in (None, [], (), blank) or (isinstance(value, str) and not value.strip()):
        if field.required:
            raise Refused("empty", field.name)
        return blank
    if field.kind in TEXTS and isinstance(value, str) and len(value) > TEXT_LIMIT:
        raise Refused("too_long", field.name)
    try:
        clean = _READERS[field.kind](value)
    except (TypeError, ValueError, OverflowError):
        raise Refused("malformed", field.name) from None
    if isinstance(clean, dict):
        return _allotted(field, situation, clean)
    allowed = options(field, situation)
    chosen = clean if isinstance(clean, list) else [clean]
    if allowed is not None and not set(chosen) <= set(allowed):
        raise Refused("not_on_offer", field.name)
    return clean


def allotment_rows(field: Field, situation: Situation) -> Mapping[str, Json]:
    """The rows of an allotment by their ids, each with its `name` and what its columns show; none: nothing to fill."""
    found: Mapping[str, Json] = situation.record.get(field.rows, {})
    return found


def _allotted(field: Field, situation: Situation, numbers: dict[str, int]) -> dict[str, int]:
    """The numbers in the order of the rows, each row with one, a nought being one too."""
    rows = allotment_rows(field, situation)
    if not set(numbers) <= set(rows):
        raise Refused("not_on_offer", field.name)
    if len(numbers) < len(rows) and (numbers or field.required):
        raise Refused("row_empty", field.name)
    return {row: numbers[row] for row in rows if row in numbers}


def options(field: Field, situation: Situation) -> tuple[str, ...] | None:
    """What may be chosen in a field, None where anything of the right kind may be entered."""
    if field.kind in ("choice", "choices"):
        return field.options
    if field.kind in _BOOKS:
        return tuple(situation.office.get(_BOOKS[field.kind], ()))
    if field.kind == "components":
        return tuple(situation.record["asks"])
    if field.kind == "record":
        alike = situation.record.get("kind")
        return tuple(key for key, one in situation.records.items() if one.get("kind") == alike and key != situation.id)
    return None


_BOOKS = {"unit": "units", "official": "officials", "officials": "officials", "body": "bodies", "bodies": "bodies"}


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > TEXT_LIMIT or "\x00" in value:
        raise ValueError
    value.encode()  # half a character, as only a program can send, is no text
    return value.strip()


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,12}", value):
        raise ValueError
    number = int(value)
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError
    return number


def _day(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError
    return date.fromisoformat(value).isoformat()


def _time(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise ValueError
    return text


def _personal_id(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{12}", text):
        raise ValueError
    return text


def _list(value: object) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > 40:
        raise ValueError
    return sorted({_text(item) for item in value})


def _numbers(value: object) -> dict[str, int]:
    """A whole number by row; what was left blank is left out."""
    if not isinstance(value, Mapping) or len(value) > MOST_ROWS:
        raise ValueError
    typed = {_text(row): one for row, one in value.items()}
    return {row: _number(one) for row, one in typed.items() if one not in (None, "")}


_READERS: dict[str, Callable[[object], object]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "count": _number,
    "allotment": _numbers,
    "date": _day,
    "time": _time,
    "personal_id": _personal_id,
    **dict.fromkeys(("choice", "unit", "official", "body", "record"), _text),
    **dict.fromkeys(LISTS, _list),
}
