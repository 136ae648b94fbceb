"""The generic panel: the actions of any System for the record chosen, and the form of the action opened."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from kit.notices import NOTICE
from kit.safe_html import fill
from kit.systems.form import Action, System
from kit.ui.entries import Entry, entry
from kit.ui.guard import Guard
from kit.ui.html import html_view
from kit.ui.notice import notice_form, own
from kit.ui.parts import Widget, button, column, mark, replace
from kit.ui.preview import preview
from kit.ui.view import View

DOUBLE_CLICK = 0.3  # seconds
MANY = 7  # more actions than this stand closer together


@dataclass(frozen=True)
class Hands:
    """What the panel asks of the page: `act` with the entries, `hush` its message, `sketch` a draft (None: end).

    `stored`: show what a notice's form has put into the log, and this sentence.
    """

    act: Callable[[System, Action, dict[str, object]], None]
    hush: Callable[[], None]
    sketch: Callable[[Markup | None], None]
    stored: Callable[[str], None]


class Panel:
    """Draws forms from the registry and knows no system by name."""

    def __init__(self, view: View, guard: Guard, hands: Hands) -> None:
        self.view, self.guard, self.hands = view, guard, hands
        self.entries: list[Entry] = []
        self.drawn: tuple[Any, ...] = ()
        self.widget = column((), "kit-panel")

    def refresh(self) -> None:
        """Draw again where something else is offered or open; else no button moves and nothing typed is lost."""
        names = tuple(action.name for _, action in self.offered())
        self.view.opened = self.view.opened if self.view.opened in names else ""
        form = (self.view.chosen, self.view.record().get("step"), self.view.opened, len(own(self.view)))
        now = form if self.view.opened or self._noticed() else (bool(self.view.record()), names, self._others())
        if now != self.drawn:
            replace(self.widget, self._children())
            self.drawn = now
        self._sketch()

    def open(self, name: str) -> None:
        """Open an action's form; an empty name shows the list of actions."""
        self.view.opened = name
        self.hands.hush()
        self.refresh()

    def blame(self, name: str) -> str:
        """Show which entry the system refused; no name: none. Returns words for the first row of a grid at fault."""
        rows = [one.blame(one.field.name == name) for one in self.entries]
        return next((f" {self.view.say('allotment.see_row', row=row)}" for row in rows if row), "")

    def offered(self) -> list[tuple[System, Action]]:
        """What the software offers the trainee for the record chosen, in the order of the registry."""
        return [(system, action) for system, action in self._possible() if self.view.may(action)]

    def _possible(self) -> list[tuple[System, Action]]:
        """What it offers anybody."""
        record = self.view.record()
        return [
            (system, action)
            for system in self.view.systems()
            if system.lists == record.get("kind")
            for action in system.actions
            if action.allowed(record)
        ]

    def _others(self) -> tuple[str, ...]:
        """The roles of team mates that could act on the record now."""
        return tuple(dict.fromkeys(action.role for _, action in self._possible() if not self.view.may(action)))

    def _noticed(self) -> bool:
        return self.view.record().get("kind") == NOTICE

    def _open_action(self) -> tuple[System, Action] | None:
        return next(((s, a) for s, a in self.offered() if a.name == self.view.opened), None)

    def _children(self) -> list[Widget]:
        self.entries = []
        found = self._open_action()
        mark(self.widget, "kit-drafting", bool(found and found[1].preview))
        mark(self.widget, "kit-many", not found and len(self.offered()) > MANY)
        return self._form(*found) if found else self._menu()

    def _menu(self) -> list[Widget]:
        if not self.view.record():
            return [self._note("desk.choose_matter")]
        if self._noticed():
            return notice_form(self.view, self.guard, self.hands.stored)
        offered = sorted(self.offered(), key=lambda pair: self._rank(pair[1].role))
        if not offered and self._others():
            return [self._note("arrival.others_turn", self._others())]
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
        for one in self.entries if action.preview else ():
            one.watch(self._redraft)
        head = fill(
            "<h3>{role}</h3><h2>{name}</h2><p>{help}</p>", role=say(f"role.{action.role}"),
            name=say(f"action.{action.name}"), help=say(f"action_help.{action.name}"),
        )  # fmt: skip
        submit = self.guard(lambda: self._submit(system, action), calm=DOUBLE_CLICK)
        back = button(say("desk.other_actions"), self.guard(lambda: self.open("")), "kit-back")
        do = button(say("desk.perform", action=say(f"action.{action.name}")), submit, "kit-primary", "kit-submit")
        cost = html_view(fill("{text}", text=say("desk.cost", minutes=action.minutes)), "kit-cost")
        return [back, html_view(head, "kit-form-head"), *(one.widget for one in self.entries), do, cost]

    def _redraft(self) -> None:
        self.guard.run(self._sketch)

    def _sketch(self) -> None:
        """Show the paper that the open form would make, or end showing one."""
        found = self._open_action() if self.view.opened else None
        self.hands.sketch(preview(self.view, self.guard, found[1], self._entered()) if found else None)

    def _entered(self) -> dict[str, object]:
        return {one.field.name: one.read() for one in self.entries}

    def _submit(self, system: System, action: Action) -> None:
        self.hands.act(system, action, self._entered())

    def _note(self, key: str, roles: tuple[str, ...] = ()) -> Widget:
        named = ", ".join(self.view.say(f"role.{role}") for role in roles)
        return html_view(fill("<p>{text}</p>", text=self.view.say(key, roles=named)), "kit-note")
