"""Nothing forgotten: of the records that were brought, how many somebody acted upon, and the name of each one lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grading.report.reading import Report
from kit.event import DELIVERED, Event
from kit.handling import handlings
from kit.plain_text import whole_code
from kit.safe_html import fill, join
from kit.systems.called import who
from kit.words import say

ROW = "<li><b>{code}</b> {title} <small>{who}</small></li>"
SECTION = "<p>{text}</p>{rows}"


@dataclass(frozen=True)
class Completeness:
    """How many records were brought, and those of them that nobody acted upon, in the order in which they came."""

    brought: int
    lost: tuple[str, ...]

    @property
    def handled(self) -> int:
        """How many were acted upon, rightly or wrongly."""
        return self.brought - len(self.lost)


def completeness(records: dict[str, str], events: Sequence[Event]) -> Completeness:
    """Of the records (by cue, as a Key names them) that a log brought, those never acted upon.

    Work on a further record of the same matter, such as its payment, is work on the matter.
    """
    came = (records[event.record] for event in events if event.kind == DELIVERED and event.record in records)
    brought, acted = dict.fromkeys(came), {whole_code(event.record) for event in handlings(events)}
    return Completeness(len(brought), tuple(record for record in brought if record not in acted))


def forgotten(report: Report, language: str) -> Markup:
    """How many of all were handled, and a line for each one that was not."""
    found = completeness(report.key.records, report.events)
    rows = join(_row(report, record, language) for record in found.lost)
    listed = fill("<ul>{rows}</ul>", rows=rows) if found.lost else Markup("")
    return fill(SECTION, text=handled(report, language), rows=listed)


def handled(report: Report, language: str) -> str:
    """ "Began 88 of 93" in words."""
    found = completeness(report.key.records, report.events)
    return say("report.handled", language, handled=found.handled, brought=found.brought)


def _row(report: Report, record: str, language: str) -> Markup:
    known = (cue.records[record] for cue in report.script.cues if record in cue.records)
    first = next((fields for fields in known if fields.get("who")), {})
    return fill(ROW, code=record, title=report.record_name(record, language),
                who=who(first, report.script.office, language))  # fmt: skip
