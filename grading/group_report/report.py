"""All that a report on a group tells: who took part, what may be shown, sums, strengths, areas, plan, closure. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from grading.cell import Cell
from grading.gradebook import Graded
from grading.group_report.closure import Closed, Earlier, closures
from grading.group_report.gather import Member, Place, Taken, counting, gather, member_of
from grading.group_report.metrics import Found
from grading.group_report.objectives import Achieved, achieved
from grading.group_report.observed import areas, strengths
from grading.group_report.plan import Corrective, carried, plan
from grading.group_report.readiness import Spot, cells_of, published
from grading.group_report.sums import Asked, Sums, of_one, together
from kit.script import Texts
from kit.store.people import Person


@dataclass(frozen=True)
class Course:
    """What was held: the session, its graded attempts, how many could not be graded, its people by code, titles.

    `sums`: by attempt what it adds, where that was taken from its log before (`watching`); else it is taken here.
    `objectives`: by exercise and id what the guide calls them.
    """

    session: str
    graded: Sequence[Graded]
    invalid: int
    people: Mapping[str, Person]
    titles: Mapping[str, Texts]
    sums: Mapping[str, Sums] = field(default_factory=dict)
    objectives: Mapping[str, Mapping[str, Texts]] = field(default_factory=dict)


@dataclass(frozen=True)
class GroupReport:
    """The report on one place of a course; `cells` are of the place and of every place inside it."""

    course: Course
    place: Place
    made_on: date
    people: int
    played: int
    attempts: int
    cells: Mapping[Spot, Cell]
    hidden: tuple[str, ...]
    sums: Sums
    plan: tuple[Corrective, ...]
    closed: tuple[Closed, ...]
    objectives: tuple[Achieved, ...] = ()

    @property
    def own(self) -> dict[str, Cell]:
        """The place's own cell in each exercise."""
        return {exercise: cell for (place, exercise), cell in sorted(self.cells.items()) if place == self.place}

    @property
    def strengths(self) -> list[Asked]:
        """What went well."""
        return strengths(self.sums.asked)

    @property
    def areas(self) -> list[Asked]:
        """What has to be improved."""
        return areas(self.sums.asked)


def report_on(course: Course, place: Place, made_on: date, previous: Sequence[Earlier] = ()) -> GroupReport:
    """The report; sums are over the attempts that count, of the exercises that may be shown."""
    taken = gather(course.graded, course.people)
    chosen = {who: one for who, one in counting(taken).items() if one.ended}
    shown, own = _shown(chosen, place), _of(taken, place)
    counted = {one.graded.attempt["id"]: one.graded for one in _among(chosen, place, shown)}
    found = together(course.sums.get(attempt) or of_one(one) for attempt, one in counted.items())
    cells = {spot: cell for spot, cell in cells_of(taken).items() if spot[0] in _inside(taken, place)}
    told = Found(found, {exercise: cell for (where, exercise), cell in cells.items() if where == place})
    closed = tuple(closures(previous, told, made_on))
    actions = carried(plan(told, course.titles, place, made_on), closed, place[0])
    played = {member.code for one in own for member in one.members if place in member.places}
    return GroupReport(
        course, place, made_on, len(_roster(course, place) | played), len(played), len(own), cells,
        tuple(sorted({one.exercise for one in own} - shown)), found, tuple(actions), closed,
        achieved(taken, place),
    )  # fmt: skip


def members(course: Course) -> list[Member]:
    """Everybody in the roster, and whoever played without being in it."""
    roster = [member_of(person) for person in course.people.values()]
    return [*roster, *(member for one in gather(course.graded, course.people) for member in one.members)]


def _roster(course: Course, place: Place) -> set[str]:
    return {one.code for one in map(member_of, course.people.values()) if place in one.places}


def _of(taken: Iterable[Taken], place: Place) -> list[Taken]:
    return [one for one in taken if any(place in member.places for member in one.members)]


def _shown(chosen: Mapping[tuple[str, str], Taken], place: Place) -> set[str]:
    """The exercises in which enough people of a place ended an attempt."""
    people: dict[Spot, set[str]] = {}
    for (code, exercise), one in chosen.items():
        for where in next(member.places for member in one.members if member.code == code):
            people.setdefault((where, exercise), set()).add(code)
    return {exercise for where, exercise in published(people) if where == place}


def _among(chosen: Mapping[tuple[str, str], Taken], place: Place, shown: set[str]) -> list[Taken]:
    return [one for (code, exercise), one in chosen.items() if exercise in shown
            and any(member.code == code and place in member.places for member in one.members)]  # fmt: skip


def _inside(taken: Iterable[Taken], place: Place) -> set[Place]:
    """A place and the smaller ones all of whose people are in it."""
    found: dict[Place, bool] = {}
    for member in (member for one in taken for member in one.members):
        for where in member.places:
            inside = place in member.places and member.places.index(where) >= member.places.index(place)
            found[where] = found.get(where, True) and inside
    return {where for where, inside in found.items() if inside}
