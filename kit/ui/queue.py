"""The queue as an inbox: every matter on the desk, filtered, sorted and grouped as the trainee wants it."""

from collections.abc import Callable, Iterator

import ipywidgets as widgets

from kit.safe_html import fill
from kit.ui.cards import Card
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.inbox import GROUPINGS, SORTINGS, matching, sections
from kit.ui.matters import WAITING, Matter, matters
from kit.ui.parts import Widget, column, make, mark, row
from kit.ui.view import View

MOST = 40  # entries of one part; a browser shows more only slowly, and nobody reads them


class Queue:
    """The list of matters; `choose` receives a record's id."""

    def __init__(self, view: View, guard: Guard, choose: Callable[[str], None]) -> None:
        self.view, self.guard, self.choose = view, guard, choose
        self.cards: dict[str, Card] = {}
        self.heads: dict[str, Widget] = {}
        self.search = self._search()
        self.list = column((), "kit-list")
        orders = [self._choice("sorting", SORTINGS)]
        if any("neighbourhood" in one for cue in view.attempt.script.cues for one in cue.records.values()):
            orders.append(self._choice("grouping", GROUPINGS))
        self.tools = column((self.search, row(orders, "kit-orders")), "kit-queue-tools", "kit-entry")
        self.widget = column((self.list,), "kit-queue")

    def refresh(self) -> None:
        """Show the queue as it stands; what moved changes its place."""
        shown = tuple(self._lines(matching(self.view, matters(self.view.attempt))))
        children = arranged(shown, self.list.children)
        kept = {id(widget) for widget in shown}
        for widget in children:
            mark(widget, "kit-hidden", id(widget) not in kept)
        if children != self.list.children:
            self.list.children = children

    def _lines(self, found: list[Matter]) -> Iterator[Widget]:
        """Headings and entries, and a sentence where there is nothing to show."""
        wanted = self.view.wanted.strip()
        if wanted and not found:
            text = self.view.say("queue.no_match", wanted=wanted)
            yield self._head("nothing", fill("<p>{it}</p>", it=text))
        if not wanted and not any(one.group == WAITING for one in found):
            yield self._head("calm", fill("<p>{it}</p>", it=self.view.say("queue.nothing_waits")))
        for title, part in sections(self.view, found):
            if part:
                yield self._head(title, fill("<h2>{it} <span>{count}</span></h2>", it=title, count=len(part)))
            yield from (self._card(matter) for matter in part[:MOST])
            if len(part) > MOST:
                text = self.view.say("queue.more", count=len(part) - MOST)
                yield self._head(f"more {title}", fill("<p>{it}</p>", it=text))

    def _head(self, name: str, shown: object) -> Widget:
        view = self.heads.setdefault(name, html_view(fill(""), "kit-group"))
        redraw(view, fill("{it}", it=shown))
        return view

    def _card(self, matter: Matter) -> Widget:
        if matter.id not in self.cards:
            self.cards[matter.id] = Card(self.view, self.guard, matter, self.choose)
        self.cards[matter.id].refresh(matter)
        return self.cards[matter.id].widget

    def _search(self) -> Widget:
        text = make(widgets.Text, "kit-search", value=self.view.wanted, description=self.view.say("queue.filter"),
                    placeholder=self.view.say("queue.filter_hint"))  # fmt: skip
        text.observe(lambda change: self._set("wanted", change["new"]), names="value")
        return text

    def _choice(self, name: str, options: tuple[str, ...]) -> Widget:
        names = [(self.view.say(f"queue.by_{one}"), one) for one in options]
        select = make(widgets.Dropdown, options=names, value=getattr(self.view, name),
                      description=self.view.say(f"queue.{name}"))  # fmt: skip
        select.observe(lambda change: self._set(name, change["new"]), names="value")
        return select

    def _set(self, name: str, value: str) -> None:
        setattr(self.view, name, value)
        self.guard.run(self.refresh)


def arranged(shown: tuple[Widget, ...], before: tuple[Widget, ...]) -> tuple[Widget, ...]:
    """All widgets, those shown in their order; where `before` has that order it stays, for a browser moves slowly.

    What is not shown stays a child, so that it is closed with the page.
    """
    had, kept = {id(widget) for widget in before}, {id(widget) for widget in shown}
    grown = (*before, *(widget for widget in shown if id(widget) not in had))
    if [id(widget) for widget in grown if id(widget) in kept] == [id(widget) for widget in shown]:
        return grown
    return (*shown, *(widget for widget in before if id(widget) not in kept))
