"""Calibration: every exercise is equally hard whatever is drawn, and the figures tell what they say."""

from random import Random

import pytest

from grading.calibration import EQUAL, REPEATS, Tally, calibrate, summary
from kit.exercise import load_exercise, names
from tests.depth import depth
from tests.rehearsed import world

VARIANTS = depth(3, 5)
SUM = {"mean", "deviation", "lowest", "lower_quartile", "median", "upper_quartile", "highest", "attempts"}


@pytest.mark.parametrize("name", names())
def test_no_variant_of_an_exercise_is_unfair_and_average_trainees_lie_between(name):
    found = calibrate(load_exercise(name), world(), VARIANTS * REPEATS)
    assert found["unfair"] == [] and found["variants"] == VARIANTS
    made = found["players"]
    assert made["model"]["lowest"] == 100 and made["idle"]["highest"] == 0
    assert made["careless"]["highest"] < 50 and made["guessing"]["highest"] < 50
    assert 25 < made["average"]["mean"] < 85 and made["average"]["deviation"] > 5
    assert made["average"]["attempts"] == VARIANTS * REPEATS and set(made["slow"]) == SUM


def test_a_variant_that_is_easier_for_those_who_do_not_read_is_named():
    tally = Tally({robot: {seed: [10.0] for seed in range(1, 21)} for robot in EQUAL})
    tally.scores["careless"][7] = [22.0]
    (odd,) = summary("x", tally)["unfair"]
    assert (odd["player"], odd["seed"], odd["mean"]) == ("careless", 7, 22.0)


def test_facility_and_discrimination_tell_which_expectation_separates():
    draw, tally = Random(1), Tally({"model": {1: [100.0]}})
    for _ in range(400):
        able = draw.random()
        rest = 100 * able
        tally.earned.setdefault("tells", []).append((float(draw.random() < able), rest))
        tally.earned.setdefault("chance", []).append((float(draw.random() < 0.5), rest))
        tally.earned.setdefault("easy", []).append((1.0, rest))
        tally.earned.setdefault("hard", []).append((0.0, rest))
    found = {one["expectation"]: one for one in summary("x", tally)["expectations"]}
    assert {name: one["flag"] for name, one in found.items()} == {
        "tells": "", "chance": "flat", "easy": "easy", "hard": "hard"}  # fmt: skip
    assert found["tells"]["discrimination"] > 0.4 > abs(found["chance"]["discrimination"])
    assert found["easy"]["facility"] == 1 and 0.4 < found["chance"]["facility"] < 0.6
