"""The log in plain words, newest first: brought, saved, refused. Made from the events, so it survives a reload."""

from collections.abc import Iterator

from markupsafe import Markup

from kit.event import ACKNOWLEDGED, ACTED, DELIVERED, ORDERED, REFUSED, WAITED, Event
from kit.plain_text import short_code
from kit.safe_html import fill, join
from kit.ui.ordered import TOLD, line
from kit.ui.view import View, clock

MOST = 40
LINE = '<li class="kit-line-{kind}"><time>{time}</time> {text}</li>'
LOG = '<details class="kit-log"><summary>{newest}</summary><ol>{lines}</ol></details>'


def history(view: View) -> Markup:
    """The last forty lines, behind the newest one."""
    lines = [
        fill(LINE, kind=event.kind, time=clock(event.moment), text=f"{_mate(view, event)}{text}")
        for event in reversed(view.attempt.events)
        for text in _text(view, event)
    ][:MOST]
    newest = lines[0].striptags() if lines else view.say("desk.log_empty")
    return fill(LOG, newest=newest, lines=join(lines))


def _mate(view: View, event: Event) -> str:
    """The code of the team mate who did it, before what was done; nothing for one's own, or where nobody did it."""
    by_hand = event.kind in (ACTED, REFUSED, WAITED, ACKNOWLEDGED)
    return f"{event.actor} · " if view.attempt.roles and by_hand and event.actor != view.attempt.actor else ""


def refusal(view: View, action: str, reason: str, field: str) -> str:
    """Why the system refused, in plain words, naming the entry."""
    why = view.say(f"refusal.{reason}")
    if reason == "malformed":
        why = f"{why} {_wanted(view, action, field)}".strip()
    named = f"{view.say(f'field.{field}')}: {why}" if field and reason != "unknown_field" else why
    return view.say("desk.refused", action=view.say(f"action.{action}"), why=named)


def _wanted(view: View, action: str, field: str) -> str:
    """What such an entry looks like, as a sentence of its own."""
    fields = (one for system in view.systems() for each in system.actions if each.name == action for one in each.fields)
    hint = next((view.say(f"kind.{one.kind}") for one in fields if one.name == field), "")
    return view.say("desk.wanted", hint=hint) if hint else ""


def _text(view: View, event: Event) -> Iterator[str]:
    where = short_code(event.record)
    if event.kind == ACTED:
        yield view.say("log.acted", action=view.say(f"action.{event.action}"), record=where)
    if event.kind == REFUSED:
        reason, _, field = event.reason.partition(":")
        yield f"{where} · {refusal(view, event.action, reason, field)}"
    if event.kind == DELIVERED:
        cue = next((cue for cue in view.attempt.script.cues if cue.id == event.record), None)
        yield view.say("log.delivered", record=short_code(cue.record) if cue else where)
    if event.kind == ORDERED and event.given["kind"] in TOLD:
        yield line(view, event)
    if event.kind == ACKNOWLEDGED:
        yield view.say("log.acknowledged", record=where)
    if event.kind == WAITED:
        yield view.say("log.waited", minutes=event.minutes)
