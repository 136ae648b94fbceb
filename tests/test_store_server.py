"""The PostgreSQL server: many sessions in one database, few connections, a crash, a missing driver."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import sqlalchemy as sql

from kit.attempt import Attempt
from kit.errors import KitError, NotFound, WrongUse
from kit.event import verify
from kit.session import Session
from kit.store import EventStore
from kit.store.engines import open_engine, schema_of
from kit.store.laying import drop
from tests.places import Place, a_server  # noqa: F401
from tests.test_store import CHILD, look_up, started


def test_sessions_of_one_database_do_not_meet(server):
    one, two = EventStore(server.url, "lop-1"), EventStore(server.url, "lop-2")
    attempt, token = started(one)
    assert two.attempts() == [] and two.scripts() == []
    for ask in (lambda: two.attempt(id=attempt.id), lambda: Attempt.resume(two, token)):
        with pytest.raises(NotFound):
            ask()
    assert Attempt.resume(EventStore.of(server.url, "lop-1"), token).events == attempt.events


def test_a_session_is_on_the_server_that_kit_store_names(server, monkeypatch):
    monkeypatch.setenv("KIT_STORE", server.url)
    session = Session.named("lop-3")
    attempt, _ = started(session.store())
    assert EventStore(server.url, "lop-3").read(attempt.id) == attempt.events
    assert session.store().folder() == session.folder


@pytest.mark.parametrize("url", ["sqlite:///other.sqlite", "postgres://db.example/kit", "db.example"])
def test_an_address_of_no_server_is_refused_instead_of_a_file_made(url, monkeypatch, tmp_path):
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    monkeypatch.setenv("KIT_STORE", url)
    with pytest.raises(WrongUse, match=r"KIT_STORE .*postgresql\+psycopg"):
        Session("july").store()
    assert list(tmp_path.iterdir()) == []


def test_long_names_of_sessions_do_not_run_into_each_other():
    names = {schema_of("a" * length) for length in range(1, 65)}
    assert len(names) == 64 and max(map(len, names)) <= 63
    with pytest.raises(WrongUse):
        schema_of('x"; DROP SCHEMA public; --')


def test_many_open_a_new_store_at_once(server):
    with ThreadPoolExecutor(8) as threads:
        stores = list(threads.map(lambda _: EventStore(server.url, "cung-luc"), range(8)))
    assert all(store.attempts() == [] for store in stores)


def test_a_process_holds_one_connection(server):
    store = EventStore(server.url, "ket-noi")
    started(store)
    threads = [threading.Thread(target=store.attempts) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.engine.pool.checkedin() == 1 and store.engine.pool.overflow() <= 0


def test_an_action_is_three_short_journeys_and_durable_whatever_the_server_prefers(server):
    """News, orders, the event: each its own transaction. The server's own choice of speed over safety is overruled."""
    EventStore(server.url, "chang-duong").engine.dispose()
    with psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True) as administrator:
        administrator.execute("ALTER DATABASE kit SET synchronous_commit = off")
    store, asked = EventStore(server.url, "chang-duong"), []
    attempt, _ = started(store)
    sql.event.listen(store.single, "before_cursor_execute", lambda *given: asked.append(given[2].split()[0]))
    look_up(attempt)
    assert asked == ["SELECT", "SELECT", "INSERT"]
    for engine in (store.single, store.engine):
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
            state = connection.connection.driver_connection.info.transaction_status
            assert (state == psycopg.pq.TransactionStatus.IDLE) == (engine is store.single)


def test_a_schema_is_dropped_while_pages_are_open_and_an_account_without_rights_is_told(server):
    store, page = EventStore(server.url, "xoa-1"), EventStore(server.url, "xoa-1")
    attempt, _ = started(page)
    with psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True) as administrator:
        administrator.execute("CREATE ROLE khach LOGIN")
        administrator.execute('GRANT USAGE ON SCHEMA "kit_xoa-1" TO khach')
    guest = open_engine(server.url.replace("kit@", "khach@"))
    with pytest.raises(KitError, match="Cannot delete the schema kit_xoa-1"):
        drop(guest, "xoa-1")
    guest.dispose()
    assert page.read(attempt.id) == attempt.events
    drop(store.engine, "xoa-1")
    assert "kit_xoa-1" not in sql.inspect(store.engine).get_schema_names()


def test_a_crashed_server_has_every_confirmed_action_and_its_clients_go_on(server):
    place = Place(server.url, "su-co")
    store = place.open()
    attempt, token = started(store)
    child = subprocess.Popen([sys.executable, "-c", CHILD, place.url, place.session, token],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # fmt: skip
    told = [child.stdout.readline() for _ in range(20)]
    time.sleep(0.01)
    server.stop()
    told += child.stdout.read().splitlines()
    assert child.wait(30) != 0
    for ask in (
        lambda: store.read(attempt.id),
        store.people.any,
        lambda: store.orders.after(0),
        lambda: look_up(attempt),
    ):
        with pytest.raises(KitError, match="does not answer"):
            ask()
    server.start()
    confirmed = dict(line.split() for line in told if len(line.split()) == 2 and len(line.split()[1]) == 64)
    events = {str(event.seq): event.hash for event in store.read(attempt.id)}
    assert len(confirmed) >= 20 and {seq: events.get(seq) for seq in confirmed} == confirmed
    assert look_up(Attempt.resume(store, token)) == len(events)
    verify(store.read(attempt.id))


WITHOUT = """
import sys
sys.modules["psycopg"] = None
from kit.errors import KitError
from kit.store import EventStore
try:
    EventStore("postgresql+psycopg://kit@nowhere.example/kit", "lop")
except KitError as error:
    print(error.en)
"""


def test_a_missing_driver_is_named():
    said = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True).stdout
    assert "pip install rehearsal-kit[postgres]" in said
