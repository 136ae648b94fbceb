"""What exercise 08 plants: every figure, target and count computed anew from what the papers say."""

import re
from typing import Any

import pytest

from tests.rehearsed import compiled, inject_with

EXERCISE = "08-six-month-resolution"
SEEDS = range(1, 13)
FIGURES = ("unit_mixed", "period_short", "area_elsewhere", "provisional", "rates", "unconfirmed", "internal")


def drawn(seed: int, truth: str) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """The facts of a truth, its record and its papers' fields, in the order in which they lie."""
    script, key = compiled(seed, EXERCISE)
    cue = next(one for one in script.cues if one.id == inject_with(key, truth))
    shown = [one["paper"]["fields"] for one in cue.records.values() if one["kind"] == "paper"]
    return key.facts_of(cue.id), cue.records[cue.record], shown


def rows_of(paper: dict[str, Any]) -> list[str]:
    """The rows of a paper's table, one a line as the layout wants them."""
    return str(paper["rows"]).split("\n")


def numbers(text: str) -> list[int]:
    """Whole numbers as they are written: 2.480 / 4.000, 85%."""
    return [int(found.replace(".", "")) for found in re.findall(r"\d{1,3}(?:\.\d{3})+|\d+", text)]


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_follow_from_what_the_papers_say(seed):
    """Each settled figure computed anew from the confirmation alone."""

    def confirmed(truth: str) -> list[int]:
        return [
            numbers(row.split("|")[1])[0] for row in rows_of(drawn(seed, truth)[2][2]) if numbers(row.split("|")[1])
        ]

    def settled(truth: str) -> int:
        return int(drawn(seed, truth)[0]["settled_value"])

    assert settled("unit_mixed") * 1_000_000 == sum(confirmed("unit_mixed"))
    assert settled("period_short") == sum(confirmed("period_short"))
    assert settled("provisional") == sum(confirmed("provisional"))
    one, two = (numbers(paper["value"])[0] for paper in drawn(seed, "area_elsewhere")[2][:2])
    assert settled("area_elsewhere") == one + two - confirmed("area_elsewhere")[0]
    pairs = [numbers(row.split("|")[1]) for row in rows_of(drawn(seed, "rates")[2][2])]
    assert settled("rates") * sum(pair[1] for pair in pairs) == 100 * sum(pair[0] for pair in pairs)
    assert not confirmed("unconfirmed")


@pytest.mark.parametrize("truth", FIGURES)
@pytest.mark.parametrize("seed", SEEDS)
def test_targets_follow_from_the_sheet_and_the_settled_figure(seed, truth):
    facts, _, shown = drawn(seed, truth)
    sheet = shown[3]
    base, growth = numbers(sheet["base"].split(":")[1])[0], int(sheet["growth"].split("%")[0])
    assigned = numbers(sheet["assigned"].split(":")[-1].split(" đạt ")[-1])
    by_rule = {
        "remaining": lambda: assigned[0] - facts["settled_value"], "assigned_level": lambda: assigned[0],
        "growth": lambda: base * (100 + growth) // 100,
    }  # fmt: skip
    assert facts["target_value"] == by_rule[facts["target_rule"]]() > 0
    assert str(facts["target_value"]) not in sheet["proposed"].replace(".", "")


def test_three_issues_are_drawn_of_five_and_each_of_them_comes_up():
    met = [{drawn(seed, f"issue_{word}")[1]["title"] for word in ("one", "two", "three")} for seed in SEEDS]
    assert all(len(titles) == 3 for titles in met) and len(set.union(*met)) == 5


@pytest.mark.parametrize("seed", SEEDS)
def test_what_must_stay_private_stands_in_the_detail_and_nowhere_else(seed):
    for word in ("one", "two", "three"):
        facts, record, (report, lists, detail) = drawn(seed, f"issue_{word}")
        assert (
            all(one in detail["content"] for one in facts["private"] if not one.isdigit() or "." not in one)
            or facts["detail_channel"] == "axis"
        )
        for part in facts["private"]:
            assert part not in str(report) and part not in str(lists) and part not in str(record)
        one, two, both = (numbers(row.split("|")[1])[0] for row in rows_of(lists))
        assert facts["issue_count"] == one + two - both


@pytest.mark.parametrize("seed", SEEDS)
def test_the_amendment_has_most_of_those_present_and_not_of_all(seed):
    script, key = compiled(seed, EXERCISE)
    cue = next(one for one in script.cues if one.id == inject_with(key, "session"))
    session, item = cue.records[cue.record], cue.records[f"{cue.record}-A"]
    here = [one["id"] for one in session["members"] if not one.get("absent")]
    agreed = sum(1 for one in here if item["amendment"]["votes"][one] == "for")
    whole_text = sum(1 for one in here if item["votes"][one] == "for")
    assert 2 * agreed > len(here) and 2 * agreed <= len(session["members"]) < 2 * whole_text
