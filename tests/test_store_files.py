"""A store as a file: who may read it, what stands in it, and one that an older kit made."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Timer

import pytest

from kit.attempt import Attempt
from kit.errors import KitError, WrongUse
from kit.store import EventStore
from tests.test_store import little, look_up, started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "session" / "attempts.sqlite"


OLD = """
CREATE TABLE old (id VARCHAR(32) NOT NULL PRIMARY KEY, script VARCHAR(64) NOT NULL REFERENCES scripts (id),
                  trainee VARCHAR(80) NOT NULL, mode VARCHAR(16) NOT NULL, token VARCHAR(64) NOT NULL UNIQUE);
INSERT INTO old SELECT id, script, trainee, mode, token FROM attempts;
DROP TABLE seats; DROP TABLE people; DROP TABLE orders; DROP TABLE failures; DROP TABLE attempts;
ALTER TABLE old RENAME TO attempts;
"""


def test_a_store_of_an_older_kit_opens_and_goes_on(path):
    attempt, token = started(EventStore.at(path))
    look_up(attempt)
    database = sqlite3.connect(path)
    database.executescript(OLD)
    database.close()
    store = EventStore.at(path)
    again = Attempt.resume(store, token)
    assert again.events == attempt.events and look_up(again) == attempt.state.seq + 1
    assert store.attempt(id=attempt.id)["person"] == store.attempt(id=attempt.id)["team"] == ""
    assert not store.people.any() and store.orders.after(0) == []
    started(EventStore.at(path), little("thêm"))


@pytest.mark.parametrize("old", [False, True])
def test_many_who_open_a_store_at_the_same_moment_all_find_it_whole(tmp_path, old):
    """As a class does that opens its pages at once: nobody makes a table or adds a column for the second time."""
    paths, gate = [tmp_path / str(number) / "attempts.sqlite" for number in range(12)], Barrier(6, timeout=10)

    def come(_number: int) -> list[int]:
        return [len(open_one(path)) for path in paths]

    def open_one(path: Path) -> list[object]:
        gate.wait()
        return EventStore.at(path).attempts()

    for path in paths if old else ():
        started(EventStore.at(path))
        with closing(sqlite3.connect(path)) as database:
            database.executescript(OLD)
    with ThreadPoolExecutor(6) as class_room:
        assert list(class_room.map(come, range(6))) == [[int(old)] * len(paths)] * 6


def test_a_store_waits_while_another_process_begins_the_file(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = Timer(0.3, other.rollback)
        done.start()
        try:
            assert EventStore.at(path).attempts() == []
        finally:
            done.join()


def test_the_secret_code_stands_nowhere_in_the_files(path):
    attempt, token = started(EventStore.at(path))
    look_up(attempt)
    written = b"".join(file.read_bytes() for file in path.parent.rglob("*") if file.is_file())
    assert token.encode() not in written and attempt.id.encode() in written
    assert oct(path.parent.stat().st_mode)[-3:] == "700"


@pytest.mark.parametrize("url", ["", "x", "mysql://u@h/d", "sqlite:", "postgresql+", "http://example.com", "://"])
def test_an_address_that_is_none_is_explained(url):
    with pytest.raises(WrongUse) as wrong:
        EventStore(url)
    assert "postgresql+psycopg" in wrong.value.vi


def test_a_server_that_is_not_there_is_explained_without_the_password(tmp_path):
    with pytest.raises(KitError) as down:
        EventStore(f"postgresql+psycopg://kit:bimat@/kit?host={tmp_path}", "lop-1")
    assert "bimat" not in down.value.vi + down.value.en and str(tmp_path).split("/")[-1] in down.value.en


def test_a_file_that_is_no_database_is_explained(tmp_path):
    (tmp_path / "attempts.sqlite").write_text("không phải cơ sở dữ liệu" * 100)
    with pytest.raises(KitError, match="Cannot open the store"):
        EventStore.at(tmp_path / "attempts.sqlite")


def test_a_file_that_somebody_keeps_locked_is_explained(path, monkeypatch):
    store = EventStore.at(path)
    attempt, _ = started(store)
    keeper = sqlite3.connect(path)
    keeper.execute("BEGIN EXCLUSIVE")
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=20")
    with pytest.raises(KitError, match="does not answer"):
        look_up(attempt)
    keeper.close()
    assert look_up(attempt) == 2


def test_a_full_disk_is_explained_and_no_attempt_is_half_there(path):
    store = EventStore.at(path)
    started(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # as many as there are
    with pytest.raises(KitError, match="disk is full"):
        assert not [started(store) for _ in range(100)]
    assert all(EventStore.at(path).read(row["id"]) for row in store.attempts())
