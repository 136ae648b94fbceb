"""The queue: every dossier on the desk, grouped into waiting, in work and done."""

from collections.abc import Callable

from markupsafe import Markup

from kit.safe_html import fill
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.matters import GROUPS, WAITING, Matter, matters
from kit.ui.parts import button, column, mark
from kit.ui.view import View, day

CARD = """<span class="kit-card-top"><b class="kit-code">{code}</b><span>{channel}</span>{new}</span>
<span class="kit-who">{who}</span><span class="kit-what">{what}</span>
<span class="kit-card-foot"><span class="kit-step kit-step-{state}">{step}</span>{due}</span>"""


class Card:
    """One entry: what it shows, under a button that covers it."""

    def __init__(self, view: View, guard: Guard, matter: Matter, choose: Callable[[str], None]) -> None:
        self.view, self.id = view, matter.id
        self.face = html_view(face(view, matter), "kit-face")
        name = f"{matter.id[-4:]} {matter.record.get('who', '')}"
        self.button = button(name, guard(lambda: choose(self.id)), "kit-cover")
        self.widget = column((self.face, self.button), "kit-card")

    def refresh(self, matter: Matter) -> None:
        """Show how the matter stands now."""
        redraw(self.face, face(self.view, matter))
        mark(self.widget, "kit-chosen", self.id == self.view.chosen)


class Queue:
    """The list of matters; `choose` receives a record's id."""

    def __init__(self, view: View, guard: Guard, choose: Callable[[str], None]) -> None:
        self.view, self.guard, self.choose = view, guard, choose
        self.cards: dict[str, Card] = {}
        self.heads = {group: html_view(fill(""), "kit-group") for group in GROUPS}
        self.lists = {group: column((), "kit-list") for group in GROUPS}
        self.widget = column([part for group in GROUPS for part in (self.heads[group], self.lists[group])], "kit-queue")

    def refresh(self) -> None:
        """Show the queue as it stands; matters that moved change their group."""
        everything = matters(self.view.attempt)
        for group in GROUPS:
            self._show(group, [matter for matter in everything if matter.group == group])

    def _show(self, group: str, found: list[Matter]) -> None:
        title = self.view.say(f"queue.{group}")
        redraw(self.heads[group], fill("<h2>{title} <span>{count}</span></h2>", title=title, count=len(found)))
        cards = tuple(self._card(matter).widget for matter in found)
        if cards != self.lists[group].children:
            self.lists[group].children = cards

    def _card(self, matter: Matter) -> Card:
        card = self.cards.get(matter.id) or Card(self.view, self.guard, matter, self.choose)
        self.cards[matter.id] = card
        card.refresh(matter)
        return card


def face(view: View, matter: Matter) -> Markup:
    """What an entry shows: number, channel, who, what, step, promised date, and whether it is new."""
    record, say = matter.record, view.say
    new = matter.group == WAITING and view.looked_at.get(matter.id, 0) < matter.brought
    badge = fill('<span class="kit-new">{text}</span>', text=say("queue.new"))
    due = fill('<span class="kit-due">{text}</span>', text=say("queue.due", day=day(record.get("due_date", ""))))
    return fill(
        CARD, code=matter.id[-4:], channel=say(f"channel.{record['channel']}") if "channel" in record else "",
        new=badge if new else "", who=record.get("who", ""), what=view.named(record, "title"),
        step=say(f"step.{record.get('step', '')}"), state=view.colour(record),
        due=due if record.get("due_date") and matter.group != "done" else "",
    )  # fmt: skip
