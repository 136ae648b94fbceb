"""Exercise 09, a week of direction: what it plants, that it gives nothing away, that its papers agree."""

import re
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest

from kit import home, papers
from kit.calendar import is_working_day
from kit.script import Key, Script
from kit.systems.tasks import DIVISIONS, TASK_FIELDS
from kit.yaml_file import read_yaml
from tests.rehearsed import compiled

EXERCISE = "09-peoples-committee-direction"
SEEDS = range(1, 41)
TASKS_GIVEN = (
    "province_build", "province_people", "food", "poverty", "office_or_not", "forces", "resident",
)  # fmt: skip
ALIKE = (
    {*TASKS_GIVEN, "elsewhere"}, {"off_target", "bad_figures", "good_figures"}, {"late", "misassigned"},
    {"collective", "alone", "members_ask"},
)  # fmt: skip


@cache
def drawn(seed: int) -> tuple[Script, Key]:
    return compiled(seed, EXERCISE)


def of_truth(seed: int, truth: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The records that a truth brings and its facts."""
    script, key = drawn(seed)
    cue = next(cue for cue in script.cues if key.truths.get(cue.id) == truth)
    return cue.records, key.facts[cue.id]


def papers_of(records: dict[str, Any]) -> dict[str, Any]:
    return {one["paper"]["component"]: one["paper"]["fields"] for one in records.values() if one.get("kind") == "paper"}


def test_every_paper_of_every_matter_renders_without_a_blank_left():
    for seed in (1, 2, 3):
        for cue in drawn(seed)[0].cues:
            for record in cue.records.values():
                if record.get("kind") == "paper":
                    html = papers.render(record["paper"])
                    assert not re.search(r"\{[a-z]", html) and "None" not in html and "……" not in html
    assert not any("{" in cue.says[language] for cue in drawn(1)[0].cues for language in ("vi", "en"))


def test_all_fields_and_all_divisions_that_may_lead_are_drawn():
    fields: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    for seed in SEEDS:
        for truth in TASKS_GIVEN:
            facts = of_truth(seed, truth)[1]
            fields[facts["task_field"]] += 1
            leads[facts["lead_division"]] += 1
            assert facts["lead_division"] not in facts["supporting"]
    assert set(fields) == set(TASK_FIELDS)
    assert set(leads) == {"economy", "culture", "office", "military"} and set(leads) < set(DIVISIONS)
    assert max(leads.values()) < sum(leads.values()) * 0.6


@pytest.mark.parametrize("truth", ["food", "poverty"])
def test_a_confusing_matter_looks_the_same_from_outside_whoever_leads(truth):
    seen: dict[str, set[tuple[str, str]]] = {}
    for seed in SEEDS:
        records, facts = of_truth(seed, truth)
        record = next(one for one in records.values() if one.get("kind") == "task")
        seen.setdefault(facts["lead_division"], set()).add((record["title"], record["who"]))
    assert set(seen) == {"economy", "culture"} and len(set.union(*seen.values())) == 1


def test_the_members_who_ask_are_a_third_exactly_where_they_should_be():
    for seed in SEEDS:
        for truth, enough in (("members_ask", True), ("alone", False), ("collective", False)):
            content = papers_of(of_truth(seed, truth)[0])["request"]["content"]
            asking, members = map(int, re.findall(r"\d+", content))
            assert (3 * asking >= members) == enough, (seed, truth)


def test_figures_differ_from_their_source_in_one_row_or_in_none():
    for seed in SEEDS:
        for truth, differing in (("bad_figures", 1), ("good_figures", 0), ("off_target", 0)):
            records, facts = of_truth(seed, truth)
            told, kept = (papers_of(records)[name]["rows"].split("\n") for name in ("product", "source"))
            pairs = enumerate(zip(told, kept, strict=True), 1)
            rows = [f"row_{place}" for place, (one, other) in pairs if one != other]
            assert len(rows) == differing and (not rows or rows == facts["wrong_rows"])
            assert facts["right_figure"] in "\n".join(kept) and facts["bad_figure"][0] not in "\n".join(kept)


def test_a_product_lacks_what_the_key_says_and_only_where_it_says_so():
    for seed in SEEDS:
        for truth in ("off_target", "bad_figures", "good_figures"):
            records, facts = of_truth(seed, truth)
            lacks = "có phần riêng" not in papers_of(records)["product"]["content"]
            assert lacks == (truth == "off_target")
            assert facts["missing"][0] in papers_of(records)["demand"]["content"]


def test_deadlines_leave_a_division_two_days_and_the_chairman_one():
    script, _ = drawn(1)
    for seed in SEEDS:
        for truth in (*TASKS_GIVEN, "misassigned", "late"):
            facts = of_truth(seed, truth)[1]
            assert script.start[:10] < facts["earliest"] <= facts["latest"] < facts["by"][:10]
            assert is_working_day(date.fromisoformat(facts["latest"]))


def test_matters_that_look_alike_have_the_same_follow_ups():
    script, key = drawn(1)
    sequels: dict[str, set[tuple[str, str, int]]] = {truth: set() for truth in key.truths.values()}
    for cue in script.cues:
        if "-" in cue.id:
            name = cue.id.split("-")[1]
            sequels[key.truths[cue.id.split("-")[0]]].add((name, cue.after_action, cue.minute))
    for group in ALIKE:
        assert len({frozenset(sequels[truth]) for truth in group}) == 1, group


def test_nothing_that_the_trainee_sees_tells_a_truth():
    script, key = drawn(1)
    text = str(script.to_json()["cues"])
    assert not [truth for truth in key.truths.values() if f"'{truth}'" in text or f"{truth}/" in text]


def test_the_emergency_calls_for_two_forces_and_never_moves():
    calls = set()
    for seed in SEEDS:
        script, key = drawn(seed)
        cue = next(cue for cue in script.cues if key.truths.get(cue.id) == "emergency")
        calls.add(tuple(key.facts[cue.id]["alerted_bodies"]))
        assert cue.minute == 1600 and len(key.facts[cue.id]["alerted_bodies"]) == 2
    assert len(calls) == 4


def test_every_reference_has_a_known_source():
    known = set(read_yaml(home.datasets() / "sources.yaml").data)
    guide = read_yaml(home.exercises() / EXERCISE / "guide.yaml").data["expectations"]
    named = {basis["source"] for one in guide for basis in one["basis"]}
    assert named == {"GH-KTNN", "GH-ND30", "TRAIN"} and named <= known
    assert all(one["confidence"] == ("training" if one["source"] == "TRAIN" else "primary")
               for each in guide for one in each["basis"])  # fmt: skip
