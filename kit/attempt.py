"""Attempt: the one door between people and the log. Whatever it confirms is already on disk."""

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kit.attempt_store import AttemptStore
from kit.errors import NotFound, WrongUse
from kit.event import ACTED, FINISHED, REFUSED, STARTED, WAITED, Event, State, seal
from kit.following import delivery, follow, moment_of
from kit.log_book import Clock, Json, LogBook, server_time, stamp
from kit.pace import pass_time
from kit.script import Cue, Script
from kit.systems.form import Refused, Situation
from kit.systems.registry import system
from kit.systems.signatures import Verifies, by_the_book

__all__ = ["MODES", "REFUSAL_MINUTES", "Answer", "Attempt", "Clock", "server_time"]

MODES = ("guided", "practice", "assessed")
REFUSAL_MINUTES = 1


@dataclass(frozen=True)
class Answer:
    """What the system said to an action: accepted, or refused for `reason` at `field`."""

    accepted: bool
    event: Event
    reason: str = ""
    field: str = ""


class Attempt(LogBook):
    """One trainee (or team) playing one script; every method that changes something appends its events at once.

    Before anything is done here it reads what others appended and follows what the trainer ordered. Then
    `StaleAttempt` is raised where somebody else worked on the same records meanwhile, `WrongUse` while it is paused.
    """

    def __init__(
        self, store: AttemptStore, row: Mapping[str, Any], clock: Clock = server_time, script: Script | None = None
    ) -> None:
        super().__init__(store, row, clock, script)
        self.verifies: Verifies = by_the_book  # the desk asks a training authority instead
        self.roles: Collection[str] | None = None  # those in which somebody of a team acts; None: every role

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
            attempt=number, seq=0, kind=STARTED, moment=plan.start, at=stamp(clock), actor=trainee,
            given={**named, "trainee": trainee, "mode": mode, "case": plan.trainee},
        )  # fmt: skip
        row = {"id": number, "script": script, "trainee": trainee, "mode": mode, "token": _digest(token)}
        store.open(row, seal(first, ""))
        return cls(store, row, clock, plan), token

    @classmethod
    def resume(cls, store: AttemptStore, token: str, clock: Clock = server_time) -> "Attempt":
        """The attempt that this secret code opens; `NotFound` where it opens none."""
        return cls(store, store.attempt(token=_digest(token)), clock)

    def refresh(self) -> bool:
        """Take in what others did, follow what was ordered, let time pass by the pace; True where anything changed."""
        return any((self.read_news(), follow(self), pass_time(self)))

    def deliver(self) -> list[Cue]:
        """Bring every inject whose time has come; returns those brought now."""
        return self.trying(self._deliver)

    def upcoming(self) -> list[tuple[datetime, Cue]]:
        """(moment, inject) of all that is still to come and has a known time, soonest first."""
        brought = set(self.state.delivered)
        waiting = [cue for cue in self.script.cues if cue.id not in brought]
        timed = [(moment_of(self, cue), cue) for cue in waiting]
        return sorted(((m, cue) for m, cue in timed if m is not None), key=lambda pair: (pair[0], pair[1].id))

    def situation(self, record: str) -> Situation:
        """What a rule may look at when somebody acts on this record now; `NotFound` for an unknown record."""
        return self._situation(self.state, record)

    def act(self, name: str, action: str, record: str, given: Mapping[str, object]) -> Answer:
        """Ask a system for an action; the answer, yes or no, is in the log before it is returned.

        Raises `StaleAttempt` when somebody else acted on the record first, `WrongUse` when the attempt is over or
        paused or the system is none of the exercise's; then nothing was stored.
        """
        return self.act_many(name, action, [record], given)

    def act_many(self, name: str, action: str, records: Sequence[str], given: Mapping[str, object]) -> Answer:
        """The same action with the same entries on several records: one event each, stored together, all or none.

        The first record that refuses ends it: then its refusal is the one event stored. The minutes of the action
        pass once. Answers with the last event; raises as `act` does, and `WrongUse` where no record is named.
        """
        self._require_open(records, name)
        if not records:
            raise WrongUse("Chưa chọn việc nào.", "Nothing is chosen.")
        return self.trying(lambda: self._act(name, action, records, given), records)

    def wait(self) -> bool:
        """Let time pass until the next inject; False (and nothing stored) where none is to come."""
        self._require_open(None)
        upcoming = self.upcoming()
        if upcoming:
            minutes = max(0, int((upcoming[0][0] - self.state.moment).total_seconds() // 60))
            self.append([{"kind": WAITED, "minutes": minutes}])
        return bool(upcoming)

    def finish(self) -> None:
        """End the attempt: nothing can be done in it afterwards."""
        self._require_open(None)
        self.append([{"kind": FINISHED}])

    def _deliver(self) -> list[Cue]:
        due = [cue for moment, cue in self.upcoming() if moment <= self.state.moment]
        self.append(delivery(cue) for cue in due)
        return due

    def _act(self, name: str, action: str, records: Sequence[str], given: Mapping[str, object]) -> Answer:
        state, asked = self.state, {"system": name, "action": _plain(action, 60)}
        events: list[Event] = []
        for record in dict.fromkeys(records):
            try:
                done = self._decided((name, action), self._situation(state, record), given, first=not events)
            except Refused as no:
                text = {_plain(key, 60): _plain(value, 200) for key, value in list(given.items())[:20]}
                said = {"record": record, "given": text, "reason": _reason(no), "minutes": REFUSAL_MINUTES}
                (event,) = self.append([{"kind": REFUSED, **asked, **said}])
                return Answer(False, event, no.reason, no.field)
            events.append(self.sealed(state, {**asked, **done, "record": record}))
            state = state.after(events[-1])
        self.keep(events, state)
        return Answer(True, events[-1])

    def _require_open(self, about: Collection[str] | None, name: str = "") -> None:
        """On the newest state: neither over nor paused, and the system is one of the exercise's."""
        self.read_news(about)
        follow(self)
        if self.state.finished:
            raise WrongUse("Lượt diễn tập đã kết thúc.", "This attempt has ended.")
        if self.state.orders.paused:
            raise WrongUse(
                "Giảng viên đang tạm dừng lượt này. Việc vừa bấm chưa được lưu; hãy chờ giảng viên cho tiếp tục.",
                "The trainer has paused this attempt. What you just did was not stored; wait until it goes on.",
            )
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


def _reason(no: Refused) -> str:
    return f"{no.reason}:{_plain(no.field, 60)}" if no.field else no.reason


def _plain(value: object, limit: int) -> str:
    """What somebody sent as a short text that any database keeps; a number may have more digits than str() takes."""
    text = str(value) if not isinstance(value, int) or value.bit_length() < 10_000 else "…"
    return text[:limit].encode(errors="replace").decode()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
