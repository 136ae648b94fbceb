"""The report on a group: what it shows and hides, the plan it makes, what became of the one before, how it prints."""

import io
import pickle
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from pypdf import PdfReader

from grading.cell import overall
from grading.group_report import (
    GROUP,
    PROVINCE,
    UNIT,
    Course,
    GroupReport,
    page,
    pdf,
    readiness,
    report_on,
)
from grading.group_report.gather import group_key
from grading.group_report.watching import shared, watch
from kit.event import ACTED
from kit.papers.marks import NOTICE
from tests.group_course import course, graded, people

COUNTER, LOOP = "04-one-stop-counter", "12-whole-loop"
UNITS = ("26740", "26743", "26758")
TODAY = date(2026, 3, 2)  # a Monday
ROBOTS = ("model", "careless", "average", "careless", "model", "guessing", "slow")


@pytest.fixture(scope="module")
def whole() -> Course:
    """Three units in one working group: seven people, seven, four."""
    roster = people(UNITS, 7, ("2", "2", "2"))
    return course([one for one in roster if one.unit != UNITS[2] or one.code[-1] in "0123"])


@pytest.fixture(scope="module")
def unit(whole) -> GroupReport:
    return report_on(whole, (UNIT, UNITS[1]), TODAY)


@pytest.fixture(scope="module")
def group(whole) -> GroupReport:
    return report_on(whole, (GROUP, "2"), TODAY)


def text_of(content: bytes) -> list[str]:
    return [one.extract_text() for one in PdfReader(io.BytesIO(content)).pages]


# ---- readiness ------------------------------------------------------------------------------------------------------


def test_readiness_is_a_mean_over_people_of_each_ones_last_ended_attempt():
    roster = people(UNITS[:1], 5, ("2",))
    last = [graded(one, COUNTER, robot="model") for one in roster]
    again = graded(roster[0], COUNTER, robot="idle")  # began at the same fake time, under a later id
    later = replace(again, events=[replace(event, at="2025-07-02T00:00:00.000+00:00") for event in again.events])
    going_on = graded(roster[1], COUNTER, robot="guessing", end=False)
    found = readiness([*last, later, going_on], {one.code: one for one in roster})
    cell = found.cells[UNITS[0], COUNTER]
    assert (cell.people, cell.attempts, cell.mean) == (5, 7, 80.0)  # 100 four times, 0 once
    assert cell.passed_share == 0.8 and cell.ratings == (4, 0, 0, 1) and cell.rating == "S"
    assert found.units == (UNITS[0],) and found.exercises == (COUNTER,)


def test_a_unit_of_four_and_the_one_beside_it_show_counts_alone_and_the_group_shows_all(whole):
    found = readiness(whole.graded, whole.people)
    cells = {unit: found.cells[unit, COUNTER] for unit in UNITS}
    assert cells[UNITS[2]].suppressed and cells[UNITS[2]].people == 4
    assert [one.suppressed for one in cells.values()].count(True) == 2, "subtraction would give the four"
    assert all(one.mean is None and not one.ratings and not one.rating for one in cells.values() if one.suppressed)
    assert found.places[(GROUP, "2"), COUNTER].people == found.places[(PROVINCE, "79"), COUNTER].people == 18


def test_without_a_roster_the_trainee_and_the_scripts_unit_stand_for_the_person():
    roster = people(UNITS[:1], 6, ("2",))
    nameless = [replace(one, attempt={**one.attempt, "person": ""})
                for one in (graded(person, COUNTER, 1, "model") for person in roster)]  # fmt: skip
    assert readiness(nameless, {}).cells["26740", COUNTER].people == 6


def test_results_that_wait_for_marks_or_are_not_ended_are_not_in_the_mean():
    roster = people(UNITS[:1], 5, ("2",))
    cell = readiness([graded(one, COUNTER, end=False) for one in roster], {one.code: one for one in roster}).cells[
        UNITS[0], COUNTER]  # fmt: skip
    assert (cell.mean, cell.rating, cell.unjudged, cell.suppressed) == (None, "?", 5, False)


@pytest.mark.parametrize(("ratings", "mean", "said"), [
    ("PPPUU", 59, "M"), ("PPU", 95, "P"), ("PPUU", 91, "P"), ("PUUU", 91, "U"), ("SSS", 95, "S")])  # fmt: skip
