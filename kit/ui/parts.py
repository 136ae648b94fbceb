"""The few building blocks of every page: button, column, row, and taking them away again."""

from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as widgets

Widget = Any  # ipywidgets publishes no types
Click = Callable[[object], None]


def button(text: str, click: Click, *classes: str, tip: str = "") -> Widget:
    """A button; `click` comes from the guard."""
    made = styled(widgets.Button(description=text, tooltip=tip), "kit-button", *classes)
    made.on_click(click)
    return made


def column(children: Iterable[Widget], *classes: str) -> Widget:
    """Widgets one under another."""
    return styled(widgets.VBox(tuple(children)), *classes)


def row(children: Iterable[Widget], *classes: str) -> Widget:
    """Widgets side by side."""
    return styled(widgets.HBox(tuple(children)), *classes)


def styled(widget: Widget, *classes: str) -> Widget:
    """The widget with the stylesheet's classes."""
    for name in classes:
        widget.add_class(name)
    return widget


def mark(widget: Widget, name: str, on: bool) -> None:
    """Add the class, or take it away."""
    (widget.add_class if on else widget.remove_class)(name)


def replace(box: Widget, children: Iterable[Widget]) -> None:
    """Put other children into a box; those that are gone are closed, so that an old button answers nobody."""
    new, old = tuple(children), box.children
    box.children = new
    kept = {id(child) for child in new}
    for child in old:
        if id(child) not in kept:
            close(child)


def close(widget: Widget) -> None:
    """Close a widget and everything in it; ipywidgets itself would keep its layout and style for ever."""
    for child in getattr(widget, "children", ()):
        close(child)
    widget.close()
    for part in ("layout", "style"):
        if widget.has_trait(part):
            getattr(widget, part).close()
