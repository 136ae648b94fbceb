"""Where somebody stands: active, stuck, idle, paused, ended or not begun; and where matters pile up. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kit.event import ACTED, REFUSED, WAITED, Event
from kit.handling import handlings
from kit.log_book import KIT, LogBook
from kit.ui.matters import DONE, NOTICES, matters, progress

STUCK, IDLE, PAUSED, ACTIVE, ENDED, NOT_BEGUN = "stuck", "idle", "paused", "active", "ended", "not_begun"
STANDINGS = (STUCK, IDLE, PAUSED, ACTIVE, NOT_BEGUN, ENDED)  # whoever may need help comes first
SILENT = timedelta(minutes=5)  # without any deed: idle
WITHOUT_PROGRESS = timedelta(minutes=10)  # deeds, but nothing handled: stuck
REFUSED_IN_A_ROW = 3
DEEDS = (ACTED, REFUSED, WAITED)


@dataclass(frozen=True)
class Standing:
    """Of one attempt: how it stands, since when (real time), what was done last, how far it is."""

    state: str
    since: datetime
    last: Event
    handled: int
    brought: int
    refused: int


def standing(book: LogBook, now: datetime) -> Standing:
    """How an attempt stands at a real moment."""
    deeds = [event for event in book.events if event.kind in DEEDS and event.actor != KIT]
    last = deeds[-1] if deeds else book.events[0]
    handled = next(iter(handlings(reversed(book.events))), book.events[0])
    in_a_row = next((n for n, event in enumerate(reversed(deeds)) if event.kind != REFUSED), len(deeds))
    since = datetime.fromisoformat(last.at)
    state = _state(book, now - since, now - datetime.fromisoformat(handled.at), in_a_row)
    return Standing(state, since, last, *progress(book), sum(event.kind == REFUSED for event in deeds))


def piles(books: Iterable[LogBook]) -> list[tuple[str, str, int, int]]:
    """(exercise, step, matters, attempts) of what waits or is in work, over all attempts, the highest pile first."""
    found: Counter[tuple[str, str]] = Counter()
    where: Counter[tuple[str, str]] = Counter()
    for book in books:
        steps = [str(one.record.get("step", "")) for one in matters(book) if one.group not in (DONE, NOTICES)]
        found.update((book.script.exercise, step) for step in steps)
        where.update({(book.script.exercise, step) for step in steps})
    return [(*name, count, where[name]) for name, count in sorted(found.items(), key=lambda one: (-one[1], one[0]))]


def _state(book: LogBook, silent: timedelta, without_progress: timedelta, refused_in_a_row: int) -> str:
    if book.state.finished:
        return ENDED
    if book.state.orders.paused:
        return PAUSED
    if silent > SILENT:
        return IDLE
    return STUCK if without_progress > WITHOUT_PROGRESS or refused_in_a_row >= REFUSED_IN_A_ROW else ACTIVE
