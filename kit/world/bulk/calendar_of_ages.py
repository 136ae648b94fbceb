"""What follows from an age in days on one day: year of birth, completed years, generation, identity card."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from kit.world.bulk.generations import GENERATIONS
from kit.world.bulk.kinds import Integers

OLDEST_IN_DAYS = 36_600
CARD_AGES = (14, 25, 40, 60)
"""Ages at which the identity card is renewed (memory); from 60 on it does not expire."""
FIRST_CARDS = date(2021, 1, 1)
NEVER = -(2**31)
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, eq=False)
class Calendar:
    """Tables with one row for each age in days; dates are days since 1 January 1970."""

    century: Integers  # 0 for the 1900s, 2 for the 2000s, as in a personal ID
    year_in_century: Integers  # times a hundred
    cohort: Integers  # even, below 255
    years_old: Integers
    generation: Integers
    card_from: Integers
    card_days: Integers
    card_expires: Integers


@lru_cache(maxsize=8)
def calendar_of_ages(today: date) -> Calendar:
    """The tables of one day."""
    birth = today.toordinal() - EPOCH - np.arange(OLDEST_IN_DAYS, dtype=np.int64)
    year = birth.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    now = today.toordinal() - EPOCH
    years_old = today.year - year - (birthdays(birth, today.year - year) > now)
    start, expires = _cards(birth, now)
    return Calendar(
        century=(year // 100 - 19).astype(np.int32) * 2,
        year_in_century=(year % 100).astype(np.int32) * 100,
        cohort=((year - year.min()) * 2).astype(np.uint8),
        years_old=years_old.astype(np.uint8),
        generation=np.searchsorted(np.array(GENERATIONS), year, side="right").astype(np.uint8),
        card_from=start.astype(np.int32),
        card_days=np.where(start == NEVER, 0, now - start + 1).astype(np.int32),
        card_expires=expires.astype(np.int32),
    )


def birthdays(birth: Integers, years: Integers | int) -> Integers:
    """The day on which a person reaches an age; 28 February for those born on the 29th in other years."""
    month = birth.astype("datetime64[D]").astype("datetime64[M]")
    day = birth - month.astype("datetime64[D]").astype(np.int64)
    then = month + np.asarray(years * 12, dtype="timedelta64[M]")
    length = ((then + 1).astype("datetime64[D]") - then.astype("datetime64[D]")).astype(np.int64)
    found: Integers = then.astype("datetime64[D]").astype(np.int64) + np.minimum(day, length - 1)
    return found


def _cards(birth: Integers, now: int) -> tuple[Integers, Integers]:
    """The first day on which the valid card can have been issued, and its expiry; NEVER where there is none."""
    start, expires = np.full(len(birth), NEVER), np.full(len(birth), NEVER)
    for age, until in zip(CARD_AGES, (*CARD_AGES[1:], 0), strict=True):
        reached = birthdays(birth, age)
        held = reached <= now
        start[held] = np.maximum(reached, FIRST_CARDS.toordinal() - EPOCH)[held]
        expires[held] = birthdays(birth, until)[held] if until else NEVER
    return np.where(start == NEVER, NEVER, np.minimum(start, now)), expires
