"""What an attempt asks of its store; and a store in memory, for attempts that end with the process: robots' ones."""

import json
from collections.abc import Sequence
from typing import Any, Protocol

from kit.errors import STALE, NotFound, StaleAttempt
from kit.event import Event, canonical, digest_of, verify
from kit.script import Script
from kit.store.orders import Order

Json = dict[str, Any]


class OrderBook(Protocol):
    """What the trainer ordered, as an attempt asks for it."""

    def after(self, number: int, attempt: str = "") -> Sequence[Order]:
        """The orders that came after one, of one attempt and of all, in their order."""


class AttemptStore(Protocol):
    """Keeps scripts, attempts and their events; `kit.store.EventStore` keeps them durably."""

    @property
    def orders(self) -> OrderBook:
        """What the trainer ordered."""

    def script(self, number: str) -> Script:
        """The script with this hash; `NotFound` where there is none."""

    def open(self, attempt: Json, first: Event) -> None:
        """A new attempt with its event 0."""

    def attempt(self, **where: str) -> Json:
        """The attempt whose id or token digest is given; `NotFound` where there is none."""

    def append(self, *events: Event) -> None:
        """Store events, all or none; `StaleAttempt` where a place is taken."""

    def read(self, attempt: str) -> list[Event]:
        """The attempt's events in order, their hash chain verified."""

    def news(self, attempt: str, after: int) -> list[Event]:
        """The attempt's events behind the one at this place."""


class NoOrders:
    """Nobody orders anything: robots play alone."""

    def after(self, number: int, attempt: str = "") -> Sequence[Order]:
        """None."""
        return ()


class MemoryStore:
    """One process's scripts and attempts in plain dictionaries: nothing is written, nothing outlives it."""

    def __init__(self) -> None:
        self.scripts: dict[str, Script] = {}
        self.rows: dict[str, Json] = {}
        self.events: dict[str, list[Event]] = {}
        self.orders = NoOrders()

    def add_script(self, script: Script) -> str:
        """Keep a compiled script as it comes out of any store, its names in order; returns its hash."""
        text = canonical(script.to_json())
        number = digest_of(text)
        if number not in self.scripts:
            self.scripts[number] = Script.from_json(json.loads(text))
        return number

    def script(self, number: str) -> Script:
        """The script with this hash; `NotFound` where there is none."""
        if number not in self.scripts:
            raise NotFound(f"Không tìm thấy kịch bản {number!r}.", f"No script {number!r}.")
        return self.scripts[number]

    def open(self, attempt: Json, first: Event) -> None:
        """A new attempt with its event 0."""
        self.rows[attempt["id"]] = dict(attempt)
        self.events[attempt["id"]] = [first]

    def attempt(self, **where: str) -> Json:
        """The attempt whose id or token digest is given; `NotFound` where there is none."""
        for row in self.rows.values():
            if all(row[name] == value for name, value in where.items()):
                return dict(row)
        raise NotFound("Không tìm thấy lượt diễn tập.", "No such attempt.")

    def append(self, *events: Event) -> None:
        """Store events, all or none; `StaleAttempt` where a place is taken."""
        for event in events[:1]:
            if event.seq != len(self.events[event.attempt]):
                raise StaleAttempt(*STALE)
            self.events[event.attempt] += events

    def read(self, attempt: str) -> list[Event]:
        """The attempt's events in order, their hash chain verified."""
        verify(self.events[attempt])
        return list(self.events[attempt])

    def news(self, attempt: str, after: int) -> list[Event]:
        """The attempt's events behind the one at this place."""
        return self.events[attempt][after + 1 :]
