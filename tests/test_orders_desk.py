"""What is ordered reaches the open desk by its pulse: paused, a notice, more time, the end, the release."""

import asyncio
import logging

import pytest

from kit.attempt import Attempt
from kit.errors import WrongUse
from kit.event import ACKNOWLEDGED, REFLECTED
from kit.hotwash import answer
from kit.notices import MOST, acknowledge
from kit.store import EventStore
from kit.ui.coach import Coach
from kit.ui.desk import Desk
from kit.ui.pulse import Pulse
from kit.words import say
from tests.ordered_day import order, pushed, script

HOSTILE = "<script>alert(1)</script> \u202e"


@pytest.fixture
def store(tmp_path):
    return EventStore.at(tmp_path / "attempts.sqlite")


def opened(store: EventStore, tmp_path, mode: str = "assessed") -> Desk:
    _, token = Attempt.start(store, store.add_script(script()), "Nguyễn Thị Tập", mode)
    return Desk(store, "vi", tmp_path / "desk.log", Coach("")).open(f"luot={token}")


def text(widget) -> str:
    """Everything that a page says."""
    own = [str(getattr(widget, name, "")) for name in ("value", "description")]
    return "\n".join((*own, *(text(child) for child in getattr(widget, "children", ()))))


def test_nothing_is_drawn_while_nothing_is_new(store, tmp_path):
    desk = opened(store, tmp_path)
    before = desk.page.ordered.value, desk.page.log.value
    desk.look()
    assert (desk.page.ordered.value, desk.page.log.value) == before == ("", before[1])


def test_a_pause_is_seen_and_clicks_are_refused_with_a_sentence(store, tmp_path):
    desk = opened(store, tmp_path)
    order(store, "pause", why=HOSTILE)
    desk.look()
    assert "tạm dừng" in desk.page.ordered.value and "&lt;script&gt;" in desk.page.ordered.value
    assert "<script>" not in text(desk.widget) and "\u202e" not in text(desk.widget)
    seq = desk.view.attempt.state.seq
    assert not desk.guard.run(desk.page.wait) and "chưa được lưu" in desk.page.notice.value
    assert desk.view.attempt.state.seq == seq == len(store.read(desk.view.attempt.id)) - 1
    order(store, "resume")
    desk.look()
    assert desk.page.ordered.value == "" and desk.guard.run(desk.page.wait)


def test_a_notice_lies_in_the_queue_and_reads_in_both_languages(store, tmp_path):
    desk = opened(store, tmp_path)
    order(store, "push", **pushed())
    desk.look()
    assert "Mất mạng" in text(desk.page.queue.widget) and "Mất mạng" in desk.page.notice.value
    desk.page.choose("TB-T001")
    assert "chữ" in desk.page.dossier.top.value and say("ordered.to_know", "vi") in text(desk.page.panel.widget)
    assert "0/1" in text(desk.page.header.widget), "a notice is no matter to be handled"
    desk.speak("en")
    assert "No network" in text(desk.widget) and "Notice" in desk.page.dossier.top.value


def test_a_notice_is_read_in_the_log_before_the_screen_says_so(store, tmp_path):
    desk = opened(store, tmp_path)
    order(store, "push", **pushed())
    order(store, "pause")
    desk.look()
    desk.page.choose("TB-T001")
    moment, (_, entry, send) = desk.view.attempt.state.moment, desk.page.panel.widget.children
    entry.children[0].value = HOSTILE
    send.click()
    said = store.read(desk.view.attempt.id)[-1]
    assert (said.kind, said.record, said.actor) == (ACKNOWLEDGED, "TB-T001", "Nguyễn Thị Tập")
    assert said.given["text"] == HOSTILE.replace("\u202e", "").strip() and desk.view.attempt.state.moment == moment
    assert say("notice.stored", "vi") in desk.page.notice.value and "T001" in desk.page.log.value
    shown = text(desk.page.panel.widget)
    assert "Đã đọc lúc" in shown and "&lt;script&gt;" in shown and "<script>" not in shown and "\u202e" not in shown
    again = Desk(store, "vi", tmp_path / "desk.log", Coach("")).open(f"luot={desk.view.token}")
    assert not next(one for one in again.page.queue.cards.values() if one.id == "TB-T001").widget._dom_classes.count(
        "kit-unread"
    ), "read stays read"


def test_what_no_notice_takes_is_refused_and_stored_nowhere(store, tmp_path):
    book = opened(store, tmp_path).view.attempt
    order(store, "push", **pushed())
    book.refresh()
    for record, said, why in (("H1", "", "no answers"), ("TB-T001", "x" * 1001, "1,000")):
        with pytest.raises(WrongUse, match=why):
            acknowledge(book, record, said)
    acknowledge(book, "TB-T001")
    with pytest.raises(WrongUse, match="You have read"):
        acknowledge(book, "TB-T001", " ")
    for number in range(MOST - 1):
        acknowledge(book, "TB-T001", f"trả lời {number}")
    with pytest.raises(WrongUse, match="five times"):
        acknowledge(book, "TB-T001", "nữa")
    book.finish()
    with pytest.raises(WrongUse, match="no answers"):
        acknowledge(book, "TB-T001", "muộn")
    assert sum(event.kind == ACKNOWLEDGED for event in store.read(book.id)) == MOST


