"""Beside a notice of the trainer's: that one has read it, and an answer where one has any."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
from markupsafe import Markup

from kit.event import Event
from kit.notices import LONGEST, acknowledge, replies
from kit.safe_html import fill, join
from kit.ui.guard import Guard
from kit.ui.html import html_view
from kit.ui.parts import Widget, button, column, make
from kit.ui.view import View, clock

DRAFT = "answer"
CALM = 0.3  # seconds: the second half of a double click
READ = '<p class="kit-notice-read"><b>{read}</b></p>{answers}'
ANSWER = '<blockquote class="kit-notice-answer">{text}</blockquote>'

Stored = Callable[[str], None]


def notice_form(view: View, guard: Guard, stored: Stored) -> list[Widget]:
    """What stands among the actions for the notice chosen; `stored` is called once the log holds what was said."""
    said, draft = own(view), view.drafts.setdefault((view.chosen, DRAFT), {})
    text = make(widgets.Textarea, value=draft.get(DRAFT, ""), description=view.say("notice.answer"),
                placeholder=view.say("notice.answer_hint", letters=LONGEST))  # fmt: skip
    text.observe(lambda change: draft.update({DRAFT: change["new"]}), names="value")
    click = guard(lambda: _send(view, str(text.value), stored), CALM)
    go = button(view.say("notice.send" if said else "notice.read"), click, "kit-primary", "kit-notice-send")
    return [html_view(_shown(view, said), "kit-note"), column((text,), "kit-entry", "kit-notice-text"), go]


def own(view: View) -> list[Event]:
    """What the trainee has said so far about the notice chosen."""
    return replies(view.attempt, view.chosen, view.attempt.actor)


def _send(view: View, text: str, stored: Stored) -> None:
    acknowledge(view.attempt, view.chosen, text)
    view.drafts.pop((view.chosen, DRAFT), None)
    stored(view.say("notice.stored"))


def _shown(view: View, said: list[Event]) -> Markup:
    to_know = fill("<p>{text}</p>", text=view.say("ordered.to_know"))
    if not said:
        return to_know
    answers = join(fill(ANSWER, text=text) for event in said if (text := _text(event)))
    return to_know + fill(READ, read=view.say("notice.was_read", time=clock(said[0].moment)), answers=answers)


def _text(event: Event) -> Any:
    return event.given.get("text", "")
