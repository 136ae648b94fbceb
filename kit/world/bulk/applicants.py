"""Who in a household may apply for what: by construction, from the household's shape and ages.

A procedure's group (dossier_procedures.csv, who) says which person applies; a household that has nobody of a
group is never offered the group's procedures.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from kit.world.bulk.frozen import frozen
from kit.world.bulk.ground import Ground
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.shapes import FIRST_CHILD, MAN, MARITAL, PLACES, RELATIONS, WOMAN, shapes
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
    """Some households: the eight ages in days of each, and what its shape says of it."""

    home: Integers
    age: Integers
    template: Integers
    poor: Flags


def homes_at(ground: Ground, home: Integers) -> Homes:
    """These households of the ground."""
    return Homes(
        home, ground.people.homes.age_in_days.take(home, axis=0), ground.template.take(home), ground.poor[home]
    )


def grown(homes: Homes) -> Flags:
    """Whether the head is of age: nobody else's household files dossiers."""
    found: Flags = homes.age.ravel().take(np.arange(len(homes.home)) * PLACES + _head(homes)) >= years(18)
    return found


def situations(homes: Homes) -> tuple[Integers, Integers]:
    """Bits of SITUATIONS for each household, and for each group the place of the person who applies."""
    child, infant_age = _youngest(homes)
    elder, oldest = _oldest(homes)
    unmarried, any_unmarried = _unmarried(homes)
    flags = (
        _infant(homes.template, infant_age),
        (child > 0) & (infant_age >= NEWBORN) & tables().lone_mother.take(homes.template),
        oldest >= years(60), any_unmarried, oldest >= years(75), homes.poor,
        (homes.template >= _foster_from()) & (infant_age >= NEWBORN),
        (child > 0) & tables().alone.take(homes.template),
    )  # fmt: skip
    head = _head(homes)
    mother = np.where(tables().has_woman.take(homes.template), WOMAN, MAN)
    places = np.empty((len(GROUPS), len(head)), dtype=np.int8)
    places[:] = head
    places[[INFANT, FATHERLESS_INFANT, FATHERLESS]] = mother
    places[UNMARRIED], places[AGED] = unmarried, elder
    bits = np.zeros(len(head), dtype=np.uint8)
    for bit, flag in enumerate(flags):
        bits |= flag.view(np.uint8) << np.uint8(bit)
    return bits.astype(np.int64), places


@dataclass(frozen=True, eq=False)
class ShapeTables:
    """One row for each template."""

    head: Integers
    spouse: Integers
    children: Integers
    has_child: Flags
    has_woman: Flags
    grown: Integers
    lone_mother: Flags
    alone: Flags


@cache
def tables() -> ShapeTables:
    """What applicants need to know of the shapes; without a spouse, `spouse` is the head."""
    of = shapes()
    present = of.present.view(np.bool_).reshape(-1, PLACES)
    head = np.argmax(present & (of.relation == RELATIONS.index("head")), axis=1)
    spouse = present & (of.relation == RELATIONS.index("spouse"))
    lone = present[:, WOMAN] & ~present[:, MAN] & (of.marital[:, WOMAN] == MARITAL.index("single"))
    return ShapeTables(
        head=head,
        spouse=np.where(spouse.any(axis=1), np.argmax(spouse, axis=1), head),
        children=present[:, FIRST_CHILD:].sum(axis=1),
        has_child=present[:, FIRST_CHILD] & (np.arange(len(present)) < _foster_from()),
        has_woman=present[:, WOMAN].copy(),
        grown=present[:, :FIRST_CHILD].astype(np.int8),
        lone_mother=lone,
        alone=present[:, WOMAN] & ~present[:, MAN],
    )


@cache
def procedure_slots() -> Integers:
    """For each set of situations 2,048 slots of procedures (rows of dossier_procedures.csv)."""
    table = frozen("dossier_procedures")
    needs = [NEEDS.get(who, (who,) if who in SITUATIONS else ()) for who in table.texts("who")]
    bits = np.array([sum(1 << SITUATIONS.index(one) for one in need) for need in needs])
    weights = table.integers("weight")
    return np.concatenate([slot_table(np.where(bits & ~of == 0, weights, 0), 1 << DRAW_BITS)
                           for of in range(1 << len(SITUATIONS))])  # fmt: skip


def heads_are_grown(ground: Ground, home: Integers) -> Flags:
    """Whether the heads of these households of the ground are of age."""
    at = home * PLACES + tables().head.take(ground.template.take(home))
    found: Flags = ground.people.homes.age_in_days.ravel().take(at) >= years(18)
    return found


def have_an_infant(ground: Ground, home: Integers) -> Flags:
    """Whether these households have a child of 14 to 365 days that is nobody's foster child."""
    template = ground.template.take(home)
    at = home * PLACES + FIRST_CHILD + np.maximum(tables().children.take(template) - 1, 0)
    return _infant(template, ground.people.homes.age_in_days.ravel().take(at))


def _infant(template: Integers, age: Integers) -> Flags:
    found: Flags = (age >= NEWBORN) & (age <= INFANT_TO) & tables().has_child.take(template)
    return found


def subject_place(homes: Homes) -> Integers:
    """The place of the child whom a dossier about a child is for: the foster child, else the youngest."""
    child, _ = _youngest(homes)
    return np.where(homes.template >= _foster_from(), FIRST_CHILD, FIRST_CHILD + np.maximum(child - 1, 0))


def _foster_from() -> int:
    """Templates from here on have a foster child as their eldest child."""
    return 2 * shapes().count


def _head(homes: Homes) -> Integers:
    return tables().head.take(homes.template)


def _youngest(homes: Homes) -> tuple[Integers, Integers]:
    child = tables().children.take(homes.template)
    at = np.arange(len(child)) * PLACES + FIRST_CHILD + np.maximum(child - 1, 0)
    return child, homes.age.ravel().take(at)


def _oldest(homes: Homes) -> tuple[Integers, Integers]:
    """Place and age of the oldest of the four grown places."""
    present = tables().grown.take(homes.template, axis=0)
    place, oldest = np.zeros(len(homes.home), dtype=np.int64), np.zeros(len(homes.home), dtype=np.int32)
    for at in range(FIRST_CHILD):
        age = homes.age[:, at] * present[:, at]
        older = age > oldest
        place[older], oldest = at, np.maximum(age, oldest)
    return place, oldest


def _unmarried(homes: Homes) -> tuple[Integers, Flags]:
    """The eldest child if it is 20, else the head if not married and 20; whether there is one."""
    head, married = _head(homes), MARITAL.index("married")
    child = (tables().children.take(homes.template) > 0) & (homes.age[:, FIRST_CHILD] >= years(20))
    status = shapes().marital.ravel().take(homes.template * PLACES + head)
    age = homes.age.ravel().take(np.arange(len(head)) * PLACES + head)
    alone = (status != married) & (age >= years(20))
    return np.where(child, FIRST_CHILD, head), child | alone
