"""What every simulated system is made of: Actions with Fields, the facts it shows, the steps of its records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kit.systems.entries import TEXT_LIMIT, Field, Json, Refused, Situation, check, options
from kit.systems.signatures import Changes, Signs, TriesOut, Verifies, by_the_book

__all__ = [
    "TEXT_LIMIT", "Action", "Changes", "Field", "Json", "Refused", "Shown", "Signs", "Situation", "System", "TriesOut",
    "options",
]  # fmt: skip

Decide = Callable[[Situation, Json], Changes]
Preview = Callable[[Situation, Json], Json]
Knows = Callable[[Situation], Json]


@dataclass(frozen=True)
class Action:
    """One button of a system: who presses it, at which steps of the record, what must be entered, how long it takes.

    `preview` gives the paper as the entries so far would make it; entries that are still wrong come as they are typed.
    `knows` gives what the software itself counts at that moment: logged beside the entries, so that a guide can
    compare them. `signs`: the paper that the action signs digitally; its certificate must hold then.
    """

    name: str
    role: str
    minutes: int
    steps: frozenset[str]
    fields: tuple[Field, ...]
    decide: Decide
    preview: Preview | None = None
    knows: Knows | None = None
    signs: Signs | TriesOut | None = None

    def known(self, situation: Situation) -> Json:
        """What the software itself counts at this moment."""
        return self.knows(situation) if self.knows else {}

    def allowed(self, record: Mapping[str, Any]) -> bool:
        """Whether the software offers this button for the record as it stands."""
        return record.get("step") in self.steps


@dataclass(frozen=True)
class Shown:
    """One fact above the papers: its word is `fact.NAME`; `field` of the record where that is called otherwise.

    `kind`: text, day, moment, money, count, yes, or what names the value's words: unit, body, official, or the first
    part of a word's key such as "channel" or "choice.urgency".
    """

    name: str
    kind: str = "text"
    field: str = ""


@dataclass(frozen=True)
class System:
    """One simulated government system: the kind of record it lists and the actions it offers.

    Every record has `kind`, `step`, `code`, `title`, `title_en`, `who`, and may have `channel` and `due_date`.
    `states`: every step a record can be at, with its colour from 0 (new) to 10 (done). `shows`: the facts above its
    papers. `routine`: what somebody does who reads nothing. `bulk`: the actions that may be done to many records with
    one form; `columns`: what the table of all records shows of each, `compares`: those of them that should agree.
    """

    name: str
    lists: str
    actions: tuple[Action, ...]
    states: Mapping[str, int]
    shows: tuple[Shown, ...] = ()
    routine: tuple[str, ...] = ()
    bulk: tuple[str, ...] = ()
    columns: tuple[Shown, ...] = ()
    compares: tuple[str, ...] = ()

    def action(self, name: str) -> Action:
        """The action called `name`; `Refused("no_such_action")` where there is none."""
        for action in self.actions:
            if action.name == name:
                return action
        raise Refused("no_such_action")

    def decide(
        self, name: str, situation: Situation, given: Mapping[str, object], verifies: Verifies = by_the_book
    ) -> tuple[Json, Changes]:
        """The clean entries and what the action changes, or `Refused` with the reason that the software shows.

        `verifies` is asked about the certificate of whoever signs.
        """
        action = self.action(name)
        if situation.record.get("kind") != self.lists or not action.allowed(situation.record):
            raise Refused("wrong_step")
        clean = check(action.fields, situation, given)
        changes = action.decide(situation, clean)
        if action.signs:
            changes = action.signs.done(situation, clean, changes, verifies)
        return {**clean, **action.known(situation)}, changes
