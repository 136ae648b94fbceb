from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.calendar import (
    CALENDAR_DAY,
    ProcessingTime,
    add_working_days,
    add_working_hours,
    appointment,
    form_set,
    in_force,
    is_working_day,
    next_working_day,
    next_working_start,
    working_days_before,
    working_hours_between,
)
from kit.errors import KitError

SAME_DAY = ProcessingTime(same_day=True)
days = st.dates(date(2025, 1, 2), date(2026, 11, 1))
moments = st.datetimes(datetime(2025, 1, 2), datetime(2026, 11, 1))


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2025-06-12", True),
        ("2025-06-14", False),
        ("2025-01-27", False),
        ("2025-01-31", False),
        ("2025-02-03", True),
        ("2025-04-07", False),
        ("2025-04-26", True),
        ("2025-05-02", False),
        ("2025-09-01", False),
        ("2025-09-03", True),
        ("2026-02-16", False),
        ("2026-02-20", False),
        ("2026-02-23", True),
        ("2026-04-27", False),
        ("2026-08-22", True),
        ("2026-08-31", False),
    ],
)
def test_working_days(day, working):
    assert is_working_day(date.fromisoformat(day)) is working


def test_tet_is_nine_days_off():
    assert next_working_day(date(2025, 1, 24)) == date(2025, 2, 3)
    assert next_working_day(date(2026, 2, 13)) == date(2026, 2, 23)


def test_make_up_saturday_counts():
    assert add_working_days(date(2025, 4, 25), 1) == date(2025, 4, 26)
    assert add_working_days(date(2025, 4, 25), 4) == date(2025, 5, 5)


def test_across_the_year():
    assert add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 5)


def test_unknown_year_is_said_not_guessed():
    with pytest.raises(KitError, match="2031"):
        is_working_day(date(2031, 1, 2))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2025-06-12T14:59", "2025-06-12T17:00"),
        ("2025-06-12T15:00", "2025-06-12T17:00"),
        ("2025-06-12T15:01", "2025-06-13T17:00"),
        ("2025-06-13T15:20", "2025-06-16T17:00"),
        ("2025-06-13T18:00", "2025-06-16T17:00"),
        ("2025-06-14T09:00", "2025-06-16T17:00"),
        ("2025-04-25T15:01", "2025-04-26T17:00"),
    ],
)
def test_the_rule_of_15_hours(received, due):
    assert appointment(at(received), SAME_DAY) == at(due)


@pytest.mark.parametrize(
    ("received", "n", "due"),
    [
        ("2025-06-12T08:00", 3, "2025-06-17T17:00"),
        ("2025-06-12T16:30", 3, "2025-06-17T17:00"),
        ("2025-06-12T17:00", 3, "2025-06-18T17:00"),
        ("2025-08-28T09:00", 3, "2025-09-04T17:00"),
    ],
)
def test_days_count_from_the_day_after(received, n, due):
    assert appointment(at(received), ProcessingTime(value=n)) == at(due)


def test_calendar_days_end_on_a_working_day():
    assert appointment(at("2025-06-12T09:00"), ProcessingTime(CALENDAR_DAY, 10)) == at("2025-06-23T17:00")


def test_office_opens():
    assert next_working_start(at("2025-06-12T06:00")) == at("2025-06-12T07:30")
    assert next_working_start(at("2025-06-12T11:30")) == at("2025-06-12T13:00")
    assert next_working_start(at("2025-06-13T17:00")) == at("2025-06-16T07:30")
    assert next_working_start(at("2025-06-12T09:15")) == at("2025-06-12T09:15")


def test_eight_working_hours():
    assert add_working_hours(at("2025-06-12T10:30"), 8) == at("2025-06-13T10:30")
    assert add_working_hours(at("2025-06-12T07:30"), 8) == at("2025-06-12T17:00")
    assert add_working_hours(at("2025-06-13T16:00"), 2) == at("2025-06-16T08:30")
    assert working_hours_between(at("2025-06-12T16:00"), at("2025-06-13T09:30")) == 3.0
    assert working_hours_between(at("2025-06-14T08:00"), at("2025-06-15T18:00")) == 0.0
    assert working_hours_between(at("2025-06-13T08:00"), at("2025-06-12T08:00")) == 0.0


@given(days, st.integers(0, 20))
def test_working_days_lie_between_n_and_end(start, n):
    end = add_working_days(start, n)
    between = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]
    assert sum(map(is_working_day, between)) == n


@given(st.dates(date(2025, 3, 1), date(2026, 11, 1)), st.integers(1, 20))
def test_working_days_back_are_as_many_as_working_days_on(end, n):
    start = working_days_before(end, n)
    assert is_working_day(start)
    assert add_working_days(start, n) == (end if is_working_day(end) else next_working_day(end))


@given(moments, st.integers(1, 30 * 60))
def test_hours_there_and_back(moment, minutes):
    end = add_working_hours(moment, minutes / 60)
    assert working_hours_between(moment, end) * 60 == pytest.approx(minutes)


def test_forms_change_on_15_september_2025():
    assert [form_set(date(2025, 9, 14)), form_set(date(2025, 9, 15))] == ["2018", "2025"]


def test_in_force_counts_both_ends():
    first, last = date(2025, 7, 1), date(2025, 7, 31)
    assert [in_force(first, last, date(2025, 7, d)) for d in (1, 31)] == [True, True]
    assert not in_force(first, None, date(2025, 6, 30))
    assert not in_force(None, last, date(2025, 8, 1))
    assert in_force(None, None, date(1999, 1, 1))
