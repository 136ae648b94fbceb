"""The moments of dossiers: each state a number of office minutes after the one before, so none goes backwards."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from kit.world.bulk.applicants import WINDOW
from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.slots import slot_table
from kit.world.bulk.working_time import AFTER_15, CLOCK_DAY, OFFICE_DAY, WorkingTime

RETURNED, SUPPLEMENT, FINANCIAL, WITHDRAWN, STOPPED, REFUSED, CLOSED = range(7)
"""Rows of dossier_paths.csv."""
CLOSES_AFTER = 15 * OFFICE_DAY  # a dossier that is not completed: Decree 118/2025 Art 19(5), here in working days
LONGEST_SUPPLEMENT, WITHOUT_LIMIT = 10, 15  # working days: training values
NEVER = 2**30


@dataclass(frozen=True, eq=False)
class Moments:
    """Office minutes of each state, NEVER where the path does not lead there; `due` is a working day."""

    asked: Integers
    received: Integers
    refused: Integers
    processing: Integers
    financial: Integers
    withdrawn: Integers
    stopped: Integers
    processed: Integers
    returned: Integers
    due: Integers


@dataclass(frozen=True, eq=False)
class Filed:
    """Clock minutes since the first date of the tables at which dossiers were handed in or sent."""

    minute: Integers
    online: Flags


def filed(time: WorkingTime, drawn: tuple[Integers, Integers], room: Integers, online: Flags) -> Filed:
    """Online at any hour, else in office hours of a working day; `room`: among how many days back."""
    day = time.today - ((drawn[0] * np.minimum(room, WINDOW)) >> 16)
    office = (drawn[1] * OFFICE_DAY) >> 16
    start = time.seconds[:OFFICE_DAY] // 60 % CLOCK_DAY
    sent = _hours().take(drawn[1] >> 4) * 60 + ((drawn[1] & 15) * 60 >> 4)
    minute = np.where(online, sent, start.take(office))
    return Filed(np.where(online, day, time.last_working.take(day)) * CLOCK_DAY + minute, online)


def moments(time: WorkingTime, at: Filed, path: Integers, procedure: Integers, drawn: Integers) -> Moments:
    """drawn: rows of 16-bit numbers for delays (two of 8 bits in each of the first two), duration and lateness."""
    opened = time.opens.take(at.minute)
    answered = opened + np.where(at.online, (drawn[0] >> 8) * OFFICE_DAY >> 8, 0)
    asked = (path == SUPPLEMENT) | (path == CLOSED)
    gap = np.where(asked, OFFICE_DAY // 4 + ((drawn[2] * (LONGEST_SUPPLEMENT * OFFICE_DAY)) >> 16), 0)
    received = answered + gap
    due = due_days(time, received, procedure)
    processing = received + 5 + (drawn[1] & 255)
    done, after = _done(processing, due, drawn), (drawn[1] >> 8) * (2 * OFFICE_DAY) >> 8
    accepted = (path != REFUSED) & (path != CLOSED)
    ends = accepted & (path != WITHDRAWN) & (path != STOPPED)
    middle = processing + ((done - processing) >> 1)

    def when(applies: Flags, moment: Integers) -> Integers:
        return np.where(applies, moment, NEVER)

    return Moments(
        asked=when(asked, answered), received=when(accepted, received), refused=when(path == REFUSED, answered),
        processing=when(accepted, processing), financial=when(path == FINANCIAL, middle),
        withdrawn=when(path == WITHDRAWN, middle),
        stopped=np.where(path == CLOSED, answered + CLOSES_AFTER, when(path == STOPPED, middle)),
        processed=when(ends, done), returned=when(ends, done + after), due=due,
    )  # fmt: skip


def due_days(time: WorkingTime, received: Integers, procedure: Integers) -> Integers:
    """The working day on which each result is due; WITHOUT_LIMIT days where no time can be given."""
    limits = _limits()
    day = received // OFFICE_DAY
    late = limits.same_day.take(procedure) & (received - day * OFFICE_DAY > AFTER_15)
    value = limits.value.take(procedure)
    ends = time.next_working.take(time.date_of.take(day) + value)
    return np.where(limits.calendar.take(procedure), ends, day + value + late)


def _done(processing: Integers, due: Integers, drawn: Integers) -> Integers:
    """Mostly before the office closes on the due day; some one to four days later."""
    room = np.maximum((due + 1) * OFFICE_DAY - 1 - processing, 1)
    late = (drawn[3] & 255) < share("late") * 256 // 1_000
    extra = np.where(late, room + OFFICE_DAY + ((drawn[3] >> 8) * (3 * OFFICE_DAY) >> 8), (drawn[2] * room) >> 16)
    done: Integers = processing + extra
    return done


@dataclass(frozen=True, eq=False)
class Limits:
    """One row for each procedure."""

    value: Integers
    same_day: Flags
    calendar: Flags
    given: Flags


@cache
def _limits() -> Limits:
    table = frozen("dossier_procedures")
    units = np.array(table.texts("time_unit"))
    return Limits(
        value=np.where(units == "", WITHOUT_LIMIT, table.integers("time_value")).astype(np.int32),
        same_day=table.integers("same_day").astype(bool),
        calendar=units == "calendar_day",
        given=units != "",
    )


def has_limit(procedure: Integers) -> Flags:
    """Whether a time is given for the procedure."""
    found: Flags = _limits().given.take(procedure)
    return found


@cache
def _hours() -> Integers:
    return slot_table(frozen("dossier_hours").integers("weight"), 4_096).astype(np.int32)


@cache
def share(name: str) -> int:
    """A share of desk_shares.csv."""
    table = frozen("desk_shares")
    return int(table.integers("value")[table.texts("share").index(name)])
