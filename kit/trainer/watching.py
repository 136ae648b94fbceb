"""What the board knows of a session: every attempt's log, read on where there is news, and its score so far."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cached_property

from grading.evaluate import Evaluation, evaluate, rules_of
from grading.rules import Rule
from kit.errors import KitError
from kit.event import ORDERED
from kit.following import follow
from kit.key_store import KeyStore
from kit.log_book import Clock, LogBook, server_time
from kit.ordered import CLOSE, RELEASE
from kit.script import Key
from kit.store import EventStore
from kit.store.orders import Order
from kit.store.people import Person, Seat

NOBODY_SITS = timedelta(seconds=5)  # after which an end that was ordered is written down from here


class Watched(LogBook):
    """One attempt; its score is reckoned when it is asked for and kept until there is news."""

    key: Key
    rules: Sequence[Rule]
    owner: str  # a team's name or a person's code; empty in the practice session
    group: str

    @cached_property
    def evaluation(self) -> Evaluation:
        """Of the log as it stands."""
        return evaluate(self.key, self.events, self.rules)

    def forget(self) -> None:
        """There is news: reckon again when asked."""
        self.__dict__.pop("evaluation", None)


class Watch:
    """All attempts of one session; `broken` holds those that cannot be read, which stop nothing."""

    def __init__(self, store: EventStore, keys: KeyStore, clock: Clock = server_time) -> None:
        self.store, self.keys, self.clock = store, keys, clock
        self.attempts: dict[str, Watched] = {}
        self.broken: dict[str, KitError] = {}
        self.people: dict[str, Person] = {}
        self.seats: list[Seat] = []
        self.orders: list[Order] = []
        self.known: dict[str, tuple[Key, Sequence[Rule]]] = {}

    def look(self) -> bool:
        """Read what is new; True where anything is. Ends by order whatever nobody sits at."""
        lengths = self.store.lengths()
        new = lengths.keys() - self.attempts.keys() - self.broken.keys()
        listed = self._read_roster()
        if new:
            self._meet(new)
        behind = [one for one in self.attempts.values() if lengths.get(one.id, -1) > one.state.seq]
        for one in behind:
            self._read(one)
        fresh = self.store.orders.after(self.orders[-1].number if self.orders else 0)
        self.orders += fresh
        return bool(self._end() or behind or fresh or new or listed)

    def waiting_seats(self) -> Iterator[tuple[Seat, Person]]:
        """Whoever has not begun: a seat whose script nobody of that person or team plays yet."""
        begun = {(one.owner, one.key.script) for one in self.attempts.values()}
        for seat in self.seats:
            if (seat.team or seat.person, seat.script) not in begun and seat.person in self.people:
                yield seat, self.people[seat.person]

    def released(self, attempt: str) -> bool:
        """Whether the results of an attempt may be shown."""
        return any(one.kind == RELEASE and one.attempt in ("", attempt) for one in self.orders)

    def followed(self, order: Order) -> int:
        """How many attempts have written an order down."""
        return sum(order.number <= one.state.orders.last and _followed(one, order) for one in self.attempts.values())

    def _read_roster(self) -> bool:
        """Take in who takes part; True where that changed."""
        before = self.people, self.seats
        self.people = {person.code: person for person in self.store.people.all()}
        self.seats = self.store.people.seats()
        return before != (self.people, self.seats)

    def _meet(self, new: set[str]) -> None:
        for row in self.store.attempts():
            if row["id"] in new:
                try:
                    found = Watched(self.store, row, self.clock)
                    found.key, found.rules = self._truth(row["script"])
                except KitError as problem:
                    self.broken[row["id"]] = problem
                    continue
                found.owner, found.group = row["team"] or row["person"], row["team"]
                self.attempts[row["id"]] = found

    def _truth(self, script: str) -> tuple[Key, Sequence[Rule]]:
        if script not in self.known:
            key = self.keys.key(script)
            self.known[script] = key, rules_of(key)
        return self.known[script]

    def _read(self, one: Watched) -> None:
        try:
            one.read_news()
            one.forget()
        except KitError as problem:
            self.broken[one.id] = problem
            del self.attempts[one.id]

    def _end(self) -> bool:
        """Close what was ordered to close and what no open desk has closed by itself; True where there was such."""
        late = (self.clock() - NOBODY_SITS).isoformat(timespec="milliseconds")
        orders = [one for one in self.orders if one.kind == CLOSE and one.at < late]
        left = [
            attempt
            for attempt in self.attempts.values()
            if not attempt.state.finished and any(_still_to_follow(attempt, order) for order in orders)
        ]
        for attempt in left:
            if follow(attempt):
                attempt.forget()
        return bool(left)


def _followed(one: Watched, order: Order) -> bool:
    return any(event.kind == ORDERED and event.given["order"] == order.number for event in one.events)


def _still_to_follow(one: Watched, order: Order) -> bool:
    meant = order.attempt == one.id or (not order.attempt and order.at >= one.events[0].at)
    return meant and order.number > max(one.state.orders.last, one.orders_seen)
