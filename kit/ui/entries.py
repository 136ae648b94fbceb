"""One entry of an action's form on screen: the widget for a Field, and the text that goes to the system."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from kit.safe_html import fill
from kit.systems.form import Field, Json, Situation
from kit.ui.html import html_view, redraw
from kit.ui.lists import checklist, selection
from kit.ui.offers import offers
from kit.ui.parts import Widget, column, make, mark
from kit.ui.typed import echo, read
from kit.ui.typed_allotment import grid, unnumbered
from kit.words import say


@dataclass(frozen=True)
class Entry:
    """A field's widget and how to read it; what the system gets is for the system to check.

    `controls` are the widgets inside that hold what was entered.
    """

    field: Field
    widget: Widget
    controls: tuple[Widget, ...]
    read: Callable[[], object]

    def blame(self, at_fault: bool) -> str:
        """Show that the system refused this entry, or that it is no longer at fault.

        Of a grid only the rows without a whole number are at fault, if there are any; returns the first one's name.
        """
        boxes = self.controls if self.field.kind == "allotment" else ()
        blank = unnumbered(boxes) if at_fault else []
        mark(self.widget, "kit-wrong", at_fault and not blank)
        for box in boxes:
            mark(box, "kit-wrong", box in blank)
        return blank[0].description if blank else ""

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever something else is entered."""
        for control in self.controls:
            control.observe(lambda _: changed(), names="value")


def entry(field: Field, situation: Situation, language: str, draft: Json) -> Entry:
    """The entry for a field, holding what the draft remembers; every change goes into the draft."""
    label = say(f"field.{field.name}", language)
    label += "" if field.required else f" ({say('desk.optional', language)})"
    choices = offers(field, situation, language)
    if field.kind == "allotment":
        filled = grid(field, situation, language, draft.get(field.name) or situation.record.get(field.name, {}))
        made = Entry(field, column(filled.parts, "kit-entry", f"kit-field-{field.name}"), filled.controls, filled.read)
    elif choices is None:
        made = _written(field, label, language, draft)
    elif field.listed:
        ticked = checklist(label, choices, draft.get(field.name, ()), language)
        made = Entry(field, column(ticked.parts, "kit-entry", f"kit-field-{field.name}"), ticked.controls, ticked.read)
    else:
        chosen = selection(label, choices, draft.get(field.name, ""), language)
        made = Entry(field, column(chosen.parts, "kit-entry", f"kit-field-{field.name}"), chosen.controls, chosen.read)
    made.watch(lambda: draft.update({field.name: _kept(made)}))
    return made


def _kept(made: Entry) -> Any:
    """What the draft remembers: a text as it was typed, a choice as it is read."""
    single = len(made.controls) == 1 and not made.field.listed and made.field.kind != "allotment"
    return (made.controls[0].value or "") if single else made.read()


def _written(field: Field, label: str, language: str, draft: Json) -> Entry:
    long = field.kind == "long_text"
    text = make(
        widgets.Textarea if long else widgets.Text, *(("kit-roomy",) if long else ()),
        value=draft.get(field.name, ""), description=label, placeholder=say(f"kind.{field.kind}", language),
        continuous_update=False,
    )  # fmt: skip
    shown = html_view(_echoed(field, text.value, language), "kit-echo")
    text.observe(lambda change: redraw(shown, _echoed(field, change["new"], language)), names="value")
    box = column((text, shown), "kit-entry", f"kit-field-{field.name}")
    return Entry(field, box, (text,), lambda: read(field.kind, text.value))


def _echoed(field: Field, text: str, language: str) -> Any:
    return fill("{text}", text=echo(field.kind, text, language))
