"""The after-action report of one attempt: what happened, every finding with its basis, what to train next."""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from grading.coach import needs_mark
from grading.evaluate import DONE, NOT_REACHED, Evaluation, Finding, Slip, evaluate
from kit.event import ACTED, DELIVERED, REFUSED, Event, replay
from kit.safe_html import fill, join
from kit.script import Key, Script
from kit.session import Session
from kit.words import LANGUAGES, pick, say

STYLE = Markup(
    """<style>
.aar{font:15px/1.5 system-ui,"Segoe UI","Noto Sans","DejaVu Sans",sans-serif;color:#1c2733;max-width:1060px;margin:0 auto}
.aar h1{font-size:26px;margin:0;color:#fff}.aar h2{font-size:19px;color:#7c1420;border-bottom:2px solid #ead9c4;padding-bottom:4px;margin:28px 0 12px}
.aar .head{background:#8c1722;color:#fff;border-radius:10px;padding:18px 24px}.aar .head p{margin:4px 0 0;color:#fbeee6}
.aar dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:4px 24px;margin:14px 0}
.aar dl.facts div{display:flex;gap:8px}.aar dt{color:#5c6773}.aar dd{margin:0;font-weight:600}
.aar .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(120px,1fr));gap:12px;margin:14px 0}
.aar .card{border:1px solid #d9dee4;border-radius:8px;padding:10px 14px;background:#fff}.aar .card b{display:block;font-size:26px}
.aar .P b,.aar .done b{color:#17663a}.aar .S b,.aar .late b{color:#8a5a00}.aar .M b,.aar .U b,.aar .wrong b,.aar .missing b{color:#a3131f}
.aar .matter{border:1px solid #d9dee4;border-left:6px solid #a3131f;border-radius:8px;padding:10px 16px;margin:10px 0;background:#fff}
.aar .matter h3{margin:0 0 6px;font-size:16px}.aar .finding{border-top:1px dashed #d9dee4;padding:8px 0}
.aar .tag{display:inline-block;border-radius:4px;padding:0 8px;font-weight:600;color:#fff;background:#a3131f}
.aar .tag.late{background:#8a5a00}.aar .tag.done{background:#17663a}.aar .tag.not_reached{background:#5c6773}
.aar .finding p{margin:3px 0}.aar .label{color:#5c6773}.aar .mark{color:#8a5a00;font-style:italic}.aar img{max-width:100%}
.aar table{border-collapse:collapse;margin:4px 0}.aar td,.aar th{border:1px solid #d9dee4;padding:3px 10px;text-align:left}
.aar small{color:#5c6773}.aar .lang{float:right}.aar input.pick{position:absolute;opacity:0}
.aar label.pick{cursor:pointer;border:1px solid #8c1722;border-radius:6px;padding:3px 12px;margin-left:6px;color:#8c1722;background:#fff}
.aar input.pick:focus-visible+label{outline:3px solid #1d5fb8}
.aar section.en{display:none}.aar input.en:checked~section.en{display:block}.aar input.en:checked~section.vi{display:none}
.aar input.vi:checked+label,.aar input.en:checked+label{background:#8c1722;color:#fff}
</style>"""
)
FRAME = """{style}<div class="aar"><input class="pick vi" type="radio" name="aar" id="aar-vi"{vi}><label class="pick"
for="aar-vi">Tiếng Việt</label><input class="pick en" type="radio" name="aar" id="aar-en"{en}><label class="pick"
for="aar-en">English</label>{sections}</div>"""


@dataclass(frozen=True)
class Report:
    """Everything a report needs: the log, what was played, the truth, and the evaluation that follows."""

    events: Sequence[Event]
    script: Script
    key: Key
    evaluation: Evaluation

    @property
    def failed(self) -> list[Finding]:
        """The findings that cost points or reached nothing."""
        return [finding for finding in self.evaluation.findings if finding.status != DONE]