def test_a_groups_rating_is_what_half_reached_and_no_better_than_its_mean(ratings, mean, said):
    assert overall(list(ratings), mean) == said


@pytest.mark.parametrize(("name", "key"), [
    ("Tổ công tác số 3", "3"), ("tổ 03", "3"), ("3", "3"), ("Working group 10", "10"), ("Nhóm  A1", "Nhóm A1"),
    ("", ""), ("Tổ Chợ Lớn 3", "Tổ Chợ Lớn 3")])  # fmt: skip
def test_a_working_group_is_known_however_its_number_is_written(name, key):
    assert group_key(name) == key


# ---- the report -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_group_report_names_nobody_and_bears_the_training_mark(whole, group, language):
    told = page(group, language)
    assert NOTICE in told
    assert not [one.name for one in whole.people.values() if one.name in told]
    assert not [one.code for one in whole.people.values() if one.code in told]


def test_a_small_unit_gets_a_report_without_figures(whole):
    found = report_on(whole, (UNIT, UNITS[2]), TODAY)
    assert not found.sums.attempts and not found.plan and found.people == 4
    assert "Chưa đủ 5 người" in page(found) and "<img" not in page(found)


def test_sums_are_over_the_counting_attempts_of_the_place_alone(whole, group, unit):
    assert unit.sums.attempts == unit.people == 7
    assert group.sums.attempts == len(whole.graded) == 18
    refused = sum(event.kind == "refused" for one in whole.graded for event in one.events)
    assert sum(times for _, times in group.sums.refusals) == refused > 0
    forwarded = sum(event.kind == ACTED and event.action == "initial" for one in whole.graded for event in one.events)
    step = next(one for one in group.sums.steps if one.step == "drafted" and one.role == "division_head")
    assert step.records == forwarded


def test_strengths_were_mostly_met_and_areas_were_not_and_no_area_is_a_strength(group):
    assert group.areas and all(one.share < 0.9 for one in group.areas)
    assert all(one.share >= 0.8 for one in group.strengths)
    assert not {one.expectation for one in group.areas} & {one.expectation for one in group.strengths}


def test_every_training_value_behind_an_area_is_marked(group):
    marked = [one for one in group.areas if any(basis["confidence"] not in ("primary", "package", "seed")
                                                for basis in one.target.basis)]  # fmt: skip
    told = str(page(group))
    section = told[told.index("Điểm cần cải thiện") : told.index("Điểm nghẽn")]
    assert section.count("giá trị tập huấn, đối chiếu quy định hiện hành)") == len(marked) > 0


def test_legal_bases_are_english_in_english(group):
    _, told = unescape(str(page(group))).split('<section class="en"')
    vietnamese, english = ({ref for one in group.areas for ref in one.target.cited(code)} for code in ("vi", "en"))
    assert english and [ref for ref in english if ref not in told] == []
    assert [ref for ref in vietnamese if ref in told] == []
    assert {one.basis["en"].isascii() for one in group.plan if one.basis} == {True}


@pytest.mark.parametrize(("language", "first"), [("vi", "Trang 1/"), ("en", "Page 1/")])
def test_the_pdf_has_header_page_numbers_training_mark_and_its_last_chapter(group, language, first):
    pages = text_of(pdf(group, language))
    assert first + str(len(pages)) in pages[0] and len(pages) > 2
    assert all(NOTICE in one for one in pages) and all("course" in one for one in pages)
    assert {"vi": "Cách tính", "en": "How the figures came about"}[language] in pages[-1]
    assert pdf(group, language) == pdf(group, language), "the same bytes for the same report"


def test_a_session_watched_attempt_by_attempt_gives_the_same_report_and_keeps_no_logs(whole, group):
    seen = [watch(one) for one in whole.graded]
    assert all(len(one.graded.events) <= 3 and not any(event.changes for event in one.graded.events) for one in seen)
    sums = {one.graded.attempt["id"]: one.sums for one in pickle.loads(pickle.dumps(seen))}
    light = replace(whole, graded=[one.graded for one in seen], sums=sums)
    assert page(report_on(light, group.place, TODAY)) == page(group)
    kept = [one for one in shared([None, *seen, *pickle.loads(pickle.dumps(seen))]) if one]
    assert len(kept) == 2 * len(seen)
    held = {id(asked.target) for one in kept for asked in one.sums.asked}
    assert len(held) == len({asked.expectation for one in kept for asked in one.sums.asked})
