"""A grid in which each row takes a whole number: names and figures beside it, the rule above, the sum so far below.

It checks nothing: whether the sum is the right one is for whoever fills it in to see, and for the evaluation.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from kit.safe_html import fill, join
from kit.systems.entries import allotment_rows
from kit.systems.form import Field, Situation
from kit.ui.html import html_view, redraw
from kit.ui.lists import Chosen
from kit.ui.parts import Widget, column, make, row
from kit.ui.typed import plain_count
from kit.words import pick, say

NUMBER = re.compile(r"[0-9]{1,12}")
HEAD = '<div class="kit-allot-cells"><b>{name}</b><span>{columns}</span><b>{number}</b></div>'
FIGURE = '<span class="kit-allot-figure">{value}</span>'


def grid(field: Field, situation: Situation, language: str, draft: Mapping[str, Any]) -> Chosen:
    """The widgets of an allotment, its number boxes, and how to read it: what was typed, by row."""
    rows = allotment_rows(field, situation)
    boxes = {number: _box(one, draft.get(number, "")) for number, one in rows.items()}
    label = say(f"field.{field.name}", language)
    title = html_view(fill('<span class="kit-label">{label}</span>', label=label))
    rule = html_view(_rule(field, situation, language), "kit-allot-rule")
    total = html_view(_sum(boxes, language), "kit-allot-sum", "kit-live")
    for box in boxes.values():
        box.observe(lambda _: redraw(total, _sum(boxes, language)), names="value")
    lines = [_line(field, one, boxes[number]) for number, one in rows.items()]
    table = column((html_view(_head(field, label, language), "kit-allot-head"), *lines, total), "kit-allotment")
    return Chosen((title, rule, table), tuple(boxes.values()), lambda: _read(boxes))


def unnumbered(boxes: Iterable[Widget]) -> list[Widget]:
    """The boxes that hold no whole number, empty ones too."""
    return [box for box in boxes if not NUMBER.fullmatch(plain_count(box.value))]


def _box(shown: Mapping[str, Any], typed: object) -> Widget:
    return make(widgets.Text, value=str(typed), description=str(shown["name"]), continuous_update=False)


def _line(field: Field, shown: Mapping[str, Any], box: Widget) -> Widget:
    return row((box, html_view(_figures(field, shown))), "kit-allot-row")


def _figures(field: Field, shown: Mapping[str, Any]) -> Markup:
    return join(fill(FIGURE, value=shown.get(name, "")) for name in field.columns)


def _head(field: Field, label: str, language: str) -> Markup:
    columns = join(fill(FIGURE, value=say(f"column.{name}", language)) for name in field.columns)
    return fill(HEAD, name=say("column.row_name", language), columns=columns, number=label)


def _rule(field: Field, situation: Situation, language: str) -> Markup:
    """The rule that the record brings for this grid, line by line; nothing where it brings none."""
    said = pick(situation.record.get(f"{field.rows}_rule", {}), language) or ""
    lines = join(fill("<li>{line}</li>", line=line) for line in str(said).splitlines() if line.strip())
    return fill("<details open><summary>{title}</summary><ol>{lines}</ol></details>",
                title=say("allotment.rule", language), lines=lines) if said else Markup("")  # fmt: skip


def _sum(boxes: Mapping[str, Widget], language: str) -> Markup:
    typed = [plain_count(box.value) for box in boxes.values()]
    numbers = [int(one) for one in typed if one.isascii() and one.isdigit()]
    text = say("allotment.sum", language, sum=sum(numbers), filled=len(numbers), rows=len(typed))
    return fill("<p>{text}</p>", text=text)


def _read(boxes: Mapping[str, Widget]) -> dict[str, str]:
    return {number: plain_count(box.value) for number, box in boxes.items()}
