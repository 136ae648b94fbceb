"""The chapters on what was found and what follows: strengths, areas, the improvement plan, what became of the last."""

from markupsafe import Markup

from grading.group_report.achievements import strong, weak
from grading.group_report.closure import UNMEASURED, Closed
from grading.group_report.figures import day, measured, share
from grading.group_report.naming import role_name
from grading.group_report.plan import Corrective
from grading.group_report.report import GroupReport
from grading.group_report.results import exercise_name
from grading.group_report.sums import Asked
from grading.group_report.tables import Cell, paragraph, section, table
from grading.telling import needs_mark
from kit.safe_html import fill
from kit.words import pick, say

AREA = """<div class="matter"><h3>{title}</h3><p><b>{figures}</b>{critical}</p>
<p><span class="label">{exercise_word}:</span> {exercise}</p><p><span class="label">{rule_word}:</span> {rule}</p>
<p><span class="label">{basis_word}:</span> {basis}{mark}</p>
<p><span class="label">{advice_word}:</span> {advice}</p></div>"""
MARK = ' <span class="mark">({text})</span>'
STATE = '<td><span class="tag {state}">{text}</span>{note}</td>'


def strengths(report: GroupReport, language: str) -> Markup:
    """The objectives that went well, then the expectations that most met."""
    rows: list[list[Cell]] = [
        [pick(one.target.title, language), exercise_name(report, one.exercise, language),
         say("report.aar.met_of", language, share=share(one.share, language), reached=one.reached)]
        for one in report.strengths
    ]  # fmt: skip
    listed = table("strengths", ("expectation", "exercise", "met"), rows, language)
    return section("strengths", language, [*strong(report, language),
                                           listed if rows else paragraph("no_strengths", language)])  # fmt: skip


def areas(report: GroupReport, language: str) -> Markup:
    """The objectives that went badly, then what cost most, each with its rule, basis and advice."""
    shown = [_area(report, one, language) for one in report.areas]
    return section("areas", language, [*weak(report, language), *(shown or [paragraph("no_areas", language)])])


def _area(report: GroupReport, one: Asked, language: str) -> Markup:
    target = one.target
    figures = say("report.aar.area_figures", language, share=share(one.share, language), reached=one.reached,
                  failing=one.failing)  # fmt: skip
    critical = fill(' <b class="label">{text}</b>', text=say("report.critical", language)) if target.critical else ""
    words = {f"{word}_word": say(f"report.{word}", language) for word in ("rule", "basis", "advice", "exercise")}
    return fill(
        AREA, title=pick(target.title, language), figures=figures, critical=critical,
        exercise=exercise_name(report, one.exercise, language), rule=pick(target.rule, language),
        basis="; ".join(target.cited(language)),
        mark=fill(MARK, text=say("training.mark", language)) if needs_mark(target.basis) else "",
        advice=pick(target.advice, language), **words,
    )  # fmt: skip


def improvement(report: GroupReport, language: str) -> Markup:
    """The plan: what, who, by when, and the figure that would show it done."""
    rows = [_planned(number, one, language) for number, one in enumerate(report.plan, 1)]
    listed = table("plan", ("number", "what", "owner", "due", "measure"), rows, language)
    if not rows:
        return section("plan", language, [paragraph("no_plan", language)])
    note = paragraph("plan_note", language, kind="note", mark=say("training.mark", language))
    return section("plan", language, [listed, note])


def _planned(number: int, one: Corrective, language: str) -> list[Cell]:
    basis = fill("<br/><small>{word}: {text}</small>", word=say("report.basis", language),
                 text=pick(one.basis, language)) if one.basis else ""  # fmt: skip
    what = fill("<td>{text}{basis}</td>", text=pick(one.what, language), basis=basis)
    measure = say(f"report.aar.measure_{one.id.split('|')[0]}", language,
                  before=measured(one.id, one.before, language), goal=measured(one.id, one.goal, language))  # fmt: skip
    return [str(number), what, owner_of(one, language), day(one.due, language), measure]


def owner_of(one: Corrective, language: str) -> str:
    """Who answers for an action, and whose work it changes."""
    owner = say(f"report.aar.owner_{one.owner}", language)
    return f"{owner}; {role_name(one.role, language)}" if one.role else owner


def closure(report: GroupReport, language: str) -> Markup:
    """What became of each action of the plan before; nothing where none was given."""
    if not report.closed:
        return Markup("")
    rows = [_closed(one, language) for one in report.closed]
    closed = sum(one.state == "closed" for one in report.closed)
    heads = ("what", "before", "goal", "now", "state")
    lead = paragraph("closure_lead", language, closed=closed, all=len(rows))
    return section("closure", language, [lead, table("closure", heads, rows, language)])


def _closed(one: Closed, language: str) -> list[Cell]:
    late = say("report.aar.overdue", language, day=day(one.action.due, language)) if one.overdue else ""
    note = fill("<br/><small>{text}</small>", text=late) if late else ""
    state = fill(STATE, state=one.state, text=say(f"report.aar.state_{one.state}", language), note=note)
    now = "-" if one.now is None or one.state == UNMEASURED else measured(one.action.id, one.now, language)
    figures = [measured(one.action.id, value, language) for value in (one.action.before, one.action.goal)]
    return [pick(one.action.what, language), *figures, now, state]
