"""How ready each unit is for each situation: a table of units by exercises, small groups left blank. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from grading.cell import BEST_FIRST, Cell, overall
from grading.evaluate import GRADED, PENDING, Evaluation
from grading.gradebook import Graded
from grading.group_report.gather import UNIT, Place, Taken, counting, gather, unit_row
from grading.group_report.suppression import LEAST, shown
from kit.plain_text import vietnamese_order
from kit.store.people import Person

Spot = tuple[Place, str]  # a place in an exercise
Results = dict[Spot, dict[str, Evaluation]]  # by person


@dataclass(frozen=True)
class Readiness:
    """`cells` by (unit code, exercise id); `places` the same by (place, exercise id) for units, groups, provinces.

    Cells that nobody played are not there. `units`: codes in the order of their names.
    """

    cells: dict[tuple[str, str], Cell]
    units: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    places: dict[Spot, Cell] = field(default_factory=dict)


def readiness(graded: Sequence[Graded], people: Mapping[str, Person]) -> Readiness:
    """The table of a session; `people` by code, empty where the session has no roster."""
    places = cells_of(gather(graded, people))
    units = {(place[1], exercise): cell for (place, exercise), cell in places.items() if place[0] == UNIT}
    names = {code: unit_row(code).get("name_vn", code) for code, _ in units}
    ordered = sorted(names, key=lambda code: (vietnamese_order(names[code]), code))
    return Readiness(units, tuple(ordered), tuple(sorted({exercise for _, exercise in units})), places)


def cells_of(taken: Sequence[Taken]) -> dict[Spot, Cell]:
    """Every place in every exercise that somebody there played."""
    results, attempts = results_of(taken), _attempts(taken)
    final = {spot: {code for code, one in found.items() if one.state == GRADED} for spot, found in results.items()}
    may_show = published(final)
    return {spot: _cell(list(found.values()), len(attempts[spot]), spot in may_show) for spot, found in results.items()}


def results_of(taken: Iterable[Taken]) -> Results:
    """For every place and exercise the counting result of each person there."""
    found: Results = {}
    for (code, exercise), one in counting(taken).items():
        member = next(member for member in one.members if member.code == code)
        for place in member.places:
            found.setdefault((place, exercise), {})[code] = one.graded.evaluation
    return found


def published(people: Mapping[Spot, Iterable[str]]) -> frozenset[Spot]:
    """The spots whose figures over these people may be shown, in whatever report: one decision for a session."""
    by_exercise: dict[str, dict[Place, frozenset[str]]] = {}
    for (place, exercise), codes in people.items():
        by_exercise.setdefault(exercise, {})[place] = frozenset(codes)
    return frozenset((place, exercise) for exercise, groups in by_exercise.items() for place in shown(groups))


def _attempts(taken: Iterable[Taken]) -> dict[Spot, set[str]]:
    found: dict[Spot, set[str]] = {}
    for one in taken:
        for place in {place for member in one.members for place in member.places}:
            found.setdefault((place, one.exercise), set()).add(one.graded.attempt["id"])
    return found


def _cell(made: Sequence[Evaluation], attempts: int, may_show: bool) -> Cell:
    """The figures over people; where no result is final there is nothing to hide but that."""
    final = [one for one in made if one.state == GRADED]
    if not final and len(made) >= LEAST:
        return Cell(len(made), attempts, rating=PENDING, unjudged=len(made))
    if not may_show:
        return Cell(len(made), attempts, suppressed=True)
    passed, ratings = sum(one.passed is True for one in final) / len(final), [one.rating for one in final]
    mean = round(fmean(one.score for one in final), 2)
    return Cell(len(made), attempts, mean, overall(ratings, mean), round(passed, 4), len(made) - len(final),
                ratings=tuple(map(ratings.count, BEST_FIRST)))  # fmt: skip
