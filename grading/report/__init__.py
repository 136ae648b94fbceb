"""The after-action report of one attempt: what happened, every finding with its basis, what to train next."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup

from grading.evaluate import NOT_REACHED, PARTLY, PENDING, UNJUDGED
from grading.report.completeness import completeness, forgotten
from grading.report.findings import findings
from grading.report.judgements import judgements
from grading.report.objectives import objectives, score
from grading.report.parameters import check_parameters, given_to
from grading.report.reading import Report, read_report
from grading.report.timeline import timeline
from kit.calendar import FIRST_DAY
from kit.event import replay
from kit.safe_html import fill, join
from kit.words import LANGUAGES, number, pick, say

__all__ = ["Report", "body", "check_parameters", "framed", "given_to", "page", "pdf", "read_report", "render", "style"]

FRAME = """<div class="aar">
<input class="pick vi" type="radio" name="aar" id="aar-vi"{vi}><label class="pick" for="aar-vi">Tiếng Việt</label>
<input class="pick en" type="radio" name="aar" id="aar-en"{en}><label class="pick" for="aar-en">English</label>
{sections}</div>"""
PAGE = """<!DOCTYPE html><html lang="{code}"><head><meta charset="utf-8"><title>{title}</title></head>
<body>{body}</body></html>"""
HEAD = """<div class="head"><h1>{title}</h1><p>{exercise} · {synthetic}</p></div>
<dl class="facts">{rows}</dl>{open}"""


@cache
def style() -> Markup:
    """The stylesheet of reports, inline."""
    return Markup(f"<style>{(Path(__file__).parent / 'report.css').read_text(encoding='utf-8')}</style>")


def render(report: Report, language: str = "vi") -> Markup:
    """The whole report as HTML in both languages, `language` shown first."""
    return style() + framed({code: body(report, code) for code in LANGUAGES}, language)


def framed(bodies: Mapping[str, Markup], language: str) -> Markup:
    """The same in every language, one of them shown: whoever reads it chooses, without a script."""
    sections = join(fill('<section class="{code}" lang="{code}">{body}</section>', code=code, body=inside)
                    for code, inside in bodies.items())  # fmt: skip
    checked = {code: Markup(" checked") if code == language else "" for code in bodies}
    return fill(FRAME, sections=sections, **checked)


def page(report: Report, language: str = "vi") -> Markup:
    """The report as one file that opens without a server."""
    return fill(PAGE, code=language, title=say("report.title", language), body=render(report, language))


def pdf(report: Report, language: str = "vi") -> bytes:
    """The report in one language as PDF."""
    from grading.report.printing import Leaf, to_pdf

    held = f"{say('report.date', language)}: {report.script.begins():%d/%m/%Y}"
    who = str(report.events[0].given.get("trainee", ""))
    leaf = Leaf(say("report.title", language), f"{who} · {report.script.office['short_name']}", held, language)
    return to_pdf(body(report, language), leaf)


def body(report: Report, language: str) -> Markup:
    """Every chapter in one language."""
    return join([
        _head(report, language), _cards(report, language), objectives(report, language),
        _titled("report.forgotten", forgotten(report, language), language),
        _titled("report.timeline", timeline(report, language), language),
        _titled("report.findings", findings(report, language), language), judgements(report, language),
        _titled("report.bottlenecks", _refusals(report, language), language),
        _titled("report.next", _next(report, language), language), _foot(report, language),
    ])  # fmt: skip


def _titled(key: str, content: Markup, language: str) -> Markup:
    return fill("<h2>{title}</h2>{content}", title=say(key, language), content=content)


def _head(report: Report, language: str) -> Markup:
    first = report.events[0].given
    facts = {
        "report.trainee": first.get("trainee", ""), "report.unit": report.script.office["short_name"],
        "report.date": f"{report.script.begins():%d/%m/%Y}", "report.mode": say(f"mode.{first.get('mode')}", language),
        "report.seed": str(report.script.seed),
    }  # fmt: skip
    rows = join(fill("<div><dt>{name}</dt><dd>{value}</dd></div>", name=say(key, language), value=value)
                for key, value in facts.items())  # fmt: skip
    return fill(
        HEAD, title=say("report.title", language), exercise=pick(report.script.title, language), rows=rows,
        synthetic=say("report.synthetic", language), open=_notes(report, language),
    )  # fmt: skip


def _notes(report: Report, language: str) -> Markup:
    notes = [] if replay(report.events).finished else ["report.unfinished"]
    if report.script.begins().date() < FIRST_DAY:
        notes.append("report.before_first_day")
    return join(fill('<p class="mark">{text}</p>', text=say(note, language)) for note in notes)


def _cards(report: Report, language: str) -> Markup:
    evaluation = report.evaluation
    grade = evaluation.rating
    first = [_verdict(report, language), (grade, grade, say(f"rating.{grade}", language))]
    counts = [finding.status for finding in evaluation.findings if not finding.target.forbidden or not finding.good]
    rare = [status for status in (PARTLY, UNJUDGED) if status in counts]
    statuses = ["done", "late", "wrong", "missing", "not_reached", *rare]
    rest = [(status, str(counts.count(status)), say(f"status.{status}", language)) for status in statuses]
    whole = completeness(report.key.records, report.events)
    first.append(("U" if whole.lost else "P", f"{whole.handled}/{whole.brought}", say("report.complete", language)))
    cards = join(fill('<div class="card {kind}"><b>{value}</b>{text}</div>', kind=kind, value=value, text=text)
                 for kind, value, text in [*first, *rest])  # fmt: skip
    open_note = Markup("")
    if evaluation.rating == PENDING:
        open_note = fill('<p class="mark">{text}</p>', text=score(evaluation.whole, language))
    return fill('<div class="cards">{cards}</div>{open_note}<small>{rule}</small>', cards=cards,
                rule=say("report.rating_rule", language), open_note=open_note)  # fmt: skip


def _verdict(report: Report, language: str) -> tuple[str, str, str]:
    """The card of the score: passed or not; neither, while the attempt goes on or something is to be judged."""
    evaluation = report.evaluation
    shown = number(evaluation.score, language)
    if evaluation.passed is None:
        return "S", shown, say("report.so_far" if evaluation.rating == PENDING else "report.going_on", language)
    verdict = say("report.passed" if evaluation.passed else "report.failed", language, mark=report.key.pass_mark)
    return "P" if evaluation.passed else "U", shown, f"{say('report.score', language)} · {verdict}"


def _refusals(report: Report, language: str) -> Markup:
    if not report.evaluation.refusals:
        return fill("<p>{text}</p>", text=say("report.no_refusals", language))
    return fill("<ul>{rows}</ul>", rows=join(
        fill("<li>{what} <small>({times})</small></li>", what=_refused(action, reason, language),
             times=say("report.refusal_count", language, times=times))
        for action, reason, times in report.evaluation.refusals
    ))  # fmt: skip


def _refused(action: str, reason: str, language: str) -> str:
    """What the software refused and why, naming the entry where one was at fault."""
    named, (why, _, field) = say(f"action.{action}", language), reason.partition(":")
    words = {"action": named, "reason": say(f"refusal.{why}", language)}
    if not field or why == "unknown_field":
        return "{action}: {reason}".format(**words)
    return say("report.refused_entry", language, entry=say(f"field.{field}", language), **words)


def _next(report: Report, language: str) -> Markup:
    """The truths that lost most points, most first."""
    lost: dict[str, float] = {}
    for finding in (one for one in report.failed if one.status != UNJUDGED):
        truth = report.truth_name(finding.target.inject, language)
        whole = 0 if finding.target.forbidden or finding.status == NOT_REACHED else finding.target.weight
        lost[truth] = lost.get(truth, 0) + whole - finding.points
    costly = {truth: points for truth, points in lost.items() if points} or lost
    rows = join(fill("<li>{name}</li>", name=truth)
                for truth, _ in sorted(costly.items(), key=lambda item: -item[1])[:6])  # fmt: skip
    text = say("report.next_again" if lost else "report.next_none", language)
    return fill("<ol>{rows}</ol><p>{text}</p>", rows=rows, text=text)


def _foot(report: Report, language: str) -> Markup:
    text = say("report.log", language, events=len(report.events), head=report.events[-1].hash[:16])
    return fill("<p><small>{text}</small></p>", text=text)
