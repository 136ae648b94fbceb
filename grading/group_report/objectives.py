"""Each objective of an exercise over the people of a place: how many reached which rating, theirs together. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from grading.cell import BEST_FIRST, half, overall
from grading.evaluate import GRADED, PENDING, Evaluation, Rated
from grading.group_report.gather import Place, Taken
from grading.group_report.readiness import Results, Spot, published, results_of
from grading.group_report.suppression import LEAST

HALF, MEAN, OPEN = "half", "mean", "open"  # what gave a group its rating
WEAK = ("M", "U")


@dataclass(frozen=True)
class Achieved:
    """One objective of an exercise over the `people` whose results are final; of a suppressed one no more than that.

    `ratings`: how many reached P, S, M, U; `rating` is that of all of them and `rule` what decided it: HALF of them
    reached it, or their MEAN score (`mean`, of 100) allows no better; "?" and OPEN where nothing is final. `held`: how
    many a critical requirement rated down.
    """

    exercise: str
    objective: str
    people: int
    ratings: tuple[int, ...] = ()
    rating: str = ""
    rule: str = ""
    mean: float = 0.0
    held: int = 0

    @property
    def suppressed(self) -> bool:
        """Whether nothing may be shown but the number of people."""
        return not self.rating

    def reached(self, *ratings: str) -> int:
        """How many people reached one of these ratings."""
        return sum(count for one, count in zip(BEST_FIRST, self.ratings, strict=False) if one in ratings)


def achieved(taken: Iterable[Taken], place: Place) -> tuple[Achieved, ...]:
    """The objectives of every exercise that somebody of a place played, each exercise's in the order of its guide."""
    results = results_of(taken)
    may_show = _published(results)
    return tuple(_achieved((place, exercise), objective, results, may_show)
                 for where, exercise in sorted(results) if where == place
                 for objective in _names(results[place, exercise].values()))  # fmt: skip


def _published(results: Results) -> frozenset[Spot]:
    """Places in objectives, "exercise|objective", that may be shown; not every script has every objective."""
    people: dict[Spot, set[str]] = {}
    for (place, exercise), found in results.items():
        for code, made in _final(found).items():
            for name in (exercise, *(_named(exercise, one.id) for one in made.objectives)):
                people.setdefault((place, name), set()).add(code)
    return published(people)


def _final(found: dict[str, Evaluation]) -> dict[str, Evaluation]:
    return {code: one for code, one in found.items() if one.state == GRADED}


def _named(exercise: str, objective: str) -> str:
    return f"{exercise}|{objective}"


def _names(made: Iterable[Evaluation]) -> list[str]:
    return list(dict.fromkeys(rated.id for one in made for rated in one.objectives))


def _achieved(spot: Spot, objective: str, results: Results, may_show: frozenset[Spot]) -> Achieved:
    (place, exercise), found = spot, results[spot]
    final = _final(found)
    rated = [one for made in final.values() for one in made.objectives if one.id == objective]
    if not final and len(found) >= LEAST:
        return Achieved(exercise, objective, 0, rating=PENDING, rule=OPEN)
    if not {spot, (place, _named(exercise, objective))} <= may_show:
        return Achieved(exercise, objective, len(rated))
    return _figures(Achieved(exercise, objective, len(rated)), rated)


def _figures(one: Achieved, rated: Sequence[Rated]) -> Achieved:
    ratings, mean = [each.rating for each in rated], round(fmean(each.score.points for each in rated), 2)
    rating = overall(ratings, mean)
    return Achieved(
        one.exercise, one.objective, one.people, tuple(map(ratings.count, BEST_FIRST)), rating,
        HALF if rating == half(ratings) else MEAN, mean, sum(each.rule != "score" for each in rated),
    )  # fmt: skip
