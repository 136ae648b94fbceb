"""What places, exercises and spots are called on the province's page."""

from grading.evaluate import PENDING
from kit.province.overview import GROUP, PROVINCE, Overview, Place, Spot
from kit.words import pick, say

SUPPRESSED = "•"


def place_title(place: Place, language: str) -> str:
    """A unit's name; a group by its number; the province as the whole."""
    if place.kind == PROVINCE:
        return say("province.whole", language)
    if place.kind == GROUP:
        key = "group" if place.code.isdecimal() else "group_other"
        return say(f"province.{key}", language, number=place.code)
    return place.name


def exercise_title(overview: Overview, exercise: str, language: str) -> str:
    """An exercise as people call it: its number and title."""
    return f"{exercise.partition('-')[0]}. {pick(overview.exercises.get(exercise, {'vi': exercise}), language)}"


def number(value: float, language: str) -> str:
    """68.57 as 68,6."""
    return f"{value:.1f}".replace(".", "," if language == "vi" else ".")


def percent(share: float) -> str:
    """0.875 as 88%."""
    return f"{100 * share:.0f}%"


def told(spot: Spot | None, language: str) -> str:
    """A spot in one line."""
    if spot is None:
        return say("province.tip_none", language)
    counts = {"people": spot.people, "expected": spot.expected}
    if spot.suppressed or spot.mean is None:
        return say(f"province.tip_{'suppressed' if spot.suppressed else 'pending'}", language, **counts)
    return say("province.tip_shown", language, rating=spot.rating, mean=number(spot.mean, language), **counts)


def tip(overview: Overview, place: Place, exercise: str, language: str) -> str:
    """A spot in one line with where and what it is about."""
    return say(
        "province.tip", language, place=place_title(place, language),
        exercise=exercise_title(overview, exercise, language), told=told(overview.spot(place, exercise), language),
    )  # fmt: skip


def drawn(spot: Spot | None, shown: str) -> tuple[str, str]:
    """(look, text) of a cell: its letter or number; a dot where the figures may not be shown."""
    if spot is None:
        return "none", ""
    if spot.suppressed:
        return "suppressed", SUPPRESSED
    if spot.mean is None:
        return "pending", PENDING
    return spot.rating, spot.rating if shown == "rating" else f"{spot.mean:.0f}"