def read_report(session: str, attempt: str) -> Report:
    """The report of an attempt of a session; raises `KitError` for an unknown one or a broken log."""
    folder = Session.named(session)
    store = folder.store()
    row = store.attempt(id=attempt)
    key, events = folder.keys().key(row["script"]), store.read(attempt)
    return Report(events, store.script(row["script"]), key, evaluate(key, events))


def render(report: Report, language: str = "vi") -> Markup:
    """The whole report as HTML in both languages, `language` shown first."""
    sections = join(fill('<section class="{code}" lang="{code}">{body}</section>', code=code, body=_body(report, code))
                    for code in LANGUAGES)  # fmt: skip
    checked = {code: Markup(" checked") if code == language else "" for code in LANGUAGES}
    return fill(FRAME, style=STYLE, sections=sections, **checked)


def page(report: Report, language: str = "vi") -> Markup:
    """The report as one file that opens without a server."""
    return fill('<!DOCTYPE html><html lang="{code}"><meta charset="utf-8"><title>{title}</title><body>{body}</body></html>',
                code=language, title=say("report.title", language), body=render(report, language))  # fmt: skip


def _body(report: Report, language: str) -> Markup:
    return join([
        _head(report, language), _cards(report, language),
        _titled("report.timeline", timeline(report, language), language),
        _titled("report.findings", _findings(report, language), language),
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
    return fill('<div class="head"><h1>{title}</h1><p>{exercise} · {synthetic}</p></div><dl class="facts">{rows}</dl>{open}',
                title=say("report.title", language), exercise=pick(report.script.title, language), rows=rows,
                synthetic=say("report.synthetic", language), open=_unfinished(report, language))  # fmt: skip


def _unfinished(report: Report, language: str) -> Markup:
    done = replay(report.events).finished
    return Markup("") if done else fill('<p class="mark">{text}</p>', text=say("report.unfinished", language))


def _cards(report: Report, language: str) -> Markup:
    evaluation = report.evaluation
    verdict = say("report.passed" if evaluation.passed else "report.failed", language, mark=report.key.pass_mark)
    first = [("P" if evaluation.passed else "U", f"{evaluation.score:g}", f"{say('report.score', language)} · {verdict}"),
             (evaluation.rating, evaluation.rating, say(f"rating.{evaluation.rating}", language))]  # fmt: skip
    counts = [finding.status for finding in evaluation.findings if not finding.target.forbidden or not finding.good]
    rest = [(status, str(counts.count(status)), say(f"status.{status}", language)) for status in
            ("done", "late", "wrong", "missing", "not_reached")]  # fmt: skip
    cards = join(fill('<div class="card {kind}"><b>{value}</b>{text}</div>', kind=kind, value=value, text=text)
                 for kind, value, text in [*first, *rest])  # fmt: skip
    return fill('<div class="cards">{cards}</div><small>{rule}</small>', cards=cards,
                rule=say("report.rating_rule", language))  # fmt: skip


def _findings(report: Report, language: str) -> Markup:
    if not report.failed:
        return fill("<p>{text}</p>{met}", text=say("report.all_good", language), met=_met(report, language))
    by_inject: dict[str, list[Finding]] = {}
    for finding in report.failed:
        by_inject.setdefault(finding.target.inject, []).append(finding)
    matters = join(_matter(report, inject, found, language) for inject, found in by_inject.items())
    return matters + _met(report, language)


def _matter(report: Report, inject: str, found: list[Finding], language: str) -> Markup:
    cue = next(cue for cue in report.script.cues if cue.id == inject)
    truth = say(f"truth.{report.key.truths[inject.removesuffix('-back')]}", language)
    procedure = report.script.cues[0].records and _procedure(report, cue.record, language)
    return fill('<div class="matter"><h3>{truth} · {procedure}</h3><small>{code} · {says}</small>{findings}</div>',
                truth=truth, procedure=procedure, code=cue.record, says=pick(cue.says, language),
                findings=join(_finding(report, finding, language) for finding in found))  # fmt: skip


def _procedure(report: Report, record: str, language: str) -> str:
    names = [cue.records[record] for cue in report.script.cues if record in cue.records]
    return str(names[0].get("procedure_name" if language == "vi" else "procedure_name_en", record))


def _finding(report: Report, finding: Finding, language: str) -> Markup:
    target = finding.target
    critical = fill(' <b class="label">{text}</b>', text=say("report.critical", language)) if target.critical else ""
    mark = (
        fill(' <span class="mark">({text})</span>', text=say("training.mark", language))
        if needs_mark(target.basis)
        else ""
    )
    return fill(
        '<div class="finding"><p><span class="tag {status}">{word}</span> <b>{title}</b>{critical} <small>{points}</small></p>'
        '{slips}<p><span class="label">{rule_word}:</span> {rule}</p><p><span class="label">{basis_word}:</span> {basis}{mark}</p>'
        '<p><span class="label">{advice_word}:</span> {advice}</p><p><small>{evidence_word}: {evidence}</small></p></div>',
        status=finding.status, word=say(f"status.{finding.status}", language), title=pick(target.title, language),
        critical=critical, points=_points(finding, language), slips=_slips(report, finding.slips, language),
        rule_word=say("report.rule", language), rule=pick(target.rule, language), mark=mark,
        basis_word=say("report.basis", language), basis="; ".join(one["ref"] for one in target.basis),
        advice_word=say("report.advice", language), advice=pick(target.advice, language),
        evidence_word=say("report.evidence", language), evidence=_evidence(report, finding, language),
    )  # fmt: skip


def _points(finding: Finding, language: str) -> str:
    if finding.target.forbidden:
        return say("report.penalty", language, points=f"{finding.target.weight:g}")
    return say("report.points", language, points=f"{finding.points:g}", weight=f"{finding.target.weight:g}")


def _slips(report: Report, slips: Sequence[Slip], language: str) -> Markup:
    rows = join(
        fill("<tr><th>{name}</th><td>{found}</td><td>{expected}</td></tr>", name=say(f"field.{slip.field}", language),
             found=shown(report, slip.field, slip.found, language), expected=shown(report, slip.field, slip.expected, language))
        for slip in slips
    )  # fmt: skip
    head = fill("<tr><th></th><th>{found}</th><th>{expected}</th></tr>", found=say("report.found", language),
                expected=say("report.expected", language))  # fmt: skip
    return fill("<table>{head}{rows}</table>", head=head, rows=rows) if slips else Markup("")


def shown(report: Report, field: str, value: object, language: str) -> str:
    """An entry as people read it: names for units, officials and papers, dates as they are written."""
    if isinstance(value, list):
        return ", ".join(shown(report, field, one, language) for one in value)
    text, office = str(value if value is not None else ""), report.script.office
    if text in office["units"]:
        return str(office["units"][text])
    if text in office["officials"]:
        return str(office["officials"][text]["full_name"])
    choice = say(f"choice.{field}.{text}", language)
    if not choice.startswith("choice."):
        return choice
    asks = "asks" if language == "vi" else "asks_en"
    known = {k: v for cue in report.script.cues for r in cue.records.values() for k, v in r.get(asks, {}).items()}
    return str(known.get(text, _date(text)))


def _date(text: str) -> str:
    return f"{text[8:]}/{text[5:7]}/{text[:4]}" if len(text) == 10 and text[4:5] == "-" else text


def _evidence(report: Report, finding: Finding, language: str) -> str:
    if not finding.evidence:
        return say("report.not_done", language)
    times = {event.seq: event.when() for event in report.events}
    return "; ".join(say("report.event", language, seq=seq, time=f"{times[seq]:%H:%M}") for seq in finding.evidence)


def _met(report: Report, language: str) -> Markup:
    good = [finding for finding in report.evaluation.findings if finding.good and finding.evidence]
    rows = join(fill("<li>{title} <small>({record})</small></li>", title=pick(f.target.title, language),
                     record=f.target.record[-4:]) for f in good)  # fmt: skip
    return fill("<details><summary>{text}</summary><ul>{rows}</ul></details>", rows=rows,
                text=say("report.more", language, count=len(good)))  # fmt: skip


def _refusals(report: Report, language: str) -> Markup:
    if not report.evaluation.refusals:
        return fill("<p>{text}</p>", text=say("report.no_refusals", language))
    return fill("<ul>{rows}</ul>", rows=join(
        fill("<li>{action}: {reason} <small>({times})</small></li>", action=say(f"action.{action}", language),
             reason=say(f"refusal.{reason.split(':')[0]}", language),
             times=say("report.refusal_count", language, times=times))
        for action, reason, times in report.evaluation.refusals
    ))  # fmt: skip


def _next(report: Report, language: str) -> Markup:
    """The truths that lost most points, most first."""
    lost: dict[str, float] = {}
    for finding in report.failed:
        truth = report.key.truths[finding.target.inject.removesuffix("-back")]
        whole = 0 if finding.target.forbidden or finding.status == NOT_REACHED else finding.target.weight
        lost[truth] = lost.get(truth, 0) + whole - finding.points
    rows = join(fill("<li>{name}</li>", name=say(f"truth.{truth}", language))
                for truth, _ in sorted(lost.items(), key=lambda item: -item[1])[:6])  # fmt: skip
    text = say("report.next_again" if lost else "report.next_none", language)
    return fill("<ol>{rows}</ol><p>{text}</p>", rows=rows, text=text)


def _foot(report: Report, language: str) -> Markup:
    text = say("report.log", language, events=len(report.events), head=report.events[-1].hash[:16])
    return fill("<p><small>{text}</small></p>", text=text)


def timeline(report: Report, language: str) -> Markup:
    """A plot of the attempt: one line a matter, when it came, when it was worked on, where the software refused."""
    from matplotlib.figure import Figure

    order = [cue.record for cue in report.script.cues if not cue.after_action]
    lanes = {record: len(order) - index for index, record in enumerate(dict.fromkeys(order))}
    figure = Figure(figsize=(10.4, 0.9 + 0.2 * len(lanes)), layout="constrained")
    axes = figure.subplots()
    for kind, marker, colour, word in (
        (DELIVERED, ">", "#5c6773", "brought"), (ACTED, "o", "#17663a", "acted"), (REFUSED, "x", "#a3131f", "refused"),
    ):  # fmt: skip
        points = [(event.when(), lanes[_lane(report, event)]) for event in report.events
                  if event.kind == kind and _lane(report, event) in lanes]  # fmt: skip
        axes.scatter([p[0] for p in points], [p[1] for p in points], marker=marker, c=colour, s=26,
                     label=say(f"report.{word}", language))  # fmt: skip
    axes.set_yticks(list(lanes.values()), [_lane_name(report, record, language) for record in lanes], fontsize=8)
    _hours(axes)
    axes.set_xlabel(say("report.timeline_axis", language))
    axes.legend(loc="lower right", fontsize=8)
    axes.grid(axis="x", alpha=0.3)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=110)
    code = base64.b64encode(picture.getvalue()).decode()
    return Markup('<img alt="{}" src="data:image/png;base64,{}">').format(
        say("report.timeline", language), Markup(code)
    )


def _hours(axes: object) -> None:
    from matplotlib.dates import DateFormatter

    axes.xaxis.set_major_formatter(DateFormatter("%H:%M"))  # type: ignore[attr-defined]


def _lane(report: Report, event: Event) -> str:
    return report.key.records.get(event.record, event.record)


def _lane_name(report: Report, record: str, language: str) -> str:
    inject = next(inject for inject, one in report.key.records.items() if one == record)
    return f"{record[-4:]} {say('truth.' + report.key.truths[inject.removesuffix('-back')], language)}"
