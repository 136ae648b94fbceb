"""One entry of an action's form on screen: the widget for a Field, and the text that goes to the system."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import ipywidgets as widgets

from kit.safe_html import fill
from kit.systems.form import Field, Json, Situation, options
from kit.ui.html import html_view, redraw
from kit.ui.parts import Widget, column, mark, styled
from kit.ui.view import amount, weekday
from kit.words import pick, say

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")


@dataclass(frozen=True)
class Entry:
    """A field's widget and how to read it; what the system gets is for the system to check."""

    field: Field
    widget: Widget
    read: Callable[[], object]

    def blame(self, at_fault: bool) -> None:
        """Show that the system refused this entry, or that it is no longer at fault."""
        mark(self.widget, "kit-wrong", at_fault)


def entry(field: Field, situation: Situation, language: str, draft: Json) -> Entry:
    """The entry for a field, holding what the draft remembers; every change goes into the draft."""
    label = say(f"field.{field.name}", language)
    label += "" if field.required else f" ({say('desk.optional', language)})"
    offered = options(field, situation)
    if offered is None:
        return _written(field, label, language, draft)
    choices = [(_named(field, code, situation, language), code) for code in offered]
    if field.listed:
        return _checklist(field, label, choices, draft)
    return _selection(field, label, [(say("desk.choose", language), ""), *choices], draft)


def iso_day(text: str) -> str:
    """1/7/2025 as 2025-07-01; what is no such day stays as it was written, for the system to refuse."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return text.strip()
    one, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, one).isoformat()
    except ValueError:
        return text.strip()


def plain_number(text: str) -> str:
    """8.000 đồng as 8000."""
    return re.sub(r"[.,\s]|đồng|đ|VND", "", text.strip(), flags=re.IGNORECASE)


def echo(kind: str, text: str, language: str) -> str:
    """How the kit understood what was typed: a day with its weekday, an amount with its points."""
    if kind == "number" and re.fullmatch(r"\d{1,12}", plain_number(text)):
        return amount(plain_number(text), language)
    if kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", iso_day(text)):
        try:
            return weekday(date.fromisoformat(iso_day(text)), language)
        except ValueError:
            return ""
    return ""


_TYPED: dict[str, Callable[[str], str]] = {
    "date": iso_day,
    "number": plain_number,
    "personal_id": lambda text: re.sub(r"[\s.]", "", text),
}


def _written(field: Field, label: str, language: str, draft: Json) -> Entry:
    kind = widgets.Textarea if field.kind == "long_text" else widgets.Text
    hint = say(f"kind.{field.kind}", language)
    text = kind(value=draft.get(field.name, ""), description=label, placeholder=hint, continuous_update=False)
    shown = html_view(_echoed(field, text.value, language), "kit-echo")
    text.observe(lambda change: redraw(shown, _echoed(field, change["new"], language)), names="value")
    _remember(text, field.name, draft)
    reader = _TYPED.get(field.kind, str)
    return Entry(field, column((text, shown), "kit-entry", f"kit-field-{field.name}"), lambda: reader(text.value))


def _echoed(field: Field, text: str, language: str) -> Any:
    return fill("{text}", text=echo(field.kind, text, language))


def _selection(field: Field, label: str, choices: list[tuple[str, str]], draft: Json) -> Entry:
    known = draft.get(field.name, "")
    value = known if known in {code for _, code in choices} else ""
    # Both at once: a Dropdown whose options are assigned later forgets its value.
    select = widgets.Dropdown(options=choices, value=value, description=label)
    _remember(select, field.name, draft)
    return Entry(field, column((select,), "kit-entry", f"kit-field-{field.name}"), lambda: select.value or "")


def _named(field: Field, code: str, situation: Situation, language: str) -> str:
    """How one of the things on offer reads."""
    office, record = situation.office, situation.record
    names: dict[str, Callable[[], str]] = {
        "unit": lambda: str(office["units"][code]),
        "official": lambda: official(office["officials"][code], language),
        "body": lambda: pick(office["bodies"][code], language),
        "record": lambda: f"{code[-4:]} {situation.records[code].get('title', '')}",
        "components": lambda: str(record.get("asks_en" if language == "en" else "asks", record["asks"])[code]),
    }  # fmt: skip
    name = names.get({"officials": "official", "bodies": "body"}.get(field.kind, field.kind))
    return name() if name else say(f"choice.{field.words or field.name}.{code}", language)


def official(person: Mapping[str, Any], language: str) -> str:
    """An official's name with the post."""
    return f"{person['full_name']} - {person[f'post_{language}']}"


def _checklist(field: Field, label: str, choices: list[tuple[str, str]], draft: Json) -> Entry:
    ticked = set(draft.get(field.name, ()))
    boxes = {code: widgets.Checkbox(value=code in ticked, description=name, indent=False) for name, code in choices}

    def chosen() -> list[str]:
        return [code for code, box in boxes.items() if box.value]

    for box in boxes.values():
        box.observe(lambda _: draft.update({field.name: chosen()}), names="value")
    title = html_view(fill('<span class="kit-label">{label}</span>', label=label))
    checks = styled(widgets.VBox(tuple(boxes.values())), "kit-checks")
    return Entry(field, column((title, checks), "kit-entry", f"kit-field-{field.name}"), chosen)


def _remember(widget: Widget, name: str, draft: Json) -> None:
    widget.observe(lambda change: draft.update({name: change["new"]}), names="value")
