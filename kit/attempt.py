"""Attempt: the one door between people and the log. Whatever it confirms is already on disk."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kit.attempt_store import AttemptStore
from kit.errors import NotFound, WrongUse
from kit.event import ACTED, DELIVERED, FINISHED, REFUSED, STARTED, WAITED, Event, State, replay, seal
from kit.script import Cue, Script
from kit.systems.form import Refused, Situation
from kit.systems.registry import system
from kit.systems.signatures import Verifies, by_the_book

MODES = ("guided", "practice", "assessed")
REFUSAL_MINUTES = 1

Clock = Callable[[], datetime]
Json = dict[str, Any]


def server_time() -> datetime:
    """The server's clock, UTC: the only real time that the log knows."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Answer:
    """What the system said to an action: accepted, or refused for `reason` at `field`."""

    accepted: bool
    event: Event
    reason: str = ""
    field: str = ""


class Attempt:
    """One trainee (or team) playing one script; every method that changes something appends its events at once."""

    def __init__(self, store: AttemptStore, row: Mapping[str, Any], clock: Clock = server_time) -> None:
        self.store = store
        self.id: str = row["id"]
        self.mode: str = row["mode"]
        self.trainee: str = row["trainee"]
        self.script: Script = store.script(row["script"])
        self.clock = clock
        self.verifies: Verifies = by_the_book  # the desk asks a training authority instead
        self.events = store.read(self.id)
        self.state: State = replay(self.events)
        self.first_done: dict[tuple[str, str], datetime] = {}
        for event in self.events:
            self._remember(event)

    @classmethod
    def start(
        cls, store: AttemptStore, script: str, trainee: str, mode: str = "practice", clock: Clock = server_time
    ) -> "tuple[Attempt, str]":
        """A new attempt and the secret code that resumes it; the store keeps only the code's digest."""
        if mode not in MODES:
            raise WrongUse(f"Chế độ {mode!r} không có; có: {', '.join(MODES)}.", f"No mode {mode!r}.")
        if not 1 <= len(trainee) <= 80 or trainee != trainee.encode("utf-8", "ignore").decode():
            raise WrongUse("Tên học viên phải có từ 1 đến 80 ký tự.", "A trainee's name has 1 to 80 characters.")
        plan, token, number = store.script(script), secrets.token_urlsafe(24), secrets.token_hex(16)
        named = {"exercise": plan.exercise, "script": script, "seed": plan.seed, "unit": plan.unit}
        first = Event(
            attempt=number, seq=0, kind=STARTED, moment=plan.start, at=_stamp(clock), actor=trainee,
            given={**named, "trainee": trainee, "mode": mode, "case": plan.trainee},
        )  # fmt: skip
        row = {"id": number, "script": script, "trainee": trainee, "mode": mode, "token": _digest(token)}
        store.open(row, seal(first, ""))
        return cls(store, row, clock), token

    @classmethod
    def resume(cls, store: AttemptStore, token: str, clock: Clock = server_time) -> "Attempt":
        """The attempt that this secret code opens; `NotFound` where it opens none."""
        return cls(store, store.attempt(token=_digest(token)), clock)

    def deliver(self) -> list[Cue]:
        """Bring every inject whose time has come; returns those brought now."""
        due = [cue for moment, cue in self.upcoming() if moment <= self.state.moment]
        self._append_all(
            {"kind": DELIVERED, "record": cue.id, "changes": cue.records, "actor": "kit"} for cue in due
        )  # fmt: skip
        return due

    def upcoming(self) -> list[tuple[datetime, Cue]]:
        """(moment, inject) of all that is still to come and has a known time, soonest first."""
        brought = set(self.state.delivered)
        waiting = [cue for cue in self.script.cues if cue.id not in brought]
        timed = [(self._moment_of(cue), cue) for cue in waiting]
        return sorted(((m, cue) for m, cue in timed if m is not None), key=lambda pair: (pair[0], pair[1].id))

    def situation(self, record: str) -> Situation:
        """What a rule may look at when somebody acts on this record now; `NotFound` for an unknown record."""
        return self._situation(self.state, record)

    def act(self, name: str, action: str, record: str, given: Mapping[str, object]) -> Answer:
        """Ask a system for an action; the answer, yes or no, is in the log before it is returned.

        Raises `StaleAttempt` when another window acted first, `WrongUse` when the attempt is over or the system
        is none of the exercise's; then nothing was stored.
        """
        return self.act_many(name, action, [record], given)

    def act_many(self, name: str, action: str, records: Sequence[str], given: Mapping[str, object]) -> Answer:
        """The same action with the same entries on several records: one event each, stored together, all or none.

        The first record that refuses ends it: then its refusal is the one event stored. The minutes of the action
        pass once. Answers with the last event; raises as `act` does, and `WrongUse` where no record is named.
        """
        self._require_open(name)
        if not records:
            raise WrongUse("Chưa chọn việc nào.", "Nothing is chosen.")
        state, asked = self.state, {"system": name, "action": _plain(action, 60)}
        events: list[Event] = []
        for record in dict.fromkeys(records):
            try:
                done = self._decided((name, action), self._situation(state, record), given, first=not events)
            except Refused as no:
                text = {_plain(key, 60): _plain(value, 200) for key, value in list(given.items())[:20]}
                event = self._append(
                    REFUSED, REFUSAL_MINUTES, **asked, record=record, given=text, reason=_reason(no)
                )  # fmt: skip
                return Answer(False, event, no.reason, no.field)
            events.append(self._sealed(state, {**asked, **done, "record": record}))
            state = state.after(events[-1])
        self._store(events, state)
        return Answer(True, events[-1])

    def wait(self) -> bool:
        """Let time pass until the next inject; False (and nothing stored) where none is to come."""
        self._require_open()
        upcoming = self.upcoming()
        if upcoming:
            minutes = max(0, int((upcoming[0][0] - self.state.moment).total_seconds() // 60))
            self._append(WAITED, minutes)
        return bool(upcoming)

    def finish(self) -> None:
        """End the attempt: nothing can be done in it afterwards."""
        self._require_open()
        self._append(FINISHED)

    def _moment_of(self, cue: Cue) -> datetime | None:
        if not cue.after_action:
            return self.script.begins() + timedelta(minutes=cue.minute)
        done = self.first_done.get((cue.after_action, cue.record))
        return done + timedelta(minutes=cue.minute) if done else None

    def _remember(self, event: Event) -> None:
        """Keep when each action was first done on each record: what follows from it is timed by that."""
        if event.kind == ACTED:
            self.first_done.setdefault((event.action, event.record), event.when())

    def _require_open(self, name: str = "") -> None:
        if self.state.finished:
            raise WrongUse("Lượt diễn tập đã kết thúc.", "This attempt has ended.")
        if name and name not in self.script.systems:
            raise WrongUse(f"Bài này không dùng hệ thống {name[:40]!r}.", f"This exercise has no system {name[:40]!r}.")

    def _situation(self, state: State, record: str) -> Situation:
        if record not in state.records:
            raise NotFound(f"Không có hồ sơ {record[:60]!r}.", f"No record {record[:60]!r}.")
        return Situation(record, state.records[record], state.moment, self.script.office, state.records)

    def _decided(self, what: tuple[str, str], situation: Situation, given: Mapping[str, object], first: bool) -> Json:
        """The fields of the event that says yes; `Refused` where the system says no. Only the first takes time."""
        rules = system(what[0])
        clean, changes = rules.decide(what[1], situation, given, self.verifies)
        minutes = rules.action(what[1]).minutes if first else 0
        return {"kind": ACTED, "minutes": minutes, "given": clean, "changes": changes}

    def _append(self, kind: str, minutes: int = 0, **fields: Any) -> Event:
        return self._append_all([{"kind": kind, "minutes": minutes, **fields}])[0]

    def _append_all(self, wanted: Iterable[Json]) -> list[Event]:
        """Events one after another, stored together."""
        state, events = self.state, []
        for fields in wanted:
            events.append(self._sealed(state, fields))
            state = state.after(events[-1])
        self._store(events, state)
        return events

    def _sealed(self, state: State, fields: Json) -> Event:
        """The event that comes next after a state."""
        event = Event(
            attempt=self.id, seq=state.seq + 1, at=_stamp(self.clock),
            moment=state.moment.isoformat(timespec="minutes"), **{"actor": self.trainee, **fields},
        )  # fmt: skip
        return seal(event, state.hash)

    def _store(self, events: list[Event], state: State) -> None:
        """On disk first; only then does the attempt know of it, and of the state that follows."""
        self.store.append(*events)
        self.events += events
        self.state = state
        for event in events:
            self._remember(event)


def _reason(no: Refused) -> str:
    return f"{no.reason}:{_plain(no.field, 60)}" if no.field else no.reason


def _plain(value: object, limit: int) -> str:
    """What somebody sent as a short text that any database keeps; a number may have more digits than str() takes."""
    text = str(value) if not isinstance(value, int) or value.bit_length() < 10_000 else "…"
    return text[:limit].encode(errors="replace").decode()


def _stamp(clock: Clock) -> str:
    return clock().isoformat(timespec="milliseconds")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
