"""The small part of Markdown that briefs use: headings, paragraphs, lists, bold. Everything else stays text."""

import re
from itertools import groupby

from markupsafe import Markup

from kit.safe_html import escape, fill, join

_KINDS = (
    ("heading", re.compile(r"#{1,4} +(.*)")),
    ("ol", re.compile(r"\d+[.)] +(.*)")),
    ("ul", re.compile(r"[-*] +(.*)")),
)
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def to_html(text: str) -> Markup:
    """The text as HTML; nothing in it can be a tag."""
    lines = [_read(line.strip()) for line in text.splitlines()]
    return join(_block(kind, [words for _, words in group]) for kind, group in groupby(lines, key=lambda line: line[0]))


def _read(line: str) -> tuple[str, str]:
    for kind, pattern in _KINDS:
        found = pattern.fullmatch(line)
        if found:
            return kind, found.group(1)
    return ("p" if line else "", line)


def _block(kind: str, lines: list[str]) -> Markup:
    inside = [_inline(line) for line in lines]
    if kind == "heading":
        return join(fill("<h2>{it}</h2>", it=line) for line in inside)
    if kind in ("ol", "ul"):
        items = join(fill("<li>{it}</li>", it=line) for line in inside)
        return fill("<ol>{items}</ol>" if kind == "ol" else "<ul>{items}</ul>", items=items)
    return fill("<p>{it}</p>", it=join(inside, " ")) if kind else Markup("")


def _inline(line: str) -> Markup:
    pieces = _BOLD.split(line)
    return join(fill("<b>{it}</b>", it=piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces))
