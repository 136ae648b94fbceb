"""Lists to choose from: one of them or several, with a box that filters them where they are long."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import ipywidgets as widgets

from kit.plain_text import plain
from kit.safe_html import fill
from kit.ui.html import html_view, redraw
from kit.ui.offers import Choices
from kit.ui.parts import Widget, column, make, mark
from kit.words import say

LONG = 12  # more choices than this get a filter
ROWS = 5
WIDE = 30  # letters of a choice that a closed list shows


@dataclass(frozen=True)
class Chosen:
    """The widgets of a list from top to bottom, those that hold what was chosen, and how to read it."""

    parts: tuple[Widget, ...]
    controls: tuple[Widget, ...]
    read: Callable[[], object]


def selection(label: str, choices: Choices, value: object, language: str) -> Chosen:
    """One of the choices, or none; a value that is not on offer counts as none."""
    first = (say("desk.choose", language), "")
    known = value if value in {code for _, code in choices} else ""
    # Both at once: a selection whose options are assigned later forgets its value.
    if len(choices) <= LONG:
        select = make(widgets.Dropdown, options=[first, *choices], value=known, description=label)
        return Chosen((select, *_whole(select, choices)), (select,), lambda: select.value or "")
    select = make(widgets.Select, "kit-found", options=[first, *choices], value=known, rows=ROWS, description=label)

    def narrow(text: str) -> None:
        kept = select.value or ""
        select.options = [first, *(pair for pair in choices if pair[1] == kept or _holds(pair[0], text))]
        select.value = kept

    return Chosen((_filter(label, narrow, language), select), (select,), lambda: select.value or "")


def _whole(select: Widget, choices: Choices) -> tuple[Widget, ...]:
    """What is chosen once more below where a closed list would cut it off; nothing where every choice fits."""
    long = {code: name for name, code in choices if len(name) > WIDE}
    if not long:
        return ()
    shown = html_view(fill("{text}", text=long.get(select.value, "")), "kit-echo")
    select.observe(lambda change: redraw(shown, fill("{text}", text=long.get(change["new"], ""))), names="value")
    return (shown,)


def checklist(label: str, choices: Choices, ticked: Iterable[str], language: str) -> Chosen:
    """Any number of the choices."""
    known = set(ticked)
    boxes = {
        code: make(widgets.Checkbox, value=code in known, description=name, indent=False) for name, code in choices
    }

    def narrow(text: str) -> None:
        for name, code in choices:
            mark(boxes[code], "kit-hidden", not boxes[code].value and not _holds(name, text))

    title = fill('<span class="kit-label">{label}</span>', label=label)
    head = _filter(label, narrow, language) if len(choices) > LONG else html_view(title)
    checks = column(boxes.values(), "kit-checks")
    return Chosen((head, checks), tuple(boxes.values()), lambda: [code for code, box in boxes.items() if box.value])


def _filter(label: str, narrow: Callable[[str], None], language: str) -> Widget:
    """The box above a long list; what is chosen already stays in the list."""
    text = make(widgets.Text, "kit-filter", description=label, placeholder=say("desk.filter_list", language))
    text.observe(lambda change: narrow(change["new"]), names="value")
    return text


def _holds(name: str, text: str) -> bool:
    return all(word in plain(name) for word in plain(text).split())
