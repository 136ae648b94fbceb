"""The log's one record, and the state that the log tells: no rule runs when a log is read again."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from kit.errors import BrokenLog
from kit.log_form import well_formed
from kit.ordered import NOTHING, Ordered

Json = dict[str, Any]

STARTED, DELIVERED, ACTED, REFUSED, WAITED, FINISHED, MARKED, ORDERED, REFLECTED, ACKNOWLEDGED = (
    "started", "delivered", "acted", "refused", "waited", "finished", "marked", "ordered", "reflected", "acknowledged",
)  # fmt: skip
KINDS = (STARTED, DELIVERED, ACTED, REFUSED, WAITED, FINISHED, MARKED, ORDERED, REFLECTED, ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)  # slots: a log of hundreds of events is gone through in less time
class Event:
    """One fact of an attempt: who did what to which record, when, and what it changed.

    `moment` is simulated time (ISO, minutes) and `minutes` how long it took; `at` is the server's clock (ISO, UTC);
    `changes` maps record ids to the fields that took new values; `reason` is a refusal's code; `hash` chains the
    event to the one before.
    """

    attempt: str
    seq: int
    kind: str
    moment: str
    at: str
    actor: str
    system: str = ""
    action: str = ""
    record: str = ""
    given: Json = field(default_factory=dict)
    changes: dict[str, Json] = field(default_factory=dict)
    reason: str = ""
    minutes: int = 0
    previous: str = ""
    hash: str = ""

    def when(self) -> datetime:
        """The simulated moment."""
        return datetime.fromisoformat(self.moment)

    def to_json(self) -> Json:
        """Plain data; to be read only: it shares its parts with the event."""
        return dict(zip(_NAMES, _values(self), strict=True))


_NAMES = tuple(one.name for one in fields(Event))
_values = attrgetter(*_NAMES)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> str:
    """One JSON text for equal values: sorted keys, no spaces, UTF-8 kept."""
    return _ENCODER.encode(value)


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return digest_of(canonical(value))


def digest_of(text: str) -> str:
    """SHA-256 of a canonical JSON that is already there."""
    return hashlib.sha256(text.encode()).hexdigest()


def seal(event: Event, previous: str) -> Event:
    """The event chained behind the event whose hash is `previous`."""
    body = {**event.to_json(), "previous": previous, "hash": ""}
    return Event(**{**body, "hash": digest(body)})


def verify(events: Iterable[Event]) -> None:
    """Raise `BrokenLog` at the first event that was changed, dropped, doubled or moved, or that is none at all."""
    previous = ""
    for number, event in enumerate(events):
        if not (event.seq == number and event.previous == previous and well_formed(event) and _sealed(event)):
            raise broken_at(event.attempt, number)
        previous = event.hash


def _sealed(event: Event) -> bool:
    """Whether an event's hash is that of all the rest; what has no canonical JSON has no hash."""
    try:
        return event.hash == digest({**event.to_json(), "hash": ""})
    except (ValueError, RecursionError):
        return False


def broken_at(attempt: str, number: int) -> BrokenLog:
    """The explanation that an attempt's log cannot be trusted from an event on."""
    return BrokenLog(
        f"Nhật ký lượt {attempt} bị sai ở sự kiện {number}.",
        f"The log of attempt {attempt} is broken at event {number}.",
    )


@dataclass(frozen=True)
class State:
    """What an attempt looks like after its last event: records by id, simulated time, delivered injects, orders."""

    records: Mapping[str, Json] = field(default_factory=dict)
    moment: datetime = datetime.min
    delivered: tuple[str, ...] = ()
    seq: int = -1
    hash: str = ""
    finished: bool = False
    orders: Ordered = NOTHING

    def after(self, event: Event) -> "State":
        """The state once `event` has happened."""
        changed = {key: {**self.records.get(key, {}), **new} for key, new in event.changes.items()}
        delivered = (*self.delivered, event.record) if event.kind == DELIVERED else self.delivered
        return State(
            records={**self.records, **changed} if changed else self.records,
            moment=event.when() + timedelta(minutes=event.minutes),
            delivered=delivered,
            seq=event.seq,
            hash=event.hash,
            finished=self.finished or event.kind == FINISHED,
            orders=self.orders.after(event.given) if event.kind == ORDERED else self.orders,
        )


def replay(events: Iterable[Event]) -> State:
    """The state that a log tells."""
    state = State()
    for event in events:
        state = state.after(event)
    return state
