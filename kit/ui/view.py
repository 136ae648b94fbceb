"""What the pieces of the work page share, and how dates, times and records read on screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kit.attempt import Attempt
from kit.systems.called import who
from kit.systems.form import Action, System
from kit.systems.registry import system
from kit.ui.signing import Authority
from kit.ui.wanted import Settings
from kit.words import say

Json = dict[str, Any]


@dataclass
class View:
    """One trainee's look at one attempt: the language, the record chosen, what was half entered.

    `wanted`, `sorting` and `grouping` are what the trainee set for the queue, `table` for the table; `tab` is open.
    `authority` verifies signatures; without one they are reckoned from the office's book.
    """

    attempt: Attempt
    language: str
    token: str = ""
    chosen: str = ""
    wanted: str = ""
    sorting: str = "arrival"
    grouping: str = "progress"
    tab: str = "dossier"
    opened: str = ""  # the action whose form is open
    table: Settings = field(default_factory=Settings)
    looked_at: dict[str, int] = field(default_factory=dict)
    drafts: dict[tuple[str, str], Json] = field(default_factory=dict)
    authority: Authority | None = None

    def say(self, key: str, **values: object) -> str:
        """The words for `key` in the trainee's language."""
        return say(key, self.language, **values)

    def record(self) -> Mapping[str, Any]:
        """The record chosen, empty where none is."""
        return self.attempt.state.records.get(self.chosen, {})

    def systems(self) -> tuple[System, ...]:
        """The systems of this exercise."""
        return tuple(system(name) for name in self.attempt.script.systems)

    def may(self, action: Action) -> bool:
        """Whether the action is of a role in which the trainee acts; alone, in every one."""
        return self.attempt.roles is None or action.role in self.attempt.roles

    def colour(self, record: Mapping[str, Any]) -> int:
        """How far a record is, 0 (new) to 10 (done), by the states of its system."""
        found = (one.states for one in self.systems() if one.lists == record.get("kind"))
        return next(found, {}).get(str(record.get("step")), 0)

    def named(self, record: Mapping[str, Any], name: str) -> Any:
        """A record's value, in the trainee's language where it has one, else in Vietnamese; "" for none."""
        if name == "who":
            return who(record, self.attempt.script.office, self.language)
        return record.get(f"{name}_{self.language}", record.get(name, ""))


def day(iso: str) -> str:
    """2025-07-01 (or a moment of that day) as 01/07/2025; an empty text stays empty."""
    return "/".join(reversed(iso[:10].split("-"))) if iso else ""


def clock(moment: datetime | str) -> str:
    """The time of day as 07:42."""
    return (datetime.fromisoformat(moment) if isinstance(moment, str) else moment).strftime("%H:%M")


def weekday(when: date, language: str) -> str:
    """Thứ Hai ... Chủ nhật."""
    return say(f"weekday.{when.isoweekday()}", language)


def amount(number: object, language: str) -> str:
    """8000 as 8.000 đồng."""
    return say("desk.amount", language, number=f"{int(str(number)):,}".replace(",", "." if language == "vi" else ","))
