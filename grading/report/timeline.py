"""A plot of an attempt: one line a matter, when it came, when it was worked on, where the software refused.

Where there are many matters, one line holds all of a kind.
"""

import base64
import io
from collections import Counter
from typing import TYPE_CHECKING

from markupsafe import Markup

from grading.report.reading import Report
from kit.event import ACTED, DELIVERED, REFUSED
from kit.plain_text import short_code
from kit.safe_html import fill
from kit.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 40  # matters with a line of their own
MARKS = ((DELIVERED, ">", "#5c6773", "brought"), (ACTED, "o", "#17663a", "acted"), (REFUSED, "x", "#a3131f", "refused"))


def timeline(report: Report, language: str) -> Markup:
    """The plot as an image that needs no file beside it."""
    picture = io.BytesIO()
    _figure(report, language).savefig(picture, format="png", dpi=110)
    code = base64.b64encode(picture.getvalue()).decode()
    alternative = fill('alt="{text}"', text=say("report.timeline", language))
    grouped = fill("<p>{text}</p>", text=say("report.timeline_grouped", language)) if _many(report) else ""
    return Markup(f'{grouped}<img {alternative} src="data:image/png;base64,{code}">')


def _figure(report: Report, language: str) -> "Figure":
    from matplotlib.dates import DateFormatter
    from matplotlib.figure import Figure

    named = _lanes(report, language)
    lanes = {name: height for height, name in enumerate(dict.fromkeys(reversed(named.values())), start=1)}
    figure = Figure(figsize=(10.4, 0.9 + 0.2 * len(lanes)), layout="constrained")
    axes = figure.subplots()
    _scatter(axes, report, {record: lanes[name] for record, name in named.items()}, language)
    axes.set_yticks(list(lanes.values()), list(lanes), fontsize=8)
    axes.xaxis_date()
    one_day = len({event.when().date() for event in report.events}) == 1
    axes.xaxis.set_major_formatter(DateFormatter("%H:%M" if one_day else "%H:%M\n%d/%m"))  # type: ignore[no-untyped-call]
    axes.set_xlabel(say("report.timeline_axis", language))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=8, frameon=False)
    axes.grid(axis="x", alpha=0.3)
    return figure


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


def _scatter(axes: "Axes", report: Report, lanes: dict[str, int], language: str) -> None:
    from matplotlib.dates import date2num

    for kind, marker, colour, word in MARKS:
        shown = [(event, report.key.records.get(event.record, event.record)) for event in report.events]
        points = [(event.when(), lanes[lane]) for event, lane in shown if event.kind == kind and lane in lanes]
        moments, heights = [moment for moment, _ in points], [height for _, height in points]
        where = date2num(moments)  # type: ignore[no-untyped-call]
        axes.scatter(where, heights, marker=marker, c=colour, s=26, label=say(f"report.{word}", language))
