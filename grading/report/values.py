"""Entries as people read them: what was entered, and what the rule asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from grading.evaluate import Finding, Slip
from grading.report.reading import Report
from kit.criteria import example, name_of, varies
from kit.systems.called import unit
from kit.systems.registry import system
from kit.words import pick, say

ENOUGH = 4  # words that must not be there are a long list at times
WORDY = ("mentions", "mentions_any", "lacks", "at_least", "at_most")


def shown(report: Report, field: str, value: object, language: str) -> str:
    """An entry as people read it: names for units, officials, bodies and papers, dates as they are written."""
    if isinstance(value, list):
        return ", ".join(shown(report, field, one, language) for one in value)
    if isinstance(value, dict):
        return _rows(report, value, language)
    text = str(value if value is not None else "")
    choice = say(f"choice.{_words(report, field)}.{text}", language)
    return (_name(report, text, language) or _date(text)) if choice.startswith("choice.") else choice


def _rows(report: Report, numbers: dict[str, Any], language: str) -> str:
    """Each row of an allotment by its name with its number; the sum where a rule asks for that alone."""
    parts = (part for cue in report.script.cues for record in cue.records.values() for part in record.values())
    tables = (part for part in parts if isinstance(part, dict) and numbers.keys() <= part.keys())
    rows: dict[str, Any] = next((one for one in tables if isinstance(one[min(numbers, default="")], dict)), {})
    named = {row: rows.get(row, {}).get("name", row) if row else say("report.sum", language) for row in numbers}
    return "; ".join(f"{named[row]}: {'' if number is None else number}" for row, number in numbers.items())


def wanted(report: Report, finding: Finding, slip: Slip, language: str) -> str:
    """What the rule asked for in an entry: the value, or the words that must or must not be in a text."""
    action = next((event.action for event in report.events if event.seq in finding.evidence), "")
    ways = (way["where"].get(slip.field) for way in finding.target.any if way["action"] == action)
    said = _said(report, slip, next(ways, None), language)
    return said or shown(report, slip.field, slip.expected, language)


def slips(report: Report, finding: Finding, language: str) -> list[dict[str, str]]:
    """Each entry that was not right, by name, with what was entered and what the rule asked for."""
    return [
        {"name": say(f"field.{slip.field}", language), "found": shown(report, slip.field, slip.found, language),
         "expected": wanted(report, finding, slip, language)}
        for slip in finding.slips
    ]  # fmt: skip


def to_be_done(report: Report, finding: Finding, language: str) -> str:
    """What should have been done where nothing was: one way, with the entries that hang on nothing else in the log."""
    if not finding.target.any:
        return pick(finding.target.title, language)
    way = finding.target.any[0]
    fixed = ((name, test) for name, test in way.get("where", {}).items() if not varies(test))
    entries = "; ".join(
        f"{say(f'field.{name}', language)}: {_asked_for(report, name, test, language)}" for name, test in fixed
    )
    return say(f"action.{way['action']}", language) + (f" ({entries})" if entries else "")


def _asked_for(report: Report, name: str, test: Any, language: str) -> str:
    """What a criterion asks for in an entry that nobody made."""
    slip = Slip(name, None, example(test, {}, datetime.min))
    return _said(report, slip, test, language) or shown(report, name, slip.expected, language)


def _said(report: Report, slip: Slip, criterion: Any, language: str) -> str:
    """A criterion about words or bounds in a sentence; empty for one that an example tells as well."""
    if not isinstance(criterion, dict):
        return ""
    name = name_of(criterion)
    if name == "all":
        return "; ".join(filter(None, (_said(report, slip, one, language) for one in criterion["all"])))
    if name not in WORDY:
        return ""
    value = criterion[name]
    many = value[:ENOUGH] if name == "lacks" and isinstance(value, list) else value
    more = ", …" if many != value else ""
    return say(f"report.{name}", language, value=shown(report, slip.field, many, language) + more)


def _name(report: Report, text: str, language: str) -> str:
    """What the office's books or the dossiers call a code; empty where they do not know it."""
    office = report.script.office
    if text in office["units"]:
        return unit(text, office, language)
    books: tuple[tuple[dict[str, Any], Callable[[Any], str]], ...] = (
        (office["officials"], lambda person: str(person["full_name"])),
        (office.get("bodies", {}), lambda body: pick(body, language)),
        (_asked(report, language), str),
    )
    return next((read(book[text]) for book, read in books if text in book), "")


def _asked(report: Report, language: str) -> dict[str, Any]:
    """What the dossiers ask for, by code."""
    asks = "asks" if language == "vi" else "asks_en"
    records = (record for cue in report.script.cues for record in cue.records.values())
    return {code: name for record in records for code, name in record.get(asks, {}).items()}


def _words(report: Report, name: str) -> str:
    """Whose words the choices of a field use."""
    fields = (field for one in report.script.systems for action in system(one).actions for field in action.fields)
    return next((field.words for field in fields if field.name == name and field.words), name)


def _date(text: str) -> str:
    return f"{text[8:]}/{text[5:7]}/{text[:4]}" if len(text) == 10 and text[4:5] == "-" else text
