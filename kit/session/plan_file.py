"""A plan file read and every name in it looked up; all its problems are told at once, with line and place."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kit.calendar import is_working_day
from kit.errors import BrokenFile, KitError, UnknownName, UnknownUnit
from kit.exercise import Problem, load_exercise, pydantic_problems
from kit.session.places import Places
from kit.session.plan import MoreTime, PlanFile, SessionPlan, Team
from kit.session.plan_people import people_troubles
from kit.session.provinces import find_province
from kit.store.people import Person
from kit.yaml_file import Document, Steps, read_yaml

Found = tuple[Steps, str, str]  # place in the file, what is wrong in vi and en


class PlanDraft:
    """A plan as it stands in its file: schema checked, its names known or listed in `problems`."""

    def __init__(self, document: Document) -> None:
        self.document, self.problems, self.file = document, list[Problem](), _validated(document)
        self.province, self.day = "", date.min
        self.units: list[str] = []
        self.exercises: list[str] = []
        if isinstance(self.file, PlanFile):
            found = [*self._place(self.file), *self._lessons(self.file), *self._date(self.file)]
            self.problems = [_told(document, one) for one in found]
        else:
            self.problems = self.file

    @classmethod
    def read(cls, path: Path) -> "PlanDraft":
        """The draft in a file; `BrokenFile` where it is no YAML of ours."""
        return cls(read_yaml(path))

    def places(self) -> Places:
        """From where the roster's people may come."""
        return Places(self.province, tuple(self.units))

    def whole(self, people: Iterable[Person]) -> SessionPlan:
        """The plan for these people; `BrokenFile` with all problems of the file."""
        file, units = self.file, {person.code: person.unit for person in people}
        if isinstance(file, PlanFile) and units:
            self.problems += [_told(self.document, one) for one in people_troubles(file, units, self.exercises)]
        if self.problems or not isinstance(file, PlanFile):
            raise BrokenFile(self.problems)
        title = {"vi": file.title.vi, "en": file.title.en or file.title.vi}
        more = {one.person: MoreTime(one.factor, one.minutes, one.pace) for one in file.more_time}
        return SessionPlan(title, tuple(self.exercises), self.province, tuple(self.units), file.mode, file.seed,
                           self.day, file.pace, more, tuple(_teams(file, units)))  # fmt: skip

    def _place(self, file: PlanFile) -> Iterator[Found]:
        if file.province:
            try:
                self.province = find_province(file.province)
            except UnknownName as error:
                yield ("province",), error.vi, error.en
        for index, named in enumerate(file.units):
            try:
                self.units.append(Places(self.province).unit_of(named))
            except UnknownUnit as error:
                yield ("units", index), error.vi, error.en
        yield from _twice("units", self.units)

    def _lessons(self, file: PlanFile) -> Iterator[Found]:
        for index, named in enumerate(file.exercises):
            try:
                self.exercises.append(load_exercise(named.zfill(2)).id)
            except KitError as error:
                yield ("exercises", index), error.vi, error.en
        yield from _twice("exercises", self.exercises)

    def _date(self, file: PlanFile) -> Iterator[Found]:
        try:
            self.day = date.fromisoformat(file.day)
            if not is_working_day(self.day):
                yield ("day",), f"{file.day} không phải ngày làm việc", f"{file.day} is no working day"
        except KitError as error:
            yield ("day",), error.vi, error.en
        except ValueError:
            yield ("day",), "ngày phải có dạng 2025-07-01", "a date is written 2025-07-01"


def _validated(document: Document) -> PlanFile | list[Problem]:
    try:
        return PlanFile.model_validate(document.data)
    except ValidationError as error:
        return pydantic_problems(document, error)


def _twice(name: str, found: list[str]) -> Iterator[Found]:
    for one in {one for one in found if found.count(one) > 1}:
        yield (name,), f"{one} được nêu hai lần", f"{one} is named twice"


def _teams(file: PlanFile, units: dict[str, str]) -> Iterator[Team]:
    for team in file.teams:
        members = {one.person: one.role for one in team.members}
        unit: Any = Places().unit_of(team.unit) if team.unit else units[team.members[0].person]
        yield Team(team.name, load_exercise(team.exercise.zfill(2)).id, unit, members)


def _told(document: Document, found: Found) -> Problem:
    place, vi, en = found
    where = f"{document.name}:{document.line(place)}: {'.'.join(map(str, place))}"
    return f"{where}: {vi}", f"{where}: {en}"
