"""The findings of a report, matter by matter: status, what was entered, rule, basis, advice, evidence."""

from markupsafe import Markup

from grading.evaluate import Finding
from grading.report.judgements import points
from grading.report.reading import Report
from grading.report.values import slips, to_be_done
from grading.telling import needs_mark
from kit.plain_text import short_code
from kit.safe_html import fill, join
from kit.words import pick, say

MATTER = """<div class="matter"><h3>{truth} · {procedure}</h3><small>{code} · {says}</small>{findings}</div>"""
WHOLE = """<div class="matter"><h3>{title}</h3>{findings}</div>"""
FINDING = """<div class="finding"><p><span class="tag {status}">{word}</span> <b>{title}</b>{critical}
<small>{points}</small></p>{slips}<p><span class="label">{rule_word}:</span> {rule}</p>
<p><span class="label">{basis_word}:</span> {basis}{mark}</p><p><span class="label">{advice_word}:</span> {advice}</p>
<p><small>{evidence_word}: {evidence}</small></p></div>"""
MARK, CRITICAL = ' <span class="mark">({text})</span>', ' <b class="label">{text}</b>'
SLIPS = "<table><tr><th></th><th>{found}</th><th>{expected}</th></tr>{rows}</table>"
SLIP = "<tr><th>{name}</th><td>{found}</td><td>{expected}</td></tr>"


def findings(report: Report, language: str) -> Markup:
    """Every finding that is not good, by matter, and the good ones folded away."""
    if not report.failed:
        return fill("<p>{text}</p>{met}", text=say("report.all_good", language), met=_met(report, language))
    by_inject: dict[str, list[Finding]] = {}
    for finding in report.failed:
        by_inject.setdefault("" if finding.target.counts else finding.target.inject, []).append(finding)
    matters = join(_matter(report, inject, found, language) if inject else _whole(report, found, language)
                   for inject, found in by_inject.items())  # fmt: skip
    return matters + _met(report, language)


def _whole(report: Report, found: list[Finding], language: str) -> Markup:
    """What is counted over many matters stands by itself."""
    return fill(WHOLE, title=say("report.over_all", language),
                findings=join(_finding(report, finding, language) for finding in found))  # fmt: skip


def _matter(report: Report, inject: str, found: list[Finding], language: str) -> Markup:
    cue = report.cue(inject)
    return fill(
        MATTER, truth=report.fault(inject, language), says=pick(cue.says, language), code=cue.record,
        procedure=report.record_name(cue.record, language),
        findings=join(_finding(report, finding, language) for finding in found),
    )  # fmt: skip


def _finding(report: Report, finding: Finding, language: str) -> Markup:
    target, words = finding.target, ("rule", "basis", "advice", "evidence")
    basis = "; ".join(target.cited(language))
    mark = fill(MARK, text=say("training.mark", language)) if needs_mark(target.basis) else ""
    critical = fill(CRITICAL, text=say("report.critical", language)) if target.critical else ""
    return fill(
        FINDING, status=finding.status, word=say(f"status.{finding.status}", language), critical=critical, mark=mark,
        title=pick(target.title, language), points=points(finding, language), basis=basis,
        slips=_slips(report, finding, language), rule=pick(target.rule, language),
        advice=pick(target.advice, language), evidence=_evidence(report, finding, language),
        **{f"{word}_word": say(f"report.{word}", language) for word in words},
    )  # fmt: skip


def _slips(report: Report, finding: Finding, language: str) -> Markup:
    if not finding.slips:
        return Markup("")
    heads = {word: say(f"report.{word}", language) for word in ("found", "expected")}
    return fill(SLIPS, rows=join(fill(SLIP, **row) for row in slips(report, finding, language)), **heads)


def _evidence(report: Report, finding: Finding, language: str) -> str:
    if not finding.evidence:
        return say("report.not_done", language, wanted=to_be_done(report, finding, language))
    proof = (event for event in report.events if event.seq in finding.evidence)
    return "; ".join(
        say(
            "report.event",
            language,
            seq=one.seq,
            time=f"{one.when():%H:%M}",
            action=say(f"action.{one.action}", language),
        )
        for one in proof
    )


def _met(report: Report, language: str) -> Markup:
    good = [finding for finding in report.evaluation.findings if finding.good and finding.evidence]
    rows = join(fill("<li>{title} <small>({record})</small></li>", title=pick(f.target.title, language),
                     record=short_code(f.target.record)) for f in good)  # fmt: skip
    return fill("<details><summary>{text}</summary><ul>{rows}</ul></details>", rows=rows,
                text=say("report.more", language, count=len(good)))  # fmt: skip
