"""A visit to the counter: who comes, with which papers; and the setting in which one is drawn."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from kit.calendar import long_day
from kit.world.people import People, Person

Json = dict[str, Any]
Lives = Callable[[str], bool]


@dataclass(frozen=True)
class Visit:
    """One visit: the applicant, everybody named on the papers, the papers, and what the result will say."""

    applicant: Person
    people: tuple[Person, ...]
    papers: tuple[Json, ...]
    result_kind: str
    result: Json
    subject: str
    fee: int
    free: str = "none"
    software: str = "civil_status"
    competent: str = ""
    notes: Json = field(default_factory=dict)

    def paper(self, component: str) -> Json:
        """The paper handed in for a component."""
        return next(paper for paper in self.papers if paper["component"] == component)

    def changed(self, component: str, **fields: str) -> "Visit":
        """The same visit with other entries on one paper."""
        papers = tuple(
            {**paper, "fields": {**paper["fields"], **fields}} if paper["component"] == component else paper
            for paper in self.papers
        )
        return replace(self, papers=papers)

    def without(self, component: str) -> "Visit":
        """The same visit with one paper left at home."""
        return replace(self, papers=tuple(p for p in self.papers if p["component"] != component))


@dataclass(frozen=True)
class Setting:
    """What every family needs: the people, the draw, the day, our office's name, where the applicant lives."""

    people: People
    draw: Random
    today: date
    office: str
    lives: Lives

    def ago(self, days: int) -> date:
        """A day before today."""
        return self.today - timedelta(days=days)

    def place_date(self, day: date | None = None, place: str = "") -> str:
        """The line above a signature, as Decree 30/2020 writes a date; with the place where an office writes."""
        written = long_day(day or self.today)
        return f"{place}, {written}" if place else written.capitalize()

    def name(self) -> str:
        """A synthetic name for somebody who only signs."""
        return str(self.draw.choice(list(self.people.citizens.values()))["full_name"])

    def number(self, low: int, high: int) -> int:
        """A drawn number."""
        return self.draw.randint(low, high)
