"""Which papers there are: a button for each where they are few, one list where they are many."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from kit import papers
from kit.ui.guard import Guard
from kit.ui.parts import Widget, button, make, mark, replace, row
from kit.ui.view import View

FEW = 6
ROWS = 6
Papers = list[tuple[dict[str, Any], bool]]  # (paper, printed here)


class Sheets:
    """The names of the papers; `turn` receives the place of the one wanted, `at` is the place of the one shown."""

    def __init__(self, view: View, guard: Guard, turn: Callable[[int], None]) -> None:
        self.view, self.guard, self.turn = view, guard, turn
        self.at, self.shown = 0, True
        self.drawn: tuple[Any, ...] = ()
        self.widget = row((), "kit-sheets")

    def refresh(self, found: Papers) -> None:
        """Name the papers of the record chosen."""
        names = (self.view.chosen, *(paper["id"] for paper, _ in found))
        if names == self.drawn:
            return
        few = len(found) <= FEW
        tabs = (self._tab(place, paper, printed) for place, (paper, printed) in enumerate(found))
        replace(self.widget, tabs if few else (self._list(found),))
        self.drawn = names

    def show(self, on: bool) -> None:
        """Mark the paper that is shown, or none of them."""
        self.shown = on
        if len(self.drawn) - 1 > FEW:
            self.widget.children[0].value = self.at if on else None
            return
        for place, tab in enumerate(self.widget.children):
            mark(tab, "kit-chosen", on and place == self.at)

    def _tab(self, place: int, paper: Mapping[str, Any], printed: bool) -> Widget:
        title = papers.named(paper, self.view.language)
        made = button(f"{place + 1}. {title}", self.guard(lambda: self.turn(place)), "kit-tab", tip=title)
        mark(made, "kit-printed", printed)
        return made

    def _list(self, found: Papers) -> Widget:
        names = [(f"{place + 1}. {self._title(*one)}", place) for place, one in enumerate(found)]
        made = make(widgets.Select, "kit-sheet-list", options=names, value=min(self.at, len(found) - 1), rows=ROWS,
                    description=self.view.say("paper.list"))  # fmt: skip
        made.observe(lambda change: self._chosen(change["new"]), names="value")
        return made

    def _title(self, paper: Mapping[str, Any], printed: bool) -> str:
        title = papers.named(paper, self.view.language)
        return f"{title} ({self.view.say('paper.ours')})" if printed else title

    def _chosen(self, place: int | None) -> None:
        if place is not None and (place != self.at or not self.shown):
            self.guard.run(lambda: self.turn(place))
