"""Reports on groups: what a unit, a working group or a province does well, where work waits, what is to be done.

`readiness` gives the table of units and exercises alone; `report_on` the whole report, `page` and `pdf` print it,
`plan_json`, `plan_csv` and `read_plan` carry its improvement plan to the next session.
"""

from grading.cell import Cell
from grading.group_report.gather import GROUP, PROVINCE, UNIT, Place
from grading.group_report.naming import place_meant, place_name
from grading.group_report.page import page, pdf
from grading.group_report.plan_file import plan_csv, plan_json, read_plan
from grading.group_report.readiness import Readiness, readiness
from grading.group_report.report import Course, GroupReport, members, report_on

__all__ = [
    "GROUP", "PROVINCE", "UNIT", "Cell", "Course", "GroupReport", "Place", "Readiness", "members", "page", "pdf",
    "place_meant", "place_name", "plan_csv", "plan_json", "read_plan", "readiness", "report_on",
]  # fmt: skip
