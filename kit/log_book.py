"""An attempt's log as one process knows it: what it appends is on disk first, what others append is checked."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from kit.attempt_store import AttemptStore
from kit.errors import STALE, StaleAttempt
from kit.event import ACKNOWLEDGED, ACTED, MARKED, ORDERED, REFLECTED, Event, State, broken_at, replay, seal
from kit.script import Script

KIT = "kit"  # who brings injects and lets time pass; no person
TRIES = 40  # so often something is tried again behind what others did in the same moment

Clock = Callable[[], datetime]
Json = dict[str, Any]
Result = TypeVar("Result")


def server_time() -> datetime:
    """The server's clock, UTC: the only real time that the log knows."""
    return datetime.now(UTC)


def stamp(clock: Clock) -> str:
    """The time of a clock as a log keeps it."""
    return clock().isoformat(timespec="milliseconds")


class LogBook:
    """The events of one attempt and the state that they tell; `actor` is whose deeds are written here."""

    def __init__(
        self, store: AttemptStore, row: Mapping[str, Any], clock: Clock = server_time, script: Script | None = None
    ) -> None:
        self.store = store
        self.id: str = row["id"]
        self.mode: str = row["mode"]
        self.trainee: str = row["trainee"]
        self.actor = self.trainee
        self.script: Script = script or store.script(row["script"])
        self.begins = self.script.begins()
        self.clock = clock
        self.events = store.read(self.id)
        self.state: State = replay(self.events)
        self.orders_seen = 0  # the number of the last order looked at, whether it concerned this attempt or not
        self.first_done: dict[tuple[str, str], datetime] = {}
        self._remember(self.events)

    def read_news(self, about: Collection[str] | None = ()) -> bool:
        """Take in what others appended since; True where there was something.

        Raises `StaleAttempt`, and takes in nothing, where it is about one of these records (None: whatever it is
        about); `BrokenLog` where it does not follow from what was known.
        """
        news = self.store.news(self.id, self.state.seq)
        if any(_concerns(event, about) for event in news):
            raise StaleAttempt(*STALE)
        state = self.state
        for event in news:
            if event.seq != state.seq + 1 or event != seal(event, state.hash):
                raise broken_at(self.id, state.seq + 1)
            state = state.after(event)
        self._take(news, state)
        return bool(news)

    def append(self, wanted: Iterable[Json]) -> list[Event]:
        """Events one after another, stored together; `StaleAttempt` where somebody else was first."""
        state, events = self.state, []
        for fields in wanted:
            events.append(self.sealed(state, fields))
            state = state.after(events[-1])
        self.keep(events, state)
        return events

    def sealed(self, state: State, fields: Json) -> Event:
        """The event that comes next after a state."""
        event = Event(
            attempt=self.id, seq=state.seq + 1, at=stamp(self.clock),
            moment=state.moment.isoformat(timespec="minutes"), **{"actor": self.actor, **fields},
        )  # fmt: skip
        return seal(event, state.hash)

    def keep(self, events: list[Event], state: State) -> None:
        """On disk first; only then does the attempt know of it, and of the state that follows."""
        self.store.append(*events)
        self._take(events, state)

    def trying(self, deed: Callable[[], Result], about: Collection[str] | None = ()) -> Result:
        """Do something that appends; where somebody else came first, take that in as `read_news` does, and again."""
        for _ in range(TRIES - 1):
            try:
                return deed()
            except StaleAttempt:
                self.read_news(about)
        return deed()

    def _take(self, events: list[Event], state: State) -> None:
        self.events += events
        self.state = state
        self._remember(events)

    def _remember(self, events: Iterable[Event]) -> None:
        """Keep when each action was first done on each record: what follows from it is timed by that."""
        for event in events:
            if event.kind == ACTED:
                self.first_done.setdefault((event.action, event.record), event.when())


def _concerns(event: Event, about: Collection[str] | None) -> bool:
    """Whether what somebody else did disturbs who acts on these records; orders, marks and replies never do."""
    if event.kind in (ORDERED, MARKED, REFLECTED, ACKNOWLEDGED):
        return False
    if about is None:
        return event.actor != KIT
    return event.record in about or not event.changes.keys().isdisjoint(about)
