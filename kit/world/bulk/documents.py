"""The register of documents of each unit: 480 in the last 60 working days, numbered in the order of their coming.

Incoming documents have one series of arrival numbers; every issuing body of the unit has a series of its own
(Decree 30/2020: primary). Volumes and shares are training values.
"""

from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk.frozen import frozen
from kit.world.bulk.ground import Columns
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.lookups import indexes, numbers_of, slots, words
from kit.world.bulk.of_units import Units
from kit.world.bulk.slots import slot_table
from kit.world.bulk.stamps import moments_of, record_ids
from kit.world.bulk.texts import coded, dates, joined
from kit.world.bulk.working_time import OFFICE_DAY, WorkingTime, working_time

DOCUMENTS, DAYS, PIECES = 480, 60, 8
EACH = DAYS * OFFICE_DAY // DOCUMENTS  # office minutes from one document to the next
DIRECTIONS = ("incoming", "outgoing")
STATES = ("registered", "transferred", "handled", "returned", "signed", "issued")
INCOMING = 37_137  # of 65,536: as many as the weights of agencies say
WRITERS = ("in", "committee", "council", "party")
OWN = (8, 9, 10)  # rows of document_agencies.csv: the unit's own bodies
DIRECTED = 7  # working days to handle, at most 10: training values


def documents(units: Units) -> Columns:
    """The rows of each unit in the order of registration."""
    drawn = units.pieces("documents").take(units.rows, axis=0).reshape(-1, PIECES).T.astype(np.int64, order="C")
    number, time = (units.rows[:, None] * DOCUMENTS + np.arange(DOCUMENTS)).ravel(), working_time(units.day)
    coming = drawn[0] < INCOMING
    agency = np.where(coming, _agencies("in").take(drawn[1]), _agencies("out").take(drawn[1])).astype(np.int64)
    subject = _subjects().take((_writers().take(agency) << 16) + drawn[2]).astype(np.int64)
    fault = np.where(coming, slots("document_faults", "per_thousand").take(drawn[3]), 0)
    serial = _serials(np.where(coming, -1, agency), len(units.rows))
    registered = time.now - DAYS * OFFICE_DAY + number % DOCUMENTS * EACH + (drawn[4] * EACH >> 16)
    return {
        "document_id": record_ids("B", number),
        "unit_code": coded(np.repeat(units.rows, DOCUMENTS).astype(np.int16), units.codes),
        "direction": coded(np.where(coming, 0, 1).astype(np.int8), pa.array(DIRECTIONS)),
        "register_number": pa.array(serial.astype(np.int32)),
        "agency": coded(agency.astype(np.int8), words("document_agencies", "vi")),
        "type": coded(_type_of().take(subject), words("document_types", "vi")),
        "symbol": _symbols(np.where(coming, 1 + (drawn[5] * 900 >> 16), serial), subject, agency),
        "subject": coded(subject.astype(np.int8), words("document_subjects", "vi")),
        "urgency": coded(slots("document_urgency", "per_thousand").take(drawn[6]), words("document_urgency", "id")),
        "lead": coded(indexes("document_subjects", "lead").take(subject), words("document_subjects", "lead")),
        "fault": coded(fault.astype(np.int8), words("document_faults", "id")),
        **_course(time, registered, (coming, fault > 0), drawn),
    }


def _course(time: WorkingTime, registered: Integers, kind: tuple[Flags, Flags], drawn: Integers) -> Columns:
    """Written before it comes in; passed on within a working day; handled or issued, or returned for a fault."""
    coming, faulty = kind
    urgent = indexes("document_urgency", "id").take(slots("document_urgency", "per_thousand").take(drawn[6])) > 0
    passed = registered + 1 + (drawn[7] >> 8) * np.where(urgent, 20, OFFICE_DAY) // 256
    due = registered // OFFICE_DAY + 1 + ((drawn[7] & 255) * DIRECTED >> 8)
    done = passed + ((drawn[5] * ((due + 1) * OFFICE_DAY - passed)) >> 16)
    reached = {
        "transferred": (passed < time.now) & ~faulty, "returned": (passed < time.now) & faulty,
        "finished": (done < time.now) & coming & ~faulty,
    }  # fmt: skip
    state = np.where(coming, 0, STATES.index("signed"))
    state[reached["transferred"]] = np.where(coming, 1, STATES.index("issued"))[reached["transferred"]]
    state[reached["finished"]] = STATES.index("handled")
    state[reached["returned"]] = STATES.index("returned")
    start = registered // OFFICE_DAY - np.where(coming, 1 + (drawn[4] & 3), 0)
    return {
        "dated": dates(time.first + time.date_of.take(start)),
        "registered": moments_of(time.seconds.take(registered)),
        "passed_on": moments_of(time.seconds.take(passed), reached["transferred"] | reached["returned"]),
        "due_date": dates(time.first + time.date_of.take(due), coming & ~faulty),
        "handled": moments_of(time.seconds.take(np.minimum(done, time.now)), reached["finished"]),
        "state": coded(state.astype(np.int8), pa.array(STATES)),
    }


def _serials(series: Integers, units: int) -> Integers:
    """Counted from 1 in each series of each unit."""
    key = np.repeat(np.arange(units), DOCUMENTS) * 64 + series + 1
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    lengths = np.diff(np.append(starts, len(key)))
    found = np.empty(len(key), dtype=np.int64)
    found[order] = np.arange(len(key)) - np.repeat(starts, lengths) + 1
    return found


def _symbols(serial: Integers, subject: Integers, agency: Integers) -> pa.Array:
    """15/QĐ-UBND, letters 124/UBND-VP, the Party's 05-NQ/ĐU; numbers below ten have a zero (Decree 30/2020)."""
    endings = _endings()
    place = subject * len(indexes("document_agencies", "vi")) + agency
    numbers = [f"{number:02}" for number in range(int(serial.max()) + 1)]
    return joined(pa.array(numbers + endings), (serial.astype(np.int32), (len(numbers) + place).astype(np.int32)))


@cache
def _endings() -> list[str]:
    table, found = frozen("document_subjects"), []
    for kind, lead in zip(table.texts("type"), table.texts("lead"), strict=True):
        for at, symbol in enumerate(frozen("document_agencies").texts("symbol")):
            own = f"-{kind or 'CV'}/ĐU" if symbol == "ĐU" else f"/{kind}-{symbol}"
            found.append(own if kind or symbol == "ĐU" else f"/{symbol}-{lead if at in OWN else 'VP'}")
    return found


@cache
def _writers() -> Integers:
    """For each agency its place in WRITERS."""
    names = frozen("document_agencies").texts("id")
    return np.array([WRITERS.index(name) if name in WRITERS else 0 for name in names])


@cache
def _subjects() -> Integers:
    """Slots of the subjects that each of WRITERS writes about."""
    by = [text.split() for text in frozen("document_subjects").texts("by")]
    return np.concatenate([slot_table(np.array([int(writer in one) for one in by])) for writer in WRITERS])


@cache
def _agencies(column: str) -> Integers:
    return slot_table(numbers_of("document_agencies", column))


@cache
def _type_of() -> Integers:
    """For each subject the type of its document."""
    kinds = words("document_types", "abbr").to_pylist()
    found = words("document_subjects", "type").to_pylist()
    return np.array([kinds.index(found[at]) for at in indexes("document_subjects", "type")], dtype=np.int8)
