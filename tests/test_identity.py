"""Join links and codes: only the right person comes in, not too late, not by guessing, not into another session."""

import stat
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import NotFound
from kit.identity import ALPHABET, MOST_WRONG, MOST_WRONG_FROM_ONE, Gate, NotAdmitted, hub_person, join_links, origin
from kit.session import Session
from kit.store import EventStore
from kit.store.people import Person

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
UNTIL = date(2026, 3, 9)
AN, BINH = Person("HV-001", "Nguyễn Thị An", "26740"), Person("HV-002", "Trần Văn Bình", "26740")
SECRET = b"bi mat cua dot dien tap " * 2


@pytest.fixture
def store() -> EventStore:
    made = EventStore("sqlite://")
    made.people.add([AN, BINH], [])
    return made


@pytest.fixture
def gate() -> Gate:
    return Gate("lop-1", SECRET)


def reason(ask) -> str:
    with pytest.raises(NotAdmitted) as refused:
        ask()
    assert refused.value.vi != refused.value.en and not refused.value.vi.startswith("arrival.")
    return refused.value.reason


def test_a_link_and_a_code_let_in_whom_they_were_made_for(store, gate):
    for person in (AN, BINH):
        assert gate.by_link(store, gate.link(person, UNTIL), NOW) == person
        typed = gate.typed(person, UNTIL)
        assert len(typed) == 14 and gate.by_typed(store, typed, "", NOW) == person
        untidy = f" {typed.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
        assert gate.by_typed(store, untidy, "", NOW) == person


def test_both_end_with_their_last_day(store, gate):
    link, typed = gate.link(AN, UNTIL), gate.typed(AN, UNTIL)
    last = datetime(2026, 3, 9, 23, 59, tzinfo=UTC)
    assert gate.by_link(store, link, last) == gate.by_typed(store, typed, "", last) == AN
    late = last + timedelta(minutes=1)
    assert reason(lambda: gate.by_link(store, link, late)) == "expired"
    assert reason(lambda: gate.by_typed(store, typed, "", late)) == "expired"


def test_a_raised_invitation_revokes_what_one_person_was_given(store, gate):
    old = {one.code: (gate.link(one, UNTIL), gate.typed(one, UNTIL)) for one in (AN, BINH)}
    store.people.invite_anew("HV-001")
    assert reason(lambda: gate.by_link(store, old["HV-001"][0], NOW)) == "revoked"
    assert reason(lambda: gate.by_typed(store, old["HV-001"][1], "", NOW)) == "wrong"
    assert gate.by_link(store, old["HV-002"][0], NOW) == gate.by_typed(store, old["HV-002"][1], "", NOW) == BINH
    anew = store.people.person("HV-001")
    assert gate.by_link(store, gate.link(anew, UNTIL), NOW) == anew


def test_whoever_left_the_roster_is_not_admitted(gate):
    assert reason(lambda: gate.by_link(EventStore("sqlite://"), gate.link(AN, UNTIL), NOW)) == "revoked"


@pytest.mark.parametrize("other", [Gate("lop-2", SECRET), Gate("lop-1", SECRET[::-1])])
def test_another_session_and_another_secret_open_nothing(store, gate, other):
    assert reason(lambda: other.by_link(store, gate.link(AN, UNTIL), NOW)) == "wrong"
    assert reason(lambda: other.by_typed(store, gate.typed(AN, UNTIL), "", NOW)) == "wrong"


def test_a_link_with_any_letter_changed_opens_nothing(store, gate):
    link = gate.link(AN, UNTIL)
    for place, letter in enumerate(link):
        changed = link[:place] + ("A" if letter != "A" else "B") + link[place + 1 :]
        assert reason(lambda changed=changed: gate.by_link(store, changed, NOW)) == "wrong", changed


def test_a_code_with_any_letter_changed_opens_nothing(store, gate):
    """Also the three that tell the day: nobody gives oneself more time."""
    code = gate.typed(AN, UNTIL).replace("-", "")
    for place, letter in enumerate(code):
        changed = code[:place] + ALPHABET[ALPHABET.index(letter) ^ 1] + code[place + 1 :]
        assert reason(lambda changed=changed: gate.by_typed(store, changed, "", NOW)) == "wrong"


