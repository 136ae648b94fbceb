"""What every test of a system does at its desk: act, be refused, go on from what changed, read what was printed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from kit.systems.form import Refused, Situation

Done = Callable[..., dict[str, Any]]


def refusal_of(done: Done, action: str, situation: Situation, **other: Any) -> tuple[str, str]:
    """Why an action is refused, and at which field; fails where it is taken."""
    with pytest.raises(Refused) as no:
        done(action, situation, **other)
    return no.value.reason, no.value.field


def after(situation: Situation, changes: dict[str, Any]) -> Situation:
    """The desk once these changes have happened."""
    records = dict(situation.records)
    for name, new in changes.items():
        records[name] = {**records.get(name, {}), **new}
    return replace(situation, record=records[situation.id], records=records)


def printed(changes: dict[str, Any]) -> dict[str, Any]:
    """The one paper that an action printed."""
    (sheet,) = [change["paper"] for change in changes.values() if change.get("kind") == "paper"]
    return sheet


def wrong_steps(check: Callable[[str, str], None], actions: Iterable[str], steps: Iterable[str]) -> list[str]:
    """Which actions are not as they should be at which steps, and why: each pair of them is checked."""
    told = [(action, step, _complaint(check, action, step)) for action, step in product(actions, steps)]
    return [f"{action} at {step}: {why}" for action, step, why in told if why]


def _complaint(check: Callable[[str, str], None], action: str, step: str) -> str:
    try:
        check(action, step)
    except (AssertionError, LookupError, Refused, pytest.fail.Exception) as no:
        return f"{type(no).__name__}: {no}"
    return ""
