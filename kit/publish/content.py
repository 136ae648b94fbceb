"""What a bundle knows of its session: scripts, people and seats as text files, and the store made of them."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from kit.event import canonical
from kit.script import Script
from kit.store import EventStore
from kit.store.people import Person, Seat

SCRIPTS, PEOPLE, SEATS = "session/scripts", "session/people.json", "session/seats.json"


def write(folder: Path, store: EventStore) -> dict[str, Any]:
    """Write a session's scripts, people and seats; returns their numbers. No key and no attempt is read."""
    numbers = sorted(number for number, _ in store.scripts())
    for number in numbers:
        _put(folder / SCRIPTS / f"{number}.json", canonical(store.script(number).to_json()))
    people, seats = store.people.all(), store.people.seats()
    _put(folder / PEOPLE, _lines([asdict(one) for one in sorted(people, key=lambda one: one.code)]))
    _put(folder / SEATS, _lines([asdict(one) for one in sorted(seats, key=lambda one: (one.person, one.exercise))]))
    return {"scripts": len(numbers), "people": len(people), "seats": len(seats),
            "exercises": sorted({name for _, name in store.scripts()})}  # fmt: skip


def read_scripts(folder: Path) -> Iterator[Script]:
    """The scripts of a bundle."""
    for file in sorted((folder / SCRIPTS).glob("*.json")):
        yield Script.from_json(json.loads(file.read_text(encoding="utf-8")))


def fill(store: EventStore, folder: Path) -> list[Seat]:
    """Put what a bundle brings into a store. Returns the seats that stay as they are because they have begun.

    A corrected person or seat takes the place of the old one; links revoked here stay revoked.
    """
    for script in read_scripts(folder):
        store.add_script(script)
    people = [Person(**row) for row in json.loads((folder / PEOPLE).read_text(encoding="utf-8"))]
    seats = [Seat(**row) for row in json.loads((folder / SEATS).read_text(encoding="utf-8"))]
    given = {person.code: person.invitation for person in store.people.all()}
    held = {(seat.person, seat.exercise): seat for seat in store.people.seats()}
    begun = {(row["team"] or row["person"], row["script"]) for row in store.attempts()}
    kept = {place: seat for place, seat in held.items() if seat.played in begun}
    store.people.add((replace(one, invitation=max(one.invitation, given.get(one.code, 0))) for one in people),
                     (seat for seat in seats if (seat.person, seat.exercise) not in kept))  # fmt: skip
    return [seat for seat in seats if kept.get((seat.person, seat.exercise), seat) != seat]


def _lines(rows: list[dict[str, Any]]) -> str:
    """A list with one row a line, so that two bundles can be compared."""
    return "[" + ",\n ".join(canonical(row) for row in rows) + "]"


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")
