"""The whole report on a group, in both languages on one page that opens without a server, or as PDF in one."""

from datetime import date
from pathlib import Path

from markupsafe import Markup

from grading.group_report.achievements import objectives
from grading.group_report.actions import areas, closure, improvement, strengths
from grading.group_report.figures import day
from grading.group_report.naming import place_name
from grading.group_report.report import GroupReport
from grading.group_report.results import exercise_name, results, units
from grading.group_report.stuck import bottlenecks
from grading.group_report.summary import cards, summary
from grading.group_report.suppression import LEAST
from grading.group_report.tables import paragraph, section
from grading.report import framed, style
from kit.calendar import FIRST_DAY
from kit.papers.marks import NOTICE
from kit.safe_html import fill, join
from kit.words import LANGUAGES, say

PAGE = """<!DOCTYPE html><html lang="{code}"><head><meta charset="utf-8"><title>{title}</title></head>
<body>{body}</body></html>"""
HEAD = """<div class="head"><h1>{title}</h1><p>{about} · {synthetic}</p><p>{notice}</p></div>
<dl class="facts">{rows}</dl>{notes}"""
FACT = "<div><dt>{name}</dt><dd>{value}</dd></div>"


def page(report: GroupReport, language: str = "vi") -> Markup:
    """The report as one file, `language` shown first."""
    own_style = (Path(__file__).parent / "group_report.css").read_text(encoding="utf-8")
    bodies = {code: body(report, code) for code in LANGUAGES}
    whole = style() + Markup(f"<style>{own_style}</style>") + framed(bodies, language)
    return fill(PAGE, code=language, title=title(report, language), body=whole)


def pdf(report: GroupReport, language: str = "vi") -> bytes:
    """The report in one language as PDF."""
    from grading.report.printing import Leaf, to_pdf

    held = say("report.aar.held", language, session=report.course.session, day=day(report.made_on, language))
    leaf = Leaf(say("report.aar.title", language), place_name(report.place, language), held, language)
    return to_pdf(body(report, language), leaf)


def title(report: GroupReport, language: str) -> str:
    """What the report is called, with whom it is about."""
    return f"{say('report.aar.title', language)} - {place_name(report.place, language)}"


def body(report: GroupReport, language: str) -> Markup:
    """Every chapter in one language; of a group whose figures may not be shown only who took part."""
    if not report.sums.attempts:
        nothing = paragraph("suppressed", language, kind="mark", least=LEAST)
        return join([_head(report, language), nothing, closure(report, language), _method(language)])
    chapters = (summary, results, objectives, units, strengths, areas)
    told = [chapter(report, language) for chapter in chapters]
    stuck = bottlenecks(report.sums, language)
    return join([_head(report, language), cards(report, language), *told, stuck, improvement(report, language),
                 closure(report, language), _method(language)])  # fmt: skip


def _head(report: GroupReport, language: str) -> Markup:
    facts = {"session": report.course.session, "made_on": day(report.made_on, language), "people": report.people,
             "played": report.played, "attempts": report.attempts, "exercises": len(report.own)}  # fmt: skip
    rows = join(fill(FACT, name=say(f"report.aar.{name}", language), value=value) for name, value in facts.items())
    return fill(
        HEAD, title=say("report.aar.title", language), about=place_name(report.place, language), rows=rows,
        synthetic=say("report.synthetic", language), notice=NOTICE, notes=_notes(report, language),
    )  # fmt: skip


def _notes(report: GroupReport, language: str) -> Markup:
    notes = []
    if report.hidden and report.sums.attempts:
        hidden = "; ".join(exercise_name(report, one, language) for one in report.hidden)
        notes.append(paragraph("hidden", language, kind="mark", exercises=hidden, least=LEAST))
    if report.course.invalid:
        notes.append(paragraph("invalid", language, kind="mark", count=report.course.invalid))
    if _before_first_day(report):
        notes.append(fill('<p class="mark">{text}</p>', text=say("report.before_first_day", language)))
    return join(notes)


def _before_first_day(report: GroupReport) -> bool:
    return any(date.fromisoformat(one.events[0].moment[:10]) < FIRST_DAY for one in report.course.graded)


def _method(language: str) -> Markup:
    """How the figures came about, and what is a training value."""
    rows = join(fill("<li>{text}</li>", text=say(f"report.aar.method_{name}", language, least=LEAST,
                                                 mark=say("training.mark", language)))
                for name in ("counting", "waiting", "returns", "suppression", "limits"))  # fmt: skip
    return section("method", language, [fill("<ul>{rows}</ul>", rows=rows)])
