"""What the board shows of what was said, as HTML: orders, who read which notice, what people said afterwards."""

import base64
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from kit.calendar import wall_time
from kit.event import Event
from kit.hotwash import QUESTIONS
from kit.notices import replies
from kit.ordered import PUSH, notice_code
from kit.safe_html import fill, join
from kit.store.hotwash import Answers
from kit.store.orders import Order
from kit.trainer.audit import COLUMNS, audit, audit_csv
from kit.trainer.board_table import note, table
from kit.trainer.watching import Watch
from kit.words import say

FEWEST = 5  # answers that are read together, so that nobody is known by theirs
MOST_ORDERS, MOST_NOTICES, MOST_NAMES, MOST_READ = 30, 5, 40, 100
# base64 alone: letters, digits, + / =; no value of an order stands in the address.
LINK = '<a class="kit-download" download="orders.csv" href="data:text/csv;base64,{}">{}</a>'
NOTICE = "<h3>{title} <small>{count}</small></h3>{answers}{waiting}"
READ = "<tr><td>{who}</td><td>{at}</td><td>{text}</td></tr>"

Reader = tuple[str, list[Event]]  # a person's name, and what was said about the notice: nothing yet, or read


def ordered(watch: Watch, language: str) -> Markup:
    """The newest orders with who and why, and the file of all."""
    rows = audit(watch, language)
    lines = [join(fill("<td>{it}</td>", it=text) for text in row) for row in reversed(rows[-MOST_ORDERS:])]
    shown = join(fill("<tr>{it}</tr>", it=line) for line in lines)
    content = base64.b64encode(audit_csv(watch, language)).decode()
    link = Markup(LINK).format(Markup(content), say("board.audit_file", language))
    names = tuple(f"audit_{name}" for name in COLUMNS)
    return (table("audit", names, [shown], language) + link) if rows else note("board.no_orders", language)


def read(watch: Watch, language: str) -> Markup:
    """For each of the newest notices: who has read it, when, with which answer, and who has not."""
    pushed: dict[tuple[str, str], list[Order]] = {}
    for order in watch.orders:
        if order.kind == PUSH:
            pushed.setdefault((order.at, order.body["friction"]), []).append(order)
    newest = list(pushed.values())[-MOST_NOTICES:]
    return join(_notice(watch, orders, language) for orders in reversed(newest)) or note("board.no_notices", language)


def _notice(watch: Watch, orders: list[Order], language: str) -> Markup:
    readers = [one for order in orders for one in _readers(watch, order)]
    said = sorted(((one.at, name, one) for name, events in readers for one in events), key=lambda line: line[:2])
    rows = [fill(READ, who=name, at=wall_time(at), text=one.given.get("text", "")) for at, name, one in said]
    open_ones = [name for name, events in readers if not events]
    names = ", ".join(open_ones[:MOST_NAMES]) + (f" … +{len(open_ones) - MOST_NAMES}" if open_ones[MOST_NAMES:] else "")
    notice = orders[0].body["notice"]
    return fill(
        NOTICE, title=notice.get(f"title_{language}", notice["title"]),
        count=say("board.read_by", language, read=len(readers) - len(open_ones), all=len(readers)),
        answers=table("read", ("read_who", "read_at", "read_text"), rows[-MOST_READ:], language) if rows else "",
        waiting=note("board.not_read", language, names=names) if open_ones else "",
    )  # fmt: skip


def _readers(watch: Watch, order: Order) -> Iterator[Reader]:
    """Everybody on whose desk the notice lies."""
    record = notice_code(order.number)
    for one in watch.attempts.values():
        if order.attempt in ("", one.id) and record in one.state.records:
            people = [(person.code, person.name) for person in watch.members(one)] or [(one.trainee, one.trainee)]
            yield from ((name, replies(one, record, code)) for code, name in people)


def merged(answers: Sequence[tuple[str, Answers]], language: str) -> Markup:
    """What people said, question by question and without names, once there are enough of them."""
    count = say("board.hotwash_count", language, count=len(answers), fewest=FEWEST)
    if len(answers) < FEWEST:
        return fill("<p class='kit-note'>{it}</p>", it=count)
    return fill("<p>{it}</p>", it=count) + join(_question(name, answers, language) for name in QUESTIONS)


def _question(name: str, answers: Sequence[tuple[str, Answers]], language: str) -> Markup:
    said = join(fill("<li>{it}</li>", it=one[name]) for _, one in answers if one.get(name))
    return fill("<h3>{title}</h3><ul>{said}</ul>", title=say(f"hotwash.{name}", language), said=said)
