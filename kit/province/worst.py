"""The situations and units that are weakest, as buttons above the table."""

from collections.abc import Sequence

from markupsafe import Markup

from kit.province.overview import Overview, Place
from kit.province.tell import exercise_title, number
from kit.safe_html import fill, join
from kit.words import say

MOST = 3  # of each
LIST = '<p class="kit-worst"><b>{title}:</b> {items}</p>'
ITEM = '<button type="button" data-kit-pick="{pick}" title="{tip}"><span>{text}</span> <b>{mean}</b></button>'
Ranked = tuple[float, str, str, str]  # mean, pick, text, tip


def worst(overview: Overview, province: str, language: str) -> Markup:
    """Both lists; of a place without any figure that may be shown nothing."""
    whole, units = overview.place("province", province), overview.units(province)
    return _list("worst_exercises", worst_exercises(overview, whole, language), language) + _list(
        "worst_units", worst_units(overview, units), language
    )


def worst_exercises(overview: Overview, whole: Place | None, language: str) -> list[Ranked]:
    """The exercises with the lowest means over the province."""
    found = []
    for exercise in overview.exercises if whole else ():
        spot = overview.spot(whole, exercise) if whole else None
        if whole and spot and spot.mean is not None:
            title = exercise_title(overview, exercise, language)
            found.append((spot.mean, f"{whole.id}|{exercise}", title, title))
    return sorted(found)[:MOST]


def worst_units(overview: Overview, units: Sequence[Place]) -> list[Ranked]:
    """The units with the lowest means over the exercises that may be shown."""
    means = [(overview.mean(unit), unit) for unit in units]
    return sorted((mean, f"{unit.id}|", unit.name, unit.name) for mean, unit in means if mean is not None)[:MOST]


def _list(key: str, ranked: Sequence[Ranked], language: str) -> Markup:
    items = join((fill(ITEM, pick=pick, tip=tip, text=text, mean=number(mean, language))
                  for mean, pick, text, tip in ranked), " ")  # fmt: skip
    return fill(LIST, title=say(f"province.{key}", language), items=items) if ranked else Markup("")
