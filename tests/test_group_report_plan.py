"""The improvement plan: its days, how the next session closes it, files that are no plan."""

import csv
import io
import json
from datetime import date

import pytest

from grading.group_report import GROUP, UNIT, Course, GroupReport, page, pdf, plan_csv, plan_json, read_plan, report_on
from grading.group_report.closure import CLOSED, OPEN, UNMEASURED
from grading.group_report.plan import due
from kit.errors import BrokenFile, WrongUse
from tests.group_course import course, people

UNITS = ("26740", "26743", "26758")
TODAY = date(2026, 3, 2)  # a Monday


@pytest.fixture(scope="module")
def whole() -> Course:
    return course(people(UNITS, 6, ("2", "2", "2")))


@pytest.fixture(scope="module")
def group(whole) -> GroupReport:
    return report_on(whole, (GROUP, "2"), TODAY)


def test_due_dates_are_working_days_and_known_without_a_calendar_of_the_year(group):
    assert due(TODAY, 5) == date(2026, 3, 9)
    assert due(date(2025, 9, 1), 1) == date(2025, 9, 3), "the second of September is a holiday"
    assert due(date(2031, 1, 3), 2) == date(2031, 1, 7), "a Friday, and no list of holidays"
    assert {one.due for one in group.plan if one.critical} == {date(2026, 3, 9)}
    assert all(one.due > TODAY and one.role is not None for one in group.plan)


@pytest.mark.parametrize("name", ["plan.json", "plan.csv"])
def test_a_plan_read_back_is_closed_by_a_better_session_and_open_in_the_same(tmp_path, whole, group, name):
    file = tmp_path / name
    file.write_bytes(plan_csv(group) if name.endswith("csv") else plan_json(group).encode())
    earlier = read_plan(file, group.place)
    assert [(one.id, one.what, one.due, one.goal) for one in earlier] == [
        (one.id, one.what, one.due, one.goal) for one in group.plan]  # fmt: skip
    same = report_on(whole, group.place, TODAY, earlier)
    assert {one.state for one in same.closed} == {OPEN} and not any(one.overdue for one in same.closed)
    better = report_on(course(list(whole.people.values()), robots=("model",)), group.place, date(2027, 1, 1), earlier)
    met = [one for one in better.closed if one.action.id.startswith(("met", "passed", "refused", "left"))]
    assert met and {one.state for one in met} <= {CLOSED, UNMEASURED}
    assert all(one.now == 1.0 for one in met if one.action.id.startswith("met"))


def test_what_another_exercise_cannot_measure_stays_in_the_plan_with_its_goal_and_its_day(whole, group, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(plan_json(group), encoding="utf-8")
    other = report_on(course(list(whole.people.values()), ("03-online-conference",)), group.place,
                      date(2026, 6, 1), read_plan(file, group.place))  # fmt: skip
    assert {one.state for one in other.closed} == {UNMEASURED} and all(one.overdue for one in other.closed)
    kept = {one.id: one for one in other.plan}
    assert all(kept[one.id].goal == one.goal and kept[one.id].due == one.due for one in group.plan)


def test_goals_do_not_drift_from_plan_to_plan(whole, group, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(plan_json(group), encoding="utf-8")
    again = report_on(whole, group.place, TODAY, read_plan(file, group.place))
    assert {one.id: one.goal for one in again.plan} == {one.id: one.goal for one in group.plan}


def test_the_plan_of_another_place_is_refused(group, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(plan_json(group), encoding="utf-8")
    with pytest.raises(WrongUse, match="Working group 2"):
        read_plan(file, (UNIT, UNITS[0]))


BAD = ["", "{", "[]", "{}", '{"format": "improvement-plan-1", "place": [], "actions": []}', "a,b\n1,2\n", "[" * 9000,
       '{"format": "improvement-plan-1", "place": {"kind": "unit", "code": "1"}, "actions": [{"id": "met|x"}, 3]}',
       "\x00", '"']  # fmt: skip


@pytest.mark.parametrize("content", BAD)
def test_a_file_that_is_no_plan_is_named(tmp_path, content):
    file = tmp_path / "plan"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenFile, match="plan"):
        read_plan(file, (UNIT, "1"))


def test_a_plan_is_hostile_nowhere(whole, group, tmp_path):
    told = json.loads(plan_json(group))
    told["actions"][0]["what"] = {"vi": "<img src=x onerror=1>", "en": "=1+1"}
    told["actions"][1]["goal"] = float("nan")
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(BrokenFile, match="item 2"):
        read_plan(file, group.place)
    told["actions"][1]["goal"] = 0.5
    file.write_text(json.dumps(told), encoding="utf-8")
    found = report_on(whole, group.place, TODAY, read_plan(file, group.place))
    assert "<img src=x" not in page(found) and pdf(found)
    cells = [cell for row in csv.reader(io.StringIO(plan_csv(found).decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_plan_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(WrongUse, match="Cannot read"):
        read_plan(tmp_path / "none.json", (UNIT, "1"))
