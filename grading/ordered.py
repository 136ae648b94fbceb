"""What orders do to a key: nobody loses by an inject that was skipped, or by time that was given. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kit.event import Event
from kit.ordered import NOTHING, Ordered
from kit.script import Key, Target


def key_as_ordered(key: Key, ordered: Sequence[Event], brought: Iterable[str]) -> Key:
    """The key for one log: what was skipped weighs nothing, deadlines stand where delays and more time moved them.

    `ordered`: the log's orders; `brought`: the injects that came all the same.
    """
    orders = NOTHING
    for event in ordered:
        orders = orders.after(event.given)
    if orders == NOTHING:
        return key
    skipped = orders.skipped.difference(brought)
    void = {target.id for target in key.targets if target.inject in skipped}
    return replace(key, targets=tuple(_as_ordered(target, orders, void) for target in key.targets))


def _as_ordered(target: Target, orders: Ordered, void: set[str]) -> Target:
    if target.id in void:
        return replace(target, weight=0, critical=False)
    more = timedelta(minutes=orders.extended + orders.delays.get(target.inject, 0))
    by = (datetime.fromisoformat(target.by) + more).isoformat(timespec="minutes") if target.by else ""
    within = None if target.within is None else target.within + orders.extended
    still = replace(target, by=by, within=within, after="" if target.after in void else target.after)
    return _fewer(still, void) if void.intersection(target.counts.get("of", ())) else still


def _fewer(target: Target, void: set[str]) -> Target:
    """A count over what is left; where nothing is left it weighs nothing."""
    left = [one for one in target.counts["of"] if one not in void]
    if not left:
        return replace(target, weight=0, critical=False)
    return replace(target, counts={**target.counts, "of": left, "at_least": min(target.counts["at_least"], len(left))})
