"""Dossiers of the one-stop desk in the last 120 days: who filed what, where, when, and how far it has come.

Each household has two places for dossiers, of which few are used. The second is only for what anybody of age or
any head may ask again and again, so no child is registered twice.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from kit.world.bulk import applicants, dossier_papers
from kit.world.bulk.applicants import GROUPS, WINDOW, Homes
from kit.world.bulk.dossier_tables import (
    CHANNELS,
    PER_HOME,
    bodies,
    chance,
    channel_table,
    day_words,
    desk_words,
    financial,
    groups,
    path_table,
    systems,
    unit_digits,
    units_of_province,
    words,
)  # fmt: skip
from kit.world.bulk.dossier_times import FINANCIAL, RETURNED, Filed, Moments, filed, has_limit, moments, share
from kit.world.bulk.family import CELL
from kit.world.bulk.ground import Columns, Ground
from kit.world.bulk.homes import places
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.numbers import scrambled
from kit.world.bulk.shapes import PLACES
from kit.world.bulk.slots import SLOTS
from kit.world.bulk.stamps import moments_of, record_ids
from kit.world.bulk.texts import coded, dates, fours, of_fours, spread
from kit.world.bulk.working_time import CLOCK_DAY, WorkingTime, working_time

OFTENER_WITH_AN_INFANT = 3  # so that about every newborn child is registered
ABOUT_A_CHILD = ("infant", "fatherless_infant", "foster", "fatherless")
STEPS = (("asked", 5), ("received", 2), ("refused", 3), ("processing", 4), ("financial", 6), ("withdrawn", 7),
         ("stopped", 8), ("processed", 9), ("returned", 10))  # fmt: skip


@dataclass(frozen=True, eq=False)
class Filings:
    """One row for each dossier; `drawn` has a row for each 16-bit number of a dossier."""

    number: Integers
    homes: Homes
    drawn: Integers
    procedure: Integers
    applicant: Integers
    subject: Integers
    about_a_child: Flags


def dossiers(ground: Ground) -> tuple[Integers, Columns]:
    """The household (counted from the first of these cells) of each dossier, and the columns of the table."""
    its, time = _filings(ground), working_time(ground.day)
    channel = channel_table().take(its.procedure * 256 + (its.drawn[4] & 255))
    at = filed(time, (its.drawn[2], its.drawn[3]), _room(its), channel == CHANNELS.index("online"))
    path = path_table().take(its.drawn[5])
    pays = (path == RETURNED) & financial().take(its.procedure) & (its.drawn[6] < 32_768)
    path = np.where(pays, FINANCIAL, path)
    steps = moments(time, at, path, its.procedure, its.drawn[[7, 8, 9, 11]])
    home = its.homes.home
    return home, {
        **_names(ground, its, at, time),
        "channel": coded(channel, pa.array(CHANNELS)),
        **dossier_papers.papers(its.procedure, (its.homes.template, its.applicant), its.drawn, path),
        "filed": moments_of(60 * (time.first * CLOCK_DAY + at.minute.astype(np.int64))),
        **_history(time, steps, its.procedure),
    }


def _filings(ground: Ground) -> Filings:
    used = _used(ground)
    counts = np.bincount(used // (PER_HOME * CELL), minlength=len(ground.place) // CELL)
    homes = applicants.homes_at(ground, used // PER_HOME)
    drawn = ground.words.by_cell("dossiers", counts, PER_HOME * CELL).T.astype(np.int32, order="C")
    situation, where = applicants.situations(homes)
    situation = np.where(used & 1, applicants.NONE, situation)
    procedure = (
        applicants.procedure_slots()
        .take((situation << applicants.DRAW_BITS) + (drawn[1] >> (16 - applicants.DRAW_BITS)))
        .astype(np.int64)
    )
    group = groups().take(procedure)
    applicant = where.ravel().take(group * len(used) + np.arange(len(used)))
    spouse = (group <= applicants.ADULT) & (drawn[4] >= 32_768)
    applicant = np.where(spouse, applicants.tables().spouse.take(homes.template), applicant)
    about = np.isin(GROUPS, ABOUT_A_CHILD).take(group)
    number = ground.words.start * PER_HOME + used
    return Filings(number, homes, drawn, procedure, applicant, applicants.subject_place(homes), about)


def _used(ground: Ground) -> Integers:
    """The places for dossiers that are used, two for each household; more of the first where an infant lives."""
    use = ground.words.pieces("dossier_use", 16)
    files = use[:, :PER_HOME] < chance()
    maybe = np.flatnonzero((use[:, 0] < OFTENER_WITH_AN_INFANT * chance()) & ~files[:, 0])
    files[maybe[applicants.have_an_infant(ground, maybe)], 0] = True
    used = np.flatnonzero(files)
    return used[applicants.heads_are_grown(ground, used // PER_HOME)]


def _room(its: Filings) -> Integers:
    """Days back to choose from; the dossiers of an infant begin after its birth."""
    age = its.homes.age.ravel().take(np.arange(len(its.number)) * PLACES + its.subject)
    infant = its.about_a_child & (age <= applicants.INFANT_TO)
    return np.where(infant, age - 10, WINDOW)


def _names(ground: Ground, its: Filings, at: Filed, time: WorkingTime) -> Columns:
    home, tables = its.homes.home, places(ground.edges.same_neighbourhood)
    place = ground.place.take(home)
    unit, province = tables.unit.take(place), tables.province.take(place).astype(np.int64)
    receiving = _receiving(unit, province, its.drawn[10])
    rows = np.flatnonzero(its.about_a_child)
    return {
        "dossier_id": record_ids("D", its.number),
        "code": _codes(ground, its, (province, receiving), time.first + at.minute // CLOCK_DAY),
        "procedure_code": coded(its.procedure.astype(np.int8), words("code")),
        "applicant_id": ground.citizens_of(home, its.applicant),
        "subject_id": spread(ground.citizens_of(home.take(rows), its.subject.take(rows)), its.about_a_child),
        "household_id": ground.household_ids(home),
        "receiving_unit_code": coded(receiving, tables.units),
        "competent_unit_code": coded(unit, tables.units),
        "competent_body": coded(bodies()[0].take(its.procedure), bodies()[1]),
    }


def _receiving(unit: Integers, province: Integers, drawn: Integers) -> Integers:
    """Another unit of the province for dossiers filed regardless of boundary."""
    units, starts, counts = units_of_province()
    limit = share("non_boundary") * SLOTS // 1_000
    pick = starts.take(province) + (np.minimum(drawn, limit - 1) * counts.take(province)) // limit
    return np.where(drawn < limit, units.take(pick), unit).astype(unit.dtype)


def _codes(ground: Ground, its: Filings, desk: tuple[Integers, Integers], day: Integers) -> pa.Array:
    """H29.99.26.04-250612-0007: province, 99, end of the unit's code, desk, day, serial (onestop.yaml)."""
    province, unit = desk
    serial = scrambled(its.number, ground.words.seed, "dossier")
    high, low = serial // 10_000, serial % 10_000
    tens, ones = unit_digits()
    first = int(day.min()) if len(day) else 0
    early, late = day_words(first, int(day.max()) - first + 1 if len(day) else 0)
    office = (systems().take(province), tens.take(unit), desk_words().take(ones.take(unit) * 100 + high))
    return of_fours((*office, early.take(day - first), late.take(day - first), fours("{:04}").take(low)))


def _history(time: WorkingTime, steps: Moments, procedure: Integers) -> Columns:
    """The moment of each state reached by the end of the day, the due date once received, and the state."""
    state, columns = np.ones(len(procedure), dtype=np.int8), {}
    for name, code in STEPS:
        moment = getattr(steps, name)
        reached = moment < time.now
        state[reached] = code
        columns[name] = moments_of(time.seconds.take(np.minimum(moment, time.now)), reached)
        if name == "received":
            due = time.first + time.date_of.take(steps.due)
            columns["due_date"] = dates(due, reached & has_limit(procedure))
    return {**columns, "state": pa.array(state)}
