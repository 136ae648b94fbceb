"""Objectives in the report on a group: how many reached which rating and why, what is hidden, what the chapters say."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from grading.evaluate import Rated, Score, evaluate, rating
from grading.gradebook import Graded
from grading.group_report import GROUP, UNIT, Course, GroupReport, page, pdf, plan_json, report_on
from grading.group_report.objectives import HALF, MEAN, OPEN, Achieved
from grading.group_report.watching import watch
from tests.group_course import compiled, course, graded, people
from tests.rehearsed import COUNTER
from tests.test_safe_html import Reading

UNITS = ("26740", "26743")
TODAY = date(2026, 3, 2)
NAMES = {"must": {"vi": "Việc trọng yếu", "en": "What must not fail"}, "rest": {"vi": "Phần <b>còn</b>", "en": "Rest"}}
HALF_OF_TEN = ("model", "careless")


def with_objectives(one: Graded, seed: int) -> Graded:
    """The same log under a key that puts each target into one of two objectives."""
    key = compiled(COUNTER, seed)[1]
    targets = tuple(replace(each, objective="must" if each.critical else "rest") for each in key.targets)
    return replace(one, evaluation=evaluate(replace(key, targets=targets, objectives=NAMES), one.events))


def named(whole: Course) -> Course:
    made = [with_objectives(one, 1 + place % 2) for place, one in enumerate(whole.graded)]
    return replace(whole, graded=made, objectives={COUNTER: NAMES})


@pytest.fixture(scope="module")
def whole() -> Course:
    """Two units of ten and of four people; every second one was perfect, the others careless."""
    roster = people(UNITS, 10, ("2", "2"))
    return named(course([one for one in roster if one.unit == UNITS[0] or one.code[-1] in "0123"], robots=HALF_OF_TEN))


@pytest.fixture(scope="module")
def group(whole) -> GroupReport:
    return report_on(whole, (GROUP, "2"), TODAY)


def found(report: GroupReport, objective: str) -> Achieved:
    (one,) = [each for each in report.objectives if each.objective == objective]
    return one


def reading(report: GroupReport, language: str) -> str:
    """What people read in one language."""
    (inside,) = re.findall(rf'<section class="{language}".*?</section>', str(page(report)), re.S)
    return " ".join(Reading(inside).text.split())


def rated(points: float, failed: int = 0) -> Rated:
    """An objective of one person as `grading.rating` has it."""
    grade = "M" if failed else rating(points, [])
    return Rated("a", Score(points, points, points, 100, 0), grade, "critical" if failed else "score", failed)


def of_five(each: Sequence[Sequence[Rated]], **changes: object) -> GroupReport:
    """A report on five people or more with these objectives."""
    roster = people(UNITS[:1], len(each), ("2",))
    made = [graded(one, COUNTER) for one in roster]
    told = [replace(one, evaluation=replace(one.evaluation, objectives=tuple(rates), **changes))
            for one, rates in zip(made, each, strict=True)]  # fmt: skip
    return report_on(Course("c", told, 0, {one.code: one for one in roster}, {}), (UNIT, UNITS[0]), TODAY)


def test_people_are_counted_by_rating_in_each_objective(whole, group):
    for objective in NAMES:
        each = [rated for one in whole.graded for rated in one.evaluation.objectives if rated.id == objective]
        counts = Counter(one.rating for one in each)
        told = found(group, objective)
        assert (told.people, told.ratings) == (14, tuple(counts[one] for one in "PSMU"))
        assert counts["P"] == 7 and counts["U"] == 7 and told.held == sum(one.rule != "score" for one in each)
        assert (told.rating, told.rule, round(told.mean)) == (
            "M",
            MEAN,
            round(sum(one.score.points for one in each) / 14),
        )


@pytest.mark.parametrize(("points", "failed", "said"), [
    ((95, 95, 95, 95, 40), (0,) * 5, ("S", MEAN, 0)), ((95, 95, 95, 95, 90), (0,) * 5, ("P", HALF, 0)),
    ((72, 72, 72, 20, 99), (0,) * 5, ("M", MEAN, 0)), ((99, 99, 99, 99, 99), (1, 1, 1, 0, 0), ("M", HALF, 3)),
    ((10, 10, 10, 95, 95), (0,) * 5, ("U", HALF, 0))])  # fmt: skip
def test_a_groups_rating_is_given_with_what_decided_it(points, failed, said):
    told = found(of_five([[rated(*one)] for one in zip(points, failed, strict=True)]), "a")
    assert (told.rating, told.rule, told.held) == said


def test_of_four_people_and_of_an_objective_that_four_scripts_have_nothing_is_shown(whole):
    few = report_on(whole, (UNIT, UNITS[1]), TODAY)
    assert {one.people for one in few.objectives} == {4} and all(one.suppressed for one in few.objectives)
    large = report_on(whole, (UNIT, UNITS[0]), TODAY)
    assert all(one.suppressed for one in large.objectives), "the group less this unit would tell of the four"
    other = rated(95), replace(rated(50), id="b")
    report = of_five([*[other] * 4, *[other[:1]] * 3])
    assert not found(report, "a").suppressed
    assert found(report, "b") == Achieved(COUNTER, "b", 4) and "không công bố" in reading(report, "vi")


def test_what_is_not_final_counts_in_no_objective_and_five_of_them_are_a_question_mark():
    waiting = of_five([[rated(99)]] * 5, reasons=("unjudged",))
    assert found(waiting, "a") == Achieved(COUNTER, "a", 0, (), "?", OPEN)
    assert "?not final: attempts go on, or requirements are still to be marked" in reading(waiting, "en")
    few = of_five([[rated(99)]] * 4, reasons=("unjudged",))
    assert found(few, "a").suppressed


@pytest.mark.parametrize(("language", "told"), [
    ("vi", ("Kết quả theo mục tiêu", "Việc trọng yếu", "Phần <b>còn</b>", "7/14 người ở mức M, U")),
    ("en", ("Results by objective", "What must not fail", "Rest", "7 of 14 people are at M or U"))])  # fmt: skip
def test_the_chapter_and_the_areas_say_it_on_the_page_and_in_the_pdf(group, language, told):
    text = reading(group, language)
    printed = " ".join(
        " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf(group, language))).pages).split()
    )
    assert all(one in text and one in printed for one in told), printed
    assert "<b>còn" not in str(page(group)), "a title is text"


def test_an_objective_of_which_most_reached_p_is_a_strength():
    text = reading(of_five([[rated(95)]] * 5), "en")
    assert "Objective “a” (04. 04-one-stop-counter): rated P; 5 of 5 people reached P." in text


def test_objectives_leave_the_plan_and_everything_else_as_it_was(whole, group):
    plain = replace(whole, graded=[replace(one, evaluation=replace(one.evaluation, objectives=()))
                                   for one in whole.graded])  # fmt: skip
    without = report_on(plain, group.place, TODAY)
    assert not without.objectives and plan_json(without) == plan_json(group) and without.cells == group.cells
    assert "Results by objective" not in page(without)


def test_what_is_kept_of_a_whole_log_has_its_objectives(whole, group):
    seen = [watch(one) for one in whole.graded]
    light = replace(
        whole, graded=[one.graded for one in seen], sums={one.graded.attempt["id"]: one.sums for one in seen}
    )
    assert report_on(light, group.place, TODAY).objectives == group.objectives


@pytest.mark.parametrize(("reasons", "kind"), [((), "P"), (("unjudged",), "S")])
def test_passing_is_not_green_while_somebodys_result_is_open(reasons, kind):
    roster = people(UNITS[:1], 6, ("2",))
    made = [graded(one, COUNTER) for one in roster]
    last = replace(made[-1], evaluation=replace(made[-1].evaluation, reasons=reasons))
    told = page(report_on(Course("c", [*made[:-1], last], 0, {one.code: one for one in roster}, {}),
                          (UNIT, UNITS[0]), TODAY), "en")  # fmt: skip
    assert f'<div class="card {kind}"><b>100%</b>' in told
    assert ("of the final results passed; 1 are not final" in told) == bool(reasons)
