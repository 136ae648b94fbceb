"""The rows of the table of all records: what each shows, which disagree in themselves, how they are found, sorted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from kit.plain_text import plain, vietnamese_order
from kit.systems.form import Shown, System
from kit.ui.facts import reads
from kit.ui.view import View
from kit.ui.wanted import Wanted
from kit.words import LANGUAGES

WHO, WHAT, STEP = "who", "what", "step"


@dataclass(frozen=True)
class Line:
    """One record as the table shows it: texts by column, values to sort by, and whether its sources disagree."""

    id: str
    record: Mapping[str, Any]
    cells: Mapping[str, str]
    sorts: Mapping[str, str]
    differs: bool
    text: str


def line(view: View, system: System, record: Mapping[str, Any]) -> Line:
    """A record's row; it is found by its words in every language, so that another language loses no filter."""
    cells = _cells(view, system, record)
    days = {one.name: str(record.get(one.field or one.name, "")) for one in system.columns if one.kind == "day"}
    compared = {str(record[name]) for name in system.compares if name in record}
    spoken = (_cells(replace(view, language=one), system, record).values() for one in LANGUAGES)
    text = plain(" ".join((str(record["code"]), *chain.from_iterable(spoken))))
    return Line(str(record["code"]), record, cells, {**cells, **days}, len(compared) > 1, text)


def _cells(view: View, system: System, record: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a row by column."""
    cells = {WHO: str(view.named(record, "who")), WHAT: str(view.named(record, "title"))}
    cells |= {one.name: _cell(view, one, record) for one in system.columns}
    return cells | {STEP: view.say(f"step.{record.get('step', '')}")}


def found(lines: Iterable[Line], wanted: Wanted) -> list[Line]:
    """The rows that hold every word and are as wanted, in the order wanted; as they came where no column is named."""
    words = plain(wanted.words).split()
    kept = [one for one in lines if all(word in one.text for word in words) and _fits(one, wanted)]
    if not wanted.column:
        return kept
    column = wanted.column
    return sorted(kept, key=lambda one: vietnamese_order(one.sorts.get(column, "")), reverse=wanted.backwards)


def _fits(one: Line, wanted: Wanted) -> bool:
    return (not wanted.step or one.record.get("step") == wanted.step) and (not wanted.differing or one.differs)


def _cell(view: View, shown: Shown, record: Mapping[str, Any]) -> str:
    value = record.get(shown.field or shown.name, "")
    return reads(view, shown.kind, value) if value not in ("", None, []) else ""
