"""What a clerk looks up: the exercise's guidebook, the handbook of procedures, officials, units, bodies, a calendar.

Only what the office's books say, no truth.
"""

import ipywidgets as widgets
from markupsafe import Markup

from kit.plain_text import vietnamese_order
from kit.ui import books
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.markdown import to_html
from kit.ui.parts import Widget, button, column, make, mark, row
from kit.ui.view import View
from kit.words import pick

LISTS = ("officials", "units", "bodies")  # sections that can be searched


def sections(view: View) -> tuple[str, ...]:
    """The books that this office has, the exercise's own first."""
    office = view.attempt.script.office
    always = ("officials", "units", "calendar")
    return tuple(
        name for name in ("guidebook", "handbook", "officials", "units", "bodies", "calendar")
        if name in always or office.get(name)
    )  # fmt: skip


class Reference:
    """The reference books, one section at a time; the handbook opens at the procedure of the record chosen."""

    def __init__(self, view: View, guard: Guard) -> None:
        self.view = view
        names = sections(view)
        self.section = names[0]
        self.tabs = {name: self._tab(guard, name) for name in names}
        pages = view.attempt.script.office.get("handbook", {})
        titles = [(f"{pick(page['name'], view.language)} ({code})", code) for code, page in pages.items()]
        self.procedure = self._box(
            widgets.Dropdown, options=sorted(titles, key=lambda one: vietnamese_order(one[0])),
            value=next(iter(pages), None), description=view.say("reference.procedure"),
        )  # fmt: skip
        self.search = self._box(widgets.Text, description=view.say("reference.search"))
        for box in (self.procedure, self.search):
            box.observe(lambda _: guard.run(self.refresh), names="value")
        self.page = html_view(Markup(""), "kit-reference-page")
        parts = (row(self.tabs.values(), "kit-tabs"), self.procedure, self.search, self.page)
        self.widget = column(parts, "kit-reference", "kit-entry")

    def choose(self) -> None:
        """Open the handbook at the procedure of the record chosen."""
        code = self.view.record().get("procedure")
        if code in self.view.attempt.script.office.get("handbook", {}):
            self.procedure.value = code

    def refresh(self) -> None:
        """Show the section that is open."""
        for name, tab in self.tabs.items():
            mark(tab, "kit-chosen", name == self.section)
        mark(self.procedure, "kit-hidden", self.section != "handbook")
        mark(self.search, "kit-hidden", self.section not in LISTS)
        redraw(self.page, self._drawn())

    def open(self, section: str) -> None:
        """Show another section."""
        self.section = section
        self.refresh()

    def _drawn(self) -> Markup:
        office = self.view.attempt.script.office
        if self.section == "guidebook":
            return to_html(pick(office["guidebook"], self.view.language))
        if self.section == "handbook":
            return books.procedure(self.view, self.procedure.value)
        if self.section == "calendar":
            return books.calendar(self.view)
        return books.directory(self.view, self.section, self.search.value)

    def _box(self, kind: type, **traits: object) -> Widget:
        return make(kind, "kit-hidden", **traits)

    def _tab(self, guard: Guard, name: str) -> Widget:
        return button(self.view.say(f"reference.{name}"), guard(lambda: self.open(name)), "kit-tab")
