"""Land parcels of the households' heads, under the old ward's code and under the new unit's."""

from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk import applicants
from kit.world.bulk.edges import limit
from kit.world.bulk.frozen import frozen
from kit.world.bulk.ground import Columns, Ground
from kit.world.bulk.homes import places
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.numbers import scrambled, split
from kit.world.bulk.offices_of_papers import offices
from kit.world.bulk.slots import SLOTS, slot_table
from kit.world.bulk.stamps import record_ids
from kit.world.bulk.texts import coded, dates, fours, of_fours, spread

OWNERS = 700  # per mille of households: training value
USES = ("ODT", "ONT", "CLN", "LUC")
"""Urban and rural housing, perennial crops, wet rice: symbols of the cadastral map (memory)."""
URBAN, RURAL = (940, 0, 60, 0), (0, 620, 240, 140)  # per mille: training values
CERTIFIED = 192  # of 256 parcels: training value
SHEETS, PARCELS = 200, 5_000
FIRST_CERTIFICATE, CERTIFICATE_DAYS = 8_766, 11_000  # days since 1970: from 1994 on
LETTERS = "FJWZ"  # no certificate bears them


def parcels(ground: Ground) -> tuple[Integers, Columns]:
    """The household of each parcel, counted from the first of these cells, and the columns of the table."""
    pieces = ground.words.pieces("parcels", 16)
    home = np.flatnonzero(pieces[:, 0] < OWNERS * SLOTS // 1_000)
    home = home[applicants.grown(applicants.homes_at(ground, home))]
    drawn, number = pieces.take(home, axis=0).T.astype(np.int32, order="C"), ground.words.start + home
    tables, place = places(ground.edges.same_neighbourhood), ground.place.take(home)
    use = _uses().take((tables.urban.take(place) << 16) + drawn[1])
    certified = (drawn[5] & 255) < CERTIFIED
    return home, {
        "parcel_id": record_ids("L", number),
        "owner_id": ground.citizens_of(home, applicants.tables().head.take(ground.template.take(home))),
        "household_id": ground.household_ids(home),
        "unit_code": coded(tables.unit.take(place), tables.units),
        "old_ward_code": coded(tables.ward.take(place), tables.wards),
        "split_ward": pa.array(split_wards().take(place)),
        **_codes(ground, number, place),
        "use": coded(use, pa.array(USES)),
        "area_m2": pa.array(_area(use, drawn).astype(np.int32)),
        **_certificate(ground, number, certified, drawn),
        **_office(place, certified, drawn[7] < limit(ground.edges.closed_office)),
    }


def _area(use: Integers, drawn: Integers) -> Integers:
    """30 to 300 square metres to live on in wards, up to 800 in communes, 200 to 5,000 to farm on: training values."""
    least, room = np.array((30, 60, 200, 300)).take(use), np.array((270, 740, 4_800, 4_700)).take(use)
    area: Integers = least + (((drawn[2] * drawn[3].astype(np.int64) >> 16) * room) >> 16)
    return area


def _codes(ground: Ground, number: Integers, place: Integers) -> Columns:
    """Code of ward or unit, map sheet, parcel: "26740-012-0345"; sheets are numbered anew under the new unit."""
    ward, unit = _digits("old_ward_code").take(place), _digits("unit_code").take(place)
    old = split(scrambled(number, ground.words.seed, "old parcel"), PARCELS)
    new = split(scrambled(number, ground.words.seed, "new parcel"), PARCELS)
    return {"code_old": _code(ward, *old), "code_new": _code(unit, *new)}


def _code(area: Integers, sheet: Integers, parcel: Integers) -> pa.Array:
    """16 characters of which the first two are left out."""
    high, low = split(area, 1_000)
    three = fours("{:03}-", 1_000)
    return of_fours(
        (fours("{:04}").take(high), three.take(low), three.take(sheet + 1), fours("{:04}").take(parcel)), skip=2
    )


def _certificate(ground: Ground, number: Integers, certified: Flags, drawn: Integers) -> Columns:
    """ZZ 12345678 and a day since 1994; null for the others."""
    rows = np.flatnonzero(certified)
    serial = scrambled(number.take(rows), ground.words.seed, "certificate", 100_000_000)
    high, low = split(serial, 10_000)
    letters = _letters().take(drawn[6].take(rows) & 15)
    made = of_fours((letters, fours("{:04}").take(high), fours("{:04}").take(low)), skip=1)
    return {
        "certificate": spread(made, certified),
        "certificate_issued": dates(FIRST_CERTIFICATE + (drawn[4] * CERTIFICATE_DAYS >> 16), certified),
    }


def _office(place: Integers, certified: Flags, closed: Flags) -> Columns:
    """The old district's committee, which ended on 30 June 2025, or the province's land registry."""
    at = offices()
    issuer = np.where(closed, at.district.take(place), at.land.take(place))
    return {
        "certificate_issuer": coded(issuer, at.names, certified),
        "office_closed": pa.array(closed & certified),
    }


@cache
def _letters() -> Integers:
    return np.frombuffer("".join(f".{a}{b} " for a in LETTERS for b in LETTERS).encode(), dtype="<u4")


@cache
def _uses() -> Integers:
    """Slots of uses in communes, then in wards."""
    return np.concatenate([slot_table(np.array(weights)) for weights in (RURAL, URBAN)])


@cache
def _digits(column: str) -> Integers:
    return np.array([int(code) for code in frozen("places").texts(column)])


@cache
def split_wards() -> Flags:
    """Whether the old ward of each place belongs to several units now."""
    return np.array([text == "yes" for text in frozen("places").texts("split")])
