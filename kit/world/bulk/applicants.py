"""Who in a household may apply for what: by construction, from the household's shape and ages.

A procedure's group (dossier_procedures.csv, who) says which person applies; a household that has nobody of a
group is never offered the group's procedures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from kit.world.bulk.frozen import frozen
from kit.world.bulk.ground import Ground
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.shapes import ELDER_MAN, ELDER_WOMAN, FIRST_CHILD, MAN, MARITAL, PLACES, RELATIONS, WOMAN, shapes
from kit.world.bulk.slots import slot_table

GROUPS = ("adult", "head", "infant", "fatherless_infant", "elder", "unmarried", "aged", "poor", "foster", "fatherless")
ADULT, HEAD, INFANT, FATHERLESS_INFANT, ELDER, UNMARRIED, AGED, POOR, FOSTER, FATHERLESS = range(len(GROUPS))
SITUATIONS = ("infant", "fatherless", "elder", "unmarried", "aged", "poor", "foster", "lone")
NEEDS = {"fatherless_infant": ("infant", "lone")}  # other groups need the situation of their name, or nothing
WINDOW = 120
"""Days back from the day in which dossiers were filed."""
NEWBORN, INFANT_TO = 14, 365
DRAW_BITS = 11
NONE = 0


def years(count: int) -> int:
    """Days that are surely so many years, also at the beginning of the window."""
    return count * 1461 // 4 + 1 + WINDOW


@dataclass(frozen=True, eq=False)
class Homes:
    """Some households: their numbers, rows in the tables of shapes, and the eight ages in days of all the ground's."""

    home: Integers
    template: Integers
    ages: Integers

    def age(self, place: Integers | int) -> Integers:
        """In days; of a place where nobody lives it means nothing."""
        at: Integers = self.home * PLACES + place
        return self.ages.take(at)

    def rows(self, at: Integers) -> "Homes":
        """Only these."""
        return Homes(self.home.take(at), self.template.take(at), self.ages)


def homes_at(ground: Ground, home: Integers) -> Homes:
    """These households of the ground."""
    return Homes(home, ground.template.take(home), ground.people.homes.age_in_days.ravel())


def grown(homes: Homes) -> Flags:
    """Whether the head is of age: nobody else's household files dossiers."""
    found: Flags = homes.age(tables().head.take(homes.template)) >= years(18)
    return found


def situations(homes: Homes, poor: Flags) -> Integers:
    """Bits of SITUATIONS for each household."""
    child_age, oldest = homes.age(tables().youngest.take(homes.template)), _oldest(homes)[0]
    newborn = child_age >= NEWBORN
    of_age = {
        "infant": newborn & (child_age <= INFANT_TO), "fatherless": newborn, "elder": oldest >= years(60),
        "unmarried": _unmarried(homes), "aged": oldest >= years(75), "poor": poor, "foster": newborn,
    }  # fmt: skip
    bits = np.full(len(poor), 1 << SITUATIONS.index("lone"), dtype=np.uint8)
    for name, flag in of_age.items():
        bits |= flag.view(np.uint8) << np.uint8(SITUATIONS.index(name))
    return (bits & tables().possible.take(homes.template)).astype(np.int64)


@dataclass(frozen=True, eq=False)
class ShapeTables:
    """One row for each template; `possible`: bits of the SITUATIONS that its shape allows."""

    head: Integers
    spouse: Integers
    mother: Integers
    youngest: Integers
    subject: Integers
    oldest: tuple[Integers, Integers]
    has_child: Flags
    single_head: Flags
    possible: Integers


@cache
def tables() -> ShapeTables:
    """What applicants need to know of the shapes; without a spouse, `spouse` is the head."""
    of = shapes()
    present = of.present.view(np.bool_).reshape(-1, PLACES)
    rows = np.arange(len(present))
    head = np.argmax(present & (of.relation == RELATIONS.index("head")), axis=1)
    spouse = present & (of.relation == RELATIONS.index("spouse"))
    foster = rows >= 2 * of.count
    youngest = FIRST_CHILD + np.maximum(present[:, FIRST_CHILD:].sum(axis=1) - 1, 0)
    return ShapeTables(
        head=head,
        spouse=np.where(spouse.any(axis=1), np.argmax(spouse, axis=1), head),
        mother=np.where(present[:, WOMAN], WOMAN, MAN),
        youngest=youngest,
        subject=np.where(foster, FIRST_CHILD, youngest),
        oldest=_two_oldest(present),
        has_child=present[:, FIRST_CHILD].copy(),
        single_head=of.marital[rows, head] != MARITAL.index("married"),
        possible=_possible(present, of.marital[:, WOMAN] == MARITAL.index("single"), foster),
    )


