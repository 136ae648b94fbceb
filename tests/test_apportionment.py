"""Seats by largest remainder, compared with a second way of computing them over ten thousand drawn cases."""

from fractions import Fraction
from math import floor
from random import Random

import pytest

from kit.world.apportionment import Frame, apportion, rounded

WORKED = Frame(60, 11, 2, {"C": 2})  # the example of the guidebook of exercise 07
MEMBERS = {"A": 61, "B": 48, "C": 35, "D": 28, "E": 28}
NAMES = {"A": "Chi bộ A", "B": "Chi bộ B", "C": "Chi bộ C", "D": "Chi bộ số 9", "E": "Chi bộ số 12"}
KINDS = ("Chi bộ Ấp", "Chi bộ Khu phố", "Chi bộ Thôn")  # in Vietnamese order


def second(frame: Frame, members: dict[str, int], places: dict[str, tuple[int, int]]) -> dict[str, int]:
    """Exact fractions, no sorting: a cell has one seat more where fewer others come before it than seats are left."""
    rest = frame.total - frame.ex_officio - frame.base * len(members) - sum(frame.special.values())
    everybody = sum(members.values())
    quotas = {one: Fraction(rest * count, everybody) for one, count in members.items()}
    left = rest - sum(floor(quota) for quota in quotas.values())

    def stands(one: str) -> tuple[int, int, int, int]:
        kind, number = places[one]
        return int((quotas[one] % 1) * everybody), members[one], -kind, -number

    standing = {one: stands(one) for one in members}
    found = {}
    for one in members:
        before = sum(1 for other in members if standing[other] > standing[one])
        found[one] = frame.base + frame.special.get(one, 0) + floor(quotas[one]) + (before < left)
    return found


def drawn(draw: Random) -> tuple[Frame, dict[str, int], dict[str, tuple[int, int]]]:
    """Three to seven cells, many of equal size, so that ties are common."""
    sizes = [draw.choice((8, 12, 12, 24, draw.randint(5, 60))) for _ in range(draw.randint(3, 7))]
    members = {f"o{place}": size for place, size in enumerate(sizes)}
    numbers = draw.sample(range(1, 40), len(members))
    places = {one: (draw.randrange(3), number) for one, number in zip(members, numbers, strict=True)}
    base, special = draw.randint(0, 3), {one: draw.randint(1, 2) for one in list(members)[: draw.randint(0, 2)]}
    elected = base * len(members) + sum(special.values()) + draw.randint(0, 150)
    ex_officio = draw.randint(0, 30)
    return Frame(elected + ex_officio, ex_officio, base, special), members, places


def test_ten_thousand_drawn_cases_agree_with_a_second_implementation():
    draw, ties = Random(7), 0
    for _ in range(10_000):
        frame, members, places = drawn(draw)
        names = {one: f"{KINDS[kind]} số {number}" for one, (kind, number) in places.items()}
        made = apportion(frame, members, names)
        assert made.seats == second(frame, members, places), (frame, members, names)
        assert sum(made.seats.values()) == frame.elected
        edge = made.order[max(0, made.handed_out - 1) : made.handed_out + 1]
        ties += made.handed_out > 0 and len({made.remainders[one] for one in edge}) < len(edge)
    assert ties > 500


def test_the_worked_example_of_the_guidebook():
    made = apportion(WORKED, MEMBERS, NAMES)
    assert made.seats == {"A": 13, "B": 11, "C": 11, "D": 7, "E": 7}
    assert (made.floors["A"], made.remainders["B"], made.handed_out) == (11, 176, 2)
    assert made.order == ("B", "C", "A", "D", "E")


def test_equal_cells_go_by_name_with_numbers_by_size():
    made = apportion(Frame(60 + 2, 11, 2, {"C": 2}), MEMBERS, NAMES)
    assert sum(made.seats.values()) == 51
    one_seat = Frame(1, 0, 0, {})
    assert apportion(one_seat, {"x": 5, "y": 5}, {"x": "Chi bộ số 12", "y": "Chi bộ số 9"}).seats == {"x": 0, "y": 1}
    assert apportion(one_seat, {"x": 5, "y": 5}, {"x": "Chi bộ Đa", "y": "Chi bộ Dân"}).seats == {"x": 0, "y": 1}


def test_more_members_come_before_a_smaller_name():
    # 3 seats for 1 and 5 members: 1/2 and 5/2, equal remainders
    assert apportion(Frame(3, 0, 0, {}), {"a": 1, "b": 5}, {"a": "A", "b": "B"}).seats == {"a": 0, "b": 3}


def test_rounding_can_miss_the_sum():
    frame, members = Frame(4, 0, 0, {}), {"a": 1, "b": 1, "c": 1}
    assert rounded(frame, members) == {"a": 1, "b": 1, "c": 1}
    assert rounded(Frame(2, 0, 1, {"a": 1}), {"a": 3, "b": 3}) == {"a": 2, "b": 1}


@pytest.mark.parametrize(("frame", "members"), [(Frame(5, 0, 3, {}), {"a": 1, "b": 1}), (Frame(5, 0, 0, {}), {})])
def test_no_seats_or_no_members_cannot_be_shared(frame, members):
    with pytest.raises(ValueError, match="seats left"):
        apportion(frame, members, {one: one for one in members})
