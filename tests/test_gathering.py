"""kit session gather: attempts from other servers come into the session's store, once, and nothing here is lost."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from kit.attempt import Attempt
from kit.cli import main
from kit.session import Session
from kit.session.gathering import Gathered, gather
from kit.store import EventStore
from tests.ordered_day import look_up, script

NAME = "july"


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_STATE", str(tmp_path))
    monkeypatch.delenv("KIT_STORE", raising=False)
    found = Session.named(NAME)
    found.store().add_script(script())
    return found


@pytest.fixture
def server(tmp_path):
    """The store of a server elsewhere, with the session's script."""
    store = EventStore.at(tmp_path / "server" / "attempts.sqlite")
    store.add_script(script())
    return store


def begun(store: EventStore, name: str = "Nguyễn Thị Tập", **whose: str) -> Attempt:
    attempt, _ = Attempt.start(store, store.scripts()[0][0], name, "practice")
    attempt.deliver()
    if whose:
        with sqlite3.connect(file_of(store)) as connection:
            connection.execute("update attempts set person = ? where id = ?", (whose["person"], attempt.id))
    return attempt


def file_of(store: EventStore) -> Path:
    return Path(store.engine.url.database)


def counts(done: Gathered) -> list[int]:
    return [*done.counts.values(), len(done.left)]


def test_attempts_come_once_and_later_what_went_on(session, server):
    one, two = begun(server), begun(server, "Lê Văn Hai")
    assert counts(gather(session, file_of(server))) == [2, 0, 0, 0]
    assert counts(gather(session, file_of(server))) == [0, 0, 2, 0]
    look_up(one)
    two.finish()
    assert counts(gather(session, file_of(server))) == [0, 2, 0, 0]
    for attempt in (one, two):
        assert session.store().read(attempt.id) == attempt.events
        assert session.store().attempt(id=attempt.id) == server.attempt(id=attempt.id)


def test_what_lies_in_the_wal_alone_comes_too_and_the_server_goes_on(session, server):
    attempt = begun(server)
    assert file_of(server).with_name("attempts.sqlite-wal").stat().st_size > 0
    gather(session, file_of(server))
    look_up(attempt)
    assert counts(gather(session, file_of(server))) == [0, 1, 0, 0]


def test_two_servers_and_what_is_here_stand_side_by_side(session, server, tmp_path):
    ours, theirs = begun(session.store(), "Ở đây"), begun(server, "Máy chủ 1")
    other = EventStore.at(tmp_path / "other" / "attempts.sqlite")
    other.add_script(script())
    third = begun(other, "Máy chủ 2")
    for store in (server, other):
        assert counts(gather(session, file_of(store))) == [1, 0, 0, 0]
    assert {row["id"] for row in session.store().attempts()} == {ours.id, theirs.id, third.id}


def test_what_went_on_here_stays_and_is_named(session, server):
    attempt = begun(server)
    gather(session, file_of(server))
    here = Attempt(session.store(), session.store().attempt(id=attempt.id))
    here.refresh()
    here.wait()
    assert counts(gather(session, file_of(server))) == [0, 0, 1, 0], "longer here"
    look_up(attempt)
    done = gather(session, file_of(server))
    assert counts(done) == [0, 0, 0, 1] and "hướng khác" in done.left[0][2].vi
    assert session.store().read(attempt.id) == here.events


def test_a_broken_log_a_strange_script_and_a_second_attempt_are_left_out_the_rest_comes(session, server):
    broken, good = begun(server, "Hỏng"), begun(server, "Tốt")
    with sqlite3.connect(file_of(server)) as connection:
        connection.execute("update events set body = '{}' where attempt = ? and seq = 1", (broken.id,))
    begun(session.store(), "Nguyễn Thị An", person="HV01")
    begun(server, "Nguyễn Thị An", person="HV01")
    done = gather(session, file_of(server))
    assert counts(done) == [1, 0, 0, 2]
    assert {name for _, name, _ in done.left} == {"Hỏng", "Nguyễn Thị An"}
    assert session.store().read(good.id) == good.events
    assert broken.id not in {row["id"] for row in session.store().attempts()}
    empty = Session.named("august")
    empty.store()
    said = [why.vi for _, name, why in gather(empty, file_of(server)).left if name == "Tốt"]
    assert said == ["kịch bản không thuộc đợt này."] and not empty.store().attempts()


def test_an_attempt_without_any_event_is_left_out(session, server):
    attempt, good = begun(server), begun(server)
    with sqlite3.connect(file_of(server)) as connection:
        connection.execute("delete from events where attempt = ?", (attempt.id,))
    done = gather(session, file_of(server))
    assert counts(done) == [1, 0, 0, 1] and done.left[0][0] == attempt.id
    assert [row["id"] for row in session.store().attempts()] == [good.id]


def test_answers_after_the_session_come_once(session, server):
    server.hotwash.add("04-one-stop-counter", {"good": "rõ"})
    for _ in range(2):
        gather(session, file_of(server))
    assert session.store().hotwash.all() == [("04-one-stop-counter", {"good": "rõ"})]


def test_the_command_tells_what_it_did(session, server, tmp_path, capsys):
    begun(server)
    shutil.copyfile(file_of(server), lost := tmp_path / "alone.sqlite")
    assert main(("session", "gather", NAME, str(file_of(server)), "--json")) == 0
    assert [one["new"] for one in json.loads(capsys.readouterr().out)] == [1]
    assert main(("session", "gather", NAME, str(lost))) == 0
    assert "0 lượt mới / new" in capsys.readouterr().out
    broken = begun(server)
    with sqlite3.connect(file_of(server)) as connection:
        connection.execute("delete from events where attempt = ? and seq = 0", (broken.id,))
    assert main(("session", "gather", NAME, str(file_of(server)))) == 1
    assert broken.id in capsys.readouterr().out
    (tmp_path / "text.sqlite").write_text("không phải", encoding="utf-8")
    for wrong in ("text.sqlite", "missing.sqlite", "."):
        assert main(("session", "gather", NAME, str(tmp_path / wrong))) == 2
        assert "attempts.sqlite" in capsys.readouterr().err
    assert main(("session", "gather", "june", str(file_of(server)))) == 2