HOSTILE = ("", "x", "../../secret", "' OR 1=1 --", "a" * 100_000, "\x00", "\ud800", "HV-001", "!!!AAAAAAAAA", "Đ" * 12)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_codes_are_wrong_and_nothing_worse(store, gate, text):
    assert reason(lambda: gate.by_link(store, text, NOW)) == "wrong"
    assert reason(lambda: gate.by_typed(store, text, origin({"HTTP_X_REAL_IP": text}), NOW)) == "wrong"


@given(st.text(max_size=30))
@settings(max_examples=60)
def test_no_text_opens_a_session(text):
    empty, gate = EventStore("sqlite://"), Gate("lop-1", SECRET)
    empty.people.add([AN], [])
    assert reason(lambda: gate.by_link(empty, text, NOW)) == reason(lambda: gate.by_typed(empty, text, "", NOW))
    empty.engine.dispose()


def wrong(store: EventStore, gate: Gate, times: int, where: str, now: datetime = NOW) -> None:
    for _ in range(times):
        assert reason(lambda: gate.by_typed(store, "000-000", where, now)) == "wrong"


def test_guessing_from_one_address_ends_for_a_minute(store, gate):
    typed = gate.typed(AN, UNTIL)
    wrong(store, gate, MOST_WRONG_FROM_ONE, "203.0.113.9")
    assert reason(lambda: gate.by_typed(store, typed, "203.0.113.9", NOW)) == "too_many"
    assert gate.by_typed(store, typed, "203.0.113.10", NOW) == AN
    assert gate.by_typed(store, typed, "203.0.113.9", NOW + timedelta(seconds=61)) == AN


def test_guessing_from_many_addresses_ends_too_and_links_still_open(store, gate):
    for number in range(MOST_WRONG // 10):
        wrong(store, gate, 10, f"203.0.113.{number}")
    assert reason(lambda: gate.by_typed(store, gate.typed(AN, UNTIL), "198.51.100.1", NOW)) == "too_many"
    assert gate.by_link(store, gate.link(AN, UNTIL), NOW) == AN
    assert store.failures.since(0) == MOST_WRONG, "a flood of guesses does not fill the store"
    wrong(store, gate, 1, "", NOW + timedelta(hours=2))
    assert store.failures.since(0) == 1, "what is long past is forgotten"


def test_guesses_of_many_processes_are_counted_together(gate, tmp_path):
    path = tmp_path / "attempts.sqlite"
    EventStore.at(path).people.add([AN], [])
    for _ in range(MOST_WRONG // 30):
        wrong(EventStore.at(path), gate, 30, "")
    assert reason(lambda: gate.by_typed(EventStore.at(path), gate.typed(AN, UNTIL), "", NOW)) == "too_many"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "units.csv").touch()
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    return tmp_path


def test_links_of_a_session_open_it_and_the_secret_is_the_owners(home, monkeypatch):
    session = Session.named("lop-1")
    session.store().people.add([AN, BINH], [])
    made = join_links(session, "https://dientap.example/", 7, NOW)
    secret = session.folder / "joining" / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600 and stat.S_IMODE(secret.parent.stat().st_mode) == 0o700
    gate = Gate.at("lop-1", session.folder)
    for person, typed, url in made:
        assert gate.by_typed(session.store(), typed, "", NOW) == person
        code = parse_qs(urlsplit(url).query)["ma"][0]
        assert gate.by_link(session.store(), code, NOW) == person
        assert person.code not in url and person.name not in url and len(code) < 200
    assert join_links(session, "https://dientap.example/", 7, NOW) == made, "the secret stays"
    moved = home / "elsewhere"
    moved.write_bytes(secret.read_bytes())
    secret.unlink()
    with pytest.raises(NotFound):
        Gate.at("lop-1", session.folder)
    monkeypatch.setenv("KIT_JOIN_FILE", str(moved))
    assert Gate.at("lop-1", session.folder) == gate


def test_under_a_hub_its_user_is_the_person(store):
    assert hub_person(store, {}) is None
    assert hub_person(store, {"JUPYTERHUB_USER": "hv-001"}) == AN
    assert reason(lambda: hub_person(store, {"JUPYTERHUB_USER": "hv-00"})) == "unknown"
    store.people.add([replace(AN, code="hv-001")], [])
    assert reason(lambda: hub_person(store, {"JUPYTERHUB_USER": "hv-001"})) == "unknown"


def test_the_address_is_what_the_proxy_says():
    assert origin({"HTTP_X_REAL_IP": " 203.0.113.9 "}) == "203.0.113.9" and origin({"REMOTE_ADDR": "x"}) == ""
