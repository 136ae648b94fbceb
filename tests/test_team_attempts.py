"""Teams: several people in their roles share one attempt, and no move of anybody is lost or done twice."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import KitError, StaleAttempt, WrongUse
from kit.event import ACTED, DELIVERED, REFUSED, STARTED, verify
from kit.seating import empty_chairs, mates_at, roles_at, sit_down
from kit.store import EventStore
from kit.systems.registry import system
from tests.places import Place, a_place, a_server  # noqa: F401
from tests.roster import AN, CHI, DUNG, EM, TEAM, desk_of, furnish, link, seat_of, session_in
from tests.test_ui_desk import press, shown


@pytest.fixture
def seats(place):
    """(person, their own attempt object in a store of their own) of the whole team, as in three kernels."""
    furnish(place.open())
    return {one: sit(place, one) for one in TEAM}


def sit(place: Place, person):
    store = place.open()
    return sit_down(store, seat_of(store, person), person)


def look_up(attempt, record: str):
    number = next(iter(attempt.script.office["population"]))
    return attempt.act("onestop", "look_up", record, {"personal_id": number})


def first_record(attempt) -> str:
    attempt.deliver()
    return next(record for record, one in attempt.state.records.items() if one["kind"] == "dossier")


def test_the_first_makes_the_attempt_and_the_others_sit_down_in_it(seats):
    chi, dung, em = seats.values()
    assert chi.id == dung.id == em.id and chi.trainee == "to-1"
    assert [event.kind for event in chi.events] == [STARTED] and chi.events[0].actor == CHI.code
    assert chi.store.attempt(id=chi.id)["team"] == "to-1" and chi.store.attempt(id=chi.id)["person"] == ""


def test_all_of_a_team_start_in_the_same_moment(place):
    furnish(place.open())
    with ThreadPoolExecutor(3) as threads:
        attempts = list(threads.map(lambda person: sit(place, person), TEAM))
    assert len({attempt.id for attempt in attempts}) == 1 == len(place.open().attempts())


def test_each_acts_in_their_own_role_and_in_those_of_empty_chairs(seats, place):
    store, (chi, dung, em) = place.open(), seats.values()
    record = first_record(chi)
    assert chi.roles == {"reception", *empty_chairs(store, seat_of(store, CHI), chi.script)}
    assert "signer" not in chi.roles and "division_head" in chi.roles and "division_head" in em.roles
    with pytest.raises(WrongUse, match="another role"):
        look_up(dung, record)
    assert look_up(chi, record).event.actor == CHI.code
    dung.refresh()
    assert dung.events == chi.events and dung.events[-1].kind in (ACTED, REFUSED)


def test_an_action_past_the_screen_is_refused_by_role(seats):
    """The widgets are public: who is no signer cannot ask for the signature by any other way."""
    chi, before = seats[CHI], len(seats[CHI].store.read(seats[CHI].id))
    for name in chi.script.systems:
        for action in system(name).actions:
            if action.role not in chi.roles:
                with pytest.raises(WrongUse):
                    chi.act_many(name, action.name, ["no-such-record"], {})
    assert len(chi.store.read(chi.id)) == before


def test_who_sits_alone_acts_in_every_role(place):
    store = furnish(place.open())
    assert roles_at(store, seat_of(store, AN), store.script(seat_of(store, AN).script)) is None
    assert mates_at(store, seat_of(store, AN)) == []
    assert [one.person for one in mates_at(store, seat_of(store, CHI))] == [DUNG.code, EM.code]


def test_a_mates_move_in_the_same_second_is_no_error(seats):
    """Both act on what they see; the second decides again on what the first did."""
    chi, dung, em = seats.values()
    record = first_record(chi)
    for mate in (dung, em):
        mate.refresh()
        mate.roles = None
    told = [look_up(one, record) for one in (chi, dung, em, chi)]
    assert [one.event.seq for one in told] == list(range(told[0].event.seq, told[0].event.seq + 4))
    assert [one.event.actor for one in told] == [CHI.code, DUNG.code, EM.code, CHI.code]


def test_what_a_mate_has_done_already_is_not_done_twice(seats):
    chi, dung, _ = seats.values()
    record = first_record(chi)
    dung.refresh()
    dung.roles = None
    given = {"ground": system("onestop").action("refuse").fields[0].options[0], "reason": "Thiếu giấy tờ"}
    answer = chi.act("onestop", "refuse", record, given)
    assert answer.accepted, answer.reason
    with pytest.raises(StaleAttempt, match="team mate"):
        dung.act("onestop", "refuse", record, given)
    assert dung.events == chi.events, "nothing was stored, and the newest state is known"


def test_waiting_and_ending_are_the_whole_teams(seats):
    chi, dung, em = seats.values()
    first_record(chi)
    assert dung.wait()
    em.finish()
    with pytest.raises(WrongUse):
        look_up(chi, first_record(dung))


KINDS = st.sampled_from(["look_up", "deliver", "wait", "refresh", "any"])
MOVES = st.lists(st.tuples(st.integers(0, 2), KINDS), max_size=25)


@given(MOVES, st.integers(0, 10_000))
@settings(max_examples=8)
def test_random_moves_of_three_make_one_log_without_loss(moves, seed):
    store = furnish(EventStore("sqlite://"))
    people, draw = list(TEAM), random.Random(seed)
    attempts = [sit_down(store, seat_of(store, one), one) for one in people]
    told = [event for who, move in moves for event in _moved(attempts[who], move, draw)]
    _require_whole(store, attempts, told)
    store.engine.dispose()


def test_three_who_act_at_the_same_time_lose_and_double_nothing(place):
    """In threads with a store of their own each, as in three kernels: real races for every place of the log."""
    store = furnish(place.open())

    def play(person):
        attempt, draw = sit(place, person), random.Random(person.code)
        moves = [draw.choice(("look_up", "look_up", "deliver", "any", "wait")) for _ in range(12)]
        return attempt, [event for move in moves for event in _moved(attempt, move, draw)]

    with ThreadPoolExecutor(3) as threads:
        played = list(threads.map(play, TEAM))
    _require_whole(store, [attempt for attempt, _ in played], [event for _, told in played for event in told])


def _moved(attempt, move: str, draw: random.Random) -> list:
    """Move; the events that were confirmed to this person. An honest "no" is an answer too."""
    attempt.deliver()
    known = [record for record, one in attempt.state.records.items() if one["kind"] == "dossier"]
    offered = [one for one in system("onestop").actions if one.role in attempt.roles]
    try:
        if move == "wait":
            attempt.wait()
        elif move == "refresh":
            attempt.refresh()
        elif move == "look_up" and "reception" in attempt.roles and known:
            return [look_up(attempt, draw.choice(known)).event]
        elif known:
            return [attempt.act("onestop", draw.choice(offered).name, draw.choice(known), {}).event]
    except StaleAttempt:
        return []
    return []


def _require_whole(store, attempts, told) -> None:
    """One unbroken log; what was confirmed is there once, by whom and where it was said; injects came once."""
    log = store.read(attempts[0].id)
    verify(log)
    assert [log[event.seq] for event in told] == told
    done = [event for event in log if event.kind in (ACTED, REFUSED)]
    assert sorted(event.hash for event in done) == sorted(event.hash for event in told)
    assert max(Counter(event.record for event in log if event.kind == DELIVERED).values(), default=0) <= 1
    for attempt in attempts:
        attempt.refresh()
        assert attempt.events == log


def test_at_the_desk_a_mates_move_appears_and_ones_own_role_is_offered(tmp_path, monkeypatch):
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    store = session_in(tmp_path / "lop-1")
    reception, signer = desk_of(store, link(store, CHI)), desk_of(store, link(store, EM))
    assert "Vai: Cán bộ tiếp nhận" in shown(reception) and f"{DUNG.name} (Công chức chuyên môn)" in shown(reception)
    press(reception, "kit-begin-seat")
    press(signer, "kit-begin-seat")
    assert reception.view.attempt.id == signer.view.attempt.id
    offered = {action.role for _, action in reception.page.panel.offered()}
    assert "reception" in offered and "signer" not in offered
    assert "reception" not in {action.role for _, action in signer.page.panel.offered()}
    assert "đang chờ người khác trong nhóm: Cán bộ tiếp nhận" in shown(signer)
    reception.page.act(*reception.page.panel.offered()[0], {})
    assert signer.view.attempt.state.seq < reception.view.attempt.state.seq
    signer.look()
    assert signer.view.attempt.events == reception.view.attempt.events
    with pytest.raises(KitError):
        signer.page.act(*reception.page.panel.offered()[0], {})
