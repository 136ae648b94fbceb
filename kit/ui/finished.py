"""The page after the end: thanks, what happens next and, unless the attempt is assessed, the whole feedback."""

from markupsafe import Markup

from kit.following import released
from kit.plain_text import short_code
from kit.safe_html import fill, join
from kit.ui.coach import Coach
from kit.ui.feedback import Finding, listed, silent
from kit.ui.html import html_view
from kit.ui.matters import progress
from kit.ui.ordered import ended
from kit.ui.parts import Widget
from kit.ui.view import View

PAGE = """<section class="kit-finished"><h1>{title}</h1>{closed}<p>{thanks}</p><p>{done}</p>
<p class="kit-next-step">{next}</p></section>
<section class="kit-feedback-all">{feedback}</section>"""
RECORD = '<h2><span class="kit-code">{code}</span> {what}{who}</h2>{findings}'


def finished_view(view: View, coach: Coach) -> Widget:
    """The page; an assessed attempt reaches the coach once it is released, never before."""
    told = view.attempt.mode if view.attempt.mode != "assessed" or not is_released(view) else "released"
    feedback = Markup("") if told == "assessed" else _feedback(view, coach)
    handled, brought = progress(view.attempt)
    page = fill(
        PAGE, title=view.say("finished.title"), thanks=view.say("finished.thanks", name=view.attempt.trainee),
        done=view.say("finished.done", handled=handled, brought=brought),
        closed=ended(view), next=view.say(f"finished.next_{told}"), feedback=feedback,
    )  # fmt: skip
    return html_view(page, "kit-finished-view")


def is_released(view: View) -> bool:
    """Whether the results of an ended attempt may be shown."""
    return released(view.attempt.store, view.attempt.id)


def _feedback(view: View, coach: Coach) -> Markup:
    answer = coach.ask(view.attempt.id, view.language)
    if answer is None:
        return silent(view)
    findings: list[Finding] = answer["findings"]
    head = fill("<h2>{it}</h2>", it=view.say("finished.feedback"))
    groups = dict.fromkeys(str(one.get("record", "")) for one in findings)
    return join((head, *(_record(view, record, findings) for record in groups)))


def _record(view: View, number: str, findings: list[Finding]) -> Markup:
    record = view.attempt.state.records.get(number, {})
    own = [one for one in findings if one.get("record") == number and _worth_saying(one)]
    if not own:
        return Markup("")
    shown = listed(view, reversed(own))
    who = fill(' <span class="kit-from">· {who}</span>', who=record["who"]) if record.get("who") else ""
    return fill(RECORD, code=short_code(number), what=view.named(record, "title"), who=who, findings=shown)


def _worth_saying(finding: Finding) -> bool:
    """A mistake that was not made earns no line."""
    return finding.get("status") != "done" or bool(finding.get("points"))
