"""The master scenario events list of an exercise in a session: every inject in the order of time, in words.

Its texts, titles and senders are what the first person of the roster gets; the others' cases differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from kit.errors import UnknownName
from kit.event import digest
from kit.exercise import Exercise, Inject, load_exercise
from kit.script import Cue, Key, Script, Target
from kit.session.injects import deciding
from kit.session.planned import Planned
from kit.session.preparing import compile_places
from kit.session.seating import places_of
from kit.systems.registry import system
from kit.words import say

Json = dict[str, Any]
LANGUAGES = ("vi", "en")
STAMP = 12  # letters
# What a trainer may write in; all else is the exercise's.
OPEN = ("time", "minute", "enabled", "owner", "note")


@dataclass(frozen=True)
class Line:
    """One line of the list: its inject, the exercise's minute (None: it follows an action), its cells by column."""

    inject: str
    minute: int | None
    cells: dict[str, str]

    @property
    def timed(self) -> bool:
        """Whether it comes at a minute of the day."""
        return self.minute is not None


@dataclass(frozen=True)
class Msel:
    """The list of one exercise: when the day begins (HH:MM), how many minutes it has, its lines in order.

    `stamp` is another one once plan, roster, exercise or the injects' minutes have changed: older files are refused.
    """

    exercise: str
    title: dict[str, str]
    starts_at: str
    minutes: int
    lines: tuple[Line, ...]
    stamp: str


def msel_of(planned: Planned, named: str, language: str = "vi") -> Msel:
    """The list as the session has it; `UnknownName` for an exercise that is not in the plan."""
    exercise = load_exercise(named.zfill(2))
    if exercise.id not in planned.plan.exercises:
        known = ", ".join(planned.plan.exercises)
        raise UnknownName(f"Đợt không có bài {exercise.id}; có: {known}.",
                          f"The session has no exercise {exercise.id}; there are: {known}.")  # fmt: skip
    writer = _Writer(planned, exercise, language)
    scenario = exercise.scenario
    stamp = digest([writer.script.hash(), deciding(writer.changes)])[:STAMP]
    lines = tuple(writer.lines())
    return Msel(exercise.id, scenario.title.model_dump(), scenario.starts_at, scenario.minutes, lines, stamp)


def clock(starts_at: str, minute: int) -> str:
    """The time of the day some minutes after the beginning; beyond midnight with the days gone by: 07:30+1."""
    hours, minutes = map(int, starts_at.split(":"))
    days, rest = divmod(hours * 60 + minutes + minute, 24 * 60)
    return f"{rest // 60:02d}:{rest % 60:02d}" + (f"+{days}" if days else "")


def minute_at(starts_at: str, told: str) -> int | None:
    """How many minutes after the beginning a time such as 09:15 is; None for what is no time."""
    time, _, days = told.replace("h", ":").replace("g", ":").partition("+")
    parts = time.split(":")
    if len(parts) not in (2, 3) or not all(part.isdecimal() and len(part) <= 2 for part in parts):
        return None
    if not (days.isdecimal() or not days) or int(parts[0]) > 23 or int(parts[1]) > 59:
        return None
    began = timedelta(hours=int(starts_at[:2]), minutes=int(starts_at[3:5]))
    asked = timedelta(days=int(days[:3] or 0), hours=int(parts[0]), minutes=int(parts[1]))
    return int((asked - began).total_seconds() // 60)


class _Writer:
    """Puts the injects of an exercise into words, with one person's script and key as the example."""

    def __init__(self, planned: Planned, exercise: Exercise, language: str) -> None:
        places = places_of(planned, "")
        first = next(place for place in places if place.exercise == exercise.id)
        self.script, self.key = _sample(replace(first, injects={}))
        self.exercise, self.language = exercise, language
        self.changes = planned.injects.get(exercise.id, {})
        self.cues = {self.key.inject(cue.id): cue for cue in self.script.cues}

    def lines(self) -> Iterator[Line]:
        injects = sorted(self.exercise.scenario.injects, key=lambda one: (self._minute(one), one.id))
        number = 0
        for inject in injects:
            for cue in self._cues_of(inject):
                number += 1
                yield self._line(number, inject, cue)

    def _minute(self, inject: Inject) -> int:
        return int(self.changes.get(inject.id, {}).get("minute", inject.minute))

    def _cues_of(self, inject: Inject) -> list[Cue]:
        """The cue of an inject (of its first copy), and what follows from actions on it."""
        own = inject.copies()[0].id
        base = self.cues[own]
        return [base, *(cue for cue in self.script.cues if cue.id.startswith(f"{base.id}-"))]

    def _line(self, number: int, inject: Inject, cue: Cue) -> Line:
        name = self.key.inject(cue.id)
        follows = bool(cue.after_action)
        name = inject.id + name.removeprefix(inject.copies()[0].id)
        change = self.changes.get(name, {})
        record = self._record(cue)
        minute = cue.minute if follows else self._minute(inject)
        targets = list(self.key.of(cue.id))
        cells = {
            "number": str(number), "inject": name, "minute": str(minute),
            "time": "" if follows else clock(self.exercise.scenario.starts_at, minute),
            "enabled": "" if follows else self._say("yes" if change.get("enabled", True) else "no"),
            "after_action": say(f"action.{cue.after_action}", self.language) if follows else "",
            "sender": str(record.get("who", "")), "receiver": self._roles(targets),
            "channel": say(f"channel.{record['channel']}", self.language) if record.get("channel") else "",
            "title": str(record.get("title", "")), "title_en": str(record.get("title_en", "")),
            "text": cue.says["vi"], "text_en": cue.says["en"],
            "movable": "" if follows else self._say("yes" if inject.movable and "minute" not in change else "no"),
            "expected": "\n".join(_expected(target, self.language) for target in targets),
            "expectations": "\n".join(target.id for target in targets),
            "owner": change.get("owner", ""), "note": change.get("note", ""),
        }  # fmt: skip
        return Line(name, None if follows else inject.minute, {column: _tidy(text) for column, text in cells.items()})

    def _record(self, cue: Cue) -> Json:
        """The record that a cue is about, as it was when it was first brought."""
        return next((one.records[cue.record] for one in self.script.cues if cue.record in one.records), {})

    def _roles(self, targets: list[Target]) -> str:
        """The roles whose actions are expected."""
        actions = {action.name: action.role for name in self.script.systems for action in system(name).actions}
        roles = [actions[target.any[0]["action"]] for target in targets if target.any and not target.forbidden]
        return ", ".join(say(f"role.{role}", self.language) for role in dict.fromkeys(roles))

    def _say(self, word: str) -> str:
        return say("msel.yes" if word == "yes" else "msel.no", self.language)


def _sample(place: Any) -> tuple[Script, Key]:
    return compile_places([place])[0][1:]


def _expected(target: Target, language: str) -> str:
    within = f" (≤ {target.within} ')" if target.within else ""
    until = f" (≤ {target.by.replace('T', ' ')})" if target.by else ""
    return f"{target.title[language]}{within}{until}"


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
