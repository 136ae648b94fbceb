"""Each objective of the exercise with its rating and the rule that gave it; and what the whole may still come to."""

from markupsafe import Markup

from grading.evaluate import PENDING, Rated
from grading.report.reading import Report
from kit.safe_html import fill, join
from kit.words import number, pick, say

TABLE = """<table><tr><th>{objective}</th><th>{rating}</th><th>{score}</th><th>{rule}</th></tr>{rows}</table>"""
ROW = "<tr><th>{title}</th><td>{rating}</td><td>{score}</td><td>{rule}</td></tr>"


def objectives(report: Report, language: str) -> Markup:
    """The table with its heading; empty where the guide names no objectives."""
    if not report.evaluation.objectives:
        return Markup("")
    heads = {name: say(f"report.{name}", language) for name in ("objective", "rating", "score")}
    rows = join(_row(report, one, language) for one in report.evaluation.objectives)
    title = fill("<h2>{title}</h2>", title=say("report.objectives", language))
    return title + fill(TABLE, rows=rows, rule=say("report.rated_by", language), **heads)


def _row(report: Report, one: Rated, language: str) -> Markup:
    return fill(
        ROW, title=pick(report.key.objectives[one.id], language), rating=say(f"rating.{one.rating}", language),
        score=score(one, language), rule=say(f"report.rated_{one.rule}", language, failed=one.failed),
    )  # fmt: skip


def score(one: Rated, language: str) -> str:
    """The score; while something is unjudged, of how much it is and what it may still come to."""
    found = one.score
    if one.rating != PENDING:
        return number(found.points, language)
    numbers = {"points": found.points, "lowest": found.lowest, "highest": found.highest,
               "judged": found.weight - found.open, "weight": found.weight}  # fmt: skip
    return say("report.range", language, **{name: number(value, language) for name, value in numbers.items()})
