"""Headings, paragraphs and tables of a group report, their words from the word files."""

from collections.abc import Sequence

from markupsafe import Markup

from kit.safe_html import attributes, fill, join
from kit.words import say

WIDTHS = {
    "waits": "34 24 10 12 12 8", "roles": "34 14 14 12 13 13", "returns": "22 24 24 20 10", "refusals": "34 38 18 10",
    "exercises": "40 10 10 10 12 10 8", "objectives": "30 6 6 6 6 12 34",
    "plan": "6 40 19 12 23", "closure": "42 14 14 14 16", "strengths": "58 22 20",
}  # fmt: skip
Cell = str | Markup


def section(title: str, language: str, inside: Sequence[Markup], level: int = 2) -> Markup:
    """A heading with what stands under it."""
    heading = Markup("<h3>{}</h3>" if level == 3 else "<h2>{}</h2>").format(say(f"report.aar.{title}", language))
    return heading + join(inside)


def paragraph(key: str, language: str, kind: str = "", **words: object) -> Markup:
    """A sentence of the word files; `kind` is the class it is shown in."""
    return fill('<p class="{kind}">{text}</p>', kind=kind, text=say(f"report.aar.{key}", language, **words))


def table(name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], language: str) -> Markup:
    """A table with its heads as words; `name` gives the widths of its columns on paper."""
    top = join(fill("<th>{text}</th>", text=say(f"report.aar.{head}", language)) for head in heads)
    body = join(fill("<tr>{cells}</tr>", cells=join(_cell(one) for one in row)) for row in rows)
    return fill("<table{widths}><tr>{top}</tr>{body}</table>", top=top, body=body,
                widths=attributes({"data-widths": WIDTHS.get(name), "class": "group"}))  # fmt: skip


def _cell(value: Cell) -> Markup:
    """A cell; one that brings its own tags keeps them, figures stand right."""
    if isinstance(value, Markup):
        return value
    figure = value.rstrip("%").replace(",", "").replace(".", "").isdecimal() or value == "-"
    return fill('<td class="figure">{text}</td>' if figure else "<td>{text}</td>", text=value)
