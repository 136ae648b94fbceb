"""Sitting down in a session with a roster: whose attempt is played from a seat, in which roles, beside whom."""

from collections.abc import Callable, Mapping, Sequence
from secrets import token_hex
from typing import Any, TypeVar

import sqlalchemy as sql

from kit.attempt import Answer, Attempt, Clock, server_time
from kit.errors import NotFound, StaleAttempt, WrongUse
from kit.event import FINISHED, STARTED, Event, Json, digest, seal
from kit.log_book import TRIES, stamp
from kit.script import Script
from kit.store import EventStore
from kit.store.people import Person, Seat
from kit.systems.registry import system

Result = TypeVar("Result")


class SeatedAttempt(Attempt):
    """An attempt of the roster: `actor` is the person's code; in a team each acts in their own roles.

    What a mate did in the same moment is taken in, and whoever comes second decides again on the newest state.
    """

    def __init__(self, store: EventStore, row: Mapping[str, Any], person: Person, clock: Clock = server_time) -> None:
        super().__init__(store, row, clock)
        self.actor = person.code

    def act_many(self, name: str, action: str, records: Sequence[str], given: Mapping[str, object]) -> Answer:
        """As for anybody, and `WrongUse` for an action of a mate's role; `StaleAttempt` where a mate has done it."""
        self._require_role(name, action)
        whole = super().act_many
        return self._again(lambda: whole(name, action, records, given), lambda: self._offered(name, action, records))

    def wait(self) -> bool:
        """Let time pass until the next inject, for the whole team."""
        return self._again(super().wait)

    def finish(self) -> None:
        """End the attempt, for the whole team."""
        self._again(super().finish)

    def _again(self, deed: Callable[[], Result], worth: Callable[[], bool] = lambda: True) -> Result:
        for _ in range(TRIES):
            try:
                return deed()
            except StaleAttempt as stale:
                self.refresh()
                if not worth():
                    raise StaleAttempt(
                        "Người cùng nhóm vừa làm việc này. Màn hình đã có tình trạng mới nhất.",
                        "A team mate has just done this. The screen shows the newest state.",
                    ) from stale
        return deed()

    def _offered(self, name: str, action: str, records: Sequence[str]) -> bool:
        found = next((one for one in system(name).actions if one.name == action), None)
        return found is None or all(found.allowed(self.state.records.get(one, {})) for one in records)

    def _require_role(self, name: str, action: str) -> None:
        """Nobody signs for the leader by asking the system past the screen."""
        if self.roles is None or name not in self.script.systems:
            return
        if any(one.name == action and one.role not in self.roles for one in system(name).actions):
            raise WrongUse("Việc này thuộc vai của người khác trong nhóm.", "This belongs to another role in the team.")


def row_at(store: EventStore, seat: Seat) -> Json | None:
    """The attempt that was begun from a seat, by its person or a mate; None before that."""
    try:
        return store.attempt(script=seat.script, **seat.owner())
    except NotFound:
        return None


def state_at(store: EventStore, seat: Seat) -> str:
    """How far a seat is: "new", "under_way" or "ended"."""
    row = row_at(store, seat)
    if row is None:
        return "new"
    return "ended" if any(event.kind == FINISHED for event in store.news(row["id"], 0)) else "under_way"


def sit_down(store: EventStore, seat: Seat, person: Person, clock: Clock = server_time) -> SeatedAttempt:
    """Begin the attempt of a seat, or go on with it; `WrongUse` for a seat that is not this person's.

    The first of a team makes the attempt, the others sit down in it, also where two begin at the same moment.
    """
    if seat not in store.people.seats(person.code):
        raise WrongUse("Bài này không phải của anh/chị.", "This seat is not yours.")
    row = row_at(store, seat) or _begun(store, seat, person, clock)
    attempt = SeatedAttempt(store, row, person, clock)
    attempt.roles = roles_at(store, seat, attempt.script)
    return attempt


def mates_at(store: EventStore, seat: Seat) -> list[Seat]:
    """The other seats of the same team at the same exercise."""
    everybody = store.people.seats(team=seat.team) if seat.team else []
    return [one for one in everybody if one.script == seat.script and one.person != seat.person]


def empty_chairs(store: EventStore, seat: Seat, script: Script) -> list[str]:
    """The roles of the exercise that nobody in the team holds: whoever is present does their work, or a robot."""
    held = {one.role for one in (seat, *mates_at(store, seat))}
    offered = [action.role for name in script.systems for action in system(name).actions]
    return [role for role in dict.fromkeys(offered) if role not in held]


def roles_at(store: EventStore, seat: Seat, script: Script) -> frozenset[str] | None:
    """In which roles a person acts: their own and those of empty chairs; None, every role, alone or without one."""
    if not (seat.team and seat.role):
        return None
    return frozenset((seat.role, *empty_chairs(store, seat, script)))


def _begun(store: EventStore, seat: Seat, person: Person, clock: Clock) -> Json:
    """A new attempt whose resume code nobody has: it opens for its owners alone."""
    plan, number, trainee = store.script(seat.script), token_hex(16), seat.team or person.name
    named = {"exercise": plan.exercise, "script": seat.script, "seed": plan.seed, "unit": plan.unit}
    first = Event(
        attempt=number, seq=0, kind=STARTED, moment=plan.start, at=stamp(clock), actor=person.code,
        given={**named, **seat.owner(), "trainee": trainee, "mode": seat.mode, "case": plan.trainee},
    )  # fmt: skip
    row = {"id": number, "script": seat.script, "trainee": trainee, "mode": seat.mode, "token": digest(token_hex(32))}
    try:
        store.open({**row, **seat.owner()}, seal(first, ""))
    except sql.exc.IntegrityError:
        other = row_at(store, seat)  # a mate, or another window, was first
        if other is None:
            raise
        return other
    return {**row, **seat.owner()}
