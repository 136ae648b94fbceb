"""Coming in, in a session with a roster: who sits here, by the personal link, a typed code or the hub's user."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from urllib.parse import parse_qs

import ipywidgets as widgets
from markupsafe import Markup

from kit.attempt import Clock, server_time
from kit.identity import PARAMETER, Gate, NotAdmitted, hub_person, origin
from kit.safe_html import fill
from kit.store import EventStore
from kit.store.people import Person
from kit.ui.guard import Guard
from kit.ui.header import Speak, address, brand, languages, ribbon
from kit.ui.html import html_view, redraw
from kit.ui.parts import Widget, button, column, make, row
from kit.words import say

CALM = 0.3  # seconds: the second half of a double click
STAY = timedelta(days=1)  # so long a reloaded page still knows who typed a code
HERO = '<div class="kit-hero"><h1>{title}</h1><p class="kit-help">{help}</p></div>'
NOTICE = '<p class="kit-notice-bad" role="alert">{text}</p>'
KEPT = '<span data-kit-join="{code}" hidden></span>'


@dataclass
class Arrival:
    """Who came to this desk; `code` goes into the page's address, so that a reloaded page knows it too."""

    store: EventStore
    around: Mapping[str, str]
    clock: Clock = server_time
    person: Person | None = None
    code: str = ""

    def recognise(self, query: str) -> None:
        """Know the hub's user, or whoever's link was opened; `NotAdmitted` for a link that lets nobody in."""
        self.person = hub_person(self.store, self.around)
        code = parse_qs(query).get(PARAMETER, [""])[0]
        if self.person is None and code:
            self.person = self._gate().by_link(self.store, code, self.clock())

    def enter(self, typed: str) -> None:
        """Know whoever's code was typed; `NotAdmitted` for a wrong one, and for a while after too many."""
        gate, now = self._gate(), self.clock()
        self.person = gate.by_typed(self.store, typed, origin(self.around), now)
        self.code = gate.link(self.person, (now.astimezone(UTC) + STAY).date())

    def require(self) -> Person:
        """The person who came; `NotAdmitted` before that."""
        if self.person is None:
            raise NotAdmitted("wrong")
        return self.person

    def _gate(self) -> Gate:
        folder = self.store.folder() or Path()
        return Gate.at(self.around.get("KIT_SESSION", "") or self.store.session or folder.name, folder)


class JoinPage:
    """Asks for the join code; it names nobody and shows no exercise."""

    def __init__(self, language: str, guard: Guard, doors: tuple[Callable[[str], None], Speak], notice: str) -> None:
        self.enter, speak = doors
        self.notice = html_view(Markup(""), "kit-notice", "kit-live")
        self.tell(notice)
        about = fill(HERO, title=say("arrival.title", language), help=say("arrival.help", language))
        self.code = make(widgets.Text, description=say("arrival.code", language), continuous_update=False,
                         placeholder=say("arrival.code_hint", language))  # fmt: skip
        go = button(say("arrival.enter", language), guard(self.submit, CALM), "kit-primary", "kit-enter")
        box = column((column((self.code,), "kit-entry", "kit-field-join"), go), "kit-box")
        head = row((brand(language, ""), languages(language, guard, speak), address(language)), "kit-header")
        side = column((self.notice, box), "kit-start-side")
        main = row((html_view(about, "kit-about"), side), "kit-start-main")
        self.widget = column((ribbon(language), head, main), "kit-start")

    def submit(self) -> None:
        """Try the code that was typed."""
        self.enter(str(self.code.value))

    def tell(self, sentence: str) -> None:
        """Show a message above the form."""
        redraw(self.notice, fill(NOTICE, text=sentence) if sentence else Markup(""))


def kept(code: str) -> Widget:
    """What the page's own script reads: the code that goes into the page's address."""
    return html_view(fill(KEPT, code=code), "kit-unseen")
