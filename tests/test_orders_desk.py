"""What is ordered reaches the open desk by its pulse: paused, a notice, more time, the end, the release."""

import asyncio
import logging

import pytest

from kit.attempt import Attempt
from kit.event import REFLECTED
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
    assert say("finished.next_released", "vi") in text(desk.widget)
    shown = desk.body.children
    desk.look()
    assert desk.body.children == shown, "drawn once"


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
