"""A plot of an attempt: one line a matter, when it came, when it was worked on, where the software refused.

Where there are many matters, one line holds all of a kind.
"""

import base64
from collections import Counter
from datetime import datetime, timedelta

from markupsafe import Markup

from grading.report.reading import Report
from kit.event import ACTED, DELIVERED, REFUSED
from kit.plain_text import short_code
from kit.safe_html import fill, join
from kit.words import say

MOST = 40  # matters with a line of their own
MARKS = ((DELIVERED, ">", "#5c6773", "brought"), (ACTED, "o", "#17663a", "acted"), (REFUSED, "x", "#a3131f", "refused"))
WIDTH, LANE, LEFT, TOP, FOOT = 1040, 20, 330, 28, 46  # pixels
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"
 font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>{parts}</svg>"""
TEXT = '<text x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>'
LINE = '<line x1="{x}" y1="{top}" x2="{x}" y2="{low}" stroke="#c9ced6"/>'
SHAPES = {
    ">": '<path d="M{left} {top}l9 5-9 5z" fill="{colour}"/>',
    "o": '<circle cx="{x}" cy="{y}" r="4.5" fill="{colour}"/>',
    "x": '<path d="M{left} {top}l9 9m0-9l-9 9" stroke="{colour}" stroke-width="2"/>',
}


def timeline(report: Report, language: str) -> Markup:
    """The plot as an image that needs no file beside it."""
    code = base64.b64encode(_picture(report, language).encode()).decode()
    alternative = fill('alt="{text}"', text=say("report.timeline", language))
    grouped = fill("<p>{text}</p>", text=say("report.timeline_grouped", language)) if _many(report) else ""
    return Markup(f'{grouped}<img {alternative} src="data:image/svg+xml;base64,{code}"/>')


def _picture(report: Report, language: str) -> str:
    named = _lanes(report, language)
    heights = {name: TOP + LANE // 2 + LANE * place for place, name in enumerate(dict.fromkeys(named.values()))}
    low = TOP + LANE * len(heights)
    names = join(fill(TEXT, x=LEFT - 12, y=y + 4, anchor="end", text=name) for name, y in heights.items())
    parts = [_axis(report, low, language), names, _legend(language),
             _marks(report, {record: heights[name] for record, name in named.items()})]  # fmt: skip
    return str(fill(PICTURE, width=WIDTH, height=low + FOOT, parts=join(parts)))


def _span(report: Report) -> tuple[datetime, datetime]:
    moments = [event.when() for event in report.events]
    return min(moments), max(max(moments), min(moments) + timedelta(minutes=1))


def _across(moment: datetime, span: tuple[datetime, datetime]) -> int:
    return round(LEFT + (WIDTH - LEFT - 20) * ((moment - span[0]) / (span[1] - span[0])))


def _axis(report: Report, low: int, language: str) -> Markup:
    span = _span(report)
    moments = [span[0] + (span[1] - span[0]) * place / 6 for place in range(7)]
    form = "%H:%M" if span[0].date() == span[1].date() else "%H:%M %d/%m"
    ticks = join(fill(LINE + TEXT, x=_across(one, span), y=low + 16, top=TOP, low=low, anchor="middle",
                      text=f"{one:{form}}") for one in moments)  # fmt: skip
    title = fill(TEXT, x=(LEFT + WIDTH) // 2, y=low + 36, anchor="middle", text=say("report.timeline_axis", language))
    return join([ticks, title])


def _shape(marker: str, colour: str, x: int, y: int) -> Markup:
    return fill(SHAPES[marker], x=x, y=y, left=x - 4, top=y - 5, colour=colour)


def _legend(language: str) -> Markup:
    """What each mark means, in a row above the lines."""
    parts: list[Markup] = []
    for place, (_, marker, colour, word) in enumerate(MARKS):
        left = LEFT + 170 * place
        told = fill(TEXT, x=left + 12, y=17, anchor="start", text=say(f"report.{word}", language))
        parts += [_shape(marker, colour, left, 13), told]
    return join(parts)


def _marks(report: Report, heights: dict[str, int]) -> Markup:
    span, shapes = _span(report), {kind: (marker, colour) for kind, marker, colour, _ in MARKS}
    shown = [(event, report.key.records.get(event.record, event.record)) for event in report.events]
    return join(_shape(*shapes[event.kind], _across(event.when(), span), heights[lane])
                for event, lane in shown if event.kind in shapes and lane in heights)  # fmt: skip


def _first(report: Report) -> dict[str, str]:
    """For each matter the inject that brings it first."""
    return {cue.record: cue.id for cue in report.script.cues if not cue.after_action}


def _many(report: Report) -> bool:
    return len(_first(report)) > MOST


def _lanes(report: Report, language: str) -> dict[str, str]:
    """For each matter the name of its line: its own, or where they are many that of its kind, with their number."""
    kinds = {record: report.truth_name(inject, language) for record, inject in _first(report).items()}
    if not _many(report):
        return {record: f"{short_code(record)} {kind}" for record, kind in kinds.items()}
    counts = Counter(kinds.values())
    return {record: f"{kind} ({counts[kind]})" for record, kind in kinds.items()}
