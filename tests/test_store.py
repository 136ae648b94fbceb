"""What was confirmed is kept, in SQLite and in PostgreSQL alike: through hostile text, a second window, an edited
database, a killed process and a server that crashed."""

import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
import sqlalchemy as sql

from kit.attempt import Attempt
from kit.errors import BrokenLog, KitError, NotFound, StaleAttempt
from kit.event import ACTED, Event, canonical, seal, verify
from kit.key_store import KeyStore
from kit.script import Cue, Script
from kit.store import EventStore
from tests.places import Place, a_place, a_server  # noqa: F401
from tests.rehearsed import begun, compiled

HOSTILE = (
    "079123456789", "001204000123", "1e5", "no", "2025-06-12", "'; DROP TABLE events; --", '"}{', "<script>x</script>",
    "Nguyễn Thị Ánh Đào", "Nguye\u0302\u0303n", "\u202egnp.exe", "tab\tline\nend\r", "\\u0000", "😀", "x" * 70,
)  # fmt: skip


def little(text: str = "chữ", seed: int = 1) -> Script:
    """A script with one inject and one dossier, `text` everywhere."""
    both = {"vi": text, "en": text}
    record = {"kind": "dossier", "step": "waiting", "asks": {"form": text}, "text": text}
    return Script(
        "00-little", both, both, seed, "26740", text, "2025-07-01T07:30", 60, ("onestop",),
        {"code": "26740", "units": {}, "officials": {}, "population": {"099000000001": {}}},
        (Cue("s01", 0, both, "H1", {"H1": record}),),
    )  # fmt: skip


def started(store: EventStore, script: Script | None = None) -> tuple[Attempt, str]:
    attempt, token = Attempt.start(store, store.add_script(script or little()), "Tập", "practice")
    attempt.deliver()
    return attempt, token


def look_up(attempt: Attempt) -> int:
    return attempt.act("onestop", "look_up", "H1", {"personal_id": "099000000001"}).event.seq


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_comes_back_as_it_went_in(place, text):
    store = place.open()
    script = little(text)
    attempt, token = Attempt.start(store, store.add_script(script), text[:70], "practice")
    attempt.deliver()
    attempt.act("onestop", "refuse", "H1", {"ground": text, "reason": text})
    again = Attempt.resume(place.open(), token)
    assert again.script == script and again.script.hash() == script.hash()
    assert again.trainee == again.events[0].actor == again.events[0].given["trainee"] == text[:70]
    assert again.events == attempt.events and again.state == attempt.state
    assert again.state.records["H1"]["text"] == text
    assert again.events[-1].given == {"ground": text, "reason": text}


def test_a_compiled_script_and_its_key_come_back(place, tmp_path):
    script, key = compiled()
    store, keys = place.open(), KeyStore.at(tmp_path / "keys" / "keys.sqlite")
    keys.add(key)
    keys.add(key)
    assert store.script(store.add_script(script)) == script
    assert canonical(keys.key(script.hash()).to_json()) == canonical(key.to_json())
    with pytest.raises(NotFound):
        keys.key("0" * 64)


def test_the_same_script_twice_is_one_row_and_the_least_played_comes_first(place):
    store = place.open()
    one, two = little("a"), little("b")
    assert store.add_script(one) == store.add_script(one) == place.open().add_script(one)
    store.add_script(two)
    assert len(store.scripts()) == 2
    first = store.scripts()[0][0]
    started(store, store.script(first))
    assert [number for number, _ in store.scripts()][-1] == first


def test_a_second_window_is_refused_and_the_first_goes_on(place):
    window, token = started(place.open())
    other = Attempt.resume(place.open(), token)
    look_up(window)
    with pytest.raises(StaleAttempt) as stale:
        look_up(other)
    assert "cửa sổ khác" in stale.value.vi and "another window" in stale.value.en
    assert "chưa được lưu" in stale.value.vi and "not stored" in stale.value.en
    assert place.open().read(window.id) == window.events
    assert other.state.seq == window.state.seq - 1, "the refused window must not believe that it acted"
    look_up(window)
    with pytest.raises(StaleAttempt):
        other.finish()
    fresh = Attempt.resume(place.open(), token)
    look_up(fresh)
    assert place.open().read(window.id) == fresh.events


def test_another_integrity_error_is_not_called_a_second_window(place):
    store = place.open()
    attempt, _ = started(store)
    stranger = replace(attempt.events[-1], attempt="f" * 32, seq=0)
    with pytest.raises(sql.exc.IntegrityError):
        store.append(seal(stranger, ""))
    assert store.read("f" * 32) == [] and store.read(attempt.id) == attempt.events


