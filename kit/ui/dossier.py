"""The record chosen: what was said about it, the facts on it, its papers one at a time, and a paper being drafted."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from kit import papers
from kit.safe_html import fill, join
from kit.ui import facts, matters
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.paper_file import PaperFile
from kit.ui.parts import Widget, button, column, mark, row
from kit.ui.sheets import Sheets
from kit.ui.view import View

ZOOMS = (60, 75, 90, 100, 120, 145)
USUAL = 3


class Dossier:
    """Middle of the work page."""

    def __init__(self, view: View, guard: Guard) -> None:
        self.view, self.guard = view, guard
        self.zoom = USUAL
        self.sketch: Markup | None = None
        self.drafting = False
        self.top = html_view(Markup(""), "kit-top")
        self.sheets = Sheets(view, guard, self.turn)
        self.draft = button(view.say("desk.draft"), guard(self.look_at_draft), "kit-tab", "kit-draft")
        self.count = html_view(Markup(""), "kit-count")
        self.paper = html_view(Markup(""), "kit-paper-view", f"kit-zoom-{ZOOMS[USUAL]}")
        self.file = PaperFile(view, guard)
        self.bar = self._bar()
        tabs = row((self.draft, self.sheets.widget), "kit-tabs")
        self.widget = column((self.top, self.bar, tabs, self.file.widget, self.paper), "kit-dossier")

    def choose(self) -> None:
        """Another record: begin with its first paper."""
        self.sheets.at = 0

    def refresh(self) -> None:
        """Show the record chosen as it stands."""
        self.sheets.refresh(self._papers())
        self._draw()
        redraw(self.top, join((facts.speech(self.view), facts.sheet(self.view), facts.answers(self.view))))

    def turn(self, number: int) -> None:
        """Show the paper at a place, counted from 0."""
        self.drafting = False
        self.sheets.at = number
        self._draw()

    def preview(self, sketch: Markup | None) -> None:
        """Show a paper as it is being drafted; None ends that."""
        if sketch is None and self.sketch is None:
            return
        self.drafting = sketch is not None and (self.drafting or self.sketch is None)
        self.sketch = sketch
        self._draw()

    def look_at_draft(self) -> None:
        """Go back from the papers to the one being drafted."""
        self.drafting = self.sketch is not None
        self._draw()

    def _draw(self) -> None:
        found = self._papers()
        self.sheets.at = self.sheets.at % len(found) if found else 0
        mark(self.bar, "kit-hidden", not found and self.sketch is None)
        mark(self.draft, "kit-hidden", self.sketch is None)
        mark(self.draft, "kit-chosen", self.drafting)
        self.sheets.show(not self.drafting)
        self.file.show(found[self.sheets.at][0] if found and not self.drafting else None)
        sheet = self._sheet(found[self.sheets.at][0]) if found else Markup("")
        redraw(self.paper, self.sketch if self.drafting and self.sketch is not None else sheet)
        redraw(self.count, fill("{text}", text=self._counted(found)))

    def _counted(self, found: list[tuple[dict[str, Any], bool]]) -> str:
        if self.drafting:
            return self.view.say("desk.preview_note")
        printed = sum(1 for _, here in found if here)
        text = self.view.say("paper.count", at=self.sheets.at + 1, all=len(found))
        return text + (self.view.say("paper.printed", printed=printed) if printed else "")

    def _papers(self) -> list[tuple[dict[str, Any], bool]]:
        return matters.papers(self.view.attempt, self.view.chosen) if self.view.chosen else []

    def _sheet(self, paper: Mapping[str, Any]) -> Markup:
        gloss = papers.title(paper["kind"], "en") if self.view.language == "en" else ""
        return fill(
            '<p class="kit-gloss">{gloss}</p>{paper}', gloss=gloss, paper=papers.render(paper, self.view.language)
        )

    def _bar(self) -> Widget:
        tools = (
            ("◀", "previous", lambda: self.turn(self.sheets.at - 1)),
            ("▶", "next", lambda: self.turn(self.sheets.at + 1)),
            ("A−", "smaller", lambda: self._zoom(self.zoom - 1)), ("A", "usual", lambda: self._zoom(USUAL)),
            ("A+", "larger", lambda: self._zoom(self.zoom + 1)),
        )  # fmt: skip
        made = (
            button(text, self.guard(do), "kit-small", f"kit-{name}", tip=self.view.say(f"paper.{name}"))
            for text, name, do in tools
        )
        return row((self.count, self.file.button, *made), "kit-paper-bar")

    def _zoom(self, place: int) -> None:
        mark(self.paper, f"kit-zoom-{ZOOMS[self.zoom]}", False)
        self.zoom = min(max(place, 0), len(ZOOMS) - 1)
        mark(self.paper, f"kit-zoom-{ZOOMS[self.zoom]}", True)
