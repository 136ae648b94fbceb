"""People's marks laid over the machine's findings: each moves the one finding that it names and no other. Pure."""

from collections.abc import Sequence

from grading.finding import DONE, PARTLY, UNJUDGED, WRONG, Finding, unjudged_of
from kit.marks import DECIDED, OVERRIDES, Mark, Marks, Verdict, override, share, verdict


def with_marks(findings: Sequence[Finding], marks: Marks) -> Sequence[Finding]:
    """The findings as the marks leave them; a mark for what is not there or was never tried moves nothing."""
    if not marks and not unjudged_of(findings):
        return findings
    return [_with(one, marks.get(one.target.id, [])) if marks or one.status == UNJUDGED else one for one in findings]


def _with(finding: Finding, marks: list[Mark]) -> Finding:
    if finding.target.judged:
        return _judged(finding, marks) if finding.status == UNJUDGED else finding
    return _overridden(finding, marks) if marks else finding


def _judged(finding: Finding, marks: list[Mark]) -> Finding:
    found = verdict(finding.target.judged, marks)
    if not found.level:
        return finding._replace(verdict=found)
    earned = share(finding.target.judged, found.level)
    return finding._replace(status=_status(earned), points=earned * finding.target.weight, verdict=found)


def _overridden(finding: Finding, marks: list[Mark]) -> Finding:
    """An override keeps the machine's finding beside it; taken back, both marks stay to be read."""
    held, given = override(marks), tuple(mark for mark in marks if mark.level in (*OVERRIDES, "machine"))
    if held is None:
        return finding._replace(verdict=Verdict("", "", given)) if given else finding
    earned = OVERRIDES[held.level]
    points = (earned - 1 if finding.target.forbidden else earned) * finding.target.weight
    said = Verdict(held.level, DECIDED, given)
    return finding._replace(status=_status(earned), points=points, verdict=said, machine=finding)


def _status(earned: float) -> str:
    return DONE if earned == 1 else PARTLY if earned else WRONG
