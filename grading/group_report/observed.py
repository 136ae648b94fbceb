"""Strengths and areas for improvement: expectations that most met, and those that cost most. Pure."""

from collections.abc import Iterable

from grading.group_report.sums import Asked

STRONG, WEAK, CRITICAL = 0.8, 0.7, 0.9  # of how often an expectation was met; of one that must not fail
FEWEST = 5  # times that it was there to be met
MOST = 6  # of each kind


def strengths(asked: Iterable[Asked]) -> list[Asked]:
    """What was met four times in five (nine in ten, where it must not fail), the heaviest first.

    Keeping off what is forbidden, and what counts other targets, are no strengths by themselves.
    """
    own = [one for one in _known(asked) if not one.target.forbidden and not one.target.counts]
    good = [one for one in own if one.share >= (CRITICAL if one.target.critical else STRONG)]
    return sorted(good, key=lambda one: (-one.target.critical, -one.target.weight * one.reached, _name(one)))[:MOST]


def areas(asked: Iterable[Asked]) -> list[Asked]:
    """What was met less than seven times in ten (nine, where it must not fail), what cost most points first."""
    poor = [one for one in _known(asked) if one.share < (CRITICAL if one.target.critical else WEAK)]
    return sorted(poor, key=lambda one: (-one.target.critical, -one.lost, _name(one)))[:MOST]


def _known(asked: Iterable[Asked]) -> list[Asked]:
    return [one for one in asked if one.reached >= FEWEST]


def _name(one: Asked) -> tuple[str, str]:
    return one.exercise, one.expectation
