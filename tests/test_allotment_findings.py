"""A finding about a grid names the rows that differ, by what people call them, and the sum where that is asked."""

import pytest

from grading.evaluate import evaluate
from grading.players import do
from grading.report.reading import Report
from grading.report.values import shown, wanted
from kit.attempt import Attempt
from kit.store import EventStore
from tests.rehearsed import compiled, inject_with

EXERCISE = "07-congress-delegates"


@pytest.fixture(scope="module")
def report() -> Report:
    """Somebody who believed the old list and rounded nothing."""
    script, key = compiled(1, EXERCISE)
    store = EventStore("sqlite://")
    attempt, _ = Attempt.start(store, store.add_script(script), "Nguyễn Thị Tập")
    attempt.deliver()
    cue = next(one for one in script.cues if one.id == inject_with(key, "seat_table"))
    facts = key.facts_of(cue.id)
    do(attempt, cue.record, "allot_seats", {"seats": {"allots": facts["as_listed"]}}, facts)
    return Report(attempt.events, attempt.script, key, evaluate(key, attempt.events))


def finding(report: Report, name: str):
    return next(one for one in report.evaluation.findings if one.target.id == f"t01.{name}")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_row_of_a_trap_is_named_with_what_was_entered_and_what_would_do(report, language):
    made = finding(report, "row-probation")
    (slip,) = made.slips
    ((row, seats),) = slip.expected.items()
    name = report.script.cues[0].records[made.target.record]["organisations"][row]["name"]
    assert shown(report, "seats", slip.found, language) == f"{name}: {slip.found[row]}"
    assert wanted(report, made, slip, language) == f"{name}: {seats}"
    assert slip.found[row] != seats


def test_the_whole_table_names_only_the_rows_that_differ(report):
    (slip,) = finding(report, "whole").slips
    assert 1 < len(slip.expected) < 16
    assert all(slip.found[row] != seats for row, seats in slip.expected.items())


def test_a_right_sum_is_said_to_be_right_and_a_wrong_one_stands_as_a_sum(report):
    assert finding(report, "sum").status == "done"
    assert shown(report, "seats", {"": 251}, "vi") == "Tổng số: 251"
    assert shown(report, "seats", {"": 251}, "en") == "Sum: 251"
    assert shown(report, "seats", {"zz": None}, "vi") == "zz: "
