"""What a log tells of the trainer's orders: paused or not, which injects are skipped or moved, how much time was added.

An order that an attempt followed is an event of kind "ordered": `given` holds the order's number, its kind, why it was
given, and what it came to. `done` is false where it came too late to change anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Json = dict[str, Any]

PAUSE, RESUME, SKIP, NOW, DELAY, PUSH, EXTEND, CLOSE, RELEASE = (
    "pause", "resume", "skip", "now", "delay", "push", "extend", "close", "release",
)  # fmt: skip
ORDER_KINDS = (PAUSE, RESUME, SKIP, NOW, DELAY, PUSH, EXTEND, CLOSE, RELEASE)
OF_INJECTS = (SKIP, NOW, DELAY)


@dataclass(frozen=True)
class Ordered:
    """The orders that hold: which injects are skipped, `delays` in minutes by inject.

    `last` is the number of the last order followed, `extended` the minutes by which every deadline moved.
    """

    last: int = 0
    paused: bool = False
    skipped: frozenset[str] = frozenset()
    delays: Mapping[str, int] = field(default_factory=dict)
    extended: int = 0

    def after(self, given: Json) -> "Ordered":
        """The orders that hold once one more was followed."""
        then = replace(self, last=max(self.last, int(given["order"])))
        return replace(then, **_changes(then, given)) if given["done"] else then


NOTHING = Ordered()


def notice_code(order: int) -> str:
    """The record that the order of this number brings, where it pushes a notice."""
    return f"TB-T{order:03d}"


def _changes(now: Ordered, given: Json) -> Json:
    """The fields of `Ordered` that an order changes."""
    kind, injects, minutes = given["kind"], given.get("injects", []), int(given.get("minutes", 0))
    if kind in (PAUSE, RESUME):
        return {"paused": kind == PAUSE}
    if kind == SKIP:
        return {"skipped": now.skipped.union(injects)}
    if kind == NOW:
        return {"skipped": now.skipped.difference(injects)}
    if kind == DELAY:
        return {"delays": {**now.delays, **{one: now.delays.get(one, 0) + minutes for one in injects}}}
    return {"extended": now.extended + minutes} if kind == EXTEND else {}
