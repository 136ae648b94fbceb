"""The improvement plan: what is to be done about each weak figure, by whom, by when, and what would show it done. Pure.

The limits from which something is worth an action, the goals and the days are ours: training values.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from grading.group_report.bottlenecks import OUTSIDE, role_of
from grading.group_report.closure import CLOSED, Closed
from grading.group_report.gather import Place
from grading.group_report.metrics import BACK, LEFT, MET, PASSED, REFUSED, WAIT, Found, left_share, measure, named
from grading.group_report.naming import entry_of, refusal_of
from grading.group_report.observed import areas
from grading.telling import needs_mark
from kit.calendar import add_working_days
from kit.errors import KitError
from kit.script import Texts
from kit.words import LANGUAGES, pick, say

DAYS = {"soon": 5, "usual": 10, "again": 20}  # working days
GOALS = {MET: 0.8, PASSED: 0.8}
GOAL_CRITICAL, FEWER = 0.9, 0.5  # of what must not fail; of what should become less
LONGEST_WAIT, MOST_LEFT, FEW_PASSED = 15, 0.1, 0.6  # minutes; of the records; of the people
OFTEN, MOST = 5, 2  # times from which it is worth an action; actions of each kind


@dataclass(frozen=True)
class Corrective:
    """One corrective action: `id` names the figure it is measured by, which was `before` and should become `goal`.

    `role` is whose work changes, "" for everybody's; `basis` is that of the rule behind it, with the training mark
    where it needs one.
    """

    id: str
    what: Texts
    role: str
    owner: str
    due: date
    before: float
    goal: float
    critical: bool = False
    basis: Texts | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data, as the plan's file has it."""
        return {**self.__dict__, "due": self.due.isoformat(), "basis": self.basis or {"vi": "", "en": ""}}


@dataclass(frozen=True)
class _Draft:
    """What the rules below say; the day and the owner follow from it."""

    id: str
    what: Texts
    role: str = ""
    goal: float = 0.0
    when: str = "usual"
    basis: Texts | None = None


def plan(found: Found, titles: Mapping[str, Texts], place: Place, made_on: date) -> Iterator[Corrective]:
    """The actions, those that cannot wait first."""
    drafts = [*_met(found), *_waits(found), *_left(found), *_back(found), *_refused(found), *_again(found, titles)]
    for one in sorted(drafts, key=lambda draft: list(DAYS).index(draft.when)):
        before = measure(one.id, found) or 0.0
        goal = one.goal or before * FEWER
        yield Corrective(one.id, one.what, one.role, place[0], due(made_on, DAYS[one.when]), round(before, 4),
                         round(goal, 4), one.when == "soon", one.basis)  # fmt: skip


def carried(new: Iterable[Corrective], before: Iterable[Closed], owner: str) -> list[Corrective]:
    """A new plan together with what is not closed of the one before: its goals stay, nothing drops out of sight."""
    left = {one.action.id: one for one in before if one.state != CLOSED}
    planned = [replace(one, goal=left[one.id].action.goal) if one.id in left else one for one in new]
    known = {one.id for one in planned}
    return planned + [
        Corrective(name, one.action.what, one.action.role, owner, one.action.due,
                   one.action.before if one.now is None else one.now, one.action.goal)
        for name, one in left.items() if name not in known
    ]  # fmt: skip


def due(start: date, days: int) -> date:
    """The n-th working day after a day; where a year's holidays are not known, Saturdays and Sundays alone are off."""
    try:
        return add_working_days(start, days)
    except KitError:
        for _ in range(days):
            start += timedelta(days=1 if start.weekday() < 4 else 7 - start.weekday())
        return start


def _met(found: Found) -> Iterator[_Draft]:
    for one in areas(found.sums.asked):
        target, goal = one.target, GOAL_CRITICAL if one.target.critical else GOALS[MET]
        what = {code: say("report.aar.do_met", code, title=pick(target.title, code), advice=pick(target.advice, code))
                for code in LANGUAGES}  # fmt: skip
        unsure = needs_mark(target.basis)
        basis = {code: "; ".join(target.cited(code)) + (f" ({say('training.mark', code)})" if unsure else "")
                 for code in LANGUAGES}  # fmt: skip
        role = role_of(target.any[0]["action"]) if target.any else ""
        yield _Draft(named(MET, one.exercise, one.expectation), what, role, goal,
                     "soon" if target.critical else "usual", basis)  # fmt: skip


def _waits(found: Found) -> Iterator[_Draft]:
    slow = [one for one in found.sums.steps if one.role != OUTSIDE and one.mean >= LONGEST_WAIT]
    for one in [one for one in slow if one.records >= OFTEN][:MOST]:
        yield _Draft(named(WAIT, one.system, one.step, one.role), _said("do_wait", step=f"step.{one.step}"), one.role)


def _left(found: Found) -> Iterator[_Draft]:
    lying = [one for one in found.sums.steps if one.left >= OFTEN and left_share(one) >= MOST_LEFT]
    for one in sorted(lying, key=lambda one: -one.left)[:MOST]:
        words = _said("do_left", step=f"step.{one.step}")
        yield _Draft(named(LEFT, one.system, one.step, one.role), words, one.role, when="soon")


def _back(found: Found) -> Iterator[_Draft]:
    often = [one for one, times in found.sums.returns if times >= OFTEN and not one.outside]
    for one in often[:MOST]:
        words = _said("do_back", step=f"step.{one.step}", back=f"step.{one.back_to}")
        yield _Draft(named(BACK, one.system, one.step, one.back_to, one.role), words, one.role)


def _refused(found: Found) -> Iterator[_Draft]:
    often = [one for one, times in found.sums.refusals if times >= OFTEN]
    for one in often[:MOST]:
        words = {code: say("report.aar.do_refused", code, action=entry_of(one.action, one.reason, code),
                           reason=refusal_of(one.reason, code)) for code in LANGUAGES}  # fmt: skip
        yield _Draft(named(REFUSED, one.system, one.action, one.reason), words, one.role)


def _again(found: Found, titles: Mapping[str, Texts]) -> Iterator[_Draft]:
    for exercise, cell in sorted(found.cells.items()):
        if cell.passed_share is not None and cell.passed_share < FEW_PASSED:
            words = {code: say("report.aar.do_again", code, title=pick(titles.get(exercise, {"vi": exercise}), code))
                     for code in LANGUAGES}  # fmt: skip
            yield _Draft(named(PASSED, exercise), words, goal=GOALS[PASSED], when="again")


def _said(key: str, **words: str) -> Texts:
    return {code: say(f"report.aar.{key}", code, **{name: say(word, code) for name, word in words.items()})
            for code in LANGUAGES}  # fmt: skip
