"""What the board knows of a session: every attempt's log, read on where there is news, and its score so far."""

from collections.abc import Iterator
from datetime import timedelta

from grading.rules import Rules
from kit.errors import KitError
from kit.event import ORDERED
from kit.following import follow
from kit.key_store import KeyStore
from kit.log_book import Clock, server_time
from kit.ordered import CLOSE, RELEASE
from kit.script import Key
from kit.store import EventStore
from kit.store.orders import Order
from kit.store.people import Person, Seat
from kit.trainer.results import Results
from kit.trainer.roster import Roster, about, matches
from kit.trainer.watched import Watched

NOBODY_SITS = timedelta(seconds=5)  # after which an end that was ordered is written down from here


class Watch:
    """All attempts of one session; `broken` holds those that cannot be read, which stop nothing."""

    def __init__(self, store: EventStore, keys: KeyStore, clock: Clock = server_time) -> None:
        self.store, self.keys, self.clock = store, keys, clock
        self.attempts: dict[str, Watched] = {}
        self.broken: dict[str, KitError] = {}
        self.roster, self.results = Roster(store), Results(store, clock)
        self.orders: list[Order] = []
        self.known: dict[str, tuple[Key, Rules]] = {}

    def look(self) -> bool:
        """Read what is new; True where anything is. Ends by order whatever nobody sits at."""
        lengths = self.store.lengths()
        new = lengths.keys() - self.attempts.keys() - self.broken.keys()
        listed = self.roster.read()
        if new:
            self._meet(new)
        behind = [one for one in self.attempts.values() if lengths.get(one.id, -1) > one.state.seq]
        for one in behind:
            self._read(one)
        fresh = self.store.orders.after(self.orders[-1].number if self.orders else 0)
        self.orders += fresh
        self.results.learn(fresh)
        return any((self._end(), self.results.tell(self.attempts.values()), behind, fresh, new, listed))

    def waiting_seats(self) -> Iterator[tuple[Seat, Person]]:
        """Whoever has not begun."""
        return self.roster.waiting((one.owner, one.key.script) for one in self.attempts.values())

    def members(self, one: Watched) -> list[Person]:
        """Who plays an attempt: a person, or those of a team; nobody that is known in the practice session."""
        return self.roster.members.get((one.owner, one.key.script), [])

    def wanted(self, words: str) -> list[Watched]:
        """The attempts of whoever has these words in name, code, unit or group."""
        return [one for one in self.attempts.values()
                if matches(words, f"{one.trainee} {one.owner} {about(self.members(one))}")]  # fmt: skip

    def released(self, attempt: str) -> bool:
        """Whether the results of an attempt may be shown."""
        return self.results.may_be_shown(attempt)

    def followed(self, order: Order) -> int:
        """How many attempts have written an order down; of a release, which none writes, how many it holds for."""
        if order.kind == RELEASE:
            return sum(one.state.finished and order.attempt in ("", one.id) for one in self.attempts.values())
        return sum(order.number <= one.state.orders.last and _followed(one, order) for one in self.attempts.values())

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

    def _truth(self, script: str) -> tuple[Key, Rules]:
        if script not in self.known:
            key = self.keys.key(script)
            self.known[script] = key, Rules(key)
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
