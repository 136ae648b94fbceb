"""Ages in days without rejection: each is drawn inside the bounds that the others leave.

Legal ages of marriage: women 18, men 20 (Law on Marriage and Family 2014, Article 8; from memory).
"""

import numpy as np

from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.shapes import ELDER_MAN, ELDER_WOMAN, FIRST_CHILD, MAN, PLACES, WOMAN

BIN_YEARS = 5
SPACING = 400
"""Least days between siblings who are no twins."""


def days(quarters: int) -> int:
    """Quarters of years in days."""
    return quarters * 1461 // 16


YOUNGEST_PARENT, OLDEST_FIRST_MOTHER, OLDEST_MOTHER = days(4 * 19), days(4 * 36), days(4 * 43)
OLDEST_FATHER, YOUNGEST_HUSBAND, OLDEST = days(4 * 45 - 1), days(4 * 20 + 1), days(4 * 99)
LONGEST_GAP, YOUNGER_HUSBAND, OLDER_HUSBAND = days(4 * 6), days(4 * 3), days(4 * 9)


def ages(drawn: Integers, children: Integers, youngest: Integers, twins: Flags) -> Integers:
    """Ages in days, one column for each place; columns of places where nobody lives mean nothing.

    drawn: a row of 16-bit numbers for each use; youngest: years at which the five-year bin of the woman's (else
    the man's) age begins.
    """
    found = np.empty((len(children), PLACES), dtype=np.int32)
    reference = youngest * 1461 // 4 + _part(drawn[1], days(4 * BIN_YEARS))
    eldest, last = _children(found, (reference, children, twins), drawn[7:12])
    found[:, WOMAN] = reference
    found[:, MAN] = _husband(reference, drawn[2:4], (eldest, last, children > 0))
    return found


def lone(found: Integers, alone: Flags) -> None:
    """A man without a wife takes the reference age himself."""
    found[:, MAN] = np.where(alone, found[:, WOMAN], found[:, MAN])


def elders(found: Integers, drawn: Integers, has_man: Flags) -> None:
    """The parents of the man, else of the woman: 19 to 43 (mother) or 45 years older."""
    adult = np.where(has_man, found[:, MAN], found[:, WOMAN])
    room = np.minimum(OLDEST_MOTHER, OLDEST - adult) - YOUNGEST_PARENT
    mother = adult + YOUNGEST_PARENT + _middling(drawn[4], drawn[5], room)
    older = _part(drawn[6], YOUNGER_HUSBAND + OLDER_HUSBAND) - YOUNGER_HUSBAND
    found[:, ELDER_WOMAN] = mother
    found[:, ELDER_MAN] = np.clip(mother + older, adult + YOUNGEST_PARENT, np.minimum(adult + OLDEST_FATHER, OLDEST))


def _children(
    found: Integers, household: tuple[Integers, Integers, Flags], drawn: Integers
) -> tuple[Integers, Integers]:
    """Fill the children's columns; return the ages of the eldest and of the youngest."""
    reference, children, twins = household
    gaps = np.maximum(children - 1, 0)
    end = np.minimum(reference - 1, OLDEST_MOTHER)
    room = np.minimum(end - SPACING * gaps, OLDEST_FIRST_MOTHER) - YOUNGEST_PARENT
    first_birth = YOUNGEST_PARENT + _middling(drawn[0], drawn[1], room)
    slack = np.minimum((end - first_birth - SPACING * gaps) // np.maximum(gaps, 1), LONGEST_GAP)
    age = reference - first_birth
    eldest = last = age
    found[:, FIRST_CHILD] = age
    for at in range(1, 4):
        gap = SPACING + _part(drawn[at + 1], slack)
        age = age - np.where(twins & (gaps == at), 0, gap)
        found[:, FIRST_CHILD + at] = age
        last = np.where(gaps >= at, age, last)
    return eldest, last


def _husband(wife: Integers, drawn: Integers, offspring: tuple[Integers, Integers, Flags]) -> Integers:
    """Mostly some years older than his wife, and 19 to 45 years older than every child."""
    eldest, last, has_children = offspring
    older = _middling(drawn[0], drawn[1], YOUNGER_HUSBAND + OLDER_HUSBAND) - YOUNGER_HUSBAND
    least = np.where(has_children, np.maximum(eldest + YOUNGEST_PARENT, YOUNGEST_HUSBAND), YOUNGEST_HUSBAND)
    most = np.where(has_children, np.minimum(last + OLDEST_FATHER, OLDEST), OLDEST)
    return np.asarray(np.clip(wife + older, least, most))


def _part(drawn: Integers, room: Integers | int) -> Integers:
    """From 0 to below `room`, all alike; room times 65,535 must stay below 2^31."""
    product: Integers = drawn * room
    return product >> 16


def _middling(first: Integers, second: Integers, room: Integers | int) -> Integers:
    """From 0 to below `room`, the middle more often."""
    mean: Integers = (first + second) >> 1
    return _part(mean, room)
