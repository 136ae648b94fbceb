"""Dossiers of the one-stop desk in the last 120 days: who filed what, where, when, and how far it has come."""

import numpy as np
import pyarrow as pa

from kit.world.bulk import dossier_papers
from kit.world.bulk.dossier_tables import (
    CHANNELS,
    bodies,
    channel_table,
    channels,
    day_words,
    desk_words,
    financial,
    path_table,
    systems,
    unit_digits,
    units_of_province,
    words,
)  # fmt: skip
from kit.world.bulk.dossier_times import FINANCIAL, RETURNED, STATES, Filed, Moments, filed, has_limit, moments, share
from kit.world.bulk.filings import Filings, filings
from kit.world.bulk.ground import Columns, Ground
from kit.world.bulk.homes import places
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.numbers import scrambled, split
from kit.world.bulk.slots import SLOTS
from kit.world.bulk.stamps import moments_of, record_ids
from kit.world.bulk.texts import coded, dates, fours, of_fours, spread
from kit.world.bulk.working_time import CLOCK_DAY, WorkingTime, working_time


def dossiers(ground: Ground) -> tuple[Integers, Columns]:
    """The household (counted from the first of these cells) of each dossier, and the columns of the table."""
    its, time = filings(ground), working_time(ground.day)
    channel = channel_table().take(its.procedure * 256 + (its.drawn[4] & 255))
    at = filed(time, (its.drawn[2], its.drawn[3]), its.room, channel == CHANNELS.index("online"))
    path = path_table().take(its.drawn[5])
    pays = np.flatnonzero((path == RETURNED) & financial().take(its.procedure) & (its.drawn[6] < 32_768))
    path[pays] = FINANCIAL
    steps = moments(time, at, path, its.procedure, its.drawn)
    return its.homes.home, {
        **_names(ground, its, at, time),
        "channel": coded(channel, channels()),
        **dossier_papers.papers(its.procedure, (its.homes.template, its.applicant), its.drawn, path),
        "filed": moments_of(60 * at.minute + np.int64(60 * CLOCK_DAY * time.first)),
        **_history(time, steps, its.procedure),
    }


def _names(ground: Ground, its: Filings, at: Filed, time: WorkingTime) -> Columns:
    home, tables = its.homes.home, places(ground.edges.same_neighbourhood)
    place = ground.place.take(home)
    unit, province = tables.unit.take(place), tables.province.take(place).astype(np.int64)
    receiving = _receiving(unit, province, its.drawn[10])
    about = np.zeros(len(home), dtype=bool)
    about[its.about[0]] = True
    return {
        "dossier_id": record_ids("D", its.number),
        "code": _codes(ground, its, (province, receiving), time.first + at.minute // CLOCK_DAY),
        "procedure_code": coded(its.procedure.astype(np.int8), words("code")),
        "applicant_id": ground.citizens_of(home, its.applicant),
        "subject_id": spread(ground.citizens_of(home.take(its.about[0]), its.about[1]), about),
        "household_id": ground.household_ids(home),
        "receiving_unit_code": coded(receiving, tables.units),
        "competent_unit_code": coded(unit, tables.units),
        "competent_body": coded(bodies()[0].take(its.procedure), bodies()[1]),
    }


def _receiving(unit: Integers, province: Integers, drawn: Integers) -> Integers:
    """Another unit of the province for dossiers filed regardless of boundary."""
    units, starts, counts = units_of_province()
    limit = share("non_boundary") * SLOTS // 1_000
    rows = np.flatnonzero(drawn < limit)
    where = province.take(rows)
    found = unit.copy()
    found[rows] = units.take(starts.take(where) + (drawn.take(rows) * counts.take(where)) // limit)
    return found


def _codes(ground: Ground, its: Filings, desk: tuple[Integers, Integers], day: Integers) -> pa.Array:
    """H29.99.26.04-250612-0007: province, 99, end of the unit's code, desk, day, serial (onestop.yaml)."""
    province, unit = desk
    serial = scrambled(its.number, ground.words.seed, "dossier")
    high, low = split(serial, 10_000)
    tens, ones = unit_digits()
    first = int(day.min()) if len(day) else 0
    early, late = day_words(first, int(day.max()) - first + 1 if len(day) else 0)
    office = (systems().take(province), tens.take(unit), desk_words().take(ones.take(unit) + high))
    return of_fours((*office, early.take(day - first), late.take(day - first), fours("{:04}").take(low)))


def _history(time: WorkingTime, steps: Moments, procedure: Integers) -> Columns:
    """The moment of each state reached by the end of the day, the due date once received, and the state."""
    last, columns = np.zeros(len(procedure), dtype=np.int8), {}
    for place, name in enumerate(list(STATES)[1:], 1):
        reached, seconds = _rarely(time, steps, name) if name in steps.rare else _often(time, steps, name)
        np.maximum(last, reached.view(np.int8) * np.int8(place), out=last)
        columns[name] = moments_of(seconds, reached)
        if name == "received":
            due = time.first + time.date_of.take(steps.due)
            columns["due_date"] = dates(due, reached & has_limit(procedure))
    return {**columns, "state": pa.array(np.array(list(STATES.values()), dtype=np.int8).take(last))}


def _often(time: WorkingTime, steps: Moments, name: str) -> tuple[Flags, Integers]:
    moment = steps.often[name]
    return moment < time.now, time.seconds.take(np.minimum(moment, time.now))


def _rarely(time: WorkingTime, steps: Moments, name: str) -> tuple[Flags, Integers]:
    """The same where most dossiers never come to."""
    rows, moment = steps.rare[name]
    reached, seconds = np.zeros(len(steps.due), dtype=bool), np.zeros(len(steps.due), dtype=np.int64)
    reached[rows], seconds[rows] = moment < time.now, time.seconds.take(np.minimum(moment, time.now))
    return reached, seconds
