"""Where households live: place, neighbourhood and the address before and after 1 July 2025."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk.edges import EdgeCases, limit
from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Integers
from kit.world.bulk.region import PROVINCES, Region, place_table
from kit.world.bulk.texts import joined
from kit.world.bulk.words import Words

NEIGHBOURHOODS = 12  # of an old ward
NUMBERS, ALLEYS = 280, 60
WITH_ALLEY = 19_661  # of 65,536 houses in wards: 3/10, training value
TAILS = 16  # endings of an address for each place: streets, or neighbourhoods in communes


@dataclass(frozen=True, eq=False)
class Places:
    """Tables over places.csv (one row for each old ward of each unit) and the texts made of it."""

    province: Integers
    unit: Integers
    ward: Integers
    endings: Integers
    urban: Integers
    neighbourhood: Integers
    units: pa.Array
    wards: pa.Array
    neighbourhoods: pa.Array
    current: pa.Array
    old: pa.Array


@dataclass(frozen=True, eq=False)
class Located:
    """For each household: its place, its number among the neighbourhoods, both addresses."""

    place: Integers
    neighbourhood: Integers
    address_current: pa.Array
    address_old: pa.Array


def located(words: Words, region: Region, edges: EdgeCases) -> Located:
    """The homes of the households that `words` are for."""
    tables = places(edges.same_neighbourhood)
    drawn = words.pieces("home", 16).T.astype(np.int32, order="C")
    place = place_table(region, edges.split_ward).take(drawn[0])
    within = (drawn[1] * NEIGHBOURHOODS) >> 16
    urban = tables.urban.take(place)
    ending = np.where(urban, (drawn[2] * tables.endings.take(place)) >> 16, within)
    front, back = _front(drawn, urban), _FRONTS + place.astype(np.int32) * TAILS + ending
    return Located(
        place,
        tables.neighbourhood.take(place.astype(np.int32) * NEIGHBOURHOODS + within),
        joined(tables.current, (front, back)),
        joined(tables.old, (front, back)),
    )


_FRONTS = 2 * NUMBERS + NUMBERS * ALLEYS


def _front(drawn: Integers, urban: Integers) -> Integers:
    """The beginning of the address: "12 ", in an alley "12/3 ", in communes "Số 12, "."""
    number = (drawn[3] * NUMBERS) >> 16
    alley = (drawn[4] * ALLEYS) >> 16
    within = np.where(drawn[5] < WITH_ALLEY, 2 * NUMBERS + number * ALLEYS + alley, number)
    return np.asarray(np.where(urban, within, NUMBERS + number))


@cache
def places(same_neighbourhood: int) -> Places:
    """The tables; `same_neighbourhood` per mille of the old wards keep the numbers of their neighbourhoods."""
    table = frozen("places")
    streets = _streets()
    urban, province = table.integers("urban").astype(bool), table.texts("province_code")
    units, wards = (list(dict.fromkeys(table.texts(name))) for name in ("unit_code", "old_ward_code"))
    names = _neighbourhoods(same_neighbourhood)
    distinct = list(dict.fromkeys(name for place in names for name in place))
    return Places(
        province=_indexes(province, list(PROVINCES)).astype(np.int32),
        unit=_indexes(table.texts("unit_code"), units),
        ward=_indexes(table.texts("old_ward_code"), wards),
        endings=np.array([len(streets[code]) for code in province], dtype=np.int32),
        urban=urban,
        neighbourhood=_indexes([name for place in names for name in place], distinct),
        units=pa.array(units),
        wards=pa.array(wards),
        neighbourhoods=pa.array(distinct),
        current=_addresses(names, ("unit", "province")),
        old=_addresses(names, ("old_ward", "old_district", "old_province")),
    )


def _indexes(texts: list[str], words: list[str]) -> Integers:
    found = {word: at for at, word in enumerate(words)}
    return np.array([found[text] for text in texts], dtype=np.int16)


def _streets() -> dict[str, list[str]]:
    table = frozen("streets")
    found: dict[str, list[str]] = {province: [] for province in PROVINCES}
    for street, province in zip(table.texts("street_vi"), table.texts("province_code"), strict=True):
        found[province].append(street)
    return found


def _neighbourhoods(same: int) -> list[list[str]]:
    """Names for each place; an old ward that was renumbered counts on from those before it in the unit."""
    table = frozen("places")
    found = []
    for at, (kind, rank) in enumerate(zip(table.texts("neighbourhood"), table.integers("rank"), strict=True)):
        keeps = at * STEP % 65_536 < limit(same)
        first = 1 if keeps else 1 + NEIGHBOURHOODS * int(rank)
        found.append([f"{kind} {first + number}" for number in range(NEIGHBOURHOODS)])
    return found


STEP = 40_503  # spreads the old wards evenly over the 16-bit words


def _addresses(names: list[list[str]], columns: tuple[str, ...]) -> pa.Array:
    """Beginnings, then TAILS endings for each place."""
    table, streets = frozen("places"), _streets()
    plain = [f"{number} " for number in range(1, NUMBERS + 1)]
    rural = [f"Số {number}, " for number in range(1, NUMBERS + 1)]
    alleys = [f"{number}/{alley} " for number in range(1, NUMBERS + 1) for alley in range(1, ALLEYS + 1)]
    endings = []
    parts = zip(*(table.texts(column) for column in columns), strict=True)
    kinds = zip(table.texts("province_code"), table.integers("urban"), names, parts, strict=True)
    for province, urban, mine, where in kinds:
        lines = streets[province] if urban else mine
        endings += [f"{line}, {', '.join(where)}" for line in lines] + [""] * (TAILS - len(lines))
    return pa.array(plain + rural + alleys + endings)
