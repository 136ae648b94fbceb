"""What the board shows of an exercise under way, as HTML: who is where, and where matters pile up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from grading.rating import PENDING
from kit.plain_text import person_order, short_code
from kit.safe_html import fill, join
from kit.store.people import Person
from kit.trainer.roster import about, matches, unit_name
from kit.trainer.standing import NOT_BEGUN, STANDINGS, Standing, piles, standing
from kit.trainer.watched import Watched
from kit.trainer.watching import Watch
from kit.ui.view import clock
from kit.words import number, say

MOST_PILES, MOST_PEOPLE = 12, 200  # lines; a browser draws more only slowly, and nobody reads them

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
PEOPLE = ("who", "exercise", "standing", "clock", "last", "handled", "refused", "score", "orders")


def overview(watch: Watch, now: datetime, language: str, wanted: str = "") -> Markup:
    """How many stand how, then a line for each attempt, those first who may need help; then who has not begun.

    `wanted`: words that whoever is shown has in name, code, unit or group.
    """
    found = [(one, standing(one, now)) for one in watch.wanted(wanted)]
    found.sort(key=lambda pair: (STANDINGS.index(pair[1].state), person_order(pair[0].trainee), pair[0].id))
    waiting = [(seat, one) for seat, one in watch.waiting_seats() if matches(wanted, about([one]))]
    counts = Counter(stands.state for _, stands in found) + Counter({NOT_BEGUN: len(waiting)})
    chips = join(fill(CHIP, state=state, count=counts[state], name=say(f"board.state_{state}", language))
                 for state in STANDINGS if counts[state])  # fmt: skip
    rows = [_line(watch, one, stands, (now, language)) for one, stands in found[:MOST_PEOPLE]]
    rows += [_waiting(seat.exercise, one, language) for seat, one in waiting[: MOST_PEOPLE - len(rows)]]
    none = note("board.no_match" if wanted.strip() else "board.nobody", language)
    left = len(found) + len(waiting) - len(rows)
    more = note("board.more", language, count=left) if left else Markup("")
    broken = say("board.broken", language, count=len(watch.broken)) if watch.broken else ""
    shown = table("people", PEOPLE, rows, language) + more if rows else none
    return fill(CHIPS, chips=chips) + shown + fill("<p><b>{it}</b></p>" if broken else "{it}", it=broken)


def bottlenecks(watch: Watch, language: str) -> Markup:
    """How many matters wait or are in work at which step, over all attempts that go on."""
    found = piles(one for one in watch.attempts.values() if not one.state.finished)[:MOST_PILES]
    if not found:
        return note("board.no_piles", language)
    most = found[0][2]
    rows = [fill(PILE, exercise=exercise[:2], step=say(f"step.{step}", language), count=count, most=most, attempts=all_)
            for exercise, step, count, all_ in found]  # fmt: skip
    return table("piles", ("exercise", "step", "matters", "attempts"), rows, language)


def _line(watch: Watch, one: Watched, stands: Standing, shown: tuple[datetime, str]) -> Markup:
    (now, language), last, people = shown, stands.last, watch.members(one)
    score = one.evaluation
    points = number(score.score, language) + ("" if score.rating == PENDING else f" {score.rating}")
    return fill(
        ROW, state=stands.state, who=one.trainee, where=_where(one.group, people), exercise=one.script.exercise[:2],
        name=say(f"board.state_{stands.state}", language), clock=clock(one.state.moment),
        since=say("board.minutes_ago", language, minutes=int((now - stands.since).total_seconds() // 60)),
        last=say(f"action.{last.action}", language) if last.action else say(f"board.did_{last.kind}", language),
        record=_matter(one, last.record, language), handled=stands.handled, brought=stands.brought,
        refused=stands.refused, score=points, orders=_orders(watch, one, language),
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


def _where(team: str, people: Sequence[Person]) -> str:
    """The names of a team; of one person the code; then units and groups."""
    named = ", ".join(one.name if team else one.code for one in people)
    units = ", ".join(dict.fromkeys(unit_name(one.unit) for one in people))
    return " · ".join(filter(None, (named, units, ", ".join(dict.fromkeys(one.working_group for one in people)))))


def _waiting(exercise: str, person: Person, language: str) -> Markup:
    blank = dict.fromkeys(("since", "clock", "last", "record", "handled", "brought", "refused", "score", "orders"), "")
    row = ROW.replace("{handled}/{brought}", "{handled}{brought}")
    return fill(row, state=NOT_BEGUN, who=person.name, where=_where("", [person]), exercise=exercise[:2],
                name=say(f"board.state_{NOT_BEGUN}", language), **blank)  # fmt: skip


def table(kind: str, names: Iterable[str], rows: Iterable[Markup], language: str) -> Markup:
    """A table of the board under its headings."""
    heads = join(fill(HEAD, name=say(f"board.{name}" if "_" in name else f"board.head_{name}", language))
                 for name in names)  # fmt: skip
    return fill(TABLE, kind=kind, name=say(f"board.box_{kind}", language), heads=heads, rows=join(rows))


def note(key: str, language: str, **values: object) -> Markup:
    """A sentence where there is nothing to show, or more than is shown."""
    return fill('<p class="kit-note">{it}</p>', it=say(key, language, **values))
