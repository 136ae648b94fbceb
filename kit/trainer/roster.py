"""Who takes part in a session as the board needs it: people, seats, teams, the names of units, and finding somebody."""

from collections.abc import Iterable, Iterator
from functools import cache

from kit.plain_text import plain
from kit.store import EventStore
from kit.store.people import Owner, Person, Seat, seated
from kit.world.rows import rows


class Roster:
    """The people of one store, read again and again; empty in the practice session."""

    def __init__(self, store: EventStore) -> None:
        self.store = store
        self.people: dict[str, Person] = {}
        self.seats: list[Seat] = []
        self.members: dict[Owner, list[Person]] = {}

    def read(self) -> bool:
        """Read who takes part; True where that changed."""
        before = self.people, self.seats
        self.people = {person.code: person for person in self.store.people.all()}
        self.seats = self.store.people.seats()
        if before == (self.people, self.seats):
            return False
        self.members = seated(self.people.values(), self.seats)
        return True

    def waiting(self, begun: Iterable[Owner]) -> Iterator[tuple[Seat, Person]]:
        """Whoever has not begun: a seat whose script nobody of that person or team plays yet."""
        playing = set(begun)
        for seat in self.seats:
            if seat.played not in playing and seat.person in self.people:
                yield seat, self.people[seat.person]


def about(people: Iterable[Person]) -> str:
    """Everything by which people are found: names, codes, units by code and name, working groups."""
    return " ".join(" ".join((one.name, one.code, one.unit, unit_name(one.unit), one.working_group)) for one in people)


def matches(wanted: str, text: str) -> bool:
    """Whether a text holds every word, whatever its capitals and marks; nothing wanted: always."""
    words = plain(wanted).split()
    return not words or all(word in plain(text) for word in words)


def unit_name(code: str) -> str:
    """A unit's name; its code where there is none of that code."""
    return _units().get(code, code)


@cache
def _units() -> dict[str, str]:
    return {row["code"]: row["name_vn"] for row in rows("units")}
