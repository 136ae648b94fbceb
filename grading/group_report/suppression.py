"""Which groups may have their figures shown: five people or more, and nobody left over by subtraction. Pure.

A family of groups is given that lie within each other or apart. What anybody can work out from the published totals
by adding and subtracting are totals of blocks: a published group without the published groups inside it. So no block
may be smaller than five people, unless it is empty.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST = 5  # people
Name = TypeVar("Name", bound=Hashable)
Groups = Mapping[Name, frozenset[str]]


def shown(groups: Groups[Name]) -> frozenset[Name]:
    """The names of the groups that may be shown; those that lie across one another are not shown, the larger stays."""
    kept = {name: people for name, people in _nested(groups).items() if len(people) >= LEAST}
    while small := next((name for name in kept if 0 < len(_block(name, kept)) < LEAST), None):
        inside = [name for name in kept if name != small and _within(name, small, kept) and _block(name, kept)]
        del kept[min(inside, key=lambda name: (len(kept[name]), str(name)))]
    return frozenset(kept)


def _nested(groups: Groups[Name]) -> dict[Name, frozenset[str]]:
    """Without the smaller ones of those that lie across one another; of equal groups in the order given."""
    kept: dict[Name, frozenset[str]] = {}
    for name, people in sorted(groups.items(), key=lambda item: -len(item[1])):
        if all(people <= other or not people & other for other in kept.values()):
            kept[name] = people
    return {name: kept[name] for name in groups if name in kept}


def _within(inner: Name, outer: Name, groups: Groups[Name]) -> bool:
    """Whether a group lies in another; of equal ones the later in the other."""
    if groups[inner] == groups[outer]:
        order = list(groups)
        return order.index(inner) > order.index(outer)
    return groups[inner] < groups[outer]


def _block(name: Name, groups: Groups[Name]) -> frozenset[str]:
    """The people of a group who are in none of the groups inside it."""
    inside = [people for other, people in groups.items() if other != name and _within(other, name, groups)]
    return groups[name].difference(*inside)
