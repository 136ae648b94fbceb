"""What people judged: every mark with who, why and when, how far two evaluators agree, what a machine had found."""

from markupsafe import Markup

from grading.agreement import Agreement, agreement, distance
from grading.evaluate import Finding
from grading.report.reading import Report
from kit.calendar import wall_time
from kit.marks import OVERRIDE, Mark, visible
from kit.safe_html import fill, join
from kit.words import number, pick, say

TABLE = """<table class="judged"><tr><th>{what}</th><th>{result}</th><th>{marks}</th></tr>{rows}</table>"""
ROW = """<tr><td><b>{title}</b><br><small>{record}</small></td><td><span class="tag {status}">{word}</span><br>
{points}{machine}</td><td>{marks}</td></tr>"""
MARK = """<p><b>{level}</b> · {who} <small>({role}, {at})</small><br>{remark}</p>"""


def judgements(report: Report, language: str) -> Markup:
    """The table of everything that people judged, are still to judge or have overridden; empty where there is none."""
    found = [finding for finding in report.evaluation.findings if finding.verdict or finding.status == "unjudged"]
    if not found:
        return Markup("")
    heads = {name: say(f"report.judged_{name}", language) for name in ("what", "result", "marks")}
    table = fill(TABLE, rows=join(_row(report, finding, language) for finding in found), **heads)
    title = fill("<h2>{title}</h2>", title=say("report.judged", language))
    return title + fill("<p>{text}</p>", text=agreed(agreement(found), language)) + table


def agreed(figures: Agreement, language: str) -> str:
    """The agreement of two evaluators in a sentence."""
    if not figures.both:
        return say("report.no_agreement", language)
    return say("report.agreement", language, both=figures.both, exact=figures.exact, adjacent=figures.adjacent,
               share=f"{100 * figures.share:.0f}")  # fmt: skip


def _row(report: Report, finding: Finding, language: str) -> Markup:
    target = finding.target
    was = finding.machine
    machine = Markup("")
    if was:
        status, earned = say(f"status.{was.status}", language), number(was.points, language)
        found = say("report.machine_found", language, points=earned, status=status)
        machine = fill("<br><small>{text}</small>", text=found)
    marks = finding.verdict.marks if finding.verdict else ()
    return fill(
        ROW, title=pick(target.title, language), record=report.record_name(target.record, language),
        status=finding.status, word=say(f"status.{finding.status}", language), machine=machine,
        points=points(finding, language), marks=_marks(finding, marks, language),
    )  # fmt: skip


def points(finding: Finding, language: str) -> str:
    """What a finding earned of its weight, or what it takes off; what is unjudged may still earn all."""
    weight = number(finding.target.weight, language)
    if finding.status == "unjudged":
        return say("report.open_points", language, weight=weight)
    if finding.target.forbidden:
        return say("report.penalty", language, points=number(abs(finding.points), language))
    return say("report.points", language, points=number(finding.points, language), weight=weight)


def _marks(finding: Finding, marks: tuple[Mark, ...], language: str) -> Markup:
    """Each mark; a differing pair says so."""
    apart = distance(finding)
    note = say("report.apart", language, levels=apart) if apart else ""
    shown = visible(marks, "") if finding.status == "unjudged" else marks  # a report is no way to see the other's mark
    rows = join(_mark(finding, mark, language) for mark in shown)
    nothing = "" if shown else say("report.one_mark" if marks else "report.no_marks", language)
    return rows + fill("<small>{note}{nothing}</small>", note=note, nothing=nothing)


def _mark(finding: Finding, mark: Mark, language: str) -> Markup:
    return fill(MARK, level=level_words(finding, mark, language), who=mark.who, remark=mark.remark,
                role=say(f"marks.role.{mark.role}", language), at=_at(mark.at))  # fmt: skip


def level_words(finding: Finding, mark: Mark, language: str) -> str:
    """The level as the rubric says it, or what an override makes of the machine's finding."""
    if mark.role == OVERRIDE:
        return say(f"marks.override.{mark.level}", language)
    return pick(next(one["says"] for one in finding.target.judged["levels"] if one["id"] == mark.level), language)


def _at(stamp: str) -> str:
    """When a mark was given; what is no time is shown as it is."""
    try:
        return wall_time(stamp)
    except ValueError:
        return stamp
