"""Weights of household types, calibrated once: raking a first guess to the declared margins.

Floating-point numbers are used here alone; what the kit draws with are the whole numbers written down.
"""

import numpy as np

from kit.world.bulk.edges import EdgeCases
from kit.world.bulk.family import arranged
from kit.world.bulk.frozen import frozen
from kit.world.bulk.kinds import Integers
from kit.world.bulk.shapes import MARITAL, shapes

BANDS = 17
SAMPLE = 4_000
TOTAL = 60_000  # the sum of the weights; 16 bits draw with little rounding
YEAR = 1461 / 4

# kind, man, woman, elder man, elder woman, children, marital status of a lone adult, youngest, oldest, first guess
TYPES = (
    ("single", 1, 0, 0, 0, 0, "single", 15, 85, 2.5),
    ("single", 1, 0, 0, 0, 0, "divorced", 25, 80, 0.6),
    ("single", 1, 0, 0, 0, 0, "widowed", 40, 95, 0.8),
    ("single", 0, 1, 0, 0, 0, "single", 15, 85, 2.2),
    ("single", 0, 1, 0, 0, 0, "divorced", 25, 80, 0.9),
    ("single", 0, 1, 0, 0, 0, "widowed", 40, 95, 3.5),
    ("couple", 1, 1, 0, 0, 0, "", 20, 90, 11.0),
    ("couple_children", 1, 1, 0, 0, 1, "", 20, 75, 15.0),
    ("couple_children", 1, 1, 0, 0, 2, "", 25, 75, 20.0),
    ("couple_children", 1, 1, 0, 0, 3, "", 25, 65, 6.0),
    ("couple_children", 1, 1, 0, 0, 4, "", 25, 60, 1.3),
    ("single_parent", 0, 1, 0, 0, 1, "divorced", 20, 70, 2.0),
    ("single_parent", 0, 1, 0, 0, 1, "widowed", 30, 85, 2.0),
    ("single_parent", 0, 1, 0, 0, 2, "divorced", 25, 70, 0.8),
    ("single_parent", 0, 1, 0, 0, 2, "widowed", 30, 85, 1.2),
    ("single_parent", 0, 1, 0, 0, 3, "widowed", 30, 75, 0.4),
    ("single_parent", 1, 0, 0, 0, 1, "divorced", 25, 70, 0.6),
    ("single_parent", 1, 0, 0, 0, 1, "widowed", 35, 85, 0.7),
    ("single_parent", 1, 0, 0, 0, 2, "widowed", 35, 85, 0.3),
    ("two_generations", 1, 1, 0, 1, 0, "", 20, 65, 1.5),
    ("two_generations", 1, 1, 1, 1, 0, "", 20, 60, 2.0),
    ("three_generations", 1, 1, 0, 1, 1, "", 20, 65, 4.0),
    ("three_generations", 1, 1, 0, 1, 2, "", 25, 65, 4.5),
    ("three_generations", 1, 1, 0, 1, 3, "", 25, 60, 1.0),
    ("three_generations", 1, 1, 0, 1, 4, "", 25, 60, 0.6),
    ("three_generations", 1, 1, 1, 0, 2, "", 25, 60, 1.0),
    ("three_generations", 1, 1, 1, 1, 1, "", 20, 60, 4.5),
    ("three_generations", 1, 1, 1, 1, 2, "", 25, 60, 4.0),
    ("three_generations", 1, 1, 1, 1, 3, "", 25, 60, 3.0),
    ("three_generations", 1, 1, 1, 1, 4, "", 25, 60, 0.6),
    ("three_generations", 0, 1, 0, 1, 1, "divorced", 20, 60, 0.7),
    ("three_generations", 0, 1, 1, 1, 1, "divorced", 20, 60, 0.5),
)


def type_rows() -> list[dict[str, object]]:
    """The rows of household_types.csv."""
    names = ("kind", "man", "woman", "elder_man", "elder_woman", "children", "marital")
    mark = {"source": "TRAIN", "confidence": "training"}
    return [{**dict(zip(names, row[:7], strict=True)), **mark} for row in TYPES]


def weight_rows() -> list[dict[str, object]]:
    """The rows of type_weights.csv: one for each type and five-year bin of the woman's (else the man's) age."""
    pairs = [(at, years) for at, row in enumerate(TYPES) for years in range(row[7], row[8], 5)]
    profiles = np.array([_profile(at, years, number) for number, (at, years) in enumerate(pairs)]).T
    guesses = np.array([_guess(at, years) for at, years in pairs])
    weights = np.rint(raked(guesses, profiles, _targets()) * TOTAL).astype(int)
    mark = {"source": "calibrated to age_sex, household_sizes and marital", "confidence": "training"}
    return [{"type": at, "youngest": years, "weight": int(weight), **mark}
            for (at, years), weight in zip(pairs, weights, strict=True) if weight]  # fmt: skip


def raked(guesses: Integers, profiles: Integers, targets: Integers, softness: float = 1e-5) -> Integers:
    """Weights near the guesses whose mean profile is the target: Newton's method on the dual, slightly softened."""
    pulls = np.zeros(len(targets))
    for _ in range(200):
        weights = guesses * np.exp(np.clip(pulls @ profiles, -30, 30))
        short = targets - profiles @ weights - softness * pulls
        slope = (profiles * weights) @ profiles.T + softness * np.eye(len(targets))
        step = np.linalg.solve(slope, short)
        pulls += step * min(1.0, 1.0 / max(1e-9, float(np.abs(step).max())))
    return np.asarray(weights / weights.sum())


def _guess(at: int, years: int) -> float:
    """The type's share, most in the middle of its ages, none at their ends."""
    youngest, oldest, share = TYPES[at][7:]
    place = (years + 2.5 - youngest) / (oldest - youngest)
    return share / 100 * place * (1 - place) * 6 * 5 / (oldest - youngest)


def _profile(at: int, years: int, number: int) -> Integers:
    """What one household of a type and bin adds: people by sex and age band, its size, marital statuses from 15 on."""
    raw = np.random.PCG64(np.random.SeedSequence(number)).random_raw(SAMPLE * 4)
    drawn = raw.view("<u2").reshape(SAMPLE, 16)
    shape, youngest = np.full(SAMPLE, at, dtype=np.int32), np.full(SAMPLE, years, dtype=np.int32)
    found = arranged(drawn, shape, youngest, EdgeCases())
    age = found.age / YEAR
    band = np.minimum(age // 5, BANDS - 1).astype(int) + BANDS * found.sex
    people = np.bincount(band, minlength=2 * BANDS) / SAMPLE
    sizes = np.bincount(np.minimum(found.homes.size, 7) - 1, minlength=7) / SAMPLE
    marital = found.of_template(shapes().marital)[age >= 15]
    return np.concatenate((people, sizes, np.bincount(marital, minlength=len(MARITAL)) / SAMPLE))


def _targets() -> Integers:
    age_sex, sizes, marital = (frozen(name) for name in ("age_sex", "household_sizes", "marital"))
    mean = 3.59  # people in a household, population.yaml, national_2024
    people = age_sex.integers("per_million") / 1e6 * mean
    over_15 = people.reshape(2, BANDS)[:, 3:].sum()
    return np.concatenate(
        (people, sizes.integers("per_thousand") / 1e3, marital.integers("per_thousand") / 1e3 * over_15)
    )
