"""The one place that makes HTML for the screen: only text already escaped (`Markup`) gets through."""

import ipywidgets as widgets
from markupsafe import Markup

from kit.ui.parts import make

Html = widgets.HTML


def html_view(markup: Markup, *classes: str) -> widgets.HTML:
    """A piece of the page; TypeError for a plain text, which nobody has escaped."""
    view: widgets.HTML = make(widgets.HTML, *classes, value=_checked(markup))
    return view


def redraw(view: widgets.HTML, markup: Markup) -> None:
    """Put something else into the piece; TypeError for a plain text."""
    view.value = _checked(markup)


def _checked(markup: Markup) -> str:
    if not isinstance(markup, Markup):
        raise TypeError(f"a widget shows Markup only (kit.safe_html.fill), not {type(markup).__name__}")
    return str(markup)
