"""A plot of an attempt: one line a matter, when it came, when it was worked on, where the software refused."""

import base64
import io
from typing import TYPE_CHECKING

from markupsafe import Markup

from grading.report.reading import Report
from kit.event import ACTED, DELIVERED, REFUSED
from kit.safe_html import fill
from kit.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARKS = ((DELIVERED, ">", "#5c6773", "brought"), (ACTED, "o", "#17663a", "acted"), (REFUSED, "x", "#a3131f", "refused"))


def timeline(report: Report, language: str) -> Markup:
    """The plot as an image that needs no file beside it."""
    picture = io.BytesIO()
    _figure(report, language).savefig(picture, format="png", dpi=110)
    code = base64.b64encode(picture.getvalue()).decode()
    alternative = fill('alt="{text}"', text=say("report.timeline", language))
    return Markup(f'<img {alternative} src="data:image/png;base64,{code}">')


def _figure(report: Report, language: str) -> "Figure":
    from matplotlib.dates import DateFormatter
    from matplotlib.figure import Figure

    lanes = _lanes(report)
    figure = Figure(figsize=(10.4, 0.9 + 0.2 * len(lanes)), layout="constrained")
    axes = figure.subplots()
    _scatter(axes, report, lanes, language)
    axes.set_yticks(list(lanes.values()), [_lane_name(report, record, language) for record in lanes], fontsize=8)
    axes.xaxis_date()
    one_day = len({event.when().date() for event in report.events}) == 1
    axes.xaxis.set_major_formatter(DateFormatter("%H:%M" if one_day else "%H:%M\n%d/%m"))  # type: ignore[no-untyped-call]
    axes.set_xlabel(say("report.timeline_axis", language))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=8, frameon=False)
    axes.grid(axis="x", alpha=0.3)
    return figure


def _lanes(report: Report) -> dict[str, int]:
    records = dict.fromkeys(cue.record for cue in report.script.cues if not cue.after_action)
    return {record: len(records) - index for index, record in enumerate(records)}


def _scatter(axes: "Axes", report: Report, lanes: dict[str, int], language: str) -> None:
    from matplotlib.dates import date2num

    for kind, marker, colour, word in MARKS:
        shown = [(event, report.key.records.get(event.record, event.record)) for event in report.events]
        points = [(event.when(), lanes[lane]) for event, lane in shown if event.kind == kind and lane in lanes]
        moments, heights = [moment for moment, _ in points], [height for _, height in points]
        where = date2num(moments)  # type: ignore[no-untyped-call]
        axes.scatter(where, heights, marker=marker, c=colour, s=26, label=say(f"report.{word}", language))


def _lane_name(report: Report, record: str, language: str) -> str:
    inject = next(inject for inject, one in report.key.records.items() if one == record)
    return f"{record[-4:]} {report.truth_name(inject, language)}"
