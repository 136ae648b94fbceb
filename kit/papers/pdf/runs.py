"""Words within one paragraph: what is printed, what somebody wrote, what was left blank, what was altered."""

import re
from xml.sax.saxutils import escape

from kit.papers.pdf.look import Look
from kit.papers.pdf.tree import Node

BREAK = "<br/>"
BETWEEN_PAIRS = "\u00a0" * 5 + " "  # two pairs of label and value that share a line
BOLD_VALUES = frozenset({"certificate", "letter", "card"})
EARLIER = '<font color="#6d6a60"><strike><i>{text}</i></strike></font>'
CHANGED = '<span backColor="#e6dcbd">{text}</span>'
WRITTEN = '<font color="{ink}"><i>{text}</i></font>'
BLANK = '<font color="#777777">{text}</font>'


def markup(node: Node, look: Look) -> str:
    """What stands inside an element as the typesetter's markup; every word is escaped."""
    return "".join(_run(one, look) for one in node.inside).strip()


def capitals(node: Node, look: Look) -> str:
    """The same in capitals; marks of the typesetter stay as they are."""
    return "".join(part if part.startswith(("<", "&")) else part.upper() for part in _parts(markup(node, look)))


def pairs(line: Node, look: Look) -> str:
    """A line of the form: labels and values, one after the other."""
    return BETWEEN_PAIRS.join(markup(pair, look) for pair in line.nodes())


def _run(one: Node | str, look: Look) -> str:
    if isinstance(one, str):
        return escape(re.sub(r"\s+", " ", one))
    if one.tag == "br":
        return BREAK
    if one.tag == "del":
        return EARLIER.format(text=_kept(one)) + " "
    return _classed(one, look)


def _classed(node: Node, look: Look) -> str:
    if "ink" in node.classes:
        return _ink(node, look)
    inside = "".join(_run(one, look) for one in node.inside)
    if "altered" in node.classes:
        return CHANGED.format(text=inside)
    if "blank" in node.classes:
        return BLANK.format(text=inside)
    bold = node.tag == "b" or ("value" in node.classes and look.layout in BOLD_VALUES)
    return f"<b>{inside}</b>" if bold else inside


def _ink(node: Node, look: Look) -> str:
    """What somebody filled in, its lines kept; on forms by pen."""
    text = _kept(node)
    return WRITTEN.format(ink=look.ink, text=text) if look.layout == "form" else text


def _kept(node: Node) -> str:
    return BREAK.join(escape(line) for line in node.text().split("\n"))


def _parts(text: str) -> list[str]:
    return re.findall(r"<[^>]*>|&\w+;|[^<&]+", text)
