"""The figures by which a corrective action is measured, named so that the next session can find them again. Pure.

A name is its kind and what it is about, with "|" between: "met|04-one-stop-counter|receive-unit".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grading.cell import Cell
from grading.group_report.sums import Step, Sums

MET, PASSED, WAIT, LEFT, BACK, REFUSED = "met", "passed", "wait", "left", "back", "refused"
KINDS = (MET, PASSED, WAIT, LEFT, BACK, REFUSED)
RISING = (MET, PASSED)  # the more the better; of the others the less
SHARES = (MET, PASSED, LEFT)  # of 1; waits are minutes, the rest times in a hundred records or attempts


@dataclass(frozen=True)
class Found:
    """What a session tells of one place: sums over its attempts, and its cell in each exercise."""

    sums: Sums
    cells: Mapping[str, Cell]

    @property
    def systems(self) -> frozenset[str]:
        """The systems that were worked with."""
        return frozenset(step.system for step in self.sums.steps)


def named(kind: str, *about: str) -> str:
    """The name of a figure."""
    return "|".join((kind, *about))


def measure(name: str, found: Found) -> float | None:
    """The figure of this name; None where the session has nothing to measure it by, or may not show it."""
    kind, *about = name.split("|")
    return _READ[kind](found, tuple(about)) if kind in _READ else None


def reached(name: str, value: float, goal: float) -> bool:
    """Whether a figure is as good as its goal."""
    return value >= goal if name.split("|")[0] in RISING else value <= goal


def left_share(step: Step) -> float:
    """Of the records that came to a step, the share left there with something still to be done."""
    return step.left / step.came if step.came else 0.0


def _met(found: Found, about: tuple[str, ...]) -> float | None:
    asked = next((one for one in found.sums.asked if (one.exercise, one.expectation) == about), None)
    return asked.share if asked and asked.reached else None


def _passed(found: Found, about: tuple[str, ...]) -> float | None:
    cell = found.cells.get(about[0]) if about else None
    return cell.passed_share if cell else None


def _step(found: Found, about: tuple[str, ...]) -> Step | None:
    return next((one for one in found.sums.steps if (one.system, one.step, one.role) == about), None)


def _wait(found: Found, about: tuple[str, ...]) -> float | None:
    step = _step(found, about)
    return step.mean if step and step.records else None


def _left(found: Found, about: tuple[str, ...]) -> float | None:
    step = _step(found, about)
    return left_share(step) if step else None


def _back(found: Found, about: tuple[str, ...]) -> float | None:
    if not about or about[0] not in found.systems:
        return None
    times = sum(times for one, times in found.sums.returns
                if (one.system, one.step, one.back_to, one.role) == about and not one.outside)  # fmt: skip
    return 100 * times / found.sums.records


def _refused(found: Found, about: tuple[str, ...]) -> float | None:
    if not about or about[0] not in found.systems:
        return None
    times = sum(times for one, times in found.sums.refusals if (one.system, one.action, one.reason) == about)
    return 100 * times / found.sums.attempts


_READ: dict[str, Callable[[Found, tuple[str, ...]], float | None]] = {
    MET: _met, PASSED: _passed, WAIT: _wait, LEFT: _left, BACK: _back, REFUSED: _refused,
}  # fmt: skip
