"""The evaluator's sheet: who marks, what waits, what is to be seen, the rubric; every mark goes straight to the log."""

from dataclasses import dataclass
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup

from grading.agreement import agreement
from grading.report.judgements import agreed
from kit.errors import WrongUse
from kit.marking import Given
from kit.marks import EVALUATOR
from kit.plain_text import short_code
from kit.safe_html import clean, fill
from kit.trainer.book import SCOPES, WAITING, Book, Item, standing
from kit.trainer.exhibits import about, exhibits, marks_seen
from kit.trainer.form import ROLES, MarkForm
from kit.ui.guard import Guard, desk_log
from kit.ui.html import html_view, redraw
from kit.ui.parts import Widget, button, column, make, replace, row
from kit.words import LANGUAGES, pick, say

ROWS = 14  # of the list


@dataclass
class Chosen:
    """What the evaluator set, kept while the language changes."""

    who: str = ""
    role: str = EVALUATOR
    scope: str = WAITING
    item: str = ""


class Sheet:
    """The sheet of one session; `widget` is one view of the trainer's page."""

    def __init__(self, book: Book, name: str, language: str, log: Path) -> None:
        self.book, self.name, self.language = book, name, language if language in LANGUAGES else LANGUAGES[0]
        self.chosen = Chosen()
        self.guard = Guard(self.tell, lambda: self.language, desk_log(log))
        self.notice = html_view(fill(""), "kit-notice", "kit-live")
        self.widget = column((), "kit-body")
        self.guard.run(self.open)

    def open(self) -> None:
        """Read the session and show the page."""
        self.show()
        self.book.read()
        self.refresh()

    def show(self) -> None:
        """Put the page together anew, in the chosen language."""
        self.notice = html_view(fill(""), "kit-notice", "kit-live")
        self.summary = html_view(fill(""), "kit-mark-summary")
        self.seen, self.side = column((), "kit-mark-seen"), column((), "kit-mark-side")
        self.list = make(widgets.Select, "kit-mark-list", rows=ROWS, options=[], description=self._say("list"))
        self.list.observe(lambda change: self.guard.run(lambda: self.choose(change["new"])), names="value")
        left = column((self.notice, self._setting(), column((self.list,), "kit-entry"), self.summary), "kit-mark-left")
        replace(self.widget, (row((left, self.seen, self.side), "kit-mark-page"),))

    def speak(self, language: str) -> None:
        """Go on in another language."""
        self.language = language
        self.show()
        self.refresh()

    def tell(self, sentence: str) -> None:
        """Show what went wrong."""
        redraw(self.notice, fill('<p class="kit-notice-bad" role="alert">{text}</p>', text=sentence))

    def refresh(self) -> None:
        """Draw the list and the item chosen as they stand now."""
        items = list(self.book.items(self.chosen.scope, self.chosen.who))
        wanted = self.chosen.item
        self.list.options = [(self._label(item), item.id) for item in items]
        self.list.value = wanted if wanted in [item.id for item in items] else None
        self.choose(wanted)
        redraw(self.summary, self._summary(len(items)))

    def choose(self, name: str | None) -> None:
        """Show one item: what was done, the form, the marks that may be seen."""
        if name is None:
            return
        self.chosen.item = name
        item = self.book.item(name)
        if item is None:
            replace(self.seen, (html_view(fill("<p>{text}</p>", text=self._say("choose"))),))
            replace(self.side, ())
            return
        replace(self.seen, (html_view(about(item, self.language), "kit-mark-about"),
                            html_view(exhibits(item, self.language), "kit-mark-exhibits")))  # fmt: skip
        form = MarkForm(item, self.chosen.role, self.language, self.guard, self.save)
        marks = html_view(marks_seen(item, self.chosen.who, self.language), "kit-box", "kit-mark-given")
        replace(self.side, (form.widget, marks))

    def save(self, level: str, remark: str, role: str) -> None:
        """Put the mark into the log; then show what it came to. Raises what the door refuses."""
        item = self.book.item(self.chosen.item)
        if item is None:
            raise WrongUse(say("trainer.choose", "vi"), say("trainer.choose", "en"))
        self.book.give(item, Given(item.finding.target.id, self.chosen.who, level, remark, role))
        self.refresh()
        text = self._say("saved", title=pick(item.finding.target.title, self.language))
        redraw(self.notice, fill('<p class="kit-notice-good" role="status">{text}</p>', text=text))

    def _setting(self) -> Widget:
        who = make(widgets.Text, "kit-mark-name", value=self.chosen.who, description=self._say("who"),
                   placeholder=self._say("who_hint"), continuous_update=False)  # fmt: skip
        who.observe(lambda change: self._set(who=change["new"]), names="value")
        role = make(widgets.Dropdown, value=self.chosen.role, description=self._say("role"),
                    options=[(say(f"marks.role.{name}", self.language), name) for name in ROLES])  # fmt: skip
        role.observe(lambda change: self._set(role=change["new"]), names="value")
        scope = make(widgets.Dropdown, "kit-mark-scope", value=self.chosen.scope, description=self._say("scope"),
                     options=[(self._say(f"scope_{name}"), name) for name in SCOPES])  # fmt: skip
        scope.observe(lambda change: self._set(scope=change["new"]), names="value")
        again = button(self._say("again"), self.guard(self.open), "kit-mark-again")
        entries = [column((one,), "kit-entry") for one in (who, role, scope)]
        return column((*entries, again), "kit-box")

    def _set(self, **new: str) -> None:
        for name, value in new.items():
            setattr(self.chosen, name, value)
        redraw(self.notice, fill(""))
        self.guard.run(self.refresh)

    def _label(self, item: Item) -> str:
        target = item.finding.target
        state = (self._say(f"state_{standing(item.finding, self.chosen.who)}") if target.judged
                 else say(f"status.{item.finding.status}", self.language))  # fmt: skip
        whose = f"{item.report.script.exercise[:2]}-{short_code(target.record)}"
        return clean(f"{whose} · {item.trainee} · {state} · {pick(target.title, self.language)}")

    def _summary(self, items: int) -> Markup:
        counts = self._say("counts", items=items, attempts=len(self.book.reports), running=self.book.running)
        bad = self._say("broken", count=len(self.book.broken)) if self.book.broken else ""
        return fill("<p>{counts}</p><p>{agreed}</p><p><b>{bad}</b></p>", counts=counts, bad=bad,
                    agreed=agreed(agreement(self.book.findings()), self.language))  # fmt: skip

    def _say(self, key: str, **values: object) -> str:
        return say(f"trainer.{key}", self.language, **values)
