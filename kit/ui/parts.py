"""The few building blocks of every page: button, column, row, and taking them away again."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import ipywidgets as widgets

Widget = Any  # ipywidgets publishes no types
Click = Callable[[object], None]


@cache
def looks(kind: Widget) -> dict[str, Any]:
    """The layout and the style that all widgets of a kind share: our stylesheet decides, and each of its own costs."""
    first = kind()
    found = {part: getattr(first, part) for part in ("layout", "style") if first.has_trait(part)}
    first.close()
    return found


def make(kind: type, *classes: str, **traits: Any) -> Widget:
    """A widget of this kind with the stylesheet's classes."""
    return kind(_dom_classes=classes, **looks(kind), **traits)


def button(text: str, click: Click, *classes: str, tip: str = "") -> Widget:
    """A button; `click` comes from the guard."""
    made = make(widgets.Button, "kit-button", *classes, description=text, tooltip=tip)
    made.on_click(click)
    return made


def column(children: Iterable[Widget], *classes: str) -> Widget:
    """Widgets one under another."""
    return make(widgets.VBox, *classes, children=tuple(children))


def row(children: Iterable[Widget], *classes: str) -> Widget:
    """Widgets side by side."""
    return make(widgets.HBox, *classes, children=tuple(children))


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
    """Close a widget and everything in it; ipywidgets itself would keep a layout and style of its own for ever."""
    for child in getattr(widget, "children", ()):
        close(child)
    kind: Widget = type(widget)
    shared = looks(kind)
    widget.close()
    for part in ("layout", "style"):
        if widget.has_trait(part) and getattr(widget, part) is not shared[part]:
            getattr(widget, part).close()
