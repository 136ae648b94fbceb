"""Office minutes: every moment as a number that grows only while offices are open, and back to the clock.

Made of the frozen calendar alone; the checks hold the results against `kit.calendar`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from kit.errors import KitError
from kit.world.bulk.calendar_of_ages import EPOCH
from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Flags, Integers

MORNING, AFTERNOON, HALF = 7 * 60 + 30, 13 * 60, 240  # minutes of the day; half a day (training value)
OFFICE_DAY = 2 * HALF
CLOCK_DAY = 24 * 60
AFTER_15 = HALF + 120
"""The office minute of 15:00 (Decree 118/2025 Art 18(2): primary)."""
BACK, AHEAD = 140, 150
"""Days before and after the day that the tables cover."""


@dataclass(frozen=True, eq=False)
class WorkingTime:
    """Tables around one day. `first`: their first date, in days since 1970; dates count from it.

    opens: for each clock minute the office minute at which the office is next open, or open then.
    seconds: for each office minute the moment, in seconds since 1970.
    date_of: for each working day its date; next_working: for each date the first working day from it on.
    """

    first: int
    today: int
    now: int
    working: Flags
    opens: Integers
    seconds: Integers
    date_of: Integers
    next_working: Integers
    last_working: Integers


@lru_cache(maxsize=8)
def working_time(day: date) -> WorkingTime:
    """The tables; raises KitError where the frozen calendar does not hold a year."""
    first = day.toordinal() - EPOCH - BACK
    working = _working(day - timedelta(BACK), BACK + AHEAD)
    date_of = np.flatnonzero(working).astype(np.int32)
    count = np.cumsum(working, dtype=np.int64)
    before: Integers = (count - working).astype(np.int32)
    office = np.clip(np.arange(CLOCK_DAY) - MORNING, 0, HALF) + np.clip(np.arange(CLOCK_DAY) - AFTERNOON, 0, HALF)
    opens = before[:, None] * OFFICE_DAY + np.where(working[:, None], office, 0)
    minutes = np.arange(OFFICE_DAY)
    clock = np.where(minutes < HALF, MORNING + minutes, AFTERNOON + minutes - HALF)
    seconds = ((first + date_of.astype(np.int64))[:, None] * CLOCK_DAY + clock) * 60
    return WorkingTime(
        first=first,
        today=BACK,
        now=int(count[BACK]) * OFFICE_DAY,
        working=working,
        opens=opens.ravel().astype(np.int32),
        seconds=seconds.ravel(),
        date_of=date_of,
        next_working=before,
        last_working=date_of[np.maximum(count - 1, 0)],
    )


def _working(start: date, length: int) -> Flags:
    """Whether each day from `start` is a working day: Monday to Friday without holidays, and make-up days."""
    table = frozen("calendar")
    days = [date.fromisoformat(text) for text in table.texts("date")]
    known = {one.year for one in days}
    missing = {start.year, (start + timedelta(length)).year} - known
    if missing:
        raise KitError(f"Chưa có lịch nghỉ lễ năm {min(missing)} trong datasets/frozen/calendar.csv.",
                       f"datasets/frozen/calendar.csv has no public holidays for {min(missing)}.")  # fmt: skip
    found = (np.arange(length) + start.weekday()) % 7 < 5
    for one, kind in zip(days, table.texts("kind"), strict=True):
        if 0 <= (one - start).days < length:
            found[(one - start).days] = kind == "make_up_working_day"
    return found
