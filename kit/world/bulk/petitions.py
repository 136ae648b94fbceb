"""Reports to portal 1022 of the last 120 days: by whom, about what, whose matter, until when, how far."""

from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk import applicants
from kit.world.bulk.dossier_times import NEVER
from kit.world.bulk.ground import Columns, Ground
from kit.world.bulk.homes import places
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.lookups import equal, fact, indexes, numbers_of, slots, words
from kit.world.bulk.numbers import scrambled, split
from kit.world.bulk.slots import SLOTS, slot_table
from kit.world.bulk.stamps import moments_of, record_ids
from kit.world.bulk.texts import coded, fours, of_fours
from kit.world.bulk.working_time import CLOCK_DAY, OFFICE_DAY, WorkingTime, working_time

SERIALS = 100_000
STATES = ("new", "forwarded", "accepted", "returned", "answered", "closed")
LATE = 5_243  # of 65,536 answers: 8 %, training value
OLD_ADDRESS = 26_214  # of 65,536 give the old address: 40 %, training value


def petitions(ground: Ground) -> tuple[Integers, Columns]:
    """The household of each report, counted from the first of these cells, and the columns of the table."""
    pieces = ground.words.pieces("petitions", 16)
    home = np.flatnonzero(pieces[:, 0] < fact("petitions") * SLOTS // 1_000)
    home = home[applicants.grown(applicants.homes_at(ground, home))]
    drawn = pieces.take(home, axis=0).T.astype(np.int32, order="C")
    content = contents().take(drawn[1])
    field = field_of().take(content)
    number = ground.words.start + home
    return home, {
        "petition_id": record_ids("P", number),
        **_where(ground, home, drawn),
        "channel": coded(slots("petition_channels", "per_thousand").take(drawn[2]), words("petition_channels", "id")),
        "field": coded(field.astype(np.int8), words("petition_fields", "id")),
        "content": coded(content.astype(np.int8), words("petition_contents", "vi")),
        "competent": coded(indexes("petition_fields", "competent").take(field), words("petition_fields", "competent")),
        **_course(ground, number, field, drawn),
    }


def _where(ground: Ground, home: Integers, drawn: Integers) -> Columns:
    """The report is about the household's own neighbourhood; the head makes it."""
    tables, place = places(ground.edges.same_neighbourhood), ground.place.take(home)
    head = applicants.tables().head.take(ground.template.take(home))
    return {
        "petitioner_id": ground.citizens_of(home, head),
        "household_id": ground.household_ids(home),
        "unit_code": coded(tables.unit.take(place), tables.units),
        "old_ward_code": coded(tables.ward.take(place), tables.wards),
        "address_is_old": pa.array(drawn[3] < OLD_ADDRESS),
    }


def _course(ground: Ground, number: Integers, field: Integers, drawn: Integers) -> Columns:
    """Sent at any hour; emergencies run by the clock, everything else by office minutes."""
    time, clock = working_time(ground.day), equal("petition_fields", "clock", "any").take(field)
    sent = (time.today - (drawn[4] * applicants.WINDOW >> 16)) * CLOCK_DAY + (drawn[5] * CLOCK_DAY >> 16)
    base = np.where(clock, sent, time.opens.take(sent))
    ours = equal("petition_fields", "competent", "unit").take(field)
    due = numbers_of("petition_fields", "answer").take(field)
    forwarded = base + 1 + (drawn[6] & 7)
    accepted = (
        forwarded + 1 + ((drawn[6] >> 8) * np.maximum(numbers_of("petition_fields", "accept").take(field) - 9, 1) >> 8)
    )
    late = (drawn[7] * 40_503 & 65_535) < LATE
    answered = np.where(late, base + due + (drawn[7] >> 6), accepted + (drawn[7] * (base + due - accepted) >> 16))
    steps = {
        "forwarded": forwarded, "accepted": np.where(ours, accepted, NEVER),
        "returned": np.where(ours, NEVER, accepted),
        "answered": np.where(ours, answered, NEVER), "closed": np.where(ours, answered + OFFICE_DAY, NEVER),
    }  # fmt: skip
    return {
        "code": _codes(ground, number, time.first + sent // CLOCK_DAY),
        "sent": moments_of(_seconds(time, sent, np.ones(len(sent), dtype=bool))),
        "answer_due": moments_of(_seconds(time, base + due, clock)),
        **_steps(time, steps, clock),
    }


def _steps(time: WorkingTime, steps: dict[str, Integers], clock: Flags) -> Columns:
    """The moment of each state reached by the end of the day, and the state."""
    now = np.where(clock, (time.today + 1) * CLOCK_DAY - 1, time.now - 1)
    state, found = np.zeros(len(clock), dtype=np.int8), {}
    for name, moment in steps.items():
        reached = moment <= now
        state[reached] = STATES.index(name)
        found[name] = moments_of(_seconds(time, np.where(reached, moment, 0), clock), reached)
    return {**found, "state": coded(state, pa.array(STATES))}


def _seconds(time: WorkingTime, minutes: Integers, clock: Flags) -> Integers:
    """Seconds since 1970 of clock minutes or of office minutes."""
    office = time.seconds.take(np.minimum(np.where(clock, 0, minutes), len(time.seconds) - 1))
    return np.where(clock, (time.first * CLOCK_DAY + minutes.astype(np.int64)) * 60, office)


def _codes(ground: Ground, number: Integers, day: Integers) -> pa.Array:
    """1022-250612-00042: the day and a serial of five digits (portal1022.yaml: training)."""
    months = day.astype("datetime64[D]").astype("datetime64[M]")
    of_month = day - months.astype("datetime64[D]").astype(np.int64) + 1
    since_2000 = months.astype(np.int64) - 30 * 12
    year_month = since_2000 // 12 * 100 + since_2000 % 12 + 1
    first, rest = split(scrambled(number, ground.words.seed, "petition", SERIALS), 10_000)
    head = (np.full(len(number), fours("...{:01}", 10)[1]), np.full(len(number), fours("{:03}-", 1_000)[22]))
    return of_fours((*head, fours("{:04}").take(year_month), _days().take(of_month * 10 + first),
                     fours("{:04}").take(rest)), skip=3)  # fmt: skip


@cache
def _days() -> Integers:
    """The day of the month, a hyphen and the first digit of the serial."""
    return np.frombuffer("".join(f"{day:02}-{digit}" for day in range(32) for digit in range(10)).encode(), dtype="<u4")


@cache
def contents() -> Integers:
    """65,536 slots of petition_contents.csv: the weight of a field shared alike among its contents."""
    field = field_of()
    weights = numbers_of("petition_fields", "weight").take(field) * 60 // np.bincount(field).take(field)
    return slot_table(weights)


@cache
def field_of() -> Integers:
    """For each content its row of petition_fields.csv."""
    fields = words("petition_fields", "id").to_pylist()
    found = words("petition_contents", "field").to_pylist()
    return np.array([fields.index(found[at]) for at in indexes("petition_contents", "field")])
