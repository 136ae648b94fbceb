"""A visit with one truth in it, split into what is visible and what only the key may know."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from kit.world.visits.visit import Json, Setting, Visit


@dataclass(frozen=True)
class Planted:
    """A visit with one truth in it: what is presented, what would be complete, what the key must know."""

    visit: Visit
    presented: tuple[Json, ...]
    facts: Json = field(default_factory=dict)
    record: Json = field(default_factory=dict)
    comes: Json | None = None

    def and_fact(self, **facts: Any) -> "Planted":
        """The same with more for the key."""
        return replace(self, facts={**self.facts, **facts})

    def and_record(self, **fields: Any) -> "Planted":
        """The same with more on the visible record."""
        return replace(self, record={**self.record, **fields})


@dataclass(frozen=True)
class Truth:
    """One kind of truth: in which procedures it may be planted, how, and where its applicant lives."""

    procedures: tuple[str, ...]
    plant: Callable[[Setting, Visit], Planted]
    lives: str = "ours"


def complete(at: Setting, visit: Visit) -> Planted:
    """Nothing is wrong."""
    return Planted(visit, visit.papers)
