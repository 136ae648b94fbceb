"""The chapter on objectives: how many people reached which rating in each, and what gave the group its own."""

from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from grading.cell import BEST_FIRST
from grading.group_report.figures import score
from grading.group_report.objectives import OPEN, WEAK, Achieved
from grading.group_report.report import GroupReport
from grading.group_report.results import exercise_name
from grading.group_report.suppression import LEAST
from grading.group_report.tables import Cell, paragraph, section, table
from kit.safe_html import fill
from kit.words import pick, say

HEADS = ("objective", *(f"rated_{one}" for one in BEST_FIRST), "rating", "rated_by")
RATED = '<td class="{kind}">{text}</td>'


def objectives(report: GroupReport, language: str) -> Markup:
    """A table for each exercise whose guide names objectives; nothing where none does."""
    if not report.objectives:
        return Markup("")
    parts = [part for exercise, found in groupby(report.objectives, lambda one: one.exercise)
             for part in _of_exercise(report, exercise, found, language)]  # fmt: skip
    return section("objectives", language, [paragraph("objectives_lead", language, least=LEAST), *parts])


def _of_exercise(report: GroupReport, exercise: str, found: Iterable[Achieved], language: str) -> list[Markup]:
    rows = [_row(report, one, language) for one in found]
    name = fill("<h3>{name}</h3>", name=exercise_name(report, exercise, language))
    return [name, table("objectives", HEADS, rows, language)]


def _row(report: GroupReport, one: Achieved, language: str) -> list[Cell]:
    title, counts = objective_name(report, one, language), [str(count) for count in one.ratings]
    if one.suppressed:
        return [title, *"****", "*", say("report.aar.objective_hidden", language)]
    kind = "none" if one.rule == OPEN else one.rating
    return [title, *(counts or "-" * len(BEST_FIRST)), fill(RATED, kind=kind, text=one.rating), why(one, language)]


def objective_name(report: GroupReport, one: Achieved, language: str) -> str:
    """An objective as its guide calls it; its id where the guide has it no more."""
    named = report.course.objectives.get(one.exercise, {}).get(one.objective)
    return pick(named, language) if named else one.objective


def why(one: Achieved, language: str) -> str:
    """What gave the group its rating, and how many people critical requirements rated down."""
    decided = say(f"report.aar.objective_{one.rule}", language, mean=score(one.mean, language))
    held = say("report.aar.objective_held", language, held=one.held) if one.held else ""
    return f"{decided}; {held}" if held else decided


def strong(report: GroupReport, language: str) -> list[Markup]:
    """A sentence on each objective that went well."""
    return [paragraph("objective_strong", language, **_words(report, one, language, "P"))
            for one in report.objectives if one.rating == "P"]  # fmt: skip


def weak(report: GroupReport, language: str) -> list[Markup]:
    """A sentence on each objective that did not, with what gave it its rating."""
    return [paragraph("objective_weak", language, rating=one.rating, why=why(one, language),
                      **_words(report, one, language, *WEAK))
            for one in report.objectives if one.rating in WEAK]  # fmt: skip


def _words(report: GroupReport, one: Achieved, language: str, *ratings: str) -> dict[str, str]:
    return {"objective": objective_name(report, one, language), "reached": str(one.reached(*ratings)),
            "people": str(one.people), "exercise": exercise_name(report, one.exercise, language)}  # fmt: skip
