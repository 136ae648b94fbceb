"""The table of all records of a system: sort, filter, find what disagrees, choose many, act on them with one form.

Rows are a page of widgets that are filled anew, so that 200 records cost no more than one page.
"""

from dataclasses import replace

import ipywidgets as widgets
from markupsafe import Markup

from kit.plain_text import short_code
from kit.safe_html import fill, join
from kit.systems.form import System
from kit.ui.bulk import BulkForm, BulkHands
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.lines import STEP, WHAT, WHO, Line, found, line
from kit.ui.parts import Widget, button, column, make, mark, row
from kit.ui.view import View

PAGE = 40
WARNING = '<p class="kit-notice-bad" role="alert">{text}</p>'
CELLS = '<span class="kit-cells">{cells}</span>'
CELL = '<span class="kit-cell kit-cell-{name}" title="{text}">{text}</span>'


class Table:
    """The third tab of the work page; `hands` act on many records, or open one."""

    def __init__(self, view: View, guard: Guard, system: System, hands: BulkHands) -> None:
        self.view, self.guard, self.system, self.hands = view, guard, system, hands
        self.settings, self.busy = view.table, False
        self.known: dict[str, Line] = {}
        self.columns = (WHO, WHAT, *(one.name for one in system.columns), STEP)
        self.rows = [_Row(self, place) for place in range(PAGE)]
        self.count = html_view(Markup(""), "kit-table-count", "kit-live")
        self.notice = html_view(Markup(""), "kit-notice")
        self.warning = html_view(Markup(""), "kit-notice")
        self.form = BulkForm(view, guard, system, hands)
        self.heads = {name: self._head(name) for name in ("code", *self.columns)}
        body = column((row(self.heads.values(), "kit-table-head"), *(one.widget for one in self.rows)), "kit-rows")
        above = (self._tools(), self.notice, self.warning, self.form.widget, self._pager())
        self.widget = column((*above, body), "kit-table")

    def lines(self) -> list[Line]:
        """Every record of the system; a row is made anew only where its record changed."""
        records = self.view.attempt.state.records
        for key, record in records.items():
            if record.get("kind") == self.system.lists and self._stale(key, record):
                self.known[key] = line(self.view, self.system, record)
        return list(self.known.values())

    def found(self) -> list[Line]:
        """The rows that the filter leaves, in order."""
        return found(self.lines(), self.settings.wanted)

    def refresh(self) -> None:
        """Show the page of rows, the count, and the form for what is chosen."""
        rows = self.found()
        self.settings.page = page = min(self.settings.page, max(0, (len(rows) - 1) // PAGE))
        shown = rows[page * PAGE : (page + 1) * PAGE]
        self.busy = True
        for place, widget in enumerate(self.rows):
            widget.show(shown[place] if place < len(shown) else None, self)
        self.busy = False
        for name, head in self.heads.items():
            sorted_by = name == (self.settings.wanted.column or "code")
            mark(head, "kit-sorted", sorted_by)
            mark(head, "kit-backwards", sorted_by and self.settings.wanted.backwards)
        self._tell_count(len(rows))
        self.form.refresh(list(self.settings.chosen))

    def tell(self, message: Markup) -> None:
        """Show the page's message; the warning below was about the one before."""
        redraw(self.notice, message)
        self.warn("")

    def warn(self, text: str) -> None:
        """Say below the message what went wrong; an empty text takes it away."""
        redraw(self.warning, fill(WARNING, text=text) if text else Markup(""))

    def want(self, **changes: object) -> None:
        """Look for something else, from the first page on."""
        self.settings.wanted, self.settings.page = replace(self.settings.wanted, **changes), 0  # type: ignore[arg-type]
        self.guard.run(self.refresh)

    def sort(self, name: str) -> None:
        """Sort by a column; by the same once more: backwards."""
        column = "" if name == "code" else name
        again = column == self.settings.wanted.column and not self.settings.wanted.backwards
        self.want(column=column, backwards=again and bool(column))

    def choose(self, keys: list[str], on: bool) -> None:
        """Choose records, or give them up."""
        for key in keys:
            if on:
                self.settings.chosen[key] = None
            else:
                self.settings.chosen.pop(key, None)
        self.refresh()

    def turn(self, by: int) -> None:
        """Another page."""
        self.settings.page = max(0, self.settings.page + by)
        self.refresh()

    def _stale(self, key: str, record: object) -> bool:
        return key not in self.known or self.known[key].record is not record

    def _tell_count(self, count: int) -> None:
        pages, say = max(1, -(-count // PAGE)), self.view.say
        text = say("table.count", found=count, all=len(self.known), chosen=len(self.settings.chosen))
        page = say("table.page", at=self.settings.page + 1, all=pages)
        redraw(self.count, fill("{text} {page}", text=text, page=page))

    def _head(self, name: str) -> Widget:
        text = self.view.say(f"table.{name}") if name in ("code", WHO, WHAT, STEP) else self.view.say(f"fact.{name}")
        return button(text, self.guard(lambda: self.sort(name)), "kit-head", f"kit-head-{name}")

    def _tools(self) -> Widget:
        say, wanted = self.view.say, self.settings.wanted
        words = make(widgets.Text, "kit-search", value=wanted.words, description=say("table.search"),
                     placeholder=say("table.search_hint"))  # fmt: skip
        words.observe(lambda change: self.want(words=change["new"]), names="value")
        steps = [(say("table.every_step"), ""), *((say(f"step.{one}"), one) for one in self.system.states)]
        step = make(widgets.Dropdown, options=steps, value=wanted.step, description=say("table.only_step"))
        step.observe(lambda change: self.want(step=change["new"]), names="value")
        differ = make(widgets.Checkbox, "kit-differ", value=wanted.differing, description=say("table.differing"),
                      indent=False)  # fmt: skip
        differ.observe(lambda change: self.want(differing=change["new"]), names="value")
        parts = (words, step, *((differ,) if self.system.compares else ()))
        return row(parts, "kit-table-tools", "kit-entry")

    def _pager(self) -> Widget:
        say, guard = self.view.say, self.guard
        everything = guard(lambda: self.choose([one.id for one in self.found()], True))
        nothing = guard(lambda: self.choose(list(self.settings.chosen), False))
        return row((
            self.count, button(say("table.choose_all"), everything, "kit-small", "kit-choose-all"),
            button(say("table.choose_none"), nothing, "kit-small", "kit-choose-none"),
            button("◀", guard(lambda: self.turn(-1)), "kit-small", "kit-page-back", tip=say("table.back")),
            button("▶", guard(lambda: self.turn(1)), "kit-small", "kit-page-on", tip=say("table.on")),
        ), "kit-table-pager")  # fmt: skip


class _Row:
    """One place of the page: a tick, the code that opens the record, and the cells."""

    def __init__(self, table: Table, place: int) -> None:
        self.id = ""
        self.tick = make(widgets.Checkbox, "kit-tick", value=False, description="", indent=False)
        self.tick.observe(lambda change: self._ticked(table, change["new"]), names="value")
        self.open = button("", table.guard(lambda: table.hands.look(self.id)), "kit-open", f"kit-row-{place}")
        self.cells = html_view(Markup(""), "kit-cells-view")
        self.widget = row((self.tick, self.open, self.cells), "kit-line")

    def show(self, one: Line | None, table: Table) -> None:
        """Show a record's row here; None leaves the place empty."""
        mark(self.widget, "kit-hidden", one is None)
        if one is None:
            return
        self.id = one.id
        self.tick.value = one.id in table.settings.chosen
        self.tick.description = _name(one)
        self.open.description = short_code(one.id)
        mark(self.widget, "kit-differs", one.differs)
        cells = join(fill(CELL, name=name, text=one.cells.get(name, "")) for name in table.columns)
        redraw(self.cells, fill(CELLS, cells=cells))

    def _ticked(self, table: Table, on: bool) -> None:
        if not table.busy:
            table.guard.run(lambda: table.choose([self.id], on))


def _name(one: Line) -> str:
    """What a screen reader says of the tick; who sees reads it in the row."""
    return f"{short_code(one.id)} {one.cells[WHO]}"
