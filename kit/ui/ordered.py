"""What the trainer ordered, in words: the banner while paused, time that was added, what a redraw should tell."""

from markupsafe import Markup

from kit.event import DELIVERED, ORDERED, Event
from kit.ordered import CLOSE, EXTEND, PAUSE, PUSH, RESUME
from kit.plain_text import short_code
from kit.safe_html import fill
from kit.ui.view import View

BANNER = '<p class="kit-ordered-{kind}" role="status"><b>{text}</b>{why}</p>'
TOLD = (PAUSE, RESUME, PUSH, EXTEND, CLOSE)  # what else a trainer arranges reaches the desk as an inject, or not at all


def banner(view: View) -> Markup:
    """The strip above the columns: paused, and why; or how many minutes were added; or nothing."""
    orders = view.attempt.state.orders
    if orders.paused:
        return fill(BANNER, kind=PAUSE, text=view.say("ordered.paused"), why=_why(view, PAUSE))
    if orders.extended:
        text = view.say("ordered.extended", minutes=orders.extended)
        return fill(BANNER, kind=EXTEND, text=text, why=_why(view, EXTEND))
    return Markup("")


def ended(view: View) -> Markup:
    """That the trainer ended the attempt, and why; nothing where the trainee did."""
    if not any(event.kind == ORDERED and event.given["kind"] == CLOSE for event in view.attempt.events):
        return Markup("")
    return fill("<p><b>{text}</b>{why}</p>", text=view.say("ordered.line_close"), why=_why(view, CLOSE))


def told(view: View, seen: int) -> str:
    """What happened behind a place of the log that the trainee did not do: orders, and what was brought."""
    news = [event for event in view.attempt.events[seen + 1 :] if event.kind in (ORDERED, DELIVERED)]
    said = [line(view, event) for event in news if event.kind == ORDERED and event.given["kind"] in TOLD]
    cues = {cue.id: cue.record for cue in view.attempt.script.cues}
    brought = [short_code(cues[event.record]) for event in news if event.record in cues]
    if brought:
        said.append(view.say("desk.arrived", count=len(brought), records=", ".join(brought)))
    return " ".join(said)


def line(view: View, event: Event) -> str:
    """One order in a sentence."""
    record = event.changes.get(event.record, {})
    minutes, title = event.given.get("minutes", 0), view.named(record, "title")
    return view.say(f"ordered.line_{event.given['kind']}", minutes=minutes, title=title)


def _why(view: View, kind: str) -> Markup:
    found = (e.given["why"] for e in reversed(view.attempt.events) if e.kind == ORDERED and e.given["kind"] == kind)
    why = next(found, "")
    return fill(" {label} {why}", label=view.say("ordered.why"), why=why) if why else Markup("")
