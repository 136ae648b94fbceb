"""The work page: queue, dossier and actions around one attempt. Whatever it confirms, the attempt has stored."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from kit.plain_text import short_code
from kit.safe_html import fill
from kit.script import Cue
from kit.systems.form import Action, System
from kit.ui.bulk import BulkHands
from kit.ui.coach import Coach
from kit.ui.dossier import Dossier
from kit.ui.feedback import Feedback
from kit.ui.guard import Guard
from kit.ui.header import Header, Speak, ribbon
from kit.ui.history import history, refusal
from kit.ui.html import html_view, redraw
from kit.ui.matters import matters
from kit.ui.ordered import banner, told
from kit.ui.panel import DOUBLE_CLICK, Hands, Panel
from kit.ui.parts import Widget, button, column, mark, replace, row
from kit.ui.queue import Queue
from kit.ui.reference import Reference
from kit.ui.table import Table
from kit.ui.view import View

NOTICE = '<p class="kit-notice-{kind}" role="{role}">{text}</p>'
CODE = "<details class='kit-resume'><summary>{title}</summary><p>{help}</p><code>{token}</code></details>"


class WorkPage:
    """Everything a trainee works with; `ended` is called once the attempt is finished."""

    def __init__(self, view: View, guard: Guard, coach: Coach, doors: tuple[Speak, Callable[[], None]]) -> None:
        self.view, self.guard, (speak, self.ended) = view, guard, doors
        self.header = Header(view, guard, speak)
        self.queue = Queue(view, guard, self.choose)
        self.dossier, self.reference = Dossier(view, guard), Reference(view, guard)
        hands = Hands(self.act, self.hush, self.dossier.preview, lambda text: self._show(text, True, ()))
        self.panel = Panel(view, guard, hands)
        self.feedback = Feedback(view, guard, coach)
        self.notice = html_view(Markup(""), "kit-notice", "kit-live")
        self.log = html_view(Markup(""), "kit-footer")
        self.ending = column((), "kit-ending")
        self.middle = column((), "kit-middle-body")
        self.table = self._table()
        self.parts: dict[str, Dossier | Reference | Table] = {"dossier": self.dossier, "reference": self.reference}
        self.parts |= {"table": self.table} if self.table else {}
        self.tabs = {name: self._tab(name) for name in self.parts}
        self.ordered = html_view(Markup(""), "kit-ordered", "kit-live")
        self.seen = view.attempt.state.seq
        self.columns = row((self._left(), self._middle(), self._right()), "kit-columns")
        above = (ribbon(view.language), self.header.widget, self.ordered)
        self.widget = column((*above, self.columns, self.log), "kit-work")
        self._ask_to_end(False)

    def begin(self) -> None:
        """Bring what is due, choose the first matter that waits, and show everything."""
        self.view.attempt.deliver()
        if not self.view.chosen:
            first = next(iter(sorted(matters(self.view.attempt), key=lambda one: one.group != "waiting")), None)
            self.view.chosen = first.id if first else ""
        self.feedback.start()
        tab = self.view.tab
        self.choose(self.view.chosen)
        if tab != "dossier":
            self.open(tab)

    def choose(self, record: str) -> None:
        """Look at a record."""
        if record != self.view.chosen:
            self.hush()
            self.view.opened = ""
        self.view.chosen = record
        self.view.looked_at[record] = self.view.attempt.state.seq
        self.dossier.choose()
        self.reference.choose()
        self.open("dossier")
        self.refresh()

    def refresh(self) -> None:
        """Show the attempt as it stands; the dossier last, so that whoever reads it finds its actions ready."""
        for part in (self.header, self.queue, self.panel, self.feedback, self.dossier):
            part.refresh()
        if self.view.tab != "dossier":
            self.parts[self.view.tab].refresh()
        redraw(self.log, history(self.view))
        redraw(self.ordered, banner(self.view))
        mark(self.widget, "kit-paused", self.view.attempt.state.orders.paused)
        self.seen = self.view.attempt.state.seq

    def look(self) -> None:
        """Show what others did and what was ordered since; nothing is drawn where nothing is new."""
        if self.view.attempt.refresh() and not self.view.attempt.state.finished:
            self.view.attempt.deliver()
        if self.view.attempt.state.seq == self.seen:
            self.feedback.look()
        elif self.view.attempt.state.finished:
            self.ended()
        else:
            news = told(self.view, self.seen)
            self.refresh()
            if news:
                self.tell(news, "good")

    def act(self, system: System, action: Action, given: dict[str, object]) -> None:
        """Hand an action to the attempt, then say what came of it: it is stored already."""
        answer = self.view.attempt.act(system.name, action.name, self.view.chosen, given)
        if answer.accepted:
            self.view.drafts.pop((self.view.chosen, action.name), None)
            self.view.opened = ""
            done = self.view.say("desk.saved", action=self.view.say(f"action.{action.name}"), minutes=action.minutes)
        else:
            done = refusal(self.view, action.name, answer.reason, answer.field)
        done += self.panel.blame(answer.field)
        self._show(done, answer.accepted, self.view.attempt.deliver())
        if len(answer.event.changes) > 1:  # a paper was printed beside the record: show it
            self.dossier.turn(-1)
        if answer.accepted:
            self.feedback.after_action()

    def act_many(self, system: System, action: Action, records: list[str], given: dict[str, object]) -> None:
        """The same for many records: all of them or none."""
        if self.table is None:
            return
        answer = self.view.attempt.act_many(system.name, action.name, records, given)
        named = self.view.say(f"action.{action.name}")
        if answer.accepted:
            self.table.form.clear()
            done = self.view.say("desk.saved_many", action=named, count=len(records), minutes=action.minutes)
        else:
            why = refusal(self.view, action.name, answer.reason, answer.field)
            done = self.view.say("desk.refused_many", record=short_code(answer.event.record), why=why)
        self._show(done, answer.accepted, self.view.attempt.deliver())
        self.table.form.blame(answer.field)
        if answer.accepted:
            self.table.warn(self.feedback.after_many(records))

    def wait(self) -> None:
        """Let time pass until the next matter."""
        came = self.view.attempt.wait()
        self._show(self.view.say("desk.waited" if came else "desk.nothing_comes"), True, self.view.attempt.deliver())

    def finish(self) -> None:
        """End the attempt."""
        self.view.attempt.finish()
        self.ended()

    def tell(self, sentence: str, kind: str = "bad") -> None:
        """Show a message above the actions."""
        self._notice(fill(NOTICE, kind=kind, role="alert" if kind == "bad" else "status", text=sentence))

    def hush(self) -> None:
        """Take the message away; what was news stands with the rest."""
        self._notice(Markup(""))
        self.feedback.settle()

    def _notice(self, message: Markup) -> None:
        """Above the actions, or above the table, which takes their place."""
        redraw(self.notice, message)
        if self.table:
            self.table.tell(message)

    def open(self, tab: str) -> None:
        """Show the dossier, or the reference books or the table, which are drawn when they are opened."""
        self.view.tab = tab
        if tab != "dossier":
            self.parts[tab].refresh()
        for name, part in self.parts.items():
            mark(self.tabs[name], "kit-chosen", name == tab)
            mark(part.widget, "kit-hidden", name != tab)
        mark(self.columns, "kit-wide", tab == "table")

    def _show(self, text: str, good: bool, arrived: Sequence[Cue]) -> None:
        if arrived:
            numbers = ", ".join(short_code(cue.record) for cue in arrived)
            text += " " + self.view.say("desk.arrived", count=len(arrived), records=numbers)
        self.refresh()
        self.tell(text, "good" if good else "bad")

    def _table(self) -> Table | None:
        """The table of the first system that lets many records be acted on at once."""
        found = next((one for one in self.view.systems() if one.bulk), None)
        return Table(self.view, self.guard, found, BulkHands(self.act_many, self.choose)) if found else None

    def _left(self) -> Widget:
        wait = button(self.view.say("desk.wait"), self.guard(self.wait, DOUBLE_CLICK), "kit-wait", "kit-secondary")
        top = column((wait, self.queue.tools), "kit-left-top")
        return column((top, self.queue.widget, self.ending), "kit-left")

    def _middle(self) -> Widget:
        self.middle.children = tuple(part.widget for part in self.parts.values())
        return column((row(self.tabs.values(), "kit-main-tabs"), self.middle), "kit-middle")

    def _right(self) -> Widget:
        title = html_view(fill("<h2>{it}</h2>", it=self.view.say("desk.actions")), "kit-right-title")
        news = self.feedback.news
        return column((title, self.notice, news, self.panel.widget, self.feedback.widget, self._code()), "kit-right")

    def _code(self) -> Widget:
        if not self.view.token:
            return html_view(Markup(""))
        words = {"title": self.view.say("desk.code"), "help": self.view.say("desk.code_help")}
        return html_view(fill(CODE, token=self.view.token, **words), "kit-code-view")

    def _tab(self, name: str) -> Widget:
        return button(self.view.say(f"desk.tab_{name}"), self.guard(lambda: self.open(name)), "kit-main-tab")

    def _ask_to_end(self, sure: bool) -> None:
        say, guard = self.view.say, self.guard
        if not sure:
            ask = button(say("desk.finish"), guard(lambda: self._ask_to_end(True)), "kit-finish")
            replace(self.ending, (ask,))
            return
        self.feedback.get_ready()
        question = html_view(fill("<p>{it}</p>", it=say("desk.finish_question")))
        yes = button(say("desk.finish_yes"), guard(self.finish, DOUBLE_CLICK), "kit-danger", "kit-finish-yes")
        no = button(say("desk.finish_no"), guard(lambda: self._ask_to_end(False)), "kit-finish-no")
        replace(self.ending, (question, row((yes, no))))
