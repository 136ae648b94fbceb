"""The dossier chosen: what the citizen says, the facts on the record, and its papers one at a time."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from kit import papers
from kit.safe_html import fill, join
from kit.ui import facts, matters
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.parts import Widget, button, column, mark, replace, row
from kit.ui.view import View

ZOOMS = (60, 75, 90, 100, 120, 145)
USUAL = 3


class Dossier:
    """Middle of the work page."""

    def __init__(self, view: View, guard: Guard) -> None:
        self.view, self.guard = view, guard
        self.number, self.zoom = 0, USUAL
        self.drawn: tuple[Any, ...] = ()
        self.top = html_view(Markup(""), "kit-top")
        self.tabs = row((), "kit-tabs")
        self.count = html_view(Markup(""), "kit-count")
        self.paper = html_view(Markup(""), "kit-paper-view", f"kit-zoom-{ZOOMS[USUAL]}")
        self.bar = self._bar()
        self.widget = column((self.top, self.bar, self.tabs, self.paper), "kit-dossier")

    def choose(self) -> None:
        """Another record: begin with its first paper."""
        self.number = 0

    def refresh(self) -> None:
        """Show the record chosen as it stands."""
        found = self._papers()
        names = (self.view.chosen, *(paper["id"] for paper, _ in found))
        if names != self.drawn:
            replace(self.tabs, [self._tab(place, paper, printed) for place, (paper, printed) in enumerate(found)])
            self.drawn = names
        self.turn(min(self.number, max(0, len(found) - 1)))
        redraw(self.top, join((facts.speech(self.view), facts.sheet(self.view), facts.answers(self.view))))

    def turn(self, number: int) -> None:
        """Show the paper at a place, counted from 0."""
        found = self._papers()
        mark(self.bar, "kit-hidden", not found)
        self.number = number % len(found) if found else 0
        redraw(self.paper, self._sheet(found[self.number][0]) if found else Markup(""))
        redraw(self.count, fill("{text}", text=self._counted(sum(1 for _, printed in found if printed), len(found))))
        for place, tab in enumerate(self.tabs.children):
            mark(tab, "kit-chosen", place == self.number)

    def _counted(self, printed: int, everything: int) -> str:
        text = self.view.say("paper.count", at=self.number + 1, all=everything, presented=everything - printed)
        return text + (self.view.say("paper.printed", printed=printed) if printed else "")

    def _papers(self) -> list[tuple[dict[str, Any], bool]]:
        return matters.papers(self.view.attempt, self.view.chosen) if self.view.chosen else []

    def _tab(self, place: int, paper: Mapping[str, Any], printed: bool) -> Widget:
        title = papers.title(paper["kind"], self.view.language)
        made = button(f"{place + 1}. {title}", self.guard(lambda: self.turn(place)), "kit-tab", tip=title)
        mark(made, "kit-printed", printed)
        return made

    def _sheet(self, paper: Mapping[str, Any]) -> Markup:
        gloss = papers.title(paper["kind"], "en") if self.view.language == "en" else ""
        return fill('<p class="kit-gloss">{gloss}</p>{paper}', gloss=gloss, paper=papers.render(paper))

    def _bar(self) -> Widget:
        tools = (
            ("◀", "previous", lambda: self.turn(self.number - 1)), ("▶", "next", lambda: self.turn(self.number + 1)),
            ("A−", "smaller", lambda: self._zoom(self.zoom - 1)), ("A", "usual", lambda: self._zoom(USUAL)),
            ("A+", "larger", lambda: self._zoom(self.zoom + 1)),
        )  # fmt: skip
        made = (
            button(text, self.guard(do), "kit-small", f"kit-{name}", tip=self.view.say(f"paper.{name}"))
            for text, name, do in tools
        )
        return row((self.count, *made), "kit-paper-bar")

    def _zoom(self, place: int) -> None:
        mark(self.paper, f"kit-zoom-{ZOOMS[self.zoom]}", False)
        self.zoom = min(max(place, 0), len(ZOOMS) - 1)
        mark(self.paper, f"kit-zoom-{ZOOMS[self.zoom]}", True)
