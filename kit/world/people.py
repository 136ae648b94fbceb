"""Choosing people of a world for a case: each person plays in one case only, the order is drawn."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

Person = dict[str, Any]
Wanted = Callable[[Person], bool]


class NobodyLeft(LookupError):
    """The world is too small for the case: nobody fits who is not already in another one."""


@dataclass
class People:
    """The citizens of a world that have no part yet, in an order drawn for one trainee."""

    citizens: dict[str, Person]
    order: list[str]
    unit: str
    today: date
    units: dict[str, Person]
    taken: set[str] = field(default_factory=set)

    def pick(self, wanted: Wanted, unit: Callable[[str], bool] | None = None) -> Person:
        """The next free person of our unit (or of a unit that `unit` accepts) who fits."""
        lives = unit or (lambda code: code == self.unit)
        for number in self.order:
            person = self.citizens[number]
            if number not in self.taken and lives(person["unit_code"]) and wanted(person):
                self.taken.add(number)
                return person
        raise NobodyLeft("nobody fits")

    def also(self, number: str) -> Person:
        """A relative of somebody chosen: taken too."""
        self.taken.add(number)
        return self.citizens[number]

    def free(self, number: str) -> bool:
        """Whether a relative exists and has no part yet."""
        return bool(number) and number in self.citizens and number not in self.taken

    def age(self, person: Person) -> int:
        """Completed years on the world's day."""
        born = date.fromisoformat(person["birth_date"])
        return self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))

    def province(self, code: str) -> str:
        """The province of a unit."""
        return str(self.units[code]["province_code"])


def gather(citizens: list[Person], units: dict[str, Person], unit: str, today: date, draw: Random) -> People:
    """The people of a world for one trainee."""
    known = {person["citizen_id"]: person for person in citizens}
    order = list(known)
    draw.shuffle(order)
    return People(known, order, unit, today, units)


def adult(people: People, low: int = 22, high: int = 70) -> Wanted:
    """A grown-up between two ages."""
    return lambda person: low <= people.age(person) <= high


def single_adult(people: People, sex: str, low: int) -> Wanted:
    """Unmarried, of a sex, old enough."""
    return lambda person: (
        person["sex"] == sex and person["marital_status"] == "single" and low <= people.age(person) <= 40
    )


def no_relative(of: Person) -> Wanted:
    """Of another household: the only relatives that are known live under one roof."""
    return lambda person: bool(person["household_id"] != of["household_id"])


def married_woman(people: People) -> Wanted:
    """A wife of an age to have a baby whose husband is free too."""
    return lambda person: (
        person["sex"] == "female" and 20 <= people.age(person) <= 42
        and person["marital_status"] == "married" and people.free(person["spouse_id"])
    )  # fmt: skip
