"""What `cases.yaml` may say: cases that an author declares, drawn anew for each trainee. It holds no code."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator

from kit.exercise.schema import Both, Line, Slug, Strict
from kit.world.blanks import fill_in

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Draws = dict[Name, dict[str, Any]]


class DeclaredPaper(Strict):
    """One paper that lies with a record; its kind is a form of `kit/papers/forms`."""

    name: Slug
    kind: Slug
    medium: Literal["original", "photocopy", "certified_copy", "electronic"] = "electronic"
    fields: dict[str, Any]


class FollowUp(Strict):
    """What comes of an action on the case's record, some minutes after it: known as NAME in the guide's `follow_up`.

    `on` names the further record (of the case's `also`) whose action it is, where it is not the case's own; `record`
    and `also` are what becomes of the case's record and of the further ones.
    """

    name: Name
    after: Slug
    on: Name | Literal[""] = ""
    minutes: Annotated[int, Field(ge=0, le=2_000)]
    says: Both
    record: dict[str, Any] = Field(default_factory=dict)
    also: dict[Name, dict[str, Any]] = Field(default_factory=dict)
    papers: list[DeclaredPaper] = Field(default_factory=list)


class DeclaredCase(Strict):
    """One truth: what is drawn, the record and papers that the trainee sees, the facts that only the key holds.

    `name` is what reports call the truth. `also` are further records of the same matter in other systems, by a name
    that the guide may use (`record: register`); their codes are the record's with -A, -B behind.
    """

    truth: Slug
    name: Both
    draws: Draws = Field(default_factory=dict)
    record: dict[str, Any]
    also: dict[Name, dict[str, Any]] = Field(default_factory=dict)
    papers: list[DeclaredPaper] = Field(default_factory=list)
    facts: dict[Name, Any] = Field(default_factory=dict)
    follow_ups: list[FollowUp] = Field(default_factory=list)

    @field_validator("draws")
    @classmethod
    def one_word_each(cls, draws: Draws) -> Draws:
        """A draw is one word of the vocabulary with its value."""
        for name, spec in draws.items():
            if len(spec) != 1:
                raise ValueError(f"draws.{name}: one word, such as {{number: [1, 9]}}")
        return draws

    def codes(self, code: str) -> dict[str, str]:
        """The codes of the further records by name."""
        return {name: f"{code}-{chr(ord('A') + place)}" for place, name in enumerate(self.also)}


class Cases(Strict):
    """The whole file: how records are numbered, bodies outside the office, what is drawn once for the day, cases."""

    code: Line
    bodies: dict[Name, Both] = Field(default_factory=dict)
    draws: Draws = Field(default_factory=dict)
    cases: Annotated[list[DeclaredCase], Field(min_length=1)]

    def of(self, truth: str) -> DeclaredCase | None:
        """The case of a truth."""
        return next((case for case in self.cases if case.truth == truth), None)

    def numbered(self, number: str, known: dict[str, Any]) -> str:
        """A record's code: `code` with its blanks filled, {number} being the place in the day, four digits."""
        return str(fill_in(self.code, {**known, "number": number}))
