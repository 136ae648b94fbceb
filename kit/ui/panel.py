"""The generic panel: the actions of any System for the record chosen, and the form of the action opened."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from kit.safe_html import fill
from kit.systems.form import Action, System
from kit.ui.entries import Entry, entry
from kit.ui.guard import Guard
from kit.ui.html import html_view
from kit.ui.parts import Widget, button, column, replace
from kit.ui.view import View

DOUBLE_CLICK = 0.3  # seconds
Act = Callable[[System, Action, dict[str, object]], None]


class Panel:
    """Draws forms from the registry and knows no system by name; `act` gets what was entered, `hush` ends messages."""

    def __init__(self, view: View, guard: Guard, act: Act, hush: Callable[[], None]) -> None:
        self.view, self.guard, self.act, self.hush = view, guard, act, hush
        self.opened = ""
        self.entries: list[Entry] = []
        self.drawn: tuple[Any, ...] = ()
        self.widget = column((), "kit-panel")

    def refresh(self) -> None:
        """Draw again unless the same form is still open: then nothing that was typed moves."""
        now = (self.view.chosen, self.view.record().get("step"), self.opened)
        if self.opened and now == self.drawn:
            return
        replace(self.widget, self._children())
        self.drawn = (self.view.chosen, self.view.record().get("step"), self.opened)

    def open(self, name: str) -> None:
        """Open an action's form; an empty name shows the list of actions."""
        self.opened = name
        self.hush()
        self.refresh()

    def blame(self, name: str) -> None:
        """Show which entry the system refused; no name: none."""
        for one in self.entries:
            one.blame(one.field.name == name)

    def offered(self) -> list[tuple[System, Action]]:
        """What the software offers for the record chosen, in the order of the registry."""
        record = self.view.record()
        return [
            (system, action)
            for system in self.view.systems()
            if system.lists == record.get("kind")
            for action in system.actions
            if action.allowed(record)
        ]

    def _children(self) -> list[Widget]:
        self.entries = []
        found = next(((s, a) for s, a in self.offered() if a.name == self.opened), None)
        if found:
            return self._form(*found)
        self.opened = ""
        return self._menu()

    def _menu(self) -> list[Widget]:
        if not self.view.record():
            return [self._note("desk.choose_matter")]
        offered = sorted(self.offered(), key=lambda pair: self._rank(pair[1].role))
        if not offered:
            return [self._note("desk.nothing_to_do")]
        children: list[Widget] = []
        for role, pairs in groupby(offered, key=lambda pair: pair[1].role):
            children.append(html_view(fill("<h3>{role}</h3>", role=self.view.say(f"role.{role}"))))
            children += [self._menu_button(action) for _, action in pairs]
        return children

    def _rank(self, role: str) -> int:
        roles = [action.role for system in self.view.systems() for action in system.actions]
        return roles.index(role)

    def _menu_button(self, action: Action) -> Widget:
        name = action.name
        click = self.guard(lambda: self.open(name))
        return button(
            self.view.say(f"action.{name}"), click, "kit-action", f"kit-do-{name}",
            tip=self.view.say(f"action_help.{name}"),
        )  # fmt: skip

    def _form(self, system: System, action: Action) -> list[Widget]:
        say, draft = self.view.say, self.view.drafts.setdefault((self.view.chosen, action.name), {})
        situation = self.view.attempt.situation(self.view.chosen)
        self.entries = [entry(field, situation, self.view.language, draft) for field in action.fields]
        head = fill(
            "<h3>{role}</h3><h2>{name}</h2><p>{help}</p>", role=say(f"role.{action.role}"),
            name=say(f"action.{action.name}"), help=say(f"action_help.{action.name}"),
        )  # fmt: skip
        submit = self.guard(lambda: self._submit(system, action), calm=DOUBLE_CLICK)
        back = button(say("desk.other_actions"), self.guard(lambda: self.open("")), "kit-back")
        do = button(say("desk.perform", action=say(f"action.{action.name}")), submit, "kit-primary", "kit-submit")
        cost = html_view(fill("{text}", text=say("desk.cost", minutes=action.minutes)), "kit-cost")
        return [back, html_view(head, "kit-form-head"), *(one.widget for one in self.entries), do, cost]

    def _submit(self, system: System, action: Action) -> None:
        self.act(system, action, {one.field.name: one.read() for one in self.entries})

    def _note(self, key: str) -> Widget:
        return html_view(fill("<p>{text}</p>", text=self.view.say(key)), "kit-note")
