"""Full names: surname first, then a name usual for the sex and the generation, unlike all others at home."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from kit.world.bulk.edges import EdgeCases, limit
from kit.world.bulk.family import Families
from kit.world.bulk.frozen import frozen
from kit.world.bulk.generations import CLASSES, GENERATIONS
from kit.world.bulk.kinds import Integers
from kit.world.bulk.shapes import SEXES
from kit.world.bulk.slots import SLOTS
from kit.world.bulk.texts import joined
from kit.world.bulk.words import Words


@dataclass(frozen=True, eq=False)
class NameTables:
    """Look-up tables over names.csv (rows) and surnames.csv."""

    drawn: Integers
    one_word: Integers
    five_words: Integers
    neutral: Integers
    clashes: Integers
    words: pa.Array
    surnames: int


def names_drawn(words: Words, people: Families, generation: Integers, surname: Integers, edges: EdgeCases) -> Integers:
    """For each person a row of names.csv; the class differs from place to place of a household."""
    tables = name_tables()
    word = words.pieces("names", 16).ravel().take(people.at)
    turn = words.pieces("work", 8)[:, 0].take(people.home)
    slot = (word & (SLOTS - CLASSES)) | ((people.at + turn) & (CLASSES - 1))
    group = (people.sex * np.uint8(len(GENERATIONS)) + generation).astype(np.int64)
    name = tables.drawn.take((group << 16) + slot)
    five = np.flatnonzero(word * np.uint16(40_503) < limit(edges.five_word_name))
    name[five] = tables.five_words.take(name[five])
    clash = np.flatnonzero(tables.clashes.take(surname.astype(np.int64) * len(tables.neutral) + name))
    name[clash] = tables.neutral.take(name[clash])
    nameless = np.flatnonzero(surname == tables.surnames - 1)
    name[nameless] = tables.one_word.take(name[nameless])
    return name


def full_names(surname: Integers, name: Integers) -> pa.Array:
    """The names as text."""
    tables = name_tables()
    return joined(tables.words, (surname, name + np.int32(tables.surnames)))


@cache
def name_tables() -> NameTables:
    """Read once; a surname's text ends with a space."""
    table, surnames = frozen("names"), frozen("surnames").texts("surname")
    groups = [table.integers(f"{sex}_{year}") for sex in SEXES for year in GENERATIONS]
    names = table.texts("name")
    return NameTables(
        drawn=np.concatenate([_by_class(weights, table.integers("class")) for weights in groups]),
        **{column: table.integers(column).astype(np.uint16) for column in ("one_word", "five_words", "neutral")},
        clashes=_clashes(surnames, names),
        words=pa.array([f"{surname} " if surname else "" for surname in surnames] + names),
        surnames=len(surnames),
    )


def _by_class(slots: Integers, classes: Integers) -> Integers:
    """65,536 slots; the last three bits of a slot's number are the class of its name."""
    found = np.empty((SLOTS // CLASSES, CLASSES), dtype=np.uint16)
    for one in range(CLASSES):
        mine = np.flatnonzero(classes == one)
        found[:, one] = np.repeat(mine, slots[mine])
    return found.ravel()


def _clashes(surnames: list[str], names: list[str]) -> Integers:
    """For each surname and name whether a word is in both."""
    bearers: dict[str, list[int]] = {}
    for at, surname in enumerate(surnames):
        for word in surname.split():
            bearers.setdefault(word, []).append(at)
    found = np.zeros((len(surnames), len(names)), dtype=bool)
    for at, name in enumerate(names):
        for word in name.split():
            found[bearers.get(word, []), at] = True
    return found.ravel()
