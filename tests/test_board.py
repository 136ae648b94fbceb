"""The trainer's board on a real session: who is where, what is ordered through it, what it never shows as HTML."""

import base64
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from grading.coach import advise
from kit.attempt import Attempt
from kit.errors import KitError, WrongUse
from kit.event import FINISHED, ORDERED
from kit.hotwash import QUESTIONS, answer
from kit.key_store import KeyStore
from kit.notices import acknowledge
from kit.ordered import notice_code
from kit.seating import sit_down
from kit.store import EventStore
from kit.store.people import Person, Seat
from kit.trainer import board_table
from kit.trainer.audit import audit, audit_csv
from kit.trainer.board import Board
from kit.trainer.board_record import FEWEST
from kit.trainer.commands import Commands
from kit.trainer.library import notices
from kit.trainer.standing import ACTIVE, ENDED, IDLE, PAUSED, STUCK, piles, standing
from kit.trainer.watching import NOBODY_SITS, Watch
from tests.ordered_day import begun, key, look_up, order, pushed, script

HOSTILE = "<b>Ác</b> \u202e<script>alert(1)</script>"
WHO = "Trần Thị Giảng"


class Clock:
    """The server's clock, which the test may move on."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path):
    return EventStore.at(tmp_path / "attempts.sqlite")


@pytest.fixture
def keys(tmp_path):
    made = KeyStore.at(tmp_path / "keys" / "keys.sqlite")
    made.add(key())
    return made


@pytest.fixture
def board(store, keys, clock, tmp_path):
    made = Board(Watch(store, keys, clock), "vi", tmp_path / "desk.log", clock)
    made.open()
    made.controls.who.value = WHO
    return made


def started(store: EventStore, name: str = "Nguyễn Thị Tập") -> Attempt:
    attempt, _ = Attempt.start(store, store.add_script(script()), name, "assessed")
    attempt.deliver()
    return attempt


def shown(board: Board) -> str:
    return board.people.value + board.below.value


def test_the_board_shows_news_and_draws_nothing_without(board, store, clock):
    assert "Chưa có ai bắt đầu" in shown(board)
    attempt = started(store)
    assert board.look() and attempt.trainee in shown(board) and "Vừa bắt đầu" in shown(board)
    assert not board.look()
    look_up(attempt)
    assert board.look() and "Tra cứu" in shown(board) and not board.look()
    clock.ahead = timedelta(seconds=30)
    assert board.look(), "minutes are drawn again though nothing happened"


def test_whoever_has_not_begun_stands_on_the_board(board, store):
    number = store.add_script(script())
    store.people.add([Person("HV-1", HOSTILE, "26740")], [Seat("HV-1", "04-one-stop-counter", number, "assessed")])
    started(store)
    board.look()
    assert "Chưa bắt đầu" in shown(board) and "<script>" not in shown(board) and "&lt;script&gt;" in shown(board)


def test_people_are_found_by_name_code_unit_and_group_without_marks(board, store):
    number = store.add_script(script())
    people = [Person("HV-1", "Nguyễn Thị Đào", "26740", working_group="Tổ 3"), Person("HV-2", "Trần Văn Ba", "27238")]
    store.people.add(people, [Seat(one.code, "04-one-stop-counter", number, "assessed") for one in people[:1]])
    store.people.add([], [Seat("HV-2", "04-one-stop-counter", number, "assessed", "to-1", "reception")])
    one, two = started(store, "Lê Đức Hai"), started(store, "Phạm Văn Tư")
    board.look()
    for words, found in (("dao hv-1", "Đào"), ("sai gon to 3", "Đào"), ("27238", "Văn Ba"), ("duc", "Đức Hai")):
        board.controls.wanted.value = words
        names = [name for name in ("Đào", "Văn Ba", "Đức Hai", "Văn Tư") if name in board.people.value]
        assert names == [found], words
    assert [name for _, name in board.controls.attempts.options] == [one.id]
    board.controls.attempts.value = (one.id,)
    board.controls.wanted.value = "tu"
    assert [name for _, name in board.controls.attempts.options] == [one.id, two.id], "what is chosen stays"
    assert board.controls.attempts.value == (one.id,)
    board.controls.wanted.value = HOSTILE
    assert "Không có ai khớp" in board.people.value and "<script>" not in shown(board)


def test_a_team_is_shown_and_found_by_its_people(board, store):
    team = [Person("HV-1", "Nguyễn Thị Đào", "26740"), Person("HV-2", "Trần Văn Ba", "26740")]
    number = store.add_script(script())
    store.people.add(team, [Seat(one.code, "04-one-stop-counter", number, "assessed", "to-1") for one in team])
    first, second = (sit_down(store, store.people.seats(one.code)[0], one) for one in team)
    first.deliver()
    board.controls.give("push")
    first.refresh()
    second.refresh()
    acknowledge(second, "TB-T001", HOSTILE)
    board.look()
    assert "Nguyễn Thị Đào, Trần Văn Ba · Phường Sài Gòn" in board.people.value
    assert "đã đọc 1/2" in board.below.value and "Chưa đọc: Nguyễn Thị Đào" in board.below.value
    assert re.search("<td>Trần Văn Ba</td><td>[^<]+</td><td>&lt;b&gt;", board.below.value)
    board.controls.wanted.value = "ba"
    assert "to-1" in board.people.value
    assert "Không có ai khớp" not in board.people.value and "<script>" not in shown(board)


@pytest.mark.parametrize(("playing", "shown_lines"), [(0, 2), (1, 2), (3, 2)])
def test_more_people_than_a_page_holds_are_counted_and_found(board, store, monkeypatch, playing, shown_lines):
    monkeypatch.setattr(board_table, "MOST_PEOPLE", 2)
    number = store.add_script(script())
    people = [Person(f"HV-{n}", f"Người {n}", "26740") for n in range(3)]
    store.people.add(people, [Seat(one.code, "04-one-stop-counter", number, "assessed") for one in people])
    for n in range(playing):
        started(store, f"Học viên {n}")
    board.look()
    assert board.people.value.count("<tr class=") == shown_lines
    assert f"Còn {3 + playing - shown_lines} dòng nữa" in board.people.value
    board.controls.wanted.value = "hv-2"
    assert board.people.value.count("<tr class=") == 1 and "Người 2" in board.people.value


def test_hostile_names_are_text_everywhere(board, store):
    attempt = started(store, HOSTILE)
    board.look()
    board.controls.why.value = HOSTILE
    board.controls.order("pause")
    attempt.refresh()
    board.look()
    assert "<script>" not in shown(board) + board.notice.value and "\u202e" not in shown(board)
    assert any("Ác" in label and "\u202e" not in label for label, _ in board.controls.attempts.options)


def test_an_order_through_the_board_reaches_whom_it_is_for(board, store):
    one, two = started(store), started(store, "Lê Văn Hai")
    board.look()
    controls = board.controls
    controls.scope.value, controls.attempts.value = "some", (two.id,)
    controls.why.value = "nghỉ giữa giờ"
    controls.order("pause")
    assert not one.refresh() and two.refresh() and two.state.orders.paused and not one.state.orders.paused
    assert (two.events[-1].actor, two.events[-1].given["why"]) == (WHO, "nghỉ giữa giờ")
    board.look()
    assert "Tạm dừng" in board.people.value and "Đã ra lệnh" in board.notice.value


def test_injects_are_ordered_by_the_scenarios_name_and_for_each_attempt_apart(board, store):
    one, two = started(store), started(store, "Lê Văn Hai")
    board.look()
    board.controls.inject.value = ("04-one-stop-counter", "m05")
    board.controls.order("now")
    for attempt in (one, two):
        attempt.refresh()
        assert "m05" in attempt.state.delivered
    board.look()
    assert ("04-one-stop-counter", "m05") not in [name for _, name in board.controls.inject.options]


def test_what_cannot_be_taken_back_is_asked_first(board, store):
    attempt = started(store)
    board.look()
    board.controls.why.value = "hết giờ"
    board.controls.order("close")
    assert not attempt.refresh() and len(board.controls.question.children) == 2
    board.controls.give("close")
    assert attempt.refresh() and attempt.state.finished and not board.controls.question.children


def test_what_is_missing_is_told_before_the_question_and_who_has_ended_is_not_counted(board, store):
    attempts = [started(store, name) for name in ("Nguyễn Văn An", "Lê Thị Đào", "Trần Văn Cao")]
    attempts[0].finish()
    board.look()
    assert not board.guard.run(lambda: board.controls.order("close"))
    assert "lý do" in board.notice.value and not board.controls.question.children
    board.controls.why.value = "hết giờ"
    board.controls.order("close")
    assert "Kết thúc 2 lượt" in board.controls.question.children[0].value
    board.controls.inject.value = next(name for _, name in board.controls.inject.options)
    board.controls.order("skip")
    assert {one.attempt for one in store.orders.after(0)} == {one.id for one in attempts[1:]}


def test_people_are_listed_by_given_name_as_vietnamese_lists_are(board, store):
    for name in ("Nguyễn Văn Yên", "Đỗ Thị Ân", "Lê Văn Đạt", "Trần Thị Dung"):
        started(store, name)
    board.look()
    ordered = ["Đỗ Thị Ân", "Trần Thị Dung", "Lê Văn Đạt", "Nguyễn Văn Yên"]
    assert [label.split(" · ")[0] for label, _ in board.controls.attempts.options] == ordered
    assert sorted(ordered, key=board.people.value.index) == ordered


def test_what_nobody_sits_at_is_ended_by_the_board(board, store, clock):
    attempt = started(store)
    board.look()
    board.controls.why.value = "hết giờ"
    board.controls.give("close")
    board.look()
    assert store.read(attempt.id)[-1].kind != FINISHED
    clock.ahead = NOBODY_SITS + timedelta(seconds=1)
    assert board.look()
    assert [event.kind for event in store.read(attempt.id)[-2:]] == [ORDERED, FINISHED]
    assert "Đã kết thúc" in board.people.value
    with pytest.raises(WrongUse):
        look_up(attempt)


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        ("pause", {"who": ""}, "2 đến 80"), ("extend", {"why": ""}, "lý do"), ("close", {"why": ""}, "lý do"),
        ("pause", {"scope": "some"}, "ít nhất một lượt"), ("skip", {}, "ít nhất một lượt"),
    ],
)  # fmt: skip
def test_an_order_that_may_not_be_is_told_and_stores_nothing(board, store, kind, change, says):
    for name, value in change.items():
        getattr(board.controls, name).value = value
    assert not board.guard.run(lambda: board.controls.give(kind))
    assert says in board.notice.value and store.orders.after(0) == []


def test_minutes_and_notices_from_a_page_are_checked_again(store):
    commands = Commands(store)
    for kind, body in (
        ("delay", {"minutes": 0}), ("extend", {"minutes": 10**9, "why": "x"}), ("extend", {"minutes": "5", "why": "x"}),
        ("push", {"notice": "../etc"}), ("explode", {}), ("pause", {"why": "x" * 301}),
    ):  # fmt: skip
        with pytest.raises(WrongUse):
            commands.give(kind, None, WHO, body)
    assert store.orders.after(0) == []


def test_a_friction_is_pushed_to_all_and_every_notice_of_the_library_is_whole(board, store):
    attempt = started(store)
    board.look()
    board.controls.notice.value = "weak-line"
    board.controls.order("push")
    attempt.refresh()
    record = attempt.state.records["TB-T001"]
    assert (record["kind"], record["title"]) == ("notice", "Mất đường truyền mạng")
    assert len(notices()) >= 12 and {one.friction["confidence"] for one in notices().values()} >= {"seed", "page"}
    for notice in notices().values():
        assert all(text[one].strip() for text in (notice.sender, notice.title, notice.says) for one in ("vi", "en"))
        assert not {"right_reaction", "basis"} & notice.record().keys(), "the trainee is not told what to do"


def test_two_of_one_name_who_answer_a_notice_in_the_same_moment_are_both_shown(board, store):
    moment = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)
    number = order(store, "push", **pushed())
    for said in ("đã rõ", "chưa rõ"):
        attempt, _ = Attempt.start(store, store.add_script(script()), "Nguyễn Thị Tập", clock=lambda: moment)
        attempt.deliver()
        acknowledge(attempt, notice_code(number), said)
    board.look()
    rows = re.findall(r"<td>Nguyễn Thị Tập</td><td>([^<]+)</td><td>([^<]+)</td>", shown(board))
    assert sorted(rows) == [("08:00:00 01/07/2025", text) for text in ("chưa rõ", "đã rõ")]


def test_standings_follow_the_log_and_the_real_clock(store, clock):
    attempt = begun(store)
    look_up(attempt)
    now = clock()
    assert standing(attempt, now).state == ACTIVE
    assert standing(attempt, now + timedelta(minutes=6)).state == IDLE
    for _ in range(3):
        attempt.act("onestop", "refuse", "H1", {})
    stands = standing(attempt, now)
    assert (stands.state, stands.refused, stands.brought) == (STUCK, 3, 1)
    Commands(store).give("pause", None, WHO, {"why": "nghỉ"})
    attempt.refresh()
    assert standing(attempt, now).state == PAUSED
    Commands(store).give("resume", [attempt], WHO, {})
    attempt.finish()
    assert standing(attempt, now).state == ENDED


def test_piles_count_what_is_open_over_all_attempts(store):
    attempts = [begun(store) for _ in range(3)]
    attempts[0].wait()
    attempts[0].deliver()
    assert piles(attempts) == [("04-one-stop-counter", "waiting", 5, 3)]


def test_a_score_has_the_comma_of_vietnamese(board, store):
    attempt = started(store)
    look_up(attempt)
    board.look()
    points = f"{board.watch.attempts[attempt.id].evaluation.score:g}"
    assert "." in points and points.replace(".", ",") in shown(board) and points not in shown(board)


def test_only_attempts_with_news_are_reckoned_again(store, keys, clock):
    one, two = started(store), started(store, "Lê Văn Hai")
    watch = Watch(store, keys, clock)
    watch.look()
    before = [watch.attempts[attempt.id].evaluation for attempt in (one, two)]
    look_up(one)
    assert watch.look()
    after = [watch.attempts[attempt.id].evaluation for attempt in (one, two)]
    assert after[1] is before[1] and after[0].score > before[0].score


def test_one_broken_log_stops_nothing(board, store):
    import sqlalchemy as sql

    one, two = started(store), started(store, "Lê Văn Hai")
    board.look()
    look_up(one)
    with store.engine.begin() as connection:
        connection.execute(sql.text("update events set body = '{}' where attempt = :a and seq = 2"), {"a": one.id})
    look_up(two)
    assert board.look() and "1 lượt không đọc được" in board.people.value and "Lê Văn Hai" in board.people.value


def test_every_order_is_in_the_audit_with_who_and_why(board, store):
    attempt = started(store)
    board.look()
    board.controls.why.value = "=HYPERLINK(1)"
    board.controls.order("pause")
    attempt.refresh()
    board.look()
    ((number, _, who, order, whom, _, why, followed),) = audit(board.watch, "vi")
    assert (number, who, order, whom, why, followed) == ("1", WHO, "Tạm dừng", "Tất cả", "=HYPERLINK(1)", "1")
    assert board.controls.why.value == "", "the next order is not given for the last one's reason"
    assert b",'=HYPERLINK(1)," in audit_csv(board.watch, "vi")
    linked = re.search('base64,([^"]+)', board.below.value)
    assert linked and base64.b64decode(linked[1]) == audit_csv(board.watch, "vi")


def test_an_order_names_the_situation_as_the_trainer_chose_it_in_both_languages(store, tmp_path, clock):
    keys, named = KeyStore.at(tmp_path / "keys.sqlite"), {"vi": "Giấy tờ đến muộn", "en": "A paper comes late"}
    truths, injects = {"m02": "late", "m05": "late"}, key().injects | {"m05": "s09"}
    keys.add(replace(key(), injects=injects, truths=truths, names={"late": named}))
    board = Board(Watch(store, keys, clock), "vi", tmp_path / "desk.log", clock)
    started(store)
    board.open()
    board.controls.who.value, board.controls.inject.value = WHO, ("04-one-stop-counter", "s09")
    assert "04 · s09 · Giấy tờ đến muộn" in [label for label, _ in board.controls.inject.options]
    board.controls.order("delay")
    board.look()
    assert [audit(board.watch, one)[0][5] for one in ("vi", "en")] == [
        "s09 · Giấy tờ đến muộn · +15 phút", "s09 · A paper comes late · +15 min"
    ]  # fmt: skip
    (one,) = board.watch.attempts.values()
    assert one.situation("m02-back", "vi").endswith(" · Sau thao tác: Tra cứu dân cư")
    assert "s09 · Giấy tờ đến muộn" in board.below.value and "m05" not in board.below.value


def test_nothing_assessed_is_told_before_release(board, store, keys):
    attempt = started(store)
    attempt.finish()
    with pytest.raises(KitError):
        advise(store, keys, attempt.id, "vi")
    board.look()
    board.controls.give("release")
    assert advise(store, keys, attempt.id, "vi")["findings"]
    assert "đã công bố" in board.people.value and store.read(attempt.id) == attempt.events


def test_a_released_result_is_told_once_and_again_where_it_changes(board, store):
    ended, running = started(store), started(store, "Lê Văn Hai")
    look_up(ended)
    ended.finish()
    board.look()
    assert store.orders.after(0) == []
    board.controls.give("release")
    board.look()

    def told(attempt):
        return [one.body["result"] for one in store.orders.after(0, attempt.id) if one.attempt == attempt.id]

    (result,) = told(ended)
    assert result.keys() == {"score", "rating", "passed", "mark", "lowest", "highest"}, "nothing else of a key"
    assert result["score"] > 0 and told(running) == []
    running.finish()
    for _ in range(3):
        board.look()
    assert len(told(running)) == 1 and len(told(ended)) == 1
    assert [row[7] for row in audit(board.watch, "vi")] == ["2"], "for whom it holds; what is told is no order"
    ended.append([{"kind": FINISHED}])
    board.look()
    assert len(told(ended)) == 1, "news that change no result"


def test_the_hot_wash_is_read_together_and_never_by_name(board, store):
    for number in range(FEWEST):
        attempt = started(store, f"Người {number}")
        with pytest.raises(WrongUse):
            answer(store, attempt, {"well": "sớm quá"})
        attempt.finish()
        answer(store, attempt, {"well": f"{HOSTILE} {number}", "badly": "x" * 1000})
        with pytest.raises(WrongUse):
            answer(store, attempt, {"well": "lần nữa"})
        board.look()
        assert (f"{number}</li>" in board.below.value) == (number == FEWEST - 1)
    assert "<script>" not in board.below.value and "Người" not in board.below.value
    kept = store.hotwash.all()
    assert len(kept) == FEWEST and all(said.keys() <= set(QUESTIONS) for _, said in kept)
    assert "Ác" not in "".join(str(event.given) for row in store.attempts() for event in store.read(row["id"]))


def test_the_board_speaks_english_and_keeps_what_was_entered(board, store):
    attempt = started(store)
    board.look()
    board.controls.scope.value, board.controls.attempts.value, board.controls.why.value = "some", (attempt.id,), "x"
    board.controls.wanted.value = "tap"
    board.speak("en")
    assert board.controls.wanted.value == "tap" and "Find people" in board.controls.wanted.description
    assert (board.controls.who.value, board.controls.attempts.value) == (WHO, (attempt.id,))
    assert "Score so far" in board.people.value and "Give more time" in str(
        [one.description for box in board.controls.widget.children for part in box.children
         for one in getattr(part, "children", ())]
    )  # fmt: skip
