"""Who takes part in a session, and which script stands ready for whom."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sql

from kit.errors import NotFound, WrongUse
from kit.store.engines import together
from kit.store.tables import ATTEMPTS, PEOPLE, SEATS

Columns = dict[str, Any]
Owner = tuple[str, str]  # a team's name or a person's code, and a script


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

    def owner(self) -> dict[str, str]:
        """Whose attempt is played from here, as an attempt's columns say it."""
        return {"team": self.team} if self.team else {"person": self.person}

    @property
    def played(self) -> Owner:
        """Who plays it, a team by its name or a person by the code, and which script."""
        return self.team or self.person, self.script


def seated(people: Iterable[Person], seats: Iterable[Seat]) -> dict[Owner, list[Person]]:
    """Everybody who plays a script together, in the order of the seats."""
    known, found = {person.code: person for person in people}, dict[Owner, list[Person]]()
    for seat in seats:
        if seat.person in known:
            found.setdefault(seat.played, []).append(known[seat.person])
    return found


class People:
    """The people and seats of one store."""

    def __init__(self, engine: sql.Engine) -> None:
        self.engine, self.single = together(engine), engine

    def add(self, people: Iterable[Person], seats: Iterable[Seat]) -> None:
        """Keep people with their seats, all or none; a person or seat known already takes the new values.

        A seat whose attempt has begun keeps script, mode and team: what was done there would have no owner any more.
        `WrongUse` names the seats that should change nevertheless, and every value that is too long.
        """
        lines, chairs = [asdict(one) for one in people], [asdict(one) for one in seats]
        _require_room(PEOPLE, lines)
        _require_room(SEATS, chairs)
        with self.engine.begin() as connection:
            _require_unbegun(connection, chairs)
            _put(connection, PEOPLE, lines, ("code",))
            _put(connection, SEATS, chairs, ("person", "exercise"))

    def invite_anew(self, *codes: str) -> None:
        """Revoke every join link and code that people were given, all or none; `NotFound` where one is unknown."""
        raised = PEOPLE.update().values(invitation=PEOPLE.c.invitation + 1)
        with self.engine.begin() as connection:
            for code in dict.fromkeys(codes):
                if not connection.execute(raised.where(PEOPLE.c.code == code)).rowcount:
                    raise _nobody(code)

    def any(self) -> bool:
        """Whether there is a roster at all; the practice store has none."""
        with self.single.connect() as connection:
            return connection.scalar(sql.select(PEOPLE.c.code).limit(1)) is not None

    def all(self) -> list[Person]:
        """Everybody, by code."""
        with self.single.connect() as connection:
            rows = connection.execute(sql.select(PEOPLE).order_by(PEOPLE.c.code)).mappings()
            return [Person(**row) for row in rows]

    def person(self, code: str) -> Person:
        """The person with this code; `NotFound` where there is none."""
        with self.single.connect() as connection:
            row = connection.execute(sql.select(PEOPLE).where(PEOPLE.c.code == code)).mappings().first()
        if row is None:
            raise _nobody(code)
        return Person(**row)

    def seats(self, person: str = "", team: str = "") -> list[Seat]:
        """The seats of a person, of a team, or of all, by exercise."""
        query = sql.select(SEATS).order_by(SEATS.c.exercise, SEATS.c.person)
        query = query.where(SEATS.c.person == person) if person else query
        query = query.where(SEATS.c.team == team) if team else query
        with self.single.connect() as connection:
            return [Seat(**row) for row in connection.execute(query).mappings()]


def _put(connection: sql.Connection, table: sql.Table, rows: list[Columns], key: tuple[str, ...]) -> None:
    """Insert what is new, change what is known: never deleted, since other tables refer to it."""
    for row in rows:
        here = sql.and_(*(table.c[name] == row[name] for name in key))
        if not connection.execute(table.update().where(here).values(row)).rowcount:
            connection.execute(table.insert().values(row))


def _require_room(table: sql.Table, rows: list[Columns]) -> None:
    """Some databases cut what is too long, others refuse it in their own words, others keep it."""
    sizes = {one.name: one.type.length for one in table.columns if isinstance(one.type, sql.String)}
    long = [f"{name} {row[name][:20]!r}... (> {size})" for row in rows for name, size in sizes.items()
            if size and len(row[name]) > size]  # fmt: skip
    if long:
        raise WrongUse(f"Quá dài: {'; '.join(long)}.", f"Too long: {'; '.join(long)}.")


def _require_unbegun(connection: sql.Connection, chairs: list[Columns]) -> None:
    """Raise for the seats that would lose the attempt that was begun there."""
    known = {(one["person"], one["exercise"]): Seat(**one) for one in connection.execute(sql.select(SEATS)).mappings()}
    begun = _begun(connection)
    lost = []
    for new in (Seat(**one) for one in chairs):
        old = known.get((new.person, new.exercise), new)
        changed = (old.script, old.mode, old.team) != (new.script, new.mode, new.team)
        if changed and (old.script, old.team or old.person) in begun:
            lost.append(f"{new.person} ({new.exercise})")
    if lost:
        raise WrongUse(
            f"Lượt đã bắt đầu, không đổi kịch bản, chế độ hay nhóm được nữa: {', '.join(lost)}.",
            f"These have begun; script, mode and team can no longer be changed: {', '.join(lost)}.",
        )


def _begun(connection: sql.Connection) -> set[tuple[str, str]]:
    rows = connection.execute(sql.select(ATTEMPTS.c.script, ATTEMPTS.c.person, ATTEMPTS.c.team))
    return {(row.script, row.team or row.person) for row in rows}


def _nobody(code: str) -> NotFound:
    return NotFound(f"Không có học viên {code[:64]!r} trong đợt.", f"No person {code[:64]!r} in the session.")
