"""Where scripts and events are kept: SQLAlchemy Core, SQLite by default, PostgreSQL by its address; append-only."""

import json
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sql

from kit import home
from kit.errors import STALE, KitError, NotFound, StaleAttempt, WrongUse
from kit.event import FINISHED, Event, Json, broken_at, canonical, digest_of, verify
from kit.script import Script
from kit.store.engines import explain_silence, on_server, open_engine, schema_of, shown, together
from kit.store.failures import Failures
from kit.store.hotwash import HotWash
from kit.store.laying import lay
from kit.store.orders import Orders
from kit.store.people import People
from kit.store.tables import ATTEMPTS, EVENTS, SCRIPTS

Row = TypeVar("Row")
STORE_FILE = "attempts.sqlite"
# At every action: built once, since building costs as much as asking.
APPENDED = EVENTS.insert()
ENDED = ATTEMPTS.update().where(ATTEMPTS.c.id == sql.bindparam("number")).values(ended=sql.bindparam("hash"))
NEWS = sql.select(EVENTS.c.body).order_by(EVENTS.c.seq).where(
    EVENTS.c.attempt == sql.bindparam("attempt"), EVENTS.c.seq > sql.bindparam("after"))  # fmt: skip


class EventStore:
    """One session's scripts, attempts and their events; safe for many processes, one writer wins each place.

    A SQLite file is one session's store. A PostgreSQL database holds many sessions, each in a schema of its own.
    """

    def __init__(self, url: str, session: str = "") -> None:
        schema = schema_of(session) if session and on_server(url) else ""
        self.single, self.session = open_engine(url, schema), session if schema else ""
        self.engine = together(self.single)
        try:
            lay(self.single, schema)
        except sql.exc.DatabaseError as error:
            where = shown(self.engine)
            raise KitError(f"Không mở được kho dữ liệu {where}.", f"Cannot open the store {where}.") from error
        explain_silence(self.single)
        self.people, self.orders, self.failures = People(self.single), Orders(self.single), Failures(self.single)
        self.hotwash = HotWash(self.single)

    @classmethod
    def at(cls, path: Path) -> "EventStore":
        """The SQLite store in a file; its folder is made, readable by its owner alone."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(f"sqlite:///{path}")

    @classmethod
    def of(cls, url: str, session: str) -> "EventStore":
        """A session's store: at a PostgreSQL server's address its schema there, without one its file in `sessions/`.

        `WrongUse` for another address: a session would be kept elsewhere than the trainer believes.
        """
        if url and not on_server(url):
            raise WrongUse("KIT_STORE phải là postgresql+psycopg://...; không dùng máy chủ thì bỏ trống.",
                           "KIT_STORE must be postgresql+psycopg://...; without a server leave it empty.")  # fmt: skip
        return cls(url, session) if url else cls.at(home.sessions() / session / STORE_FILE)

    def folder(self) -> Path | None:
        """Where the rest of the session lies: beside its file, else in `sessions/`; None for a store of no session."""
        if on_server(self.engine.url.drivername):
            return home.sessions() / self.session if self.session else None
        file = self.engine.url.database or ""
        return Path(file).resolve().parent if file not in ("", ":memory:") else None

    def add_script(self, script: Script) -> str:
        """Keep a compiled script; the same script twice is one row. Returns its hash."""
        body = canonical(script.to_json())
        number = digest_of(body)
        row = {"id": number, "exercise": script.exercise, "seed": script.seed, "body": body}
        known = sql.select(SCRIPTS.c.id).where(SCRIPTS.c.id == number)
        if self._scalar(known) is None:
            with suppress(sql.exc.IntegrityError), self.engine.begin() as connection:  # somebody else was first: fine
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
        with self.single.connect() as connection:
            return [(row.id, row.exercise) for row in connection.execute(query)]

    def open(self, attempt: Json, first: Event) -> None:
        """A new attempt (id, script, trainee, mode, token digest) with its event 0, both or neither."""
        with self.engine.begin() as connection:
            connection.execute(ATTEMPTS.insert().values({"person": "", "team": "", **attempt}))
            connection.execute(EVENTS.insert().values(_row(first)))

    def attempt(self, **where: str) -> Json:
        """The attempt whose id or token digest is given; `NotFound` where there is none."""
        query = sql.select(ATTEMPTS).where(*(ATTEMPTS.c[name] == value for name, value in where.items()))
        with self.single.connect() as connection:
            row = connection.execute(query).mappings().first()
        return dict(_found(row, "lượt diễn tập", "attempt", next(iter(where.values()))[:12]))

    def attempts(self) -> list[Json]:
        """Every attempt, oldest id order."""
        with self.single.connect() as connection:
            return [dict(row) for row in connection.execute(sql.select(ATTEMPTS).order_by(ATTEMPTS.c.id)).mappings()]

    def append(self, *events: Event) -> None:
        """Store events durably, all or none; `StaleAttempt` where a place is taken: then nothing was stored."""
        if not events:
            return
        try:
            ends = [{"number": event.attempt, "hash": event.hash} for event in events if event.kind == FINISHED]
            with (self.single if len(events) == 1 and not ends else self.engine).begin() as connection:
                connection.execute(APPENDED, [_row(event) for event in events])
                if ends:
                    connection.execute(ENDED, ends)
        except sql.exc.IntegrityError as error:
            if all(self._scalar(_place(event)) is None for event in events):
                raise
            raise StaleAttempt(*STALE) from error

    def read(self, attempt: str) -> list[Event]:
        """The attempt's events in order; `BrokenLog` where their hash chain is broken, or the end is missing."""
        end = self._scalar(sql.select(ATTEMPTS.c.ended).where(ATTEMPTS.c.id == attempt))  # asked before the events
        query = sql.select(EVENTS.c.body).where(EVENTS.c.attempt == attempt).order_by(EVENTS.c.seq)
        with self.single.connect() as connection:
            events = [_event(attempt, number, body) for number, body in enumerate(connection.scalars(query))]
        verify(events)
        if end and all(event.hash != end for event in events):
            raise broken_at(attempt, len(events))
        return events

    def lengths(self) -> dict[str, int]:
        """The place of the last event of each attempt: one question about all of them."""
        query = sql.select(EVENTS.c.attempt, sql.func.max(EVENTS.c.seq)).group_by(EVENTS.c.attempt)
        with self.single.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def news(self, attempt: str, after: int) -> list[Event]:
        """The attempt's events behind the one at this place; the reader checks that they follow it."""
        with self.single.connect() as connection:
            bodies = connection.scalars(NEWS, {"attempt": attempt, "after": after})
            return [_event(attempt, number, body) for number, body in enumerate(bodies, after + 1)]

    def _scalar(self, query: sql.Select[str]) -> str | None:
        with self.single.connect() as connection:
            return connection.scalar(query)


def _row(event: Event) -> Json:
    return {"attempt": event.attempt, "seq": event.seq, "body": canonical(event.to_json())}


def _event(attempt: str, number: int, body: str) -> Event:
    """The event in a row; `BrokenLog` where the row holds none, or one of another attempt."""
    try:
        event = Event(**json.loads(body))
    except (ValueError, TypeError, RecursionError):
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
