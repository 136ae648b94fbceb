"""The page after the end: thanks, what happens next and, unless the attempt is assessed, the whole feedback."""

from typing import Any

from markupsafe import Markup

from kit.ordered import RELEASE
from kit.plain_text import short_code, whole_code
from kit.safe_html import fill, join
from kit.ui.coach import Coach
from kit.ui.feedback import Finding, listed, planted
from kit.ui.html import html_view, redraw
from kit.ui.matters import progress
from kit.ui.ordered import ended
from kit.ui.view import View
from kit.words import number

Json = dict[str, Any]
PAGE = """<section class="kit-finished"><h1>{title}</h1>{closed}<p>{thanks}</p><p>{done}</p>
{result}<p class="kit-next-step">{next}</p></section>
<section class="kit-feedback-all">{feedback}</section>"""
RESULT = '<p class="kit-result">{text}</p>'
RECORD = '<h2><span class="kit-code">{code}</span> {what}{who}</h2>{planted}{findings}'


class FinishedPage:
    """The page; an assessed attempt reaches the coach once it is released, never before."""

    def __init__(self, view: View, coach: Coach) -> None:
        self.view, self.coach = view, coach
        self.released, self.result = released_to(view)
        self.widget = html_view(Markup(""), "kit-finished-view")
        self._draw(self._ask())

    def look(self) -> None:
        """Show a release, or the feedback of a coach who needed long; what is being typed elsewhere is not touched."""
        now = released_to(self.view)
        if now != (self.released, self.result):
            self.released, self.result = now
            self._draw(self._ask())
        elif self.coach.owed:
            answer = self.coach.late(self.view.attempt.id)
            if answer or not self.coach.owed:
                self._draw(answer)

    def _ask(self) -> Json | None:
        return self.coach.ask(self.view.attempt.id, self.view.language) if self._told() != "assessed" else None

    def _told(self) -> str:
        return "released" if self.released else self.view.attempt.mode

    def _next(self, answer: Json | None) -> str:
        """Which sentence says where the feedback is."""
        told = self._told()
        if answer or told == "assessed":
            return told
        return "waiting" if self.coach.owed else f"{told}_silent"

    def _draw(self, answer: Json | None) -> None:
        view = self.view
        handled, brought = progress(view.attempt)
        thanks = "thanks_team" if view.attempt.roles else "thanks"
        page = fill(
            PAGE, title=view.say("finished.title"), thanks=view.say(f"finished.{thanks}", name=view.attempt.trainee),
            done=view.say("finished.done", handled=handled, brought=brought),
            closed=ended(view), next=view.say(f"finished.next_{self._next(answer)}"),
            feedback=_feedback(view, answer) if answer else "",
            result=_result(view, self.result) if self.result else "",
        )  # fmt: skip
        redraw(self.widget, page)


def released_to(view: View) -> tuple[bool, Json]:
    """Whether the results of an ended attempt may be shown, and what the trainer's side reckoned, {} before that."""
    orders = [one for one in view.attempt.store.orders.after(0, view.attempt.id) if one.kind == RELEASE]
    return bool(orders), next((one.body["result"] for one in reversed(orders) if "result" in one.body), {})


def _result(view: View, result: Json) -> Markup:
    """Score and rating in a sentence; while something is still to be marked, from where to where the score may go."""
    numbers = {name: number(result[name], view.language) for name in ("score", "lowest", "highest", "mark")}
    if result["passed"] is None:
        return fill(RESULT, text=view.say("finished.result_open", **numbers))
    verdict = view.say("finished.passed" if result["passed"] else "finished.failed", **numbers)
    text = view.say("finished.result", rating=view.say(f"rating.{result['rating']}"), verdict=verdict, **numbers)
    return fill(RESULT, text=text)


def _feedback(view: View, answer: Json) -> Markup:
    findings: list[Finding] = answer["findings"]
    head = fill("<h2>{it}</h2>", it=view.say("finished.feedback"))
    groups = dict.fromkeys(str(one.get("record", "")) for one in findings)
    truths = answer.get("planted", {})
    came = [record for record in groups if not record or record in view.attempt.state.records]
    absent = len({whole_code(record) for record in groups if record not in came})
    rest = fill('<p class="kit-note">{it}</p>', it=view.say("finished.never_came", count=absent)) if absent else ""
    return join((head, *(_record(view, record, findings, truths.get(record)) for record in came), rest))


def _record(view: View, number: str, findings: list[Finding], truth: object) -> Markup:
    record = view.attempt.state.records.get(number, {})
    own = [one for one in findings if one.get("record") == number and _worth_saying(one)]
    if not own:
        return Markup("")
    shown = listed(view, reversed(own))
    who = fill(' <span class="kit-from">· {who}</span>', who=view.named(record, "who")) if record.get("who") else ""
    what = view.named(record, "title")
    return fill(RECORD, code=short_code(number), what=what, who=who, planted=planted(view, truth), findings=shown)


def _worth_saying(finding: Finding) -> bool:
    """A mistake that was not made earns no line."""
    return finding.get("status") != "done" or bool(finding.get("points"))
