"""One entry of the queue: what it shows of a matter, under a button that covers it."""

from collections.abc import Callable

from markupsafe import Markup

from kit.plain_text import short_code
from kit.safe_html import fill
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.inbox import channel, deadline, unread
from kit.ui.matters import DONE, NOTICES, WAITING, Matter
from kit.ui.parts import button, column, mark
from kit.ui.view import View, clock, day

CARD = """<span class="kit-card-top"><b class="kit-code">{code}</b><span>{channel}</span>{new}</span>
<span class="kit-who">{who}</span><span class="kit-what">{what}</span>
<span class="kit-card-foot"><span class="kit-step kit-step-{state}">{step}</span>{due}{place}</span>"""


class Card:
    """One entry; `choose` receives the record's id."""

    def __init__(self, view: View, guard: Guard, matter: Matter, choose: Callable[[str], None]) -> None:
        self.view, self.id = view, matter.id
        self.face = html_view(face(view, matter), "kit-face")
        self.button = button(self._name(matter), guard(lambda: choose(self.id)), "kit-cover")
        self.widget = column((self.face, self.button), "kit-card")

    def refresh(self, matter: Matter) -> None:
        """Show how the matter stands now."""
        redraw(self.face, face(self.view, matter))
        self.button.description = self._name(matter)
        mark(self.widget, "kit-chosen", self.id == self.view.chosen)
        mark(self.widget, "kit-unread", unread(self.view, matter))

    def _name(self, matter: Matter) -> str:
        """What a screen reader says of the button."""
        news = self.view.say(_news(matter)) if unread(self.view, matter) else ""
        return " ".join(filter(None, (short_code(matter.id), str(self.view.named(matter.record, "who")), news)))


def face(view: View, matter: Matter) -> Markup:
    """What an entry shows: number, channel, who, what, step, deadline, place, and whether it is new."""
    record, say = matter.record, view.say
    badge = fill('<span class="kit-new">{text}</span>', text=say(_news(matter)))
    place = fill('<span class="kit-place">{text}</span>', text=record.get("neighbourhood", ""))
    return fill(
        CARD, code=short_code(matter.id), channel=channel(view, matter), new=badge if unread(view, matter) else "",
        who=view.named(record, "who"), what=view.named(record, "title"), step=say(f"step.{record.get('step', '')}"),
        state=view.colour(record), due=_due(view, matter),
        place=place if record.get("neighbourhood") and view.grouping != "neighbourhood" else "",
    )  # fmt: skip


def _news(matter: Matter) -> str:
    return "queue.new" if matter.group in (NOTICES, WAITING) else "queue.changed"


def _due(view: View, matter: Matter) -> Markup:
    """The deadline in words and colour; nothing once the matter is done."""
    due = str(matter.record.get("due_date") or "")
    kind = deadline(due, view.attempt.state.moment)
    if not kind or matter.group == DONE:
        return Markup("")
    time = clock(due) if "T" in due else ""
    text = view.say(f"queue.{kind}", day=" ".join(filter(None, (time, day(due)))), time=time)
    return fill('<span class="kit-due kit-due-{kind}">{text}</span>', kind=kind, text=text)
