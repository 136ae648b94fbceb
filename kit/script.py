"""Script and Key, the two halves of a compiled exercise, as plain JSON: what a trainee may see, and the truth.

Nothing here needs pandas, Faker or the exercise's files, so the process that serves a trainee starts fast and
holds only the Script.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from kit.event import digest

Json = dict[str, Any]
Texts = dict[str, str]


@dataclass(frozen=True)
class Cue:
    """One inject as it reaches the trainee: at `minute` after the start, or `minute` after `action` on `record`."""

    id: str
    minute: int
    says: Texts
    record: str
    records: dict[str, Json]
    after_action: str = ""


def first_of(cue: str) -> str:
    """The cue that another one follows up: "m07" of "m07-back"."""
    return cue.split("-")[0]


@dataclass(frozen=True)
class Script:
    """What a trainee may see: the office, its reference books, and the cues in order. Holds no truth."""

    exercise: str
    title: Texts
    brief: Texts
    seed: int
    unit: str
    trainee: str
    start: str
    minutes: int
    systems: tuple[str, ...]
    office: Json
    cues: tuple[Cue, ...]

    def to_json(self) -> Json:
        """Plain data; the same for equal scripts. To be read only: it shares its parts with the script."""
        return {**self.__dict__, "cues": [cue.__dict__ for cue in self.cues]}

    @classmethod
    def from_json(cls, data: Json) -> "Script":
        """The script that `to_json` wrote."""
        cues = tuple(Cue(**cue) for cue in data["cues"])
        return cls(**{**data, "systems": tuple(data["systems"]), "cues": cues})

    def hash(self) -> str:
        """The digest that event 0 of an attempt names."""
        return digest(self.to_json())

    def begins(self) -> datetime:
        """The simulated moment at which the exercise starts."""
        return datetime.fromisoformat(self.start)

    def ends(self) -> datetime:
        """The simulated moment after which nothing more is brought."""
        return self.begins() + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Target:
    """One expectation bound to one inject: which action on which record, with what values, by when, worth how much.

    `any` lists alternatives, each {"action": name, "where": {field: test}}; `forbidden` targets cost `weight` points
    when `times` matching actions happened. `within` is minutes after the inject, `by` an ISO moment; None: no limit.
    `judged`: what a trainer looks at and the levels to choose from; `counts`: of which targets how many must be done.
    """

    id: str
    inject: str
    record: str
    any: tuple[Json, ...]
    weight: float
    title: Texts
    rule: Texts
    advice: Texts
    hint: Texts
    basis: tuple[Json, ...]
    within: int | None = None
    by: str = ""
    critical: bool = False
    forbidden: bool = False
    first: bool = False
    times: int = 1
    after: str = ""
    partial: bool = False
    judged: Json = field(default_factory=dict)
    counts: Json = field(default_factory=dict)
    objective: str = ""

    def cited(self, language: str) -> tuple[str, ...]:
        """Its legal bases, each once; in Vietnamese where they were compiled without English."""
        refs = ((one.get("ref_en") if language == "en" else "") or one["ref"] for one in self.basis)
        return tuple(dict.fromkeys(refs))


@dataclass(frozen=True)
class Key:
    """The truth of one compiled exercise: each cue's inject in the scenario, what was planted, which targets follow.

    `names`: what reports call the truths that the exercise declares; `objectives`: groups of targets with their titles.
    """

    exercise: str
    script: str
    seed: int
    unit: str
    pass_mark: int
    injects: dict[str, str]
    truths: dict[str, str]
    records: dict[str, str]
    facts: dict[str, Json]
    targets: tuple[Target, ...] = field(default_factory=tuple)
    names: dict[str, Texts] = field(default_factory=dict)
    objectives: dict[str, Texts] = field(default_factory=dict)

    def to_json(self) -> Json:
        """Plain data; the same for equal keys. To be read only: it shares its parts with the key."""
        parts = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**parts, "targets": [target.__dict__ for target in self.targets]}

    @classmethod
    def from_json(cls, data: Json) -> "Key":
        """The key that `to_json` wrote."""
        targets = tuple(Target(**{**t, "any": tuple(t["any"]), "basis": tuple(t["basis"])}) for t in data["targets"])
        return cls(**{**data, "targets": targets})

    def inject(self, cue: str) -> str:
        """The scenario's name of a cue: "m07-back" may be "s05-back"."""
        base = first_of(cue)
        return self.injects[base] + cue[len(base) :]

    def facts_of(self, cue: str) -> Json:
        """The facts of the case that a cue belongs to."""
        return self.facts[first_of(cue)]

    def of(self, inject: str) -> Iterator[Target]:
        """The targets of one inject, in the guide's order."""
        return iter(self._about.get(inject, ()))

    @cached_property
    def _about(self) -> dict[str, list[Target]]:
        """The targets by inject, sorted out once."""
        found: dict[str, list[Target]] = {}
        for target in self.targets:
            found.setdefault(target.inject, []).append(target)
        return found
