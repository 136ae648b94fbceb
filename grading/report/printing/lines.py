"""Words within one paragraph of a report as the typesetter's markup; every word is escaped."""

import re
from xml.sax.saxutils import escape

from kit.papers.pdf.tree import Node

TAGS = {"b": "<b>{text}</b>", "th": "<b>{text}</b>", "i": "<i>{text}</i>", "summary": "<b>{text}</b>",
        "small": '<font size="9" color="#5c6773">{text}</font>'}  # fmt: skip
MARKED = '<b><font color="{colour}">[{{text}}]</font></b>'
CLASSES = {
    "mark": '<i><font color="#8a5a00">{text}</font></i>', "label": '<font color="#5c6773">{text}</font>',
    **{name: MARKED.format(colour="#17663a") for name in ("done", "closed")},
    **{name: MARKED.format(colour="#8a5a00") for name in ("late", "partly")},
    **{name: MARKED.format(colour="#5c6773") for name in ("unmeasured", "unjudged", "not_reached")},
    "tag": MARKED.format(colour="#a3131f"),
}  # fmt: skip
BREAK = "<br/>"


def markup(node: Node) -> str:
    """What stands inside an element; blocks within it begin a line."""
    whole = "".join(_run(one) for one in node.inside).strip()
    words = re.sub(rf"(?:{BREAK}\s*)+$|^(?:{BREAK}\s*)+", "", whole)
    form = _form(node) if node.tag in ("p", "div") else "{text}"
    return form.replace("{text}", words) if words else ""


def _run(one: Node | str) -> str:
    if isinstance(one, str):
        return escape(re.sub(r"\s+", " ", one))
    if one.tag == "br":
        return BREAK
    inside = "".join(_run(part) for part in one.inside)
    form = _form(one) if one.tag == "span" else TAGS.get(one.tag, "{text}")
    # Words may hold braces: they are put in, never read as a form.
    told = form.replace("{text}", inside)
    return BREAK + told + BREAK if one.tag in ("p", "div", "li") else told


def _form(node: Node) -> str:
    """What a class looks like on paper; of a tag the class that says which."""
    return next((form for name, form in CLASSES.items() if name in node.classes), "{text}")
