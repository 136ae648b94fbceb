"""The hot wash on the page after the end: three questions, one button, then thanks."""

import ipywidgets as widgets

from kit.hotwash import LONGEST, QUESTIONS, answer, has_answered
from kit.safe_html import fill
from kit.store import EventStore
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.parts import Widget, button, column, make, replace
from kit.ui.view import View

CALM = 1.0  # seconds


class HotWashForm:
    """The form; what was typed stays in the view's drafts while the page is drawn again."""

    def __init__(self, store: EventStore, view: View, guard: Guard) -> None:
        self.store, self.view, self.guard = store, view, guard
        self.draft = view.drafts.setdefault(("", "hotwash"), {})
        self.notice = html_view(fill(""), "kit-notice", "kit-live")
        self.widget = column((), "kit-box", "kit-hotwash")
        self.refresh()

    def refresh(self) -> None:
        """The questions, or thanks where they were answered."""
        say = self.view.say
        head = html_view(fill("<h2>{it}</h2><p>{help}</p>", it=say("hotwash.title"), help=say("hotwash.help")))
        if has_answered(self.view.attempt):
            replace(self.widget, (html_view(fill("<p role='status'>{it}</p>", it=say("hotwash.thanks"))),))
            return
        send = button(say("hotwash.send"), self.guard(self.send, CALM), "kit-primary", "kit-hotwash-send")
        replace(self.widget, (head, *(self._question(name) for name in QUESTIONS), self.notice, send))

    def send(self) -> None:
        """Keep the answers. Raises what the door refuses."""
        answer(self.store, self.view.attempt, {name: str(text) for name, text in self.draft.items()})
        self.refresh()

    def tell(self, sentence: str) -> None:
        """Show what went wrong."""
        redraw(self.notice, fill('<p class="kit-notice-bad" role="alert">{text}</p>', text=sentence))

    def _question(self, name: str) -> Widget:
        text = make(widgets.Textarea, value=self.draft.get(name, ""), description=self.view.say(f"hotwash.{name}"),
                    placeholder=self.view.say("hotwash.hint", letters=LONGEST))  # fmt: skip
        text.observe(lambda change: self.draft.update({name: change["new"]}), names="value")
        return column((text,), "kit-entry", f"kit-hotwash-{name}")
