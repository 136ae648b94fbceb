"""The board's controls: who orders, why, for whom; the buttons; what cannot be taken back is asked twice."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from kit.ordered import CLOSE, DELAY, EXTEND, NOW, OF_INJECTS, PAUSE, PUSH, RELEASE, RESUME, SKIP
from kit.plain_text import person_order
from kit.safe_html import clean, fill
from kit.trainer.commands import MOST_MINUTES, Commands, injects_ahead
from kit.trainer.library import notices
from kit.trainer.watched import Watched
from kit.trainer.watching import Watch
from kit.ui.guard import Guard
from kit.ui.html import html_view
from kit.ui.parts import Widget, button, column, make, mark, replace, row
from kit.words import pick, say

CALM = 0.5  # seconds
ALL, SOME = "all", "some"
FINAL = (CLOSE, RELEASE)
ROWS = 8  # of the list of attempts
USUAL_MINUTES = 15

Told = Callable[[str, int], None]


class Controls:
    """The left side of the board; `told` hears which order was given, and how many."""

    def __init__(self, watch: Watch, commands: Commands, guard: Guard, language: str) -> None:
        self.watch, self.commands, self.guard, self.language = watch, commands, guard, language
        self.told: Told = lambda kind, count: None
        self.who = make(widgets.Text, value="", description=self._say("who"), placeholder=self._say("who_hint"))
        self.why = make(widgets.Text, value="", description=self._say("why"), placeholder=self._say("why_hint"))
        scopes = [(self._say(f"for_{name}"), name) for name in (ALL, SOME)]
        self.scope = make(widgets.Dropdown, options=scopes, value=ALL, description=self._say("for"))
        self.attempts = make(widgets.SelectMultiple, rows=ROWS, options=[], description=self._say("attempts"))
        self.wanted = make(
            widgets.Text, "kit-search", description=self._say("find"), placeholder=self._say("find_hint")
        )
        self.minutes = make(widgets.BoundedIntText, value=USUAL_MINUTES, min=1, max=MOST_MINUTES,
                            description=self._say("minutes"))  # fmt: skip
        self.inject = make(widgets.Dropdown, options=[], description=self._say("inject"))
        library = [(clean(pick(one.title, language)), name) for name, one in notices().items()]
        self.notice = make(widgets.Dropdown, options=library, description=self._say("notice"))
        self.question = column((), "kit-board-question")
        self.widget = column(self._boxes(), "kit-board-controls")

    def refresh(self) -> None:
        """Offer the attempts that are wanted, and the injects that there are; what is chosen stays chosen."""
        found = {one.id for one in self.watch.wanted(str(self.wanted.value))}.union(self.attempts.value)
        attempts = sorted(self.watch.attempts.values(), key=lambda one: (person_order(one.trainee), one.id))
        _offer(self.attempts, [(self._named(one), one.id) for one in attempts if one.id in found])
        _offer(self.inject, injects_ahead(attempts, self.language))

    def order(self, kind: str) -> None:
        """Give an order, or ask first where it cannot be taken back. Raises what the commands refuse, before asking."""
        self.commands.require(kind, str(self.who.value), self.why.value)
        if kind in FINAL:
            self._ask(kind)
        else:
            self.give(kind)

    def give(self, kind: str) -> None:
        """Give an order to whoever is chosen."""
        replace(self.question, ())
        body = {"why": self.why.value, "minutes": self.minutes.value, "notice": self.notice.value,
                "inject": self.inject.value or ("", "")}  # fmt: skip
        count = self.commands.give(kind, self._chosen(kind), str(self.who.value), body)
        self.why.value = ""  # the next order has a reason of its own
        self.told(kind, count)

    def keep(self, before: "Controls") -> None:
        """Take over what was entered in another language."""
        for name in ("who", "why", "scope", "minutes", "notice", "wanted"):
            getattr(self, name).value = getattr(before, name).value
        self.refresh()
        self.attempts.value = before.attempts.value

    def _chosen(self, kind: str) -> Sequence[Watched] | None:
        """The attempts meant; None: all, also those that begin later."""
        if self.scope.value == ALL and kind not in OF_INJECTS:
            return None
        every = self.scope.value == ALL
        return [one for one in self._open_to(kind) if every or one.id in self.attempts.value]

    def _open_to(self, kind: str) -> list[Watched]:
        """The attempts with which the order does something: injects and the end are for those that still go on."""
        ended = kind not in (CLOSE, *OF_INJECTS)
        return [one for one in self.watch.attempts.values() if ended or not one.state.finished]

    def _ask(self, kind: str) -> None:
        chosen = self._chosen(kind)
        count = len(self._open_to(kind) if chosen is None else chosen)
        text = html_view(fill("<p role='alert'>{it}</p>", it=self._say(f"sure_{kind}", count=count)))
        yes = button(self._say("yes"), self.guard(lambda: self.give(kind), CALM), "kit-danger", "kit-board-yes")
        no = button(self._say("no"), self.guard(lambda: replace(self.question, ())), "kit-board-no")
        replace(self.question, (text, row((yes, no))))

    def _boxes(self) -> list[Widget]:
        entries = {name: column((getattr(self, name),), "kit-entry", f"kit-board-{name}")
                   for name in ("who", "why", "scope", "attempts", "minutes", "inject", "notice")}  # fmt: skip
        mark(entries["attempts"], "kit-hidden", True)
        self.scope.observe(lambda new: mark(entries["attempts"], "kit-hidden", new["new"] == ALL), names="value")
        return [
            self._box("box_who", entries["who"], entries["why"], entries["scope"], entries["attempts"]),
            self._box("box_clock", self._buttons(PAUSE, RESUME), entries["minutes"], self._buttons(EXTEND)),
            self._box("box_injects", entries["inject"], self._buttons(SKIP, NOW, DELAY)),
            self._box("box_notices", entries["notice"], self._buttons(PUSH)),
            self._box("box_end", self._buttons(CLOSE, RELEASE), self.question),
        ]

    def _box(self, title: str, *children: Widget) -> Widget:
        return column((html_view(fill("<h2>{it}</h2>", it=self._say(title))), *children), "kit-box")

    def _buttons(self, *kinds: str) -> Widget:
        made = [button(self._say(f"order_{kind}"), self.guard(lambda kind=kind: self.order(kind), CALM),  # type: ignore[misc]
                       f"kit-order-{kind}", tip=self._say(f"tip_{kind}")) for kind in kinds]  # fmt: skip
        return row(made, "kit-board-buttons")

    def _named(self, one: Watched) -> str:
        code = one.id[:4] if not one.owner else "" if one.group else one.owner
        return clean(" · ".join(filter(None, (one.trainee, code, one.script.exercise[:2]))))

    def _say(self, key: str, **values: object) -> str:
        return say(f"board.{key}", self.language, **values)


def _offer(choice: Any, options: list[tuple[str, Any]]) -> None:
    """Other options; nothing moves where they are the same."""
    if list(choice.options) == options:
        return
    several, known = isinstance(choice.value, tuple) and choice.__class__ is widgets.SelectMultiple, choice.value
    choice.options = options
    values = [value for _, value in options]
    if several:
        choice.value = tuple(one for one in known if one in values)
    else:
        choice.value = known if known in values else next(iter(values), None)