def test_a_mates_word_of_having_read_disturbs_nobodys_work(store, tmp_path):
    desk = opened(store, tmp_path)
    order(store, "push", **pushed())
    desk.look()
    mate = Attempt(store, store.attempts()[0])
    mate.actor = "HV-2"
    acknowledge(mate, "TB-T001")
    assert desk.guard.run(desk.page.wait), "a deed of mine is not stale for it"
    desk.page.choose("TB-T001")
    assert "Đã đọc lúc" not in text(desk.page.panel.widget), "it is the mate who has read it"


def test_more_time_and_an_inject_at_once_are_told(store, tmp_path):
    desk = opened(store, tmp_path)
    order(store, "extend", minutes=20)
    order(store, "now", desk.view.attempt.id, inject="m05")
    desk.look()
    assert "20 phút" in desk.page.ordered.value and "H5" in desk.page.notice.value
    assert "H5" in text(desk.page.queue.widget)


def test_the_end_and_the_release_come_to_an_open_desk(store, tmp_path):
    desk = opened(store, tmp_path)
    order(store, "close")
    desk.look()
    assert "Giảng viên kết thúc lượt này" in text(desk.widget) and say("finished.next_assessed", "vi") in text(
        desk.widget
    )
    before = desk.body.children
    desk.look()
    assert desk.body.children == before
    order(store, "release")
    desk.look()
    assert say("finished.next_released_silent", "vi") in text(desk.widget), "a desk without keys promises no feedback"
    result = {"score": 39.81, "lowest": 39.81, "highest": 39.81, "rating": "U", "passed": False, "mark": 70}
    order(store, "release", desk.view.attempt.id, result=result)
    desk.look()
    assert "39,81/100 điểm · Chưa đạt (ngưỡng 70) · U - " in text(desk.widget)
    shown = desk.body.children
    desk.look()
    assert desk.body.children == shown, "drawn once"
    order(store, "release", desk.view.attempt.id, result={**result, "highest": 52.5, "rating": "?", "passed": None})
    desk.look()
    assert "từ 39,81 đến 52,5 điểm" in text(desk.widget) and "Chưa đạt" not in text(desk.widget)


def test_a_desk_opened_while_paused_or_after_the_end_shows_it(store, tmp_path):
    _, token = Attempt.start(store, store.add_script(script()), "Nguyễn Thị Tập", "practice")
    order(store, "pause", store.attempts()[0]["id"])
    desk = Desk(store, "vi", tmp_path / "desk.log", Coach("")).open(f"luot={token}")
    assert "tạm dừng" in desk.page.ordered.value
    order(store, "close", store.attempts()[0]["id"])
    assert "Đã kết thúc" in text(Desk(store, "vi", tmp_path / "desk.log", Coach("")).open(f"luot={token}").widget)


def test_the_hot_wash_keeps_what_was_typed_and_is_sent_once(store, tmp_path):
    desk = opened(store, tmp_path)
    desk.page.finish()
    assert not desk.guard.run(desk.asked.send) and "ít nhất một câu" in desk.asked.notice.value
    desk.asked.draft["well"] = HOSTILE
    desk.speak("en")
    assert HOSTILE in text(desk.asked.widget), "typed text stays"
    assert desk.guard.run(desk.asked.send) and "received" in text(desk.asked.widget)
    assert [event.kind for event in desk.view.attempt.events].count(REFLECTED) == 1
    assert store.hotwash.all() == [("04-one-stop-counter", {"well": HOSTILE.replace("\u202e", "").strip()})]
    assert not desk.guard.run(desk.asked.send) and len(store.hotwash.all()) == 1


def test_in_a_team_everybody_answers_the_hot_wash_once(store, tmp_path):
    desk = opened(store, tmp_path)
    desk.page.finish()
    mate = Attempt(store, store.attempts()[0])
    mate.actor = "HV-2"
    answer(store, mate, {"well": "của người cùng nhóm"})
    desk.asked.draft["well"] = "của tôi"
    assert desk.guard.run(desk.asked.send) and len(store.hotwash.all()) == 2
    with pytest.raises(WrongUse):
        answer(store, mate, {"well": "lần nữa"})


def test_a_pulse_goes_on_after_a_look_that_failed_and_starts_once(caplog):
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 1:
            raise ValueError("một lần")

    async def live() -> None:
        pulse = Pulse(look, logging.getLogger("pulse"), 0.001)
        pulse.start()
        first = pulse.task
        pulse.start()
        assert pulse.task is first
        while len(looks) < 4:
            await asyncio.sleep(0.001)
        pulse.stop()
        await asyncio.sleep(0.005)
        count = len(looks)
        await asyncio.sleep(0.01)
        assert len(looks) == count

    Pulse(look, logging.getLogger("pulse")).start()  # no loop: nothing happens
    assert not looks
    asyncio.run(live())
    assert sum("một lần" in str(record.exc_info) for record in caplog.records) == 1
