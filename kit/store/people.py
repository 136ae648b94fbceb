"""Who takes part in a session, and which script stands ready for whom."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import sqlalchemy as sql

from kit.errors import NotFound
from kit.store.tables import PEOPLE, SEATS


@dataclass(frozen=True)
class Person:
    """One line of the roster; `code` names the person in the session, `unit` is a unit's code."""

    code: str
    name: str
    unit: str
    role: str = ""
    working_group: str = ""
    invitation: int = 1


@dataclass(frozen=True)
class Seat:
    """The script that a person plays; those of a team share one script and one attempt, each in a role."""

    person: str
    exercise: str
    script: str
    mode: str
    team: str = ""
    role: str = ""


class People:
    """The people and seats of one store."""

    def __init__(self, engine: sql.Engine) -> None:
        self.engine = engine

    def add(self, people: Iterable[Person], seats: Iterable[Seat]) -> None:
        """Keep people with their seats, all or none; a person or seat known already takes the new values."""
        with self.engine.begin() as connection:
            for person in people:
                connection.execute(PEOPLE.delete().where(PEOPLE.c.code == person.code))
                connection.execute(PEOPLE.insert().values(asdict(person)))
            for seat in seats:
                taken = (SEATS.c.person == seat.person) & (SEATS.c.exercise == seat.exercise)
                connection.execute(SEATS.delete().where(taken))
                connection.execute(SEATS.insert().values(asdict(seat)))

    def all(self) -> list[Person]:
        """Everybody, by code."""
        with self.engine.connect() as connection:
            rows = connection.execute(sql.select(PEOPLE).order_by(PEOPLE.c.code)).mappings()
            return [Person(**row) for row in rows]

    def person(self, code: str) -> Person:
        """The person with this code; `NotFound` where there is none."""
        with self.engine.connect() as connection:
            row = connection.execute(sql.select(PEOPLE).where(PEOPLE.c.code == code)).mappings().first()
        if row is None:
            raise NotFound(f"Không có học viên {code[:64]!r} trong đợt.", f"No person {code[:64]!r} in the session.")
        return Person(**row)

    def seats(self, person: str = "") -> list[Seat]:
        """The seats of a person, or of all, by exercise."""
        query = sql.select(SEATS).order_by(SEATS.c.exercise, SEATS.c.person)
        with self.engine.connect() as connection:
            rows = connection.execute(query.where(SEATS.c.person == person) if person else query).mappings()
            return [Seat(**row) for row in rows]
