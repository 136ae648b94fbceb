"""The moments of dossiers: each state a number of office minutes after the one before, so none goes backwards."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.slots import slot_table
from kit.world.bulk.working_time import AFTER_15, CLOCK_DAY, OFFICE_DAY, WorkingTime

RETURNED, SUPPLEMENT, FINANCIAL, WITHDRAWN, STOPPED, REFUSED, CLOSED = range(7)
"""Rows of dossier_paths.csv."""
CLOSES_AFTER = 15 * OFFICE_DAY  # a dossier that is not completed: Decree 118/2025 Art 19(5), here in working days
LONGEST_SUPPLEMENT, WITHOUT_LIMIT = 10, 15  # working days: training values
NEVER = 2**30


STATES = {"filed": 1, "asked": 5, "received": 2, "refused": 3, "processing": 4, "financial": 6, "withdrawn": 7,
          "stopped": 8, "processed": 9, "returned": 10}  # fmt: skip
"""Numbers of the states in the order in which dossiers come to them."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Office minutes of each state.

    often: for each dossier, NEVER where its path does not lead there.
    rare: the rows of the few that are led there, and their minutes.
    due: working days.
    """

    often: dict[str, Integers]
    rare: dict[str, tuple[Integers, Integers]]
    due: Integers


@dataclass(frozen=True, eq=False)
class Filed:
    """Clock minutes since the first date of the tables at which dossiers were handed in or sent."""

    minute: Integers
    online: Flags


def filed(time: WorkingTime, drawn: tuple[Integers, Integers], room: Integers, online: Flags) -> Filed:
    """Online at any hour, else in office hours of a working day; `room`: among how many days back."""
    day = time.today - ((drawn[0] * room) >> 16)
    office = (drawn[1] * OFFICE_DAY) >> 16
    start = time.seconds[:OFFICE_DAY] // 60 % CLOCK_DAY
    sent = _hours().take(drawn[1] >> 4) * 60 + ((drawn[1] & 15) * 60 >> 4)
    minute = np.where(online, sent, start.take(office))
    return Filed(np.where(online, day, time.last_working.take(day)) * CLOCK_DAY + minute, online)


def moments(time: WorkingTime, at: Filed, path: Integers, procedure: Integers, drawn: Integers) -> Moments:
    """drawn: rows 7 and 8 for delays (two of 8 bits each), 9 for duration, 11 for lateness."""
    answered = time.opens.take(at.minute) + at.online * ((drawn[7] >> 8) * OFFICE_DAY >> 8)
    asked = np.flatnonzero((path == SUPPLEMENT) | (path == CLOSED))
    received = answered.copy()
    received[asked] += OFFICE_DAY // 4 + (drawn[9].take(asked) * (LONGEST_SUPPLEMENT * OFFICE_DAY) >> 16)
    due = due_days(time, received, procedure)
    processing = received + 5 + (drawn[8] & 255)
    done = _done(processing, due, (drawn[9], drawn[11]))
    after = (drawn[8] >> 8) * (2 * OFFICE_DAY) >> 8
    often = {"received": received, "processing": processing, "processed": done, "returned": done + after}
    rows = {kind: np.flatnonzero(path == kind) for kind in (FINANCIAL, WITHDRAWN, STOPPED, REFUSED, CLOSED)}
    rare = _rare(rows, answered, processing + ((done - processing) >> 1)) | {"asked": (asked, answered.take(asked))}
    _end(often, np.append(rows[REFUSED], rows[CLOSED]), ("received", "processing", "processed", "returned"))
    _end(often, np.append(rows[WITHDRAWN], rows[STOPPED]), ("processed", "returned"))
    return Moments(often, rare, due)


def _rare(rows: dict[int, Integers], answered: Integers, middle: Integers) -> dict[str, tuple[Integers, Integers]]:
    """`middle`: office minutes halfway through the processing."""
    stopped = np.append(middle.take(rows[STOPPED]), answered.take(rows[CLOSED]) + CLOSES_AFTER)
    return {
        "refused": (rows[REFUSED], answered.take(rows[REFUSED])),
        "financial": (rows[FINANCIAL], middle.take(rows[FINANCIAL])),
        "withdrawn": (rows[WITHDRAWN], middle.take(rows[WITHDRAWN])),
        "stopped": (np.append(rows[STOPPED], rows[CLOSED]), stopped),
    }


def _end(often: dict[str, Integers], rows: Integers, names: tuple[str, ...]) -> None:
    """These rows never come to these states."""
    for name in names:
        often[name][rows] = NEVER


def due_days(time: WorkingTime, received: Integers, procedure: Integers) -> Integers:
    """The working day on which each result is due; WITHOUT_LIMIT days where no time can be given."""
    limits = _limits()
    day = received // OFFICE_DAY
    late = limits.same_day.take(procedure) & (received - day * OFFICE_DAY > AFTER_15)
    due: Integers = day + limits.value.take(procedure) + late
    rows = np.flatnonzero(limits.calendar.take(procedure))
    ends = time.date_of.take(day.take(rows)) + limits.value.take(procedure.take(rows))
    due[rows] = time.next_working.take(ends)
    return due


def _done(processing: Integers, due: Integers, drawn: tuple[Integers, Integers]) -> Integers:
    """Mostly before the office closes on the due day; some one to four days later. drawn: duration, lateness."""
    room = np.maximum((due + 1) * OFFICE_DAY - 1 - processing, 1)
    done: Integers = processing + ((drawn[0] * room) >> 16)
    late = np.flatnonzero((drawn[1] & 255) < share("late") * 256 // 1_000)
    after = OFFICE_DAY + ((drawn[1].take(late) >> 8) * (3 * OFFICE_DAY) >> 8)
    done[late] = processing.take(late) + room.take(late) + after
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
