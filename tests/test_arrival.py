"""The desk of a session with a roster: nobody acts without coming in, and all reach their own attempts alone."""

import json

import pytest

from kit.attempt import Attempt
from kit.errors import WrongUse
from kit.identity import MOST_WRONG, Gate, NotAdmitted
from kit.seating import row_at, sit_down
from kit.ui.arrival import JoinPage
from kit.ui.seats import SeatsPage
from kit.ui.work import WorkPage
from tests.roster import AN, BINH, CHI, DUNG, UNTIL, desk_of, link, seat_of, session_in
from tests.test_ui_desk import everything, press, shown


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    monkeypatch.delenv("KIT_SESSION", raising=False)
    return session_in(tmp_path / "lop-1")


def type_code(desk, code: str) -> None:
    desk.page.code.value = code
    press(desk, "kit-enter")


def test_whoever_opens_the_page_without_a_link_sees_nobody_and_no_exercise(store):
    desk = desk_of(store)
    assert isinstance(desk.page, JoinPage)
    for name in (AN.name, BINH.name, AN.code, "Một cửa", "HV-"):
        assert name not in shown(desk)
    assert store.attempts() == []


def test_a_link_greets_its_person_and_shows_their_seats_alone(store):
    desk = desk_of(store, link(store, AN))
    assert isinstance(desk.page, SeatsPage) and f"Chào {AN.name}" in shown(desk)
    assert "Chưa bắt đầu" in shown(desk) and "Đánh giá" in shown(desk)
    assert BINH.name not in shown(desk) and CHI.name not in shown(desk)
    assert store.attempts() == [], "looking makes no attempt"


def test_start_begins_ones_own_attempt_and_the_next_visit_goes_on(store):
    desk = desk_of(store, link(store, AN))
    press(desk, "kit-begin-seat")
    assert isinstance(desk.page, WorkPage)
    row = store.attempts()[0]
    assert (row["person"], row["team"], row["mode"], row["trainee"]) == (AN.code, "", "assessed", AN.name)
    assert desk.view.attempt.events[0].actor == AN.code and desk.view.attempt.events[0].given["person"] == AN.code
    desk.page.act(*desk.page.panel.offered()[0], {})
    again = desk_of(store, link(store, AN))
    assert "Đang làm" in shown(again)
    press(again, "kit-resume-seat")
    assert again.view.attempt.events == desk.view.attempt.events and len(store.attempts()) == 1
    again.page.finish()
    ended = desk_of(store, link(store, AN))
    assert "Đã kết thúc" in shown(ended)
    press(ended, "kit-look-seat")
    assert ended.page is None and len(store.attempts()) == 1


def test_nobody_reaches_anothers_attempt(store):
    """Not by its id, its token, a seat that is not theirs, nor by what the practice desk offers."""
    press(desk_of(store, link(store, AN)), "kit-begin-seat")
    row = store.attempts()[0]
    loose, token = Attempt.start(store, seat_of(store, AN).script, AN.name)
    other = desk_of(store, f"{link(store, BINH)}&luot={token}")
    assert isinstance(other.page, SeatsPage) and other.view is None
    other.sit(seat_of(store, BINH))
    assert other.view.attempt.script == store.script(seat_of(store, BINH).script)
    for code in (token, row["id"], row["token"], loose.id):
        with pytest.raises(NotAdmitted):
            other.resume(code)
    with pytest.raises(NotAdmitted):
        other.begin(row["script"], AN.name, "practice")
    with pytest.raises(WrongUse):
        other.sit(seat_of(store, AN))
    with pytest.raises(WrongUse):
        sit_down(store, seat_of(store, CHI), AN)
    nobody = desk_of(store, f"luot={token}")
    assert isinstance(nobody.page, JoinPage)
    with pytest.raises(NotAdmitted):
        nobody.sit(seat_of(store, AN))


def test_a_typed_code_comes_in_and_stays_in_the_address(store):
    desk, gate = desk_of(store), Gate.at("lop-1", store.folder())
    type_code(desk, gate.typed(BINH, UNTIL).lower())
    assert f"Chào {BINH.name}" in shown(desk)
    states = json.dumps([one.get_state() for one in everything(desk.widget)], default=str)
    kept = states.split("data-kit-join=")[1].split('\\"')[1]
    assert f"Chào {BINH.name}" in shown(desk_of(store, f"ma={kept}"))
    assert gate.typed(BINH, UNTIL).replace("-", "") not in states


@pytest.mark.parametrize("query", ["ma=", "ma=HV-001", "ma=x.y", "ma=%00", "luot=HV-001"])
def test_a_guessed_address_lets_nobody_in(store, query):
    desk = desk_of(store, query)
    assert isinstance(desk.page, JoinPage) and AN.name not in shown(desk)


def test_wrong_codes_are_told_and_too_many_are_refused_in_every_kernel(store):
    for _ in range(MOST_WRONG // 40):
        desk = desk_of(store)
        for _ in range(40):
            desk.guard.run(lambda desk=desk: desk.enter("AAAA-AAAA-AAAA"))
        assert "không đúng" in shown(desk)
    late = desk_of(store)
    type_code(late, Gate.at("lop-1", store.folder()).typed(AN, UNTIL))
    assert isinstance(late.page, JoinPage) and "quá nhiều mã sai" in shown(late)
    assert isinstance(desk_of(store, link(store, AN)).page, SeatsPage)


def test_an_old_link_is_told_so(store):
    old = link(store, AN)
    store.people.invite_anew(AN.code)
    desk = desk_of(store, old)
    assert isinstance(desk.page, JoinPage) and "đã được thay bằng mã mới" in shown(desk)


def test_under_a_hub_nobody_asks_for_a_code(store, monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "hv-002")
    assert f"Chào {BINH.name}" in shown(desk_of(store, link(store, AN))), "the hub knows better than a borrowed link"
    monkeypatch.setenv("JUPYTERHUB_USER", "stranger")
    assert "không có trong danh sách" in shown(desk_of(store, ""))


def test_the_language_changes_on_every_page(store):
    desk = desk_of(store)
    desk.speak("en")
    assert "Join the training session" in shown(desk)
    there = desk_of(store, link(store, CHI))
    there.speak("en")
    assert f"Hello {CHI.name}" in shown(there) and f"Team mates: {DUNG.name}" in shown(there)


def test_a_desk_without_the_joining_secret_says_so(store):
    (store.folder() / "joining" / "secret").unlink()
    desk = desk_of(store)
    type_code(desk, "AAAA-AAAA-AAAA")
    assert "chưa có khóa" in shown(desk)


def test_two_windows_of_one_person_are_one_attempt(store):
    first, second = desk_of(store, link(store, AN)), desk_of(store, link(store, AN))
    press(first, "kit-begin-seat")
    press(second, "kit-begin-seat")
    assert (
        first.view.attempt.id == second.view.attempt.id
        and row_at(store, seat_of(store, AN))["id"] == first.view.attempt.id
    )
