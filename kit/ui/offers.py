"""What may be chosen in an entry, as people read it: names in Vietnamese order, everything else as it was declared."""

from collections.abc import Callable, Mapping
from typing import Any

from kit.plain_text import person_order, short_code, vietnamese_order
from kit.systems.called import unit, who
from kit.systems.form import Field, Situation, options
from kit.words import pick, say

Choices = list[tuple[str, str]]  # (what people read, what the system gets)
ONE_OF = {"officials": "official", "bodies": "body", "choices": "choice"}


def offers(field: Field, situation: Situation, language: str) -> Choices | None:
    """All that may be chosen in a field; None where anything of the right kind may be entered."""
    codes = options(field, situation)
    if codes is None:
        return None
    kind = ONE_OF.get(field.kind, field.kind)
    found = [(_named(field, kind, code, situation, language), code) for code in codes]
    orders: dict[str, Callable[[tuple[str, str]], Any]] = {
        "unit": lambda pair: (pair[1] != situation.office.get("code"), vietnamese_order(pair[0])),
        "body": lambda pair: vietnamese_order(pair[0]),
        "official": lambda pair: person_order(str(situation.office["officials"][pair[1]]["full_name"])),
    }
    return sorted(found, key=orders[kind]) if kind in orders else found


def official(person: Mapping[str, Any], language: str) -> str:
    """An official's name with the post."""
    return f"{person['full_name']} - {person[f'post_{language}']}"


def _named(field: Field, kind: str, code: str, situation: Situation, language: str) -> str:
    """How one of the things on offer reads."""
    office, record = situation.office, situation.record
    names: dict[str, Callable[[], str]] = {
        "unit": lambda: unit(code, office, language),
        "official": lambda: official(office["officials"][code], language),
        "body": lambda: pick(office["bodies"][code], language),
        "record": lambda: _record(code, situation, language),
        "components": lambda: str(record.get("asks_en" if language == "en" else "asks", record["asks"])[code]),
    }
    return names[kind]() if kind in names else say(f"choice.{field.words or field.name}.{code}", language)


def _record(code: str, situation: Situation, language: str) -> str:
    record = situation.records[code]
    title = record.get(f"title_{language}", record.get("title", ""))
    return " - ".join(filter(None, (short_code(code), who(record, situation.office, language), str(title))))
