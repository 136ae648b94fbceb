"""A session with a roster for tests of the desk: two people alone, three in a team, one script each of its own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from kit.identity import Gate
from kit.store import EventStore
from kit.store.people import Person, Seat
from kit.ui import Desk
from kit.ui.coach import Coach
from tests.rehearsed import compiled

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
UNTIL = (datetime.now(UTC) + timedelta(days=3)).date()
COUNTER = "04-one-stop-counter"
AN, BINH = Person("HV-001", "Nguyễn Thị An", "26740"), Person("HV-002", "Trần Văn Bình", "26740")
CHI, DUNG, EM = (Person(f"HV-01{place}", name, "26740") for place, name in enumerate(("Lê Chi", "Vũ Dũng", "Hồ Em")))
TEAM = {CHI: "reception", DUNG: "specialist", EM: "signer"}


def furnish(store: EventStore) -> EventStore:
    """Everybody seated; the team plays one script."""
    own = [store.add_script(compiled(seed)[0]) for seed in (1, 2)]
    shared = store.add_script(compiled(3)[0])
    alone = [Seat(one.code, COUNTER, script, "assessed") for one, script in zip((AN, BINH), own, strict=True)]
    together = [Seat(one.code, COUNTER, shared, "practice", "to-1", role) for one, role in TEAM.items()]
    store.people.add([AN, BINH, *TEAM], [*alone, *together])
    return store


def session_in(folder: Path) -> EventStore:
    """The store of such a session in a folder, which has its joining secret."""
    Gate.found(folder.name, folder)
    return furnish(EventStore.at(folder / "attempts.sqlite"))


def seat_of(store: EventStore, person: Person) -> Seat:
    return store.people.seats(person.code)[0]


def desk_of(store: EventStore, query: str = "") -> Desk:
    """A browser's desk on the session, opened at an address."""
    folder = store.folder()
    assert folder
    return Desk(EventStore.at(folder / "attempts.sqlite"), "vi", folder / "desk.log", Coach("")).open(query)


def link(store: EventStore, person: Person) -> str:
    folder = store.folder()
    assert folder
    return f"ma={Gate.at(folder.name, folder).link(person, UNTIL)}"
