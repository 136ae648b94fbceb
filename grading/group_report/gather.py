"""Who took part, where they belong, and which attempt of a person counts. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from grading.gradebook import Graded
from kit.event import FINISHED
from kit.plain_text import plain
from kit.store.people import Person
from kit.world.rows import Row, rows

UNIT, GROUP, PROVINCE = "unit", "group", "province"
Place = tuple[str, str]  # ("unit", "26740"), ("group", "3"), ("province", "79")
_NUMBERED = re.compile(r"(?:(?:to|nhom|cong|tac|so|working|group|team|no) )*\.?0*([0-9]{1,3})")


@dataclass(frozen=True)
class Member:
    """One person as reports count people: `group` is a working group's key, "" where there is none."""

    code: str
    unit: str
    group: str
    role: str

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the person is counted: province, working group, unit."""
        found = ((PROVINCE, province_of(self.unit)), (GROUP, self.group), (UNIT, self.unit))
        return tuple(place for place in found if place[1])


@dataclass(frozen=True)
class Taken:
    """One graded attempt with the people who played it: one, or the members of a team."""

    graded: Graded
    members: tuple[Member, ...]

    @property
    def exercise(self) -> str:
        """The exercise that was played."""
        return self.graded.evaluation.exercise

    @property
    def ended(self) -> bool:
        """Whether somebody ended the attempt; one that goes on says nothing of what is left undone."""
        return any(event.kind == FINISHED for event in reversed(self.graded.events))


def gather(graded: Sequence[Graded], people: Mapping[str, Person]) -> list[Taken]:
    """Each attempt with its people; where there is no roster, the trainee's name in the unit of the script."""
    return [Taken(one, tuple(_members(one, people))) for one in graded]


def _members(one: Graded, people: Mapping[str, Person]) -> Iterable[Member]:
    """A team's members are those who acted; a person of the roster is found by code, else by the name in the row."""
    named = one.attempt.get("person") or ""
    if named in people:
        return [member_of(people[named])]
    acting = {event.actor for event in one.events}
    team = [person for code, person in people.items() if one.attempt.get("team") and acting & {code, person.name}]
    return [member_of(person) for person in team] or [_stranger(one)]


def member_of(person: Person) -> Member:
    """A line of the roster; who has no working group there has that of the unit."""
    group = person.working_group or unit_row(person.unit).get("working_group", "")
    return Member(person.code, person.unit, group_key(group), person.role)


def _stranger(one: Graded) -> Member:
    unit = one.evaluation.unit
    name = one.attempt.get("team") or one.attempt["trainee"]
    return Member(f"{plain(name)} @ {unit}", unit, group_key(unit_row(unit).get("working_group", "")), "")


def group_key(name: str) -> str:
    """ "Tổ công tác số 3", "tổ 03" and "3" are one working group; any other name is its own key."""
    found = _NUMBERED.fullmatch(plain(name))
    return found.group(1) if found else " ".join(name.split())


def counting(taken: Iterable[Taken]) -> dict[tuple[str, str], Taken]:
    """By (person, exercise) the attempt that counts: the last one that was ended, else the last one begun."""
    chosen: dict[tuple[str, str], Taken] = {}
    for one in sorted(taken, key=lambda one: (one.ended, one.graded.events[0].at)):
        for member in one.members:
            chosen[member.code, one.exercise] = one
    return chosen


@cache
def _units() -> dict[str, Row]:
    return {row["code"]: row for row in rows("units")}


def unit_row(code: str) -> Row:
    """A unit's row in `units.csv`; empty where it has none."""
    return _units().get(code, {})


def province_of(unit: str) -> str:
    """The code of a unit's province, "" where the unit is not known."""
    return unit_row(unit).get("province_code", "")
