"""Working days and hours in Viet Nam, promised dates, and rules in force on a date.

Pure; reads `holidays.csv` once. Working days run from Monday to Friday without public holidays; a make-up
Saturday is one too.
"""

import csv
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

from kit import home
from kit.errors import KitError

SAME_DAY_LIMIT = time(15)  # Decree 118/2025 Art 18(2), Decree 23/2015 Art 7: primary
FIRST_DAY = date(2025, 7, 1)  # the first working day of the two-level government
NEW_FORMS_FROM = date(2025, 9, 15)  # Circular 03/2025/TT-VPCP: page
WORKING_DAY, CALENDAR_DAY = "working_day", "calendar_day"
HERE = timezone(timedelta(hours=7))  # the clock on the wall in Viet Nam
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OfficeHours:
    """When the counter is open on a working day (training value)."""

    morning: tuple[time, time] = (time(7, 30), time(11, 30))
    afternoon: tuple[time, time] = (time(13), time(17))

    def on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The two open spans of a working day; none on any other day."""
        if not is_working_day(day):
            return ()
        spans = (self.morning, self.afternoon)
        return tuple((datetime.combine(day, start), datetime.combine(day, end)) for start, end in spans)


OFFICE_HOURS = OfficeHours()


@dataclass(frozen=True)
class ProcessingTime:
    """How long a procedure takes: `value` days of `unit`, `maximum` when facts must be verified."""

    unit: str = WORKING_DAY
    value: int = 0
    same_day: bool = False
    maximum: int | None = None
    confidence: str = "training"


@cache
def _special_days() -> dict[date, str]:
    with (home.datasets() / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)}


@cache
def _years() -> frozenset[int]:
    return frozenset(day.year for day in _special_days())


@cache
def is_working_day(day: date) -> bool:
    """Whether offices work on this day; raises KitError for a year that `holidays.csv` does not hold."""
    special = _special_days()
    if day.year not in _years():
        raise KitError(
            f"Chưa có lịch nghỉ lễ năm {day.year} trong datasets/holidays.csv.",
            f"datasets/holidays.csv has no public holidays for {day.year}.",
        )
    kind = special.get(day)
    return kind == "make_up_working_day" if kind else day.weekday() < 5


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    day += _ONE_DAY
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def add_working_days(start: date, n: int) -> date:
    """The n-th working day after `start`, which itself is not counted; `start` when n is 0."""
    for _ in range(n):
        start = next_working_day(start)
    return start


def working_days_before(end: date, n: int) -> date:
    """The n-th working day before `end`, which itself is not counted; `end` when n is 0."""
    for _ in range(n):
        end -= _ONE_DAY
        while not is_working_day(end):
            end -= _ONE_DAY
    return end


def next_working_start(moment: datetime, hours: OfficeHours = OFFICE_HOURS) -> datetime:
    """The first moment, now or later, at which the office is open."""
    day = moment.date()
    while True:
        for start, end in hours.on(day):
            if moment < end:
                return max(moment, start)
        day += _ONE_DAY


def add_working_hours(moment: datetime, amount: float, hours: OfficeHours = OFFICE_HOURS) -> datetime:
    """The moment by which `amount` office hours have passed; the end of a half-day, not the next start."""
    left = timedelta(hours=amount)
    moment = next_working_start(moment, hours)
    while True:
        end = next(end for start, end in hours.on(moment.date()) if start <= moment < end)
        if left <= end - moment:
            return moment + left
        left -= end - moment
        moment = next_working_start(end, hours)


def working_hours_between(start: datetime, end: datetime, hours: OfficeHours = OFFICE_HOURS) -> float:
    """Office hours from `start` to `end`; 0.0 when `end` is not later."""
    total, day = timedelta(), start.date()
    while day <= end.date():
        for opens, closes in hours.on(day):
            total += max(min(end, closes) - max(start, opens), timedelta())
        day += _ONE_DAY
    return total / timedelta(hours=1)


def appointment(received: datetime, time: ProcessingTime, hours: OfficeHours = OFFICE_HOURS) -> datetime:
    """The latest moment to promise, at closing time, for a dossier complete at `received`.

    What arrives while the office is closed counts as received when it next opens. Same-day results received
    after 15:00 come on the next working day; other times count from the day after. A calendar-day limit that
    ends on a day off moves to the next working day (memory).
    """
    opened = next_working_start(received, hours)
    return datetime.combine(_due_day(opened, time), hours.afternoon[1])


def _due_day(opened: datetime, time: ProcessingTime) -> date:
    day = opened.date()
    if time.same_day:
        return next_working_day(day) if opened.time() > SAME_DAY_LIMIT else day
    if time.unit == WORKING_DAY:
        return add_working_days(day, time.value)
    last = day + timedelta(days=time.value)
    return last if is_working_day(last) else next_working_day(last)


def long_day(day: date) -> str:
    """ngày 01 tháng 7 năm 2025: days under 10 and months under 3 with a nought, as Decree 30/2020 has it (primary)."""
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def form_set(day: date) -> str:
    """The one-stop forms: "2018" (Circular 01/2018) before 15 September 2025, then "2025" (03/2025)."""
    return "2018" if day < NEW_FORMS_FROM else "2025"


def in_force(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Whether a rule holds on `day`; both ends count, None is open."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def wall_time(at: str) -> str:
    """A stored moment (ISO, UTC) as it was on the wall; `ValueError` for what is no moment."""
    return datetime.fromisoformat(at).astimezone(HERE).strftime("%H:%M:%S %d/%m/%Y")
