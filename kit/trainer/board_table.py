"""What the board shows, as HTML: who is where, where matters pile up, what was ordered, what people said afterwards."""

import base64
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from grading.rating import PENDING
from kit.hotwash import QUESTIONS
from kit.plain_text import short_code
from kit.safe_html import fill, join
from kit.store.hotwash import Answers
from kit.trainer.audit import COLUMNS, audit, audit_csv
from kit.trainer.standing import NOT_BEGUN, STANDINGS, Standing, piles, standing
from kit.trainer.watching import Watch, Watched
from kit.ui.view import clock
from kit.words import say

FEWEST = 5  # answers that are read together, so that nobody is known by theirs
MOST_PILES, MOST_ORDERS = 12, 30

CHIPS = '<p class="kit-board-chips">{chips}</p>'
CHIP = '<span class="kit-board-chip kit-stands-{state}"><b>{count}</b> {name}</span>'
TABLE = """<div class="kit-board-scroll" tabindex="0" role="region" aria-label="{name}"><table class="kit-board-{kind}">
<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"""
HEAD = '<th scope="col">{name}</th>'
ROW = """<tr class="kit-stands-{state}"><th scope="row">{who}<small>{where}</small></th><td>{exercise}</td>
<td><span class="kit-board-chip kit-stands-{state}">{name}</span><small>{since}</small></td><td>{clock}</td>
<td>{last}<small>{record}</small></td><td class="kit-board-number">{handled}/{brought}</td>
<td class="kit-board-number">{refused}</td><td class="kit-board-number">{score}</td><td>{orders}</td></tr>"""
PILE = """<tr><td>{exercise}</td><td>{step}</td>
<td><meter min="0" max="{most}" value="{count}" aria-label="{step}">{count}</meter> <b>{count}</b></td>
<td class="kit-board-number">{attempts}</td></tr>"""
# base64 alone: letters, digits, + / =; no value of an order stands in the address.
LINK = '<a class="kit-download" download="orders.csv" href="data:text/csv;base64,{}">{}</a>'
PEOPLE = ("who", "exercise", "standing", "clock", "last", "handled", "refused", "score", "orders")


def overview(watch: Watch, now: datetime, language: str) -> Markup:
    """How many stand how, then a line for each attempt, those first who may need help; then who has not begun."""
    found = [(one, standing(one, now)) for one in watch.attempts.values()]
    found.sort(key=lambda pair: (STANDINGS.index(pair[1].state), pair[0].trainee, pair[0].id))
    waiting = list(watch.waiting_seats())
    counts = Counter(stands.state for _, stands in found) + Counter({NOT_BEGUN: len(waiting)})
    chips = join(fill(CHIP, state=state, count=counts[state], name=say(f"board.state_{state}", language))
                 for state in STANDINGS if counts[state])  # fmt: skip
    rows = [_line(watch, one, stands, (now, language)) for one, stands in found]
    rows += [_waiting(seat.exercise, person.name, person.unit, language) for seat, person in waiting]
    table = _table("people", PEOPLE, rows, language) if rows else _note("board.nobody", language)
    broken = say("board.broken", language, count=len(watch.broken)) if watch.broken else ""
    return fill(CHIPS, chips=chips) + table + fill("<p><b>{it}</b></p>" if broken else "{it}", it=broken)


def bottlenecks(watch: Watch, language: str) -> Markup:
    """How many matters wait or are in work at which step, over all attempts that go on."""
    found = piles(one for one in watch.attempts.values() if not one.state.finished)[:MOST_PILES]
    if not found:
        return _note("board.no_piles", language)
    most = found[0][2]
    rows = [fill(PILE, exercise=exercise[:2], step=say(f"step.{step}", language), count=count, most=most, attempts=all_)
            for exercise, step, count, all_ in found]  # fmt: skip
    return _table("piles", ("exercise", "step", "matters", "attempts"), rows, language)


