"""A congress as an author declares it: every trap that is planted matters whatever the seed, the truth is exact."""

from functools import cache
from random import Random

import pytest

from kit.errors import WrongUse
from kit.world.apportionment import apportion
from kit.world.congress_draws import Drawn, draw_congress, names
from kit.world.congress_told import told
from tests.test_apportionment import second

WANTED = {
    "count": 14, "names": [f"Chi bộ Khu phố số {number}" for number in range(1, 30)], "members": [14, 50],
    "probationary": [1, 4], "total": [220, 250], "ex_officio": [22, 28], "base": [2, 3], "special": {"armed": 2},
    "roles": {
        "armed": {"names": ["Chi bộ Công an", "Chi bộ Quân sự"]}, "probation": {"probationary": [3, 6]},
        "joined": {"listed": [-7, -4]}, "late": {"reported": [3, 6]}, "gone": {"joins": "heir", "members": [5, 9]},
        "heir": {}, "giver": {"gives": "taker", "moved": [5, 8]}, "taker": {},
    },
}  # fmt: skip
SEEDS = range(60)


@cache
def made(seed: int) -> Drawn:
    return draw_congress(Random(seed), WANTED)


@pytest.mark.parametrize("role", ["probation", "joined", "late", "heir"])
def test_whoever_believes_the_wrong_figure_misses_the_seats_of_that_organisation(role):
    for seed in SEEDS:
        shown, row = told(made(seed)), made(seed).roles[role]
        assert shown["wrong"][role][row] != shown["seats"][row], seed
        assert shown["part"][role] == {row: shown["seats"][row]}


def test_the_sum_is_the_elected_seats_and_the_last_seat_falls_between_equals():
    for seed in SEEDS:
        one, shown = made(seed), told(made(seed))
        assert sum(shown["seats"].values()) == shown["elected"] == shown["total"] - shown["ex_officio"]
        assert sum(shown["later"]["seats"].values()) == shown["elected"]
        first, loser = one.roles["tie_first"], one.roles["tie_second"]
        assert one.rows[first]["members"] == one.rows[loser]["members"]
        assert abs(shown["seats"][first] - shown["seats"][loser]) == 1
        assert shown["draft_sum"] > shown["elected"] < sum(shown["wrong"]["rounded"].values())


def test_the_dissolved_organisation_has_no_seat_and_its_heir_its_members():
    for seed in SEEDS:
        one, shown = made(seed), told(made(seed))
        gone, heir = one.roles["gone"], one.roles["heir"]
        assert shown["seats"][gone] == shown["least"][gone] == 0
        assert one.rows[heir]["members"] - one.rows[heir]["listed"] == one.rows[gone]["members"]
        assert gone not in shown["living"] and gone in shown["everybody"] and gone in shown["rows"]


def test_the_transfer_changes_both_sides_and_nobody_else_by_more_than_one():
    for seed in SEEDS:
        one, shown = made(seed), told(made(seed))
        moved = {row: shown["later"]["seats"][row] - seats for row, seats in shown["seats"].items()}
        assert moved[one.roles["giver"]] < 0 < moved[one.roles["taker"]]
        ends = {one.roles["giver"], one.roles["taker"]}
        assert all(abs(change) <= 1 for row, change in moved.items() if row not in ends)


def test_the_truth_agrees_with_the_second_implementation():
    for seed in SEEDS:
        one = made(seed)
        by_name = {row: (0, 0 if name.endswith(("an", "sự")) else int(name.rpartition(" ")[2]))
                   for row, name in names(one.rows).items()}  # fmt: skip
        assert one.shares.seats == second(one.frame, one.members(), by_name), seed


def test_what_cannot_be_drawn_is_said_in_both_languages():
    with pytest.raises(WrongUse, match="allocation") as refused:
        draw_congress(Random(1), {**WANTED, "total": 250, "ex_officio": 240})
    assert refused.value.vi != refused.value.en


def test_the_wrong_cure_keeps_the_sum_and_cuts_somebody_below_the_base():
    for seed in SEEDS:
        shown = told(made(seed))
        cut = shown["wrong"]["zero"]
        assert sum(cut.values()) == shown["elected"]
        assert min(cut[row] for row in shown["living"]) <= min(shown["seats"][row] for row in shown["living"])


def test_apportioning_again_gives_the_same():
    one = made(3)
    assert apportion(one.frame, one.members(), names(one.rows)) == one.shares
