"""The small part of Markdown that briefs and guidebooks use: headings, paragraphs, lists, tables, bold.

Everything else stays text.
"""

import re
from itertools import groupby

from markupsafe import Markup

from kit.safe_html import escape, fill, join

_KINDS = (
    ("heading", re.compile(r"#{1,2} +(.*)")),
    ("subheading", re.compile(r"#{3,6} +(.*)")),
    ("table", re.compile(r"(\|.*\|)")),
    ("ol", re.compile(r"\d+[.)] +(.*)")),
    ("ul", re.compile(r"[-*] +(.*)")),
)
_WRAPPED = re.compile(r"\n {2,}(?![-*|#\d ])")  # an item that goes on in the next line
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+")  # the line under a table's headings
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def to_html(text: str) -> Markup:
    """The text as HTML; nothing in it can be a tag."""
    lines = [_read(line.strip()) for line in _WRAPPED.sub(" ", text).splitlines()]
    return join(_block(kind, [words for _, words in group]) for kind, group in groupby(lines, key=lambda line: line[0]))


def _read(line: str) -> tuple[str, str]:
    for kind, pattern in _KINDS:
        found = pattern.fullmatch(line)
        if found:
            return kind, found.group(1)
    return ("p" if line else "", line)


def _block(kind: str, lines: list[str]) -> Markup:
    if kind == "table":
        return _table(lines)
    inside = [_inline(line) for line in lines]
    if kind in ("heading", "subheading"):
        tag = "<h2>{it}</h2>" if kind == "heading" else "<h3>{it}</h3>"
        return join(fill(tag, it=line) for line in inside)
    if kind in ("ol", "ul"):
        items = join(fill("<li>{it}</li>", it=line) for line in inside)
        return fill("<ol>{items}</ol>" if kind == "ol" else "<ul>{items}</ul>", items=items)
    return fill("<p>{it}</p>", it=join(inside, " ")) if kind else Markup("")


def _table(lines: list[str]) -> Markup:
    """Rows of cells; the first row are headings where a rule stands under it."""
    headed = len(lines) > 1 and _RULE.fullmatch(lines[1]) is not None
    rows = [_cells(line, "<td>{it}</td>") for line in (lines[2:] if headed else lines)]
    head = fill("<thead>{row}</thead>", row=_cells(lines[0], "<th>{it}</th>")) if headed else ""
    return fill('<table class="kit-plain-table">{head}<tbody>{rows}</tbody></table>', head=head, rows=join(rows))


def _cells(line: str, cell: str) -> Markup:
    texts = (one.replace("\\|", "|").strip() for one in re.split(r"(?<!\\)\|", line[1:-1]))
    return fill("<tr>{cells}</tr>", cells=join(fill(cell, it=_inline(one)) for one in texts))


def _inline(line: str) -> Markup:
    pieces = _BOLD.split(line)
    return join(fill("<b>{it}</b>", it=piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces))