def _two_oldest(present: Flags) -> tuple[Integers, Integers]:
    """Among which two people the oldest is: the grandparents, where there are any; twice the same if alone."""
    elders = present[:, ELDER_MAN] | present[:, ELDER_WOMAN]
    man, woman = np.where(elders, ELDER_MAN, MAN), np.where(elders, ELDER_WOMAN, WOMAN)
    rows = np.arange(len(present))
    return np.where(present[rows, man], man, woman), np.where(present[rows, woman], woman, man)


def _possible(present: Flags, single_woman: Flags, foster: Flags) -> Integers:
    child, alone = present[:, FIRST_CHILD], present[:, WOMAN] & ~present[:, MAN]
    shape_allows = {
        "infant": child & ~foster, "fatherless": child & alone & single_woman, "foster": foster, "lone": child & alone,
    }  # fmt: skip
    flags = [shape_allows.get(name, np.ones(len(child), dtype=bool)) for name in SITUATIONS]
    found: Integers = np.packbits(np.array(flags), axis=0, bitorder="little")[0]
    return found


@cache
def procedure_slots() -> Integers:
    """For each set of situations 2,048 slots of procedures (rows of dossier_procedures.csv)."""
    table = frozen("dossier_procedures")
    needs = [NEEDS.get(who, (who,) if who in SITUATIONS else ()) for who in table.texts("who")]
    bits = np.array([sum(1 << SITUATIONS.index(one) for one in need) for need in needs])
    weights = table.integers("weight")
    return np.concatenate([slot_table(np.where(bits & ~of == 0, weights, 0), 1 << DRAW_BITS)
                           for of in range(1 << len(SITUATIONS))])  # fmt: skip


def have_an_infant(homes: Homes) -> Flags:
    """Whether these households have a child of 14 to 365 days that is nobody's foster child."""
    age = homes.age(tables().youngest.take(homes.template))
    found: Flags = (age >= NEWBORN) & (age <= INFANT_TO)
    found &= (tables().possible.take(homes.template) & 1 << SITUATIONS.index("infant")) > 0
    return found


def _oldest(homes: Homes) -> tuple[Integers, Flags]:
    """The age of the oldest, who is one of the two of `oldest`; whether it is the second."""
    first, second = (homes.age(places.take(homes.template)) for places in tables().oldest)
    return np.maximum(first, second), second > first


def _unmarried(homes: Homes) -> Flags:
    """Whether the eldest child is 20, or the head is and not married."""
    head = tables().single_head.take(homes.template) & (homes.age(tables().head.take(homes.template)) >= years(20))
    found: Flags = head | _grown_child(homes)
    return found


def _grown_child(homes: Homes) -> Flags:
    found: Flags = tables().has_child.take(homes.template) & (homes.age(FIRST_CHILD) >= years(20))
    return found


def _mother(homes: Homes) -> Integers:
    return tables().mother.take(homes.template)


def _who_marries(homes: Homes) -> Integers:
    return np.where(_grown_child(homes), FIRST_CHILD, tables().head.take(homes.template))


def _who_is_aged(homes: Homes) -> Integers:
    first, second = (places.take(homes.template) for places in tables().oldest)
    return np.where(_oldest(homes)[1], second, first)


APPLYING: dict[int, Callable[[Homes], Integers]] = {
    INFANT: _mother, FATHERLESS_INFANT: _mother, FATHERLESS: _mother, UNMARRIED: _who_marries, AGED: _who_is_aged,
}  # fmt: skip
"""The places of those who apply in households, by group; of the groups that are left out the heads."""