def test_an_attempt_and_its_first_event_are_stored_together_or_not_at_all(place):
    store = place.open()
    attempt, _ = started(store)
    row = {"id": "e" * 32, "script": attempt.script.hash(), "trainee": "x", "mode": "practice", "token": "t"}
    with pytest.raises(sql.exc.IntegrityError):
        store.open(row, attempt.events[0])
    assert [one["id"] for one in store.attempts()] == [attempt.id]


def test_what_does_not_exist_is_not_found(place):
    store = place.open()
    started(store)
    for ask in (lambda: Attempt.resume(store, "no-such-code"), lambda: Attempt.resume(store, ""),
                lambda: store.script("x"), lambda: store.attempt(id="x")):  # fmt: skip
        with pytest.raises(NotFound) as missing:
            ask()
        assert missing.value.vi != missing.value.en


def test_an_id_does_not_open_an_attempt(place):
    store = place.open()
    attempt, _ = started(store)
    for known in (attempt.id, store.attempt(id=attempt.id)["token"], attempt.trainee):
        with pytest.raises(NotFound):
            Attempt.resume(store, known)


EDITS = {
    "an entry": "UPDATE events SET body = replace(body, '099000000001', '099000000002') WHERE seq = 2",
    "a time": "UPDATE events SET body = replace(body, 'T07:3', 'T06:3') WHERE seq = 1",
    "a dropped row": "DELETE FROM events WHERE seq = 1",
    "a dropped start": "DELETE FROM events WHERE seq = 0",
    "a moved row": "UPDATE events SET seq = 99 WHERE seq = 2",
    "not JSON": "UPDATE events SET body = 'x' WHERE seq = 2",
    "an unknown field": "UPDATE events SET body = '{\"score\":100}' WHERE seq = 2",
    "no object": "UPDATE events SET body = '[1]' WHERE seq = 2",
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_database_is_a_broken_log(place, edit):
    attempt, token = started(place.open())
    look_up(attempt)
    look_up(attempt)
    place.edit(EDITS[edit])
    store = place.open()
    for read in (lambda: store.read(attempt.id), lambda: Attempt.resume(store, token)):
        with pytest.raises(BrokenLog) as broken:
            read()
        assert attempt.id in broken.value.vi


def test_the_log_of_another_attempt_is_not_taken_for_ones_own(place):
    store = place.open()
    mine, _ = started(store)
    good, _ = started(store)
    look_up(good)
    place.edit(f"DELETE FROM events WHERE attempt = '{mine.id}'")
    place.edit(f"INSERT INTO events SELECT '{mine.id}', seq, body FROM events WHERE attempt = '{good.id}'")
    with pytest.raises(BrokenLog):
        store.read(mine.id)
    store.read(good.id)


def test_events_come_in_the_order_of_their_numbers(place):
    """Not as text: 10 comes after 9."""
    attempt, _ = started(place.open())
    for _ in range(12):
        look_up(attempt)
    assert [event.seq for event in place.open().read(attempt.id)] == list(range(14))


CHILD = """
import sys
from kit.attempt import Attempt
from kit.store import EventStore
attempt = Attempt.resume(EventStore(sys.argv[1], sys.argv[2]), sys.argv[3])
while True:
    answer = attempt.act("onestop", "look_up", "H1", {"personal_id": "099000000001"})
    print(answer.event.seq, answer.event.hash, flush=True)
"""


def test_a_killed_process_loses_nothing_that_it_confirmed(place):
    attempt, token = started(place.open())
    draw, rounds, confirmed = random.Random(7), 3, {}
    for _ in range(rounds):
        confirmed |= killed_after(draw.randint(1, 20), draw.random() / 50, place, token)
    events = {event.seq: event.hash for event in place.open().read(attempt.id)}
    assert len(confirmed) >= rounds
    assert {seq: events.get(seq) for seq in confirmed} == confirmed
    resumed = Attempt.resume(place.open(), token)
    assert look_up(resumed) == len(events)
    verify(place.open().read(attempt.id))


def killed_after(lines: int, seconds: float, place: Place, token: str) -> dict[int, str]:
    """Let a child act until it confirmed some actions and a moment more, kill it; what it confirmed."""
    words = [sys.executable, "-c", CHILD, place.url, place.session, token]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    told = [child.stdout.readline() for _ in range(lines)]
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    told += child.stdout.read().splitlines()
    child.wait(10)
    whole = [line.split() for line in told if len(line.strip().split()) == 2 and len(line.split()[1]) == 64]
    return {int(seq): number for seq, number in whole}


def test_a_store_in_memory_is_whole_too():
    attempt, _ = begun()
    attempt.deliver()
    assert attempt.store.read(attempt.id) == attempt.events


def test_a_problem_of_the_store_is_one_of_the_kits():
    assert issubclass(StaleAttempt, KitError) and issubclass(NotFound, KitError) and issubclass(BrokenLog, KitError)
    assert Event("a", 0, ACTED, "2025-07-01T07:30", "", "x").when().minute == 30
