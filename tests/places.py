"""Where a store may be, for tests that ask the same of every database.

Whoever imports `a_place` and `a_server` has the fixtures `place` and `server`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from kit.store import EventStore
from kit.store.engines import on_server, schema_of
from tests.postgres_server import Server, running

NUMBERS = count()


@dataclass(frozen=True)
class Place:
    """Where a store is: opened again and again as by many processes, and edited behind its back."""

    url: str
    session: str

    def open(self) -> EventStore:
        return EventStore(self.url, self.session)

    def edit(self, statement: str) -> None:
        store = self.open()
        with store.engine.begin() as database:
            if on_server(self.url):
                database.exec_driver_sql(f'SET LOCAL search_path TO "{schema_of(self.session)}"')
            database.exec_driver_sql(statement)
        store.engine.dispose()


@pytest.fixture(scope="module", name="server")
def a_server() -> Iterator[Server]:
    with running() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"], name="place")
def a_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A store that nobody used yet; on the server each is a session of its own."""
    if request.param == "sqlite":
        return Place(f"sqlite:///{tmp_path}/attempts.sqlite", "")
    return Place(request.getfixturevalue("server").url, f"dot-{next(NUMBERS)}")
