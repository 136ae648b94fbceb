"""Surname, ethnicity and origin of the family lines of each household, and who belongs to which line."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from kit.world.bulk.edges import EdgeCases, limit
from kit.world.bulk.family import Families
from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Integers
from kit.world.bulk.region import PROVINCES
from kit.world.bulk.shapes import HIS_LINE, shapes
from kit.world.bulk.slots import SLOTS, slot_table
from kit.world.bulk.words import Words

LINES = 4  # of a household: his, hers, that of the woman who married into the older generation; the fourth is empty
SAME_ETHNICITY = 60_000  # of 65,536 women have their husband's ethnicity without a draw of their own
NEAR = 49_152  # of 65,536 lines come from the province: training value
HCMC, KINH, HOA = "79", "Kinh", "Hoa"


@dataclass(frozen=True, eq=False)
class Lines:
    """For each person indexes into surnames.csv, ethnicities.csv and origins.csv."""

    surname: Integers
    ethnicity: Integers
    origin: Integers


def lines(words: Words, people: Families, province: Integers, edges: EdgeCases) -> Lines:
    """The lines of everybody; `province` is the place of the household's province in PROVINCES."""
    drawn = words.pieces("lineage", 16).T.astype(np.int64, order="C")
    province = province.astype(np.int64) << 16
    ethnicities = _ethnicities(drawn, province)
    surnames = _surnames(drawn, province)
    nameless = (drawn[11] < limit(edges.one_word_name)) & ~has_surname_always().take(ethnicities[:, HIS_LINE])
    surnames[nameless] = len(frozen("surnames")) - 1
    at = people.home * LINES + people.of_template(shapes().line)
    surname = surnames.ravel().take(at)
    princely = np.flatnonzero(surname == _surname("Tôn Thất"))
    surname[princely[people.sex.take(princely) == 1]] = _surname("Tôn Nữ")
    origins = _origins(drawn, province, edges)
    return Lines(surname, ethnicities.ravel().take(at), origins.ravel().take(at))


def _matrix(columns: list[Integers], kind: type) -> Integers:
    found: Integers = np.zeros((len(columns[0]), LINES), dtype=kind)
    for at, column in enumerate(columns):
        found[:, at] = column
    return found


def _surnames(drawn: Integers, province: Integers) -> Integers:
    table = _province_table("surnames")
    return _matrix([table.take(province + drawn[at]) for at in range(3)], np.uint8)


def _ethnicities(drawn: Integers, province: Integers) -> Integers:
    table = _province_table("ethnicities")
    his, hers = table.take(province + drawn[3]), table.take(province + drawn[4])
    hers = np.where(drawn[5] < SAME_ETHNICITY, his, hers)
    return _matrix([his, hers, his], np.uint8)


def _origins(drawn: Integers, province: Integers, edges: EdgeCases) -> Integers:
    """Near ones from the province, the others from anywhere; in Ho Chi Minh City some from Binh Duong."""
    table, binh_duong = _origin_tables()
    hcmc, share = province == PROVINCES.index(HCMC) << 16, limit(edges.born_in_binh_duong)
    columns = []
    for at in range(3):
        word = drawn[6 + at]
        origin = table.take(province + word)
        chosen = np.flatnonzero(hcmc & (drawn[9] ^ (word >> 4) < share)) if share else np.zeros(0, np.int64)
        origin[chosen] = binh_duong.take(word[chosen] % len(binh_duong))
        columns.append(origin)
    return _matrix(columns, np.uint16)


@cache
def _province_table(name: str) -> Integers:
    table = frozen(name)
    return np.concatenate([slot_table(table.integers(f"p{province}")) for province in PROVINCES])


@cache
def _origin_tables() -> tuple[Integers, Integers]:
    """Slots of origins for each province, and the origins that have no province here."""
    codes = frozen("origins").texts("province_code")
    home = np.array([PROVINCES.index(code) if code else -1 for code in codes])
    found: list[Integers] = []
    for province in range(len(PROVINCES)):
        here, anywhere = np.flatnonzero(home == province), np.flatnonzero(home >= 0)
        found += [here[slot_table(np.ones(len(here), np.int64), NEAR)],
                  anywhere[slot_table(np.ones(len(anywhere), np.int64), SLOTS - NEAR)]]  # fmt: skip
    return np.concatenate(found).astype(np.uint16), np.flatnonzero(home < 0).astype(np.uint16)


@cache
def has_surname_always() -> Integers:
    """For each ethnicity whether all its people bear surnames."""
    return np.array([name in (KINH, HOA) for name in frozen("ethnicities").texts("ethnicity")])


@cache
def _surname(name: str) -> int:
    return frozen("surnames").texts("surname").index(name)
