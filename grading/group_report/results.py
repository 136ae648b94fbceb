"""The chapters on results: each exercise with its ratings, then every unit in every exercise."""

from collections.abc import Mapping
from itertools import zip_longest

from markupsafe import Markup

from grading.cell import BEST_FIRST, Cell
from grading.evaluate import PENDING
from grading.group_report.charts import Bar, Plot, drawn
from grading.group_report.figures import score, share
from grading.group_report.gather import GROUP, UNIT
from grading.group_report.naming import place_name
from grading.group_report.report import GroupReport
from grading.group_report.suppression import LEAST
from grading.group_report.tables import paragraph, section, table
from kit.plain_text import vietnamese_order
from kit.safe_html import fill, join
from kit.words import pick, say

NARROW = '<td class="{kind}">{text}</td>'


def results(report: GroupReport, language: str) -> Markup:
    """Plot and table of the exercises."""
    heads = ("exercise", "people", "attempts", "mean", "rating", "passed_share", "not_final")
    rows = [_row(report, exercise, cell, language) for exercise, cell in report.own.items()]
    return section("results", language, [_plot(report, language), table("exercises", heads, rows, language),
                                         paragraph("rating_note", language, kind="note")])  # fmt: skip


def exercise_name(report: GroupReport, exercise: str, language: str) -> str:
    """An exercise as people call it: its number and title."""
    return f"{exercise.partition('-')[0]}. {pick(report.course.titles.get(exercise, {'vi': exercise}), language)}"


def units(report: GroupReport, language: str) -> Markup:
    """Every working group and unit inside the place, by exercise; nothing in a unit's own report."""
    if report.place[0] == UNIT:
        return Markup("")
    exercises = tuple(report.own)
    named = {place: place_name(place, language) for place, _ in report.cells if place != report.place}
    ordered = sorted(named, key=lambda place: (place[0] == UNIT, vietnamese_order(named[place])))
    kinds = [kind for kind in (GROUP, UNIT) if any(place[0] == kind for place in ordered)]
    tables = [_units_table(report, {place: named[place] for place in ordered if place[0] == kind}, language)
              for kind in kinds]  # fmt: skip
    legend = "; ".join(exercise_name(report, one, language) for one in exercises)
    return section("units", language, [paragraph("units_lead", language, least=LEAST), *tables,
                                       fill("<small>{text}</small>", text=legend)])  # fmt: skip


def _units_table(report: GroupReport, named: Mapping[tuple[str, str], str], language: str) -> Markup:
    exercises = tuple(report.own)
    columns = join(fill("<th>{text}</th>", text=one.partition("-")[0]) for one in exercises)
    rows = join(
        fill("<tr><th>{name}</th>{cells}</tr>", name=name,
             cells=join(_narrow(report.cells.get((place, exercise)), language) for exercise in exercises))
        for place, name in named.items()
    )  # fmt: skip
    kind = say(f"report.aar.kind_{next(iter(named))[0]}", language)
    widths = " ".join(["34", *(["8"] * len(exercises)), *(["8"] * max(0, 8 - len(exercises)))][: len(exercises) + 1])
    return fill('<table class="units" data-widths="{widths}"><tr><th>{kind}</th>{columns}</tr>{rows}</table>',
                kind=kind, columns=columns, rows=rows, widths=widths)  # fmt: skip


def _narrow(cell: Cell | None, language: str) -> Markup:
    if cell is None:
        return fill(NARROW, kind="none", text="")
    if cell.suppressed:
        return fill(NARROW, kind="none", text="*")
    if cell.mean is None:
        return fill(NARROW, kind="none", text=PENDING)
    return fill(NARROW, kind=cell.rating, text=f"{cell.rating} {round(cell.mean)}")


def _row(report: GroupReport, exercise: str, cell: Cell, language: str) -> list[str | Markup]:
    told: list[str | Markup] = [exercise_name(report, exercise, language), str(cell.people), str(cell.attempts)]
    if cell.suppressed:
        return [*told, "*", "*", "*", "*"]
    if cell.mean is None or cell.passed_share is None:
        return [*told, "-", PENDING, "-", str(cell.unjudged)]
    rating = fill('<td class="{kind}">{text}</td>', kind=cell.rating, text=cell.rating)
    return [*told, score(cell.mean, language), rating, share(cell.passed_share, language), str(cell.unjudged)]


def _plot(report: GroupReport, language: str) -> Markup:
    shown = [(exercise, cell) for exercise, cell in report.own.items() if any(cell.ratings)]
    bars = [Bar(exercise_name(report, exercise, language), _parts(cell),
                say("report.aar.told_passed", language, share=share(cell.passed_share or 0, language)))
            for exercise, cell in shown]  # fmt: skip
    series = [(one, say(f"rating.{one}", language)) for one in BEST_FIRST]
    return drawn(Plot(bars, series, say("report.aar.results", language)))


def _parts(cell: Cell) -> tuple[tuple[str, float], ...]:
    """Shares of the people, so that bars of many and of few are equally long."""
    whole = sum(cell.ratings) or 1
    return tuple((name, count / whole) for name, count in zip_longest(BEST_FIRST, cell.ratings, fillvalue=0) if count)  # type: ignore[misc]
