"""The roster in the store: people and seats change as the trainer says, and no attempt loses its owner."""

from dataclasses import replace

import pytest
import sqlalchemy as sql

from kit.attempt import Attempt
from kit.errors import NotFound, WrongUse
from kit.event import STARTED, Event, seal
from kit.store import EventStore
from kit.store.people import Person, Seat
from tests.places import a_place, a_server  # noqa: F401
from tests.test_store import little

AN = Person("HV-001", "Nguyễn Thị An", "26740", "Công chức một cửa", "Tổ 1")
BINH = Person("HV-002", "Trần Văn Bình", "26740")


def seated(store: EventStore, **changes: str) -> list[Seat]:
    script = store.add_script(little())
    return [replace(Seat(one.code, "00-little", script, "assessed"), **changes) for one in (AN, BINH)]


def begin(store: EventStore, seat: Seat, number: str = "a" * 32) -> None:
    first = Event(number, 0, STARTED, "2025-07-01T07:30", "2025-07-01T00:30:00+00:00", "An")
    row = {"id": number, "script": seat.script, "trainee": "An", "mode": seat.mode, "token": number}
    store.open({**row, **seat.owner()}, seal(first, ""))


def test_people_and_seats_come_back_as_they_went_in(place):
    store = place.open()
    assert not store.people.any()
    seats = seated(store)
    store.people.add([BINH, AN], seats)
    assert store.people.any() and store.people.all() == [AN, BINH] and store.people.person("HV-001") == AN
    assert store.people.seats() == seats and store.people.seats("HV-002") == seats[1:]
    with pytest.raises(NotFound):
        store.people.person("HV-003")


def test_whoever_has_seats_can_be_changed(place):
    """A person is never deleted to be written again: the seats refer to the person."""
    store = place.open()
    store.people.add([AN, BINH], seated(store))
    renamed = replace(AN, name="Nguyễn Thị Ân", role="Lãnh đạo")
    store.people.add([renamed], [])
    assert store.people.all() == [renamed, BINH] and len(store.people.seats()) == 2


def test_a_seat_changes_until_its_attempt_begins(place):
    store = place.open()
    old = seated(store)
    store.people.add([AN, BINH], old)
    new = [replace(one, script=store.add_script(little("khác")), mode="practice") for one in old]
    begin(store, old[0])
    with pytest.raises(WrongUse, match=r"HV-001 \(00-little\)"):
        store.people.add([replace(AN, name="Khác")], new)
    assert store.people.seats() == old and store.people.person("HV-001") == AN, "all or none"
    store.people.add([AN], [old[0], new[1]])
    assert store.people.seats() == [old[0], new[1]]


def test_a_team_that_began_stays_a_team_and_its_roles_may_change(place):
    store = place.open()
    seats = seated(store, team="to-1", role="reception")
    store.people.add([AN, BINH], seats)
    begin(store, seats[0])
    with pytest.raises(WrongUse, match=r"HV-002 \(00-little\)"):
        store.people.add([], [replace(seats[1], team="to-2")])
    store.people.add([], [replace(seats[1], role="signer")])
    assert [one.role for one in store.people.seats(team="to-1")] == ["reception", "signer"]


@pytest.mark.parametrize("team", ["", "to-1"])
def test_a_seat_has_one_attempt_though_two_windows_start_it(place, team):
    store = place.open()
    seat = seated(store, team=team)[0]
    begin(store, seat)
    with pytest.raises(sql.exc.IntegrityError):
        begin(place.open(), seat, "b" * 32)
    assert len(store.attempts()) == 1


def test_attempts_without_owner_are_as_many_as_one_likes(place):
    store = place.open()
    for _ in range(3):
        Attempt.start(store, store.add_script(little()), "Tập")
    assert len(store.attempts()) == 3


@pytest.mark.parametrize("field", ["code", "name", "unit", "role", "working_group"])
def test_what_is_too_long_is_named_by_every_database_alike(place, field):
    store = place.open()
    with pytest.raises(WrongUse, match=field):
        store.people.add([AN, replace(BINH, **{field: "đ" * 81})], [])
    assert not store.people.any()


def test_an_invitation_is_raised_for_one_alone(place):
    store = place.open()
    store.people.add([AN, BINH], [])
    store.people.invite_anew("HV-001")
    assert [one.invitation for one in store.people.all()] == [2, 1]
    for codes in (("HV-009",), ("HV-002", "HV-009")):
        with pytest.raises(NotFound):
            store.people.invite_anew(*codes)
    assert [one.invitation for one in store.people.all()] == [2, 1], "all or none"
    store.people.invite_anew("HV-002", "HV-001", "HV-002")
    assert [one.invitation for one in store.people.all()] == [3, 2]


def test_names_are_sorted_by_their_characters_in_every_database(place):
    """Not as the server's language would: a roster's order must not depend on where it is kept."""
    store, codes = place.open(), ["HV-10", "HV-2", "HVA", "HV_3", "a", "Đ1", "ă"]
    store.people.add([replace(AN, code=code) for code in codes], [])
    assert [one.code for one in store.people.all()] == sorted(codes)
