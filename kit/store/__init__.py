"""Where scripts and events are kept: SQLAlchemy Core, SQLite by default, append-only, one row an event."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sql

from kit.errors import KitError, NotFound, StaleAttempt
from kit.event import Event, Json, broken_at, canonical, verify
from kit.script import Script
from kit.store.orders import Orders
from kit.store.people import People
from kit.store.tables import ATTEMPTS, EVENTS, META, SCRIPTS

Row = TypeVar("Row")


class EventStore:
    """One database of scripts, attempts and their events; safe for many processes, one writer wins each place."""

    def __init__(self, url: str) -> None:
        memory = url in ("sqlite://", "sqlite:///:memory:")
        pool = {"poolclass": sql.StaticPool, "connect_args": {"check_same_thread": False}} if memory else {}
        self.url = url
        self.engine = sql.create_engine(url, **pool)
        if url.startswith("sqlite"):
            sql.event.listen(self.engine, "connect", _durable)
        try:
            META.create_all(self.engine)
        except sql.exc.DatabaseError as error:
            raise KitError(f"Không mở được kho dữ liệu {url}.", f"Cannot open the store {url}.") from error
        self.people, self.orders = People(self.engine), Orders(self.engine)

    @classmethod
    def at(cls, path: Path) -> "EventStore":
        """The SQLite store in a file; its folder is made, readable by its owner alone."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(f"sqlite:///{path}")

    def add_script(self, script: Script) -> str:
        """Keep a compiled script; the same script twice is one row. Returns its hash."""
        number = script.hash()
        row = {"id": number, "exercise": script.exercise, "seed": script.seed, "body": canonical(script.to_json())}
        known = sql.select(SCRIPTS.c.id).where(SCRIPTS.c.id == number)
        if self._scalar(known) is None:
            with suppress(sql.exc.IntegrityError), self._write() as connection:  # somebody else was first: fine
                connection.execute(SCRIPTS.insert().values(row))
        return number

    def script(self, number: str) -> Script:
        """The script with this hash; `NotFound` where there is none."""
        body = self._scalar(sql.select(SCRIPTS.c.body).where(SCRIPTS.c.id == number))
        return Script.from_json(json.loads(_found(body, "kịch bản", "script", number)))

    def scripts(self) -> list[tuple[str, str]]:
        """(hash, exercise) of every script, those with the fewest attempts first."""
        used = sql.func.count(ATTEMPTS.c.id)
        query = sql.select(SCRIPTS.c.id, SCRIPTS.c.exercise).outerjoin(ATTEMPTS, ATTEMPTS.c.script == SCRIPTS.c.id)
        query = query.group_by(SCRIPTS.c.id, SCRIPTS.c.exercise).order_by(SCRIPTS.c.exercise, used, SCRIPTS.c.id)
        with self.engine.connect() as connection:
            return [(row.id, row.exercise) for row in connection.execute(query)]

    def open(self, attempt: Json, first: Event) -> None:
        """A new attempt (id, script, trainee, mode, token digest) with its event 0, both or neither."""
        with self._write() as connection:
            connection.execute(ATTEMPTS.insert().values({"person": "", "team": "", **attempt}))
            connection.execute(EVENTS.insert().values(_row(first)))

    def attempt(self, **where: str) -> Json:
        """The attempt whose id or token digest is given; `NotFound` where there is none."""
        query = sql.select(ATTEMPTS).where(*(ATTEMPTS.c[name] == value for name, value in where.items()))
        with self.engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return dict(_found(row, "lượt diễn tập", "attempt", next(iter(where.values()))[:12]))

    def attempts(self) -> list[Json]:
        """Every attempt, oldest id order."""
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(sql.select(ATTEMPTS).order_by(ATTEMPTS.c.id)).mappings()]

    def append(self, *events: Event) -> None:
        """Store events durably, all or none; `StaleAttempt` where a place is taken: then nothing was stored."""
        if not events:
            return
        try:
            with self._write() as connection:
                connection.execute(EVENTS.insert(), [_row(event) for event in events])
        except sql.exc.IntegrityError as error:
            if all(self._scalar(_place(event)) is None for event in events):
                raise
            raise StaleAttempt(
                "Lượt này đã được thao tác ở một cửa sổ khác. Việc vừa bấm chưa được lưu. "
                "Hãy tải lại trang (F5) để thấy tình trạng mới nhất.",
                "This attempt was changed in another window. What you just did was not stored. "
                "Reload the page (F5) to see the newest state.",
            ) from error

    def read(self, attempt: str) -> list[Event]:
        """The attempt's events in order, their hash chain verified (`BrokenLog` where it is broken)."""
        query = sql.select(EVENTS.c.body).where(EVENTS.c.attempt == attempt).order_by(EVENTS.c.seq)
        with self.engine.connect() as connection:
            events = [_event(attempt, number, body) for number, body in enumerate(connection.scalars(query))]
        verify(events)
        return events

    @contextmanager
    def _write(self) -> Iterator[sql.Connection]:
        with self.engine.begin() as connection:
            yield connection

    def _scalar(self, query: sql.Select[str]) -> str | None:
        with self.engine.connect() as connection:
            return connection.scalar(query)


def _durable(connection: object, _record: object) -> None:
    """A confirmed commit survives a killed process and a power cut."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _row(event: Event) -> Json:
    return {"attempt": event.attempt, "seq": event.seq, "body": canonical(event.__dict__)}


def _event(attempt: str, number: int, body: str) -> Event:
    """The event in a row; `BrokenLog` where the row holds none, or one of another attempt."""
    try:
        event = Event(**json.loads(body))
    except (ValueError, TypeError):
        raise broken_at(attempt, number) from None
    if event.attempt != attempt:
        raise broken_at(attempt, number)
    return event


def _place(event: Event) -> sql.Select[str]:
    return sql.select(EVENTS.c.body).where(EVENTS.c.attempt == event.attempt, EVENTS.c.seq == event.seq)


def _found(row: Row | None, vi: str, en: str, name: str) -> Row:
    if row is None:
        raise NotFound(f"Không tìm thấy {vi} {name!r}.", f"No {en} {name!r}.")
    return row
