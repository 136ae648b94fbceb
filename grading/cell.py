"""What a group of people came to in one exercise. Pure, and light: the province's page reads it without any log."""

from collections.abc import Sequence
from dataclasses import dataclass

from grading.rating import LIMITS, UNABLE

BEST_FIRST = (*LIMITS, UNABLE)


@dataclass(frozen=True)
class Cell:
    """One group in one exercise: how many people and attempts, and what they came to.

    Of each person the last ended attempt counts, and only final results: ended, nothing left to judge. `mean` is over
    people, of 100, None where nothing may be shown or nothing is final; `rating` is the one that at least half of them
    reached, but none better than the mean allows ("?": nothing is final, "": suppressed); `passed_share` is of 1;
    `unjudged`: how many people's results are not final yet; `ratings`: how many reached P, S, M, U. Suppressed cells
    hold no more than the two counts.
    """

    people: int
    attempts: int
    mean: float | None = None
    rating: str = ""
    passed_share: float | None = None
    unjudged: int = 0
    suppressed: bool = False
    ratings: tuple[int, ...] = ()


def overall(ratings: Sequence[str], mean: float) -> str:
    """The best rating that at least half reached or surpassed, but none better than the mean score allows."""
    of_points = next((name for name, limit in LIMITS.items() if mean >= limit), UNABLE)
    return max(half(ratings), of_points, key=BEST_FIRST.index)


def half(ratings: Sequence[str]) -> str:
    """The best rating that at least half reached or surpassed."""
    return sorted(ratings, key=BEST_FIRST.index)[(len(ratings) - 1) // 2]
