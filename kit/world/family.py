"""One household's people before they have names: sexes, ages, and who is whose parent or spouse."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

YEAR = 365.25  # days
SPACING = 1.2  # least years between siblings
YOUNGEST_PARENT, OLDEST_MOTHER, OLDEST_FATHER = 19.0, 43.0, 44.9  # years older than the child


class Shape(NamedTuple):
    """How many grandparents, parents (or a lone adult) and children a household has."""

    elders: int
    adults: int
    children: int

    @property
    def kind(self) -> str:
        """single, couple, couple_children, single_parent or three_generations."""
        if self.elders:
            return "three_generations"
        if self.adults == 1:
            return "single_parent" if self.children else "single"
        return "couple_children" if self.children else "couple"


@dataclass(frozen=True)
class Member:
    """A person of the family; `father`, `mother` and `spouse` are places in the family, or None."""

    sex: str
    age: float
    relation: str
    marital: str = "single"
    father: int | None = None
    mother: int | None = None
    spouse: int | None = None

    def birth_date(self, today: date) -> date:
        """The day of birth that gives this age."""
        return today - timedelta(days=max(1, round(self.age * YEAR)))


def draw_family(random: Random, shape: Shape) -> tuple[Member, ...]:
    """The members, elders first, then the adults, then the children from the eldest down."""
    adults = _adults(random, shape)
    head = next(member for member in adults if member.relation == "head")
    elders = _elders(random, shape.elders, head)
    adults = [_placed(member, len(elders)) for member in adults]
    family = elders + [_child_of(member, elders, 0) if member.relation == "head" else member for member in adults]
    for age in _children_ages(random, adults, shape.children):
        child = Member(random.choice(("male", "female")), age, "child")
        family.append(_child_of(child, adults, len(elders)))
    return tuple(family)


def _adults(random: Random, shape: Shape) -> list[Member]:
    age = _adult_age(random, shape)
    if shape.adults == 1:
        sex = "female" if random.random() < (0.8 if shape.children else 0.5) else "male"
        return [Member(sex, age, "head", _lone_status(random, age, bool(shape.children)))]
    husband = min(max(age + random.gauss(2.5, 2.5), age - 3, 21.0), age + 9)
    his, hers = ("head", "spouse") if random.random() < 0.7 else ("spouse", "head")
    return [
        Member("male", husband, his, "married", spouse=1),
        Member("female", age, hers, "married", spouse=0),
    ]


def _adult_age(random: Random, shape: Shape) -> float:
    least = 24 + SPACING * max(0, shape.children - 1)
    if shape.elders:
        return random.triangular(least, 54, 41)
    if shape.children:
        return random.triangular(least, 62, 45)
    if shape.adults == 2:
        return random.uniform(22, 33) if random.random() < 0.5 else random.uniform(50, 80)
    return random.choices((random.uniform(19, 35), random.uniform(35, 60), random.uniform(60, 88)), (50, 25, 25))[0]


def _lone_status(random: Random, age: float, has_children: bool) -> str:
    states = ("single", "divorced", "widowed")
    if has_children:
        return random.choices(states, (5, 35, 60) if age > 50 else (25, 55, 20))[0]
    return random.choices(states, (95, 5, 0) if age < 30 else (60, 30, 10) if age < 60 else (20, 20, 60))[0]


def _elders(random: Random, count: int, head: Member) -> list[Member]:
    if not count:
        return []
    mother = min(head.age + random.uniform(20, 36), 96.0)
    father = min(max(mother + random.gauss(2.5, 2), head.age + 19), head.age + OLDEST_FATHER - 1)
    if count == 2:
        return [
            Member("male", father, "parent", "married", spouse=1),
            Member("female", mother, "parent", "married", spouse=0),
        ]
    alone = Member("female", mother, "parent") if random.random() < 0.75 else Member("male", father, "parent")
    return [replace(alone, marital="widowed" if random.random() < 0.9 else "divorced")]


def _placed(member: Member, offset: int) -> Member:
    return member if member.spouse is None else replace(member, spouse=member.spouse + offset)


def _child_of(child: Member, parents: list[Member], offset: int) -> Member:
    places = {parent.sex: offset + index for index, parent in enumerate(parents)}
    return replace(child, father=places.get("male"), mother=places.get("female"))


def _children_ages(random: Random, adults: list[Member], count: int) -> list[float]:
    """From the eldest down; every parent is 18 to 45 years older."""
    if not count:
        return []
    oldest = {"male": OLDEST_FATHER, "female": OLDEST_MOTHER}
    least = max(0.02, *(adult.age - oldest[adult.sex] for adult in adults))
    most = min(adult.age for adult in adults) - YOUNGEST_PARENT
    needed = SPACING * (count - 1)
    eldest = most - (most - least - needed) * random.betavariate(1.6, 2.2)
    slack = min(eldest - least - needed, 3.0 * (count - 1))
    gaps = sorted(random.uniform(0, slack) for _ in range(count - 1))
    return [eldest, *(eldest - SPACING * (place + 1) - gap for place, gap in enumerate(gaps))]
