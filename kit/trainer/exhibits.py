"""What a trainer looks at before marking: what was asked, the entries, the papers that they made, the marks so far."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from grading.evaluate import UNJUDGED
from grading.report.judgements import level_words, points
from grading.report.values import shown
from kit import papers
from kit.calendar import wall_time
from kit.event import Event, replay
from kit.marks import Mark, visible
from kit.safe_html import fill, join
from kit.trainer.book import Item
from kit.ui.view import clock, day
from kit.words import pick, say

ABOUT = """<h1>{title}</h1><p class="kit-mark-who">{trainee} · {exercise} · {record}</p>
<dl><dt>{case_word}</dt><dd>{case}</dd><dt>{rule_word}</dt><dd>{rule}</dd><dt>{basis_word}</dt><dd>{basis}</dd></dl>"""
DEED = """<section><h2>{action} <small>{at}</small></h2><table>{rows}</table>{papers}</section>"""
ENTRY = "<tr><th>{name}</th><td>{value}</td></tr>"
FOLDED = "<details{open}><summary>{title}</summary>{paper}</details>"
MARK = "<li><b>{level}</b> · {who} <small>({role}, {at})</small><br>{remark}</li>"


def about(item: Item, language: str) -> Markup:
    """Whose work it is, what the matter was, what should have been done and on what basis."""
    target, report = item.finding.target, item.report
    words = {f"{name}_word": say(f"trainer.{name}", language) for name in ("case", "rule", "basis")}
    return fill(
        ABOUT, title=pick(target.title, language), trainee=item.trainee, exercise=pick(report.script.title, language),
        record=f"{target.record} {report.record_name(target.record, language)}", rule=pick(target.rule, language),
        case=f"{report.truth_name(target.inject, language)} · {pick(report.cue(target.inject).says, language)}",
        basis="; ".join(target.cited(language)), **words,
    )  # fmt: skip


def exhibits(item: Item, language: str) -> Markup:
    """Each action that is looked at, in the order of time, its entries and what it printed; other papers folded."""
    events = [event for event in item.report.events if event.seq in item.finding.evidence]
    seen = {record for event in events for record, _ in _printed(event)}
    parts = [_deed(item, event, language) for event in events] or [
        fill('<p class="kit-note">{text}</p>', text=say("trainer.nothing_done", language))
    ]
    return join([*parts, _others(item, seen, language)])


def _deed(item: Item, event: Event, language: str) -> Markup:
    wanted = {name: event.given[name] for name in _fields(item, event) if name in event.given}
    rows = join(fill(ENTRY, name=say(f"field.{name}", language), value=shown(item.report, name, value, language))
                for name, value in wanted.items())  # fmt: skip
    made = join(_paper(paper, language, opened=True) for _, paper in _printed(event))
    return fill(DEED, action=say(f"action.{event.action}", language), at=f"{clock(event.moment)} {day(event.moment)}",
                rows=rows, papers=made)  # fmt: skip


def _fields(item: Item, event: Event) -> list[str]:
    """The entries that the guide says to look at; all of them where it names none."""
    looks = item.finding.target.judged.get("looks_at", [])
    named = [name for look in looks if look["action"] == event.action for name in look["fields"]]
    return named or list(event.given)


def _printed(event: Event) -> Iterator[tuple[str, dict[str, Any]]]:
    """The papers that an action made, with their records."""
    for record, fields in event.changes.items():
        if fields.get("kind") == "paper" and isinstance(fields.get("paper"), dict):
            yield record, fields["paper"]


def _others(item: Item, seen: set[str], language: str) -> Markup:
    """The other papers of the matter, folded away."""
    records = replay(item.report.events).records
    found = [
        one["paper"]
        for number, one in records.items()
        if one.get("kind") == "paper" and one.get("dossier") == item.finding.target.record and number not in seen
    ]
    return join(_paper(paper, language, opened=False) for paper in found)


def _paper(paper: dict[str, Any], language: str, opened: bool) -> Markup:
    drawn = papers.render(paper, language)
    return fill(FOLDED, open=Markup(" open" if opened else ""), title=papers.named(paper, language), paper=drawn)


def marks_seen(item: Item, who: str, language: str) -> Markup:
    """The marks that somebody may see; that there may be others is said, not what they are."""
    finding = item.finding
    given = list(finding.verdict.marks) if finding.verdict else []
    allowed = visible(given, who)
    hidden = say("trainer.hidden", language) if len(allowed) < len(given) else ""
    rows = join(_mark(item, mark, language) for mark in allowed)
    known = "" if finding.status == UNJUDGED else say(f"status.{finding.status}", language) + " · "
    result = "" if hidden else known + points(finding, language)
    head = fill("<h2>{title}</h2><p>{result}{hidden}</p>", title=say("trainer.marks", language), result=result,
                hidden=hidden)  # fmt: skip
    return head + fill("<ul>{rows}</ul>", rows=rows)


def _mark(item: Item, mark: Mark, language: str) -> Markup:
    return fill(MARK, level=level_words(item.finding, mark, language), who=mark.who, remark=mark.remark,
                role=say(f"marks.role.{mark.role}", language), at=wall_time(mark.at))  # fmt: skip
