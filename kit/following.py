"""How an attempt follows the trainer's orders: each becomes one event of its log, with who ordered it and why."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from kit.attempt_store import AttemptStore
from kit.event import DELIVERED, FINISHED, ORDERED, Event, State
from kit.log_book import KIT, Json, LogBook
from kit.ordered import CLOSE, DELAY, EXTEND, NOW, OF_INJECTS, PAUSE, PUSH, RELEASE, RESUME, SKIP, notice_code
from kit.script import Cue, Script, first_of
from kit.store.orders import Order

AT_ONCE = (NOW, PUSH, CLOSE)  # such an order is not meant for attempts that begin later
LONGEST = 10_000  # minutes that one order may move something


def follow(book: LogBook) -> bool:
    """Write down, and so do, what was ordered since; True where there was something. An ended attempt follows none."""
    return not book.state.finished and book.trying(lambda: _follow(book))


def released(store: AttemptStore, attempt: str) -> bool:
    """Whether the trainer has released an attempt's results."""
    return any(order.kind == RELEASE for order in store.orders.after(0, attempt))


def moment_of(book: LogBook, cue: Cue) -> datetime | None:
    """When an inject is due by the plan and by what was ordered; None: not known yet, or never."""
    orders = book.state.orders
    if cue.id in orders.skipped:
        return None
    planned = _planned(book, cue)
    return planned + timedelta(minutes=orders.delays.get(cue.id, 0)) if planned else None


def delivery(cue: Cue) -> Json:
    """What is written down when an inject is brought."""
    return {"kind": DELIVERED, "record": cue.id, "changes": cue.records, "actor": KIT}


def _planned(book: LogBook, cue: Cue) -> datetime | None:
    if not cue.after_action:
        return book.begins + timedelta(minutes=cue.minute)
    done = book.first_done.get((cue.after_action, cue.record))
    return done + timedelta(minutes=cue.minute) if done else None


def _follow(book: LogBook) -> bool:
    orders = book.store.orders.after(max(book.state.orders.last, book.orders_seen), book.id)
    state, events = book.state, list[Event]()
    for order in _meant(orders, book.events[0]):
        for fields in _events_of(book.script, order, state):
            events.append(book.sealed(state, fields))
            state = state.after(events[-1])
        if state.finished:
            break
    if events:
        book.keep(events, state)
    book.orders_seen = max((order.number for order in orders), default=book.orders_seen)
    return bool(events)


def _meant(orders: Iterable[Order], first: Event) -> list[Order]:
    """The orders that concern an attempt; of those given to all before it began only what still holds."""
    known = [one for one in orders if one.kind != RELEASE]
    earlier = [one for one in known if not one.attempt and one.at < first.at]
    pauses = [one for one in earlier if one.kind in (PAUSE, RESUME)]
    holds = {one.number for one in pauses[-1:] if one.kind == PAUSE}
    over = {one.number for one in earlier if one.kind in (*AT_ONCE, PAUSE, RESUME)} - holds
    return [one for one in known if one.number not in over]


def _events_of(script: Script, order: Order, state: State) -> list[Json]:
    """What is written down of an order: what it came to; then what it brings, or the end where it closes."""
    given: Json = {"order": order.number, "kind": order.kind, "why": str(order.body.get("why", "")), "done": True}
    fields: Json = {"kind": ORDERED, "actor": order.who, "given": given}
    if order.kind in OF_INJECTS:
        given["injects"] = _concerned(script, order, state)
        given["done"] = bool(given["injects"])
    if order.kind in (DELAY, EXTEND):
        given["minutes"] = max(0, min(LONGEST, int(order.body["minutes"])))
    if order.kind == PUSH:  # the record as it is pushed: a trainee's process has no library of frictions
        number = notice_code(order.number)
        given["friction"] = order.body["friction"]
        fields |= {"record": number, "changes": {number: {**order.body["notice"], "code": number}}}
    called = given["injects"] if order.kind == NOW else []
    brought = [delivery(cue) for cue in script.cues if cue.id in called]
    return [fields, *brought, *([{"kind": FINISHED, "actor": order.who}] if order.kind == CLOSE else [])]


def _concerned(script: Script, order: Order, state: State) -> list[str]:
    """The injects that an order can still move; whoever skips one skips what would follow from it."""
    still = [cue.id for cue in script.cues if cue.id not in state.delivered]
    name, skipped = str(order.body.get("inject", "")), state.orders.skipped
    if name not in still or (name in skipped and order.kind != NOW):
        return []
    if order.kind == SKIP:
        return [one for one in still if name in (one, first_of(one)) and one not in skipped]
    waits = order.kind == NOW and first_of(name) != name and first_of(name) not in state.delivered
    return [] if waits else [name]
