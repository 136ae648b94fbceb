"""The kit's robots in a team's empty chairs: they take over where the next step is of a role that nobody holds.

They know the Key, so they run in a trainer's process. A person may do such a step first; then no robot does it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from grading.players import do, steps
from kit.attempt import Clock, server_time
from kit.errors import StaleAttempt, WrongUse
from kit.event import ACTED, DELIVERED, REFUSED
from kit.script import Key
from kit.seating import SeatedAttempt, empty_chairs
from kit.store import EventStore
from kit.store.people import Person, Seat
from kit.systems.registry import system

Json = dict[str, Any]
ROBOT = "robot"  # the actor of what is done from an empty chair: "robot:specialist"


def fill_chairs(store: EventStore, key_of: Callable[[str], Key], clock: Clock = server_time) -> int:
    """Do what waits for an empty chair in any team's attempt; returns how many steps were done. To be called often."""
    teams = {(seat.team, seat.script): seat for seat in store.people.seats() if seat.team and seat.role}
    rows = {(row["team"], row["script"]): row for row in store.attempts() if row["team"]}
    return sum(_fill(store, rows[team], teams[team], (key_of, clock)) for team in teams.keys() & rows.keys())


def _fill(store: EventStore, row: Json, seat: Seat, given: tuple[Callable[[str], Key], Clock]) -> int:
    """The steps done in one attempt; none while it is paused or after its end."""
    attempt = SeatedAttempt(store, row, Person(ROBOT, ROBOT, ""), given[1])
    attempt.roles = frozenset(empty_chairs(store, seat, attempt.script))
    if not attempt.roles or attempt.state.finished:
        return 0
    key, before = given[0](row["script"]), len(_deeds(attempt))
    try:
        for cue in attempt.state.delivered:
            _take_over(attempt, key, cue)
    except (StaleAttempt, WrongUse):
        pass  # somebody was faster, or the trainer paused: the next call looks again
    return len(_deeds(attempt)) - before


def _take_over(attempt: SeatedAttempt, key: Key, cue: str) -> None:
    """Go on with a matter from its last step done, as far as the steps are those of empty chairs."""
    wanted = steps(key, cue)
    for record in dict.fromkeys(record for record, _, _ in wanted):
        for action, where in _waiting(attempt, cue, [(name, how) for one, name, how in wanted if one == record]):
            role = _role(attempt, action)
            before = attempt.state.seq
            attempt.actor = f"{ROBOT}:{role}"
            if role in (attempt.roles or ()):
                do(attempt, record, action, where, key.facts_of(cue))
            if attempt.state.seq == before:
                break


def _waiting(attempt: SeatedAttempt, cue: str, wanted: list[tuple[str, Json]]) -> Iterator[tuple[str, Json]]:
    """The steps behind the last one that was done since the matter came; none before anybody began."""
    came = next(event.seq for event in attempt.events if event.kind == DELIVERED and event.record == cue)
    done = {event.action for event in attempt.events if event.seq > came and event.kind in (ACTED, REFUSED)
            and event.record in _records(attempt, cue)}  # fmt: skip
    last = max((place for place, (action, _) in enumerate(wanted) if action in done), default=-1)
    yield from wanted[last + 1 :]


def _records(attempt: SeatedAttempt, cue: str) -> set[str]:
    return {record for one in attempt.script.cues if one.id == cue for record in (one.record, *one.records)}


def _role(attempt: SeatedAttempt, name: str) -> str:
    actions = (action for one in attempt.script.systems for action in system(one).actions)
    return next((action.role for action in actions if action.name == name), "")


def _deeds(attempt: SeatedAttempt) -> list[int]:
    return [event.seq for event in attempt.events if event.kind in (ACTED, REFUSED) and event.actor.startswith(ROBOT)]
