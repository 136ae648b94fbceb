"""One form for many records: which action, its entries once, and how many of the chosen records it can be done to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from kit.safe_html import fill
from kit.systems.form import Action, System
from kit.ui.entries import Entry, entry
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.panel import DOUBLE_CLICK
from kit.ui.parts import Widget, button, column, make, mark, replace, row
from kit.ui.view import View

BULK = "bulk"  # whose draft it is: that of no single record


@dataclass(frozen=True)
class BulkHands:
    """What the table asks of the page: act on many records with the same entries, or look at one."""

    act_many: Callable[[System, Action, list[str], dict[str, object]], None]
    look: Callable[[str], None]


class BulkForm:
    """The form above the table; it knows no system by name."""

    def __init__(self, view: View, guard: Guard, system: System, hands: BulkHands) -> None:
        self.view, self.guard, self.system, self.hands = view, guard, system, hands
        self.chosen: list[str] = []
        self.entries: list[Entry] = []
        self.drawn: tuple[Any, ...] = ()
        names = [(view.say(f"action.{name}"), name) for name in system.bulk if view.may(system.action(name))]
        label = view.say("table.action")
        options = [(view.say("desk.choose"), ""), *names]
        self.pick = make(widgets.Dropdown, options=options, value=view.table.action, description=label)
        self.pick.observe(lambda change: self._picked(change["new"]), names="value")
        self.form = row((), "kit-bulk-entries")
        self.state = html_view(fill(""), "kit-bulk-state", "kit-live")
        do = guard(self.submit, calm=DOUBLE_CLICK)
        self.do = button(view.say("table.perform"), do, "kit-primary", "kit-bulk-submit")
        self.do.on_click(lambda _: self._offer())  # the guard has enabled it again
        ask = row((column((self.pick,), "kit-entry", "kit-bulk-pick"), self.form), "kit-bulk-form")
        self.widget = column((ask, row((self.do, self.state), "kit-bulk-foot")), "kit-bulk")

    def _picked(self, name: str) -> None:
        self.view.table.action = name
        self.guard.run(self.redraw)

    def refresh(self, chosen: list[str]) -> None:
        """Other records are chosen, or the same ones have changed; an action that none of them can take is let go."""
        self.chosen = chosen
        if chosen and not self.fitting():
            self.pick.value = ""
        self.redraw()

    def redraw(self) -> None:
        """Draw the entries of the action picked, and say how many records it can be done to."""
        action, fitting = self.action(), self.fitting()
        now = (self.pick.value, bool(fitting), self.view.language)
        if now != self.drawn:
            replace(self.form, self._entries(action, fitting))
            self.drawn = now
        mark(self.widget, "kit-hidden", not self.chosen)
        self._offer()
        text = self.view.say("table.fitting", fitting=len(fitting), chosen=len(self.chosen)) if action else ""
        redraw(self.state, fill("{text}", text=text))

    def _offer(self) -> None:
        """The button is for use only where it would do something."""
        self.do.disabled = not self.fitting()

    def action(self) -> Action | None:
        """The action picked."""
        return self.system.action(self.pick.value) if self.pick.value else None

    def fitting(self) -> list[str]:
        """The chosen records to which the action picked can be done as they stand."""
        action, records = self.action(), self.view.attempt.state.records
        return [key for key in self.chosen if action and action.allowed(records[key])]

    def submit(self) -> None:
        """Do it to all of them."""
        action, fitting = self.action(), self.fitting()
        if action and fitting:
            given = {one.field.name: one.read() for one in self.entries}
            self.hands.act_many(self.system, action, fitting, given)

    def blame(self, name: str) -> None:
        """Show which entry the system refused; no name: none."""
        for one in self.entries:
            one.blame(one.field.name == name)

    def clear(self) -> None:
        """Forget what was entered for the action that is done."""
        self.view.drafts.pop((BULK, self.pick.value), None)
        self.drawn = ()

    def _entries(self, action: Action | None, fitting: list[str]) -> list[Widget]:
        self.entries = []
        if action and fitting:
            draft = self.view.drafts.setdefault((BULK, action.name), {})
            situation = self.view.attempt.situation(fitting[0])
            self.entries = [entry(field, situation, self.view.language, draft) for field in action.fields]
        return [one.widget for one in self.entries]
