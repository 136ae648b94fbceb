"""What counts as handling a matter: an accepted action that did more than look something up."""

from collections.abc import Iterable, Iterator

from kit.event import ACTED, Event

LOOKED = frozenset({"looked_up", "located_at"})  # what changes when somebody only looks something up


def handlings(events: Iterable[Event]) -> Iterator[Event]:
    """The events that handled the record they are about, rightly or wrongly."""
    return (event for event in events if event.kind == ACTED and not _only_looked(event))


def _only_looked(event: Event) -> bool:
    changed = set(event.changes.get(event.record, {}))
    return bool(changed) and changed <= LOOKED
