"""Names after the surname, with whole-number weights by sex and generation.

A name's class (0-7) is that of its last word. People of one household draw from different classes, so no two of
them are called alike.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import numpy as np

from kit.plain_text import plain
from kit.world import names
from kit.world.bulk.generations import CLASSES, GENERATIONS
from kit.world.bulk.shapes import SEXES
from kit.world.bulk.slots import SLOTS, apportioned

PARTS = {"2": 12, "3": 827, "4": 159}  # words of a full name, per mille: population.yaml, name_shape
"""Full names of five words are an edge case with a share of its own."""
Weights = dict[tuple[str, int], int]


def name_rows(surnames: set[str]) -> list[dict[str, object]]:
    """The rows of names.csv; `neutral` is the name to take instead by those whose surname is a word of the name."""
    tails = _tails()
    classes, longest = _classes(tails), _longest()
    slots = _slots(tails, classes)
    places = {tail: at for at, tail in enumerate(tails)}
    neutral = _neutral(tails, classes, {word for surname in surnames for word in surname.split()})
    rows = []
    for tail, weights in tails.items():
        sexes = {sex for sex, _ in weights}
        five = longest.get((min(sexes), _last(tail)), tail) if len(sexes) == 1 else tail
        row: dict[str, object] = {"name": tail, "stem": plain(tail).replace(" ", ""), "class": classes[_last(tail)]}
        row |= {"one_word": places[_last(tail)], "five_words": places[five], "neutral": places[neutral[tail]]}
        row |= {f"{sex}_{year}": slots.get((sex, year, tail), 0) for sex, year in product(SEXES, GENERATIONS)}
        rows.append(row)
    return rows


def _tails() -> dict[str, Weights]:
    """Every name after the surname and its weight for each sex and generation, in an order of its own."""
    found: dict[str, Weights] = defaultdict(lambda: defaultdict(int))
    for sex, generation in product(SEXES, range(len(GENERATIONS))):
        middle, steps = names.MIDDLE_BY_YEAR[sex]
        for given in sorted(names.given_names(sex)):
            for tail, weight in _forms(sex, given, middle, round(100 * steps[generation][1])):
                found[tail][sex, GENERATIONS[generation]] += weight
    kept = set(_longest().values())
    return {tail: dict(found[tail]) for tail in sorted(found) if tail.count(" ") < 3 or tail in kept}


def _forms(sex: str, given: str, middle: str, share: int) -> Iterator[tuple[str, int]]:
    """The forms that a given name of two words takes; `share` per cent have the middle name of the generation."""
    first, last = given.split()
    others = [word for word in names.OTHER_MIDDLES[sex] if word not in (first, last)]
    other = others[sum(given.encode()) % len(others)]
    plain_middle = middle if middle not in (first, last) else other
    yield last, 100 * PARTS["2"]
    yield f"{plain_middle} {last}", share * PARTS["3"]
    yield given, (100 - share) * PARTS["3"]
    yield f"{plain_middle} {given}", share * PARTS["4"]
    yield f"{other} {given}", (100 - share) * PARTS["4"]
    if other != plain_middle:
        yield f"{plain_middle} {other} {given}", 0


def _last(tail: str) -> str:
    return tail.split()[-1]


def _longest() -> dict[tuple[str, str], str]:
    """For each sex and last word a name of four words, which makes five with the surname."""
    found: dict[tuple[str, str], str] = {}
    for sex in SEXES:
        for given in sorted(names.given_names(sex)):
            for tail, _ in _forms(sex, given, names.MIDDLE_BY_YEAR[sex][0], 50):
                if tail.count(" ") == 3:
                    found.setdefault((sex, _last(tail)), tail)
    return found


def _neutral(tails: dict[str, Weights], classes: dict[str, int], taken: set[str]) -> dict[str, str]:
    """The name itself, or the next like it (sexes, class, words) that no surname is part of."""
    groups: dict[object, list[str]] = defaultdict(list)
    for tail, weights in tails.items():
        groups[frozenset(sex for sex, _ in weights), classes[_last(tail)], tail.count(" ")].append(tail)
    found = {}
    for group in groups.values():
        free = [tail for tail in group if not taken & set(tail.split())] or group
        for at, tail in enumerate(group):
            found[tail] = tail if tail in free else free[at % len(free)]
    return found


def _classes(tails: dict[str, Weights]) -> dict[str, int]:
    """A class for each last word; the heaviest first, each to the lightest class."""
    weights: dict[str, int] = defaultdict(int)
    for tail, by_generation in tails.items():
        weights[_last(tail)] += sum(by_generation.values())
    loads, found = [0] * CLASSES, {}
    for word in sorted(weights, key=lambda word: (-weights[word], word)):
        found[word] = loads.index(min(loads))
        loads[found[word]] += weights[word]
    return found


def _slots(tails: dict[str, Weights], classes: dict[str, int]) -> dict[tuple[str, int, str], int]:
    """Slots of each sex and generation: an equal number for each class."""
    found: dict[tuple[str, int, str], int] = {}
    for sex, year, one in product(SEXES, GENERATIONS, range(CLASSES)):
        mine = [tail for tail, weight in tails.items() if (sex, year) in weight and classes[_last(tail)] == one]
        slots = apportioned(np.array([tails[tail][sex, year] for tail in mine]), SLOTS // CLASSES)
        found |= {(sex, year, tail): int(count) for tail, count in zip(mine, slots, strict=True)}
    return found
