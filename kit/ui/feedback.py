"""The coach's words on screen: known findings of the record chosen, hints, and the whole list at the end.

What the coach says is data like any other: every text is escaped.
"""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from kit.event import ACTED
from kit.plain_text import short_code
from kit.safe_html import fill, join
from kit.ui.coach import Coach
from kit.ui.guard import Guard
from kit.ui.html import html_view, redraw
from kit.ui.parts import button, column, mark
from kit.ui.view import View

Json = dict[str, Any]
Finding = Json
KNOWN = ("done", "partly", "late", "wrong", "unjudged")
AT_ONCE = 0.5  # seconds for which a page that opens waits; what comes later is shown then
BLAMED = ("wrong", "partly", "late")
MOST_CODES = 20  # named after an action on many records
STATUSES = (*KNOWN, "missing", "not_reached")
ITEM = """<div class="kit-finding kit-finding-{status}">
<p class="kit-finding-title"><span>{label}</span> {title}</p>{more}</div>"""
PLANTED = '<p class="kit-planted"><b>{label}</b> {text}</p>'
SLIP = '<p class="kit-slip"><b>{name}:</b> {found_word}: <del>{found}</del> · {expected_word}: <b>{expected}</b></p>'
MORE = '<p class="kit-finding-{name}"><b>{label}</b> {text}</p>'


class Feedback:
    """Guided mode's feedback beside the actions; in other modes it shows nothing and starts nobody."""

    def __init__(self, view: View, guard: Guard, coach: Coach) -> None:
        self.view, self.coach = view, coach
        self.findings: list[Finding] = []
        self.planted: dict[str, object] = {}
        self.before: list[Finding] | None = None  # what was known before the last action; None: nothing is news
        self.news = html_view(Markup(""), "kit-news", "kit-live")
        self.shown = html_view(Markup(""), "kit-findings", "kit-live")
        self.hint = button(view.say("coach.hint"), guard(self.tell_hint), "kit-hint")
        self.widget = column((self.hint, self.shown), "kit-feedback")
        mark(self.widget, "kit-hidden", not self.active)

    @property
    def active(self) -> bool:
        """Whether this attempt is coached step by step."""
        return self.view.attempt.mode == "guided"

    def start(self) -> None:
        """Let the coach get ready while the trainee reads; on a page opened amid the work, ask what is known so far."""
        if self.active:
            self.coach.start()
            if any(event.kind == ACTED for event in self.view.attempt.events):
                self._ask(AT_ONCE)

    def get_ready(self) -> None:
        """The end is near: the coach will be asked there, unless the attempt is assessed."""
        if self.view.attempt.mode != "assessed":
            self.coach.start()

    def look(self) -> None:
        """Show what a coach who needed long says now."""
        answer = self.coach.late(self.view.attempt.id) if self.active and self.coach.owed else None
        if answer:
            self._take(answer)
            self.refresh()

    def after_action(self) -> None:
        """Ask what became known, and show it above the actions, where the message says that the action is stored."""
        if self.active:
            self.before = self.findings
            self._ask()
            self.refresh()

    def after_many(self, records: Iterable[str]) -> str:
        """The same for many records; which of them went wrong, where the coach says so at once."""
        if not (self.active and self._ask()):
            return ""
        self.refresh()
        acted_on = set(records)
        return summed_up(self.view, [one for one in self.findings if one.get("record") in acted_on])

    def refresh(self) -> None:
        """Show what is known about the record chosen."""
        if self.active:
            known = [one for one in self._own() if is_known(one)]
            news = [one for one in known if self.before is not None and one not in self.before]
            redraw(self.news, join((self._fault(), listed(self.view, news))) if news else Markup(""))
            rest = listed(self.view, [one for one in known if one not in news])
            redraw(self.shown, rest if news else join((self._fault(), rest)))
            mark(self.hint, "kit-hidden", not self.view.chosen)

    def settle(self) -> None:
        """What was news stands with the rest from now on."""
        if self.before is not None:
            self.before = None
            self.refresh()

    def tell_hint(self) -> None:
        """Show the hint of the first thing still to be done for the record chosen."""
        self.settle()
        if not self._ask():
            redraw(self.shown, silent(self.view))
            return
        still = (one for one in self._own() if one.get("status") in ("missing", "not_reached") and one.get("hint"))
        text = next((str(one["hint"]) for one in still), self.view.say("coach.no_hint"))
        known = listed(self.view, [one for one in self._own() if is_known(one)])
        redraw(self.shown, join((fill('<p class="kit-hint-text">{text}</p>', text=text), known)))

    def _ask(self, patience: float | None = None) -> bool:
        answer = self.coach.ask(self.view.attempt.id, self.view.language, patience)
        if answer:
            self._take(answer)
        return answer is not None

    def _take(self, answer: Json) -> None:
        self.findings, self.planted = answer["findings"], answer.get("planted", {})

    def _fault(self) -> Markup:
        return planted(self.view, self.planted.get(self.view.chosen))

    def _own(self) -> list[Finding]:
        return [one for one in self.findings if one.get("record") == self.view.chosen]


def is_known(finding: Finding) -> bool:
    """Whether it was decided by something the trainee did; what was rightly left undone stays unsaid until the end."""
    return finding.get("status") in KNOWN and (finding.get("status") != "done" or bool(finding.get("points")))


def summed_up(view: View, findings: Iterable[Finding]) -> str:
    """How many records went wrong in which way, and the codes of the first of them; nothing where none did."""
    told, known = [], list(findings)
    for status in BLAMED:
        codes = sorted({short_code(str(one["record"])) for one in known if one.get("status") == status})
        named = ", ".join(codes[:MOST_CODES]) + (", …" if len(codes) > MOST_CODES else "")
        if codes:
            told.append(view.say("coach.many", status=view.say(f"status.{status}"), count=len(codes), records=named))
    return " ".join((*told, view.say("coach.many_why"))) if told else ""


def silent(view: View) -> Markup:
    """The line for a coach who does not answer."""
    return fill('<p class="kit-note">{text}</p>', text=view.say("coach.silent"))


def listed(view: View, findings: Iterable[Finding]) -> Markup:
    """Findings, the newest last one first."""
    return join(_item(view, finding) for finding in reversed(list(findings)))


def planted(view: View, truth: object) -> Markup:
    """The line that names what was planted; nothing where the coach does not tell it."""
    return fill(PLANTED, label=view.say("finished.planted"), text=truth) if truth else Markup("")


def _item(view: View, finding: Finding) -> Markup:
    status = finding.get("status") if finding.get("status") in STATUSES else "missing"
    wanted = ("rule", "basis", "mark") if status == "done" else ("rule", "basis", "mark", "advice")
    slips = [_slip(view, one) for one in finding.get("slips", ())]
    more = join((*slips, *(_more(view, name, finding.get(name)) for name in wanted if finding.get(name))))
    return fill(ITEM, status=status, label=view.say(f"status.{status}"), title=finding.get("title", ""), more=more)


def _slip(view: View, slip: Json) -> Markup:
    """What was entered and what was right."""
    words = {f"{name}_word": view.say(f"report.{name}") for name in ("found", "expected")}
    return fill(SLIP, **{name: slip.get(name, "") for name in ("name", "found", "expected")}, **words)


def _more(view: View, name: str, value: object) -> Markup:
    if name == "mark":
        return fill('<p class="kit-mark">{text}</p>', text=value)
    text = "; ".join(map(str, value)) if isinstance(value, list) else value
    return fill(MORE, name=name, label=view.say(f"coach.{name}"), text=text)
