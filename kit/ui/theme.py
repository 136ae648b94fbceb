"""How the desk looks: the stylesheets, put inline once a page, so that it looks the same in Voila and in a notebook."""

from functools import cache
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup

from kit import papers
from kit.ui.html import html_view

SHEETS = ("desk.css", "work.css", "table.css", "allotment.css")


@cache
def stylesheet() -> Markup:
    """All stylesheets in one element; they are ours and hold no data."""
    folder = Path(__file__).parent
    texts = [(folder / name).read_text(encoding="utf-8") for name in SHEETS]
    return Markup("<style>{}</style>").format(Markup("\n".join([*texts, papers.style()])))


def style_view() -> widgets.HTML:
    """The invisible piece of the page that carries the looks."""
    return html_view(stylesheet(), "kit-style")
