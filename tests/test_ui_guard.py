"""The guard: whatever a callback does, people read a sentence and nothing runs twice."""

import logging

import ipywidgets as widgets
import pytest

from kit.errors import NotFound
from kit.ui.guard import Guard, desk_log


class Clock:
    """A clock that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def log(tmp_path):
    handler = logging.FileHandler(tmp_path / "desk.log", delay=True)
    logger = logging.getLogger(f"test.{tmp_path.name}")
    logger.addHandler(handler)
    yield logger
    handler.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guard(told, log, clock) -> Guard:
    return Guard(told.append, lambda: "vi", log, clock)


def fail():
    raise NotFound("Không có hồ sơ.", "No record.")


def crash():
    raise ZeroDivisionError("a secret detail")


def test_a_kit_error_is_told_in_the_language(guard, told, log):
    guard(fail)(widgets.Button())
    Guard(told.append, lambda: "en", log)(fail)(widgets.Button())
    assert told == ["Không có hồ sơ.", "No record."]


def test_any_other_error_gives_a_number_that_the_log_explains(guard, told, tmp_path):
    guard(crash)(widgets.Button())
    written = (tmp_path / "desk.log").read_text()
    number = written.split("[")[1].split("]")[0]
    assert number in told[0]
    assert "secret" not in told[0]
    assert "ZeroDivisionError: a secret detail" in written


def test_a_button_is_disabled_while_its_callback_runs(guard):
    button, seen = widgets.Button(), []
    guard(lambda: seen.append(button.disabled))(button)
    assert seen == [True]
    assert button.disabled is False


@pytest.mark.parametrize(("after", "times"), [(0.01, 1), (0.1, 2)])
def test_after_a_slow_answer_only_a_click_that_had_queued_up_is_lost(guard, clock, after, times):
    calls = []

    def slow():
        calls.append(1)
        clock.now += 2

    click = guard(slow, calm=0.5)
    click(widgets.Button())
    clock.now += after
    click(widgets.Button())
    assert len(calls) == times


@pytest.mark.parametrize(("pause", "times"), [(0.2, 1), (0.6, 2)])
def test_the_second_click_of_a_double_click_is_not_heard(guard, clock, pause, times):
    calls: list[int] = []
    click = guard(lambda: calls.append(1), calm=0.5)
    click(widgets.Button())
    clock.now += pause
    click(widgets.Button())
    assert len(calls) == times


def test_the_result_says_whether_it_ended_well(guard):
    assert guard.run(lambda: None) is True
    assert guard.run(fail) is False


def test_the_log_file_is_opened_once(tmp_path):
    first = desk_log(tmp_path / "a.log")
    assert desk_log(tmp_path / "a.log") is first
    assert sum(isinstance(handler, logging.FileHandler) for handler in first.handlers) == 1
