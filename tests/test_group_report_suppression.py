"""Small groups are not shown, and nobody can work them out: checked by linear algebra over what is shown."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.group_report.suppression import LEAST, shown


def crowd(name: str, count: int) -> frozenset[str]:
    return frozenset(f"{name}{number}" for number in range(count))


def tree(sizes: dict[str, dict[str, int]]) -> dict[str, frozenset[str]]:
    """A province of groups of units with so many people each."""
    units = {unit: crowd(unit, count) for group in sizes.values() for unit, count in group.items()}
    groups = {group: frozenset().union(*(units[unit] for unit in inside)) for group, inside in sizes.items()}
    return {"province": frozenset().union(*groups.values()), **groups, **units}


def worked_out(groups: dict[str, frozenset[str]], names: frozenset[str]) -> list[tuple[str, ...]]:
    """Every set of units of fewer than five people whose total follows from the totals of the groups shown."""
    leaves = [name for name in groups if name.startswith("u") and groups[name]]
    rows = [[float(groups[leaf] <= groups[name]) for leaf in leaves] for name in sorted(names)]
    table = np.array(rows).reshape(len(rows), len(leaves))
    rank = np.linalg.matrix_rank(table) if rows else 0
    few = chain.from_iterable(combinations(range(len(leaves)), size) for size in range(1, 5))
    return [
        tuple(leaves[place] for place in chosen) for chosen in few
        if sum(len(groups[leaves[place]]) for place in chosen) < LEAST
        and rank == np.linalg.matrix_rank(np.vstack([table, [float(place in chosen) for place in range(len(leaves))]]))
    ]  # fmt: skip


def test_the_attack_works_where_nothing_but_the_small_unit_is_left_out():
    groups = tree({"g1": {"u1": 7, "u2": 3}})
    assert worked_out(groups, frozenset({"province", "g1", "u1"})) == [("u2",)]


def test_a_unit_of_four_is_not_shown_and_neither_is_the_one_beside_which_it_could_be_worked_out():
    groups = tree({"g1": {"u1": 7, "u2": 4, "u3": 6}, "g2": {"u4": 9}})
    assert shown(groups) == {"province", "g1", "g2", "u1", "u4"}


def test_two_small_units_together_hide_each_other():
    groups = tree({"g1": {"u1": 7, "u2": 3, "u3": 2}})
    assert "u1" in shown(groups) and not {"u2", "u3"} & shown(groups)


def test_a_group_that_is_all_but_two_of_the_province_is_not_shown_beside_it():
    assert shown({"province": crowd("u", 12), "g1": crowd("u", 10)}) == {"province"}


def test_groups_that_lie_across_one_another_are_not_shown_together():
    groups = {"province": crowd("u", 30), "g1": crowd("u", 16), "u9": crowd("u", 18) - crowd("u", 10)}
    assert shown(groups) == {"province", "g1"}


def test_the_same_people_under_two_names_are_shown_under_both():
    assert shown({"province": crowd("u", 6), "g1": crowd("u", 6), "u1": crowd("u", 6)}) == {"province", "g1", "u1"}


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_than_five_are_never_shown(count):
    assert shown({"province": crowd("u", count)}) == frozenset()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.integers(0, 8), min_size=1, max_size=4), min_size=1, max_size=3))
def test_nobody_can_work_out_fewer_than_five_people(sizes):
    groups = tree({f"g{place}": {f"u{place}{number}": count for number, count in enumerate(inside)}
                   for place, inside in enumerate(sizes)})  # fmt: skip
    names = shown(groups)
    assert all(len(groups[name]) >= LEAST for name in names)
    assert worked_out(groups, names) == []
    assert "province" in names or len(groups["province"]) < LEAST