def ordered(watch: Watch, language: str) -> Markup:
    """The newest orders with who and why, and the file of all."""
    rows = audit(watch, language)
    lines = [join(fill("<td>{it}</td>", it=text) for text in row) for row in reversed(rows[-MOST_ORDERS:])]
    shown = join(fill("<tr>{it}</tr>", it=line) for line in lines)
    content = base64.b64encode(audit_csv(watch, language)).decode()
    link = Markup(LINK).format(Markup(content), say("board.audit_file", language))
    names = tuple(f"audit_{name}" for name in COLUMNS)
    return (_table("audit", names, [shown], language) + link) if rows else _note("board.no_orders", language)


def merged(answers: Sequence[tuple[str, Answers]], language: str) -> Markup:
    """What people said, question by question and without names, once there are enough of them."""
    count = say("board.hotwash_count", language, count=len(answers), fewest=FEWEST)
    if len(answers) < FEWEST:
        return fill("<p class='kit-note'>{it}</p>", it=count)
    return fill("<p>{it}</p>", it=count) + join(_question(name, answers, language) for name in QUESTIONS)


def _question(name: str, answers: Sequence[tuple[str, Answers]], language: str) -> Markup:
    said = join(fill("<li>{it}</li>", it=one[name]) for _, one in answers if one.get(name))
    return fill("<h3>{title}</h3><ul>{said}</ul>", title=say(f"hotwash.{name}", language), said=said)


def _line(watch: Watch, one: Watched, stands: Standing, shown: tuple[datetime, str]) -> Markup:
    (now, language), last, person = shown, stands.last, watch.people.get(one.owner)
    where = " · ".join(filter(None, (one.owner, person.unit if person else "", person.working_group if person else "")))
    score = one.evaluation
    open_ones = "" if score.rating == PENDING else f" {score.rating}"
    return fill(
        ROW, state=stands.state, who=one.trainee, where=where, exercise=one.script.exercise[:2],
        name=say(f"board.state_{stands.state}", language), clock=clock(one.state.moment),
        since=say("board.minutes_ago", language, minutes=int((now - stands.since).total_seconds() // 60)),
        last=say(f"action.{last.action}", language) if last.action else say(f"board.did_{last.kind}", language),
        record=_matter(one, last.record, language), handled=stands.handled, brought=stands.brought,
        refused=stands.refused, score=f"{score.score:g}{open_ones}", orders=_orders(watch, one, language),
    )  # fmt: skip


def _matter(one: Watched, record: str, language: str) -> str:
    step = one.state.records.get(record, {}).get("step")
    return f"{short_code(record)} · {say(f'step.{step}', language)}" if step else ""


def _orders(watch: Watch, one: Watched, language: str) -> str:
    """What holds for an attempt, in a few words."""
    orders = one.state.orders
    told = [
        say("board.plus_minutes", language, minutes=orders.extended) if orders.extended else "",
        say("board.skipped", language, count=len(orders.skipped)) if orders.skipped else "",
        say("board.delayed", language, count=len(orders.delays)) if orders.delays else "",
        say("board.is_released", language) if one.state.finished and watch.released(one.id) else "",
    ]
    return ", ".join(filter(None, told))


def _waiting(exercise: str, name: str, unit: str, language: str) -> Markup:
    blank = dict.fromkeys(("since", "clock", "last", "record", "handled", "brought", "refused", "score", "orders"), "")
    row = ROW.replace("{handled}/{brought}", "{handled}{brought}")
    return fill(row, state=NOT_BEGUN, who=name, where=unit, exercise=exercise[:2],
                name=say(f"board.state_{NOT_BEGUN}", language), **blank)  # fmt: skip


def _table(kind: str, names: Iterable[str], rows: Iterable[Markup], language: str) -> Markup:
    heads = join(fill(HEAD, name=say(f"board.{name}" if "_" in name else f"board.head_{name}", language))
                 for name in names)  # fmt: skip
    return fill(TABLE, kind=kind, name=say(f"board.box_{kind}", language), heads=heads, rows=join(rows))


def _note(key: str, language: str) -> Markup:
    return fill('<p class="kit-note">{it}</p>', it=say(key, language))
