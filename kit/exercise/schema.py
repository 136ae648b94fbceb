"""What the two files of an exercise may say: `scenario.yaml` and `guide.yaml`, as pydantic models."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kit.criteria import NAMES, name_of
from kit.world.citations import english

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Confidence = Literal["primary", "package", "seed", "portal", "page", "memory", "training"]
TRUSTED = ("primary", "package", "seed")  # all else is shown with the training-value mark


class Strict(BaseModel):
    """A part of a file: unknown names are problems, nothing is converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Both(Strict):
    """A text in both languages."""

    vi: Line
    en: Line

    @cached_property
    def texts(self) -> dict[str, str]:
        """{"vi": ..., "en": ...}, made once; not to be changed."""
        return {"vi": self.vi, "en": self.en}


class Basis(Strict):
    """Where a rule stands: the reference, the source that was read, how far to trust it.

    `ref_en` is its English, where the catalogue of citations has none.
    """

    ref: Line
    ref_en: Line | Literal[""] = ""
    source: Slug | Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]+$")]
    confidence: Confidence

    @cached_property
    def data(self) -> dict[str, str]:
        """The same as plain data with its English, made once; not to be changed."""
        ref_en = self.ref_en or english(self.ref)
        return {"ref": self.ref, "ref_en": ref_en, "source": self.source, "confidence": self.confidence}


class Return(Strict):
    """Whoever was at the counter comes back with a complete set of papers, some minutes after a supplement slip."""

    minutes: Annotated[int, Field(ge=1, le=600)]
    says: Both


class Inject(Strict):
    """One thing brought to the trainee: when, which truth is planted, in which procedures (of a visit) it may be.

    A `count` above 1 stands for that many injects, NAME-001 and so on, each with a case of its own.
    """

    id: Slug
    minute: Annotated[int, Field(ge=0, le=2_000)]
    movable: bool = True
    truth: Slug
    procedures: list[str] = Field(default_factory=list)
    count: Annotated[int, Field(ge=1, le=60)] = 1
    says: Both

    def copies(self) -> list["Inject"]:
        """The injects that it stands for, all at its minute: itself alone where `count` is 1."""
        if self.count == 1:
            return [self]
        numbers = range(1, self.count + 1)
        return [self.model_copy(update={"id": f"{self.id}-{number:03d}", "count": 1}) for number in numbers]


class Scenario(Strict):
    """The scenario file of an exercise."""

    id: Slug
    situation: str
    title: Both
    summary: Both
    systems: list[Slug]
    starts_at: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    minutes: Annotated[int, Field(ge=30, le=2_400)]
    pass_mark: Annotated[int, Field(ge=50, le=100)]
    returns: Return | None = None
    injects: Annotated[list[Inject], Field(min_length=1, max_length=300)]


class Way(Strict):
    """One way to meet an expectation: an action, and what its entries must be."""

    action: Slug
    where: dict[Slug, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def known_criteria(self) -> "Way":
        """Criteria come from the closed vocabulary of `kit.criteria`."""
        for field, test in self.where.items():
            if isinstance(test, dict) and not name_of(test):
                raise ValueError(f"where.{field}: {', '.join(map(str, test))!r}; allowed: {', '.join(NAMES)}")
        return self


class Look(Strict):
    """What a trainer looks at: what was entered by an action (in these fields, or in all) and what it printed."""

    action: Slug
    fields: list[Slug] = Field(default_factory=list)


class Level(Strict):
    """One level of a rubric: the share of the weight that it earns, and what is seen at it."""

    id: Slug
    share: Annotated[float, Field(ge=0, le=1, strict=False)]
    says: Both


class Judged(Strict):
    """What only people can judge: how many of them must, what they look at, which levels there are, best first."""

    evaluators: Annotated[int, Field(ge=1, le=2)] = 1
    looks_at: Annotated[list[Look], Field(min_length=1, max_length=8)]
    levels: Annotated[list[Level], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def levels_go_down(self) -> "Judged":
        """The best level earns all, the last nothing, each one less than the one before; no id twice."""
        shares = [level.share for level in self.levels]
        if shares[0] != 1 or shares[-1] != 0 or sorted(set(shares), reverse=True) != shares:
            raise ValueError(f"levels: shares {shares}; allowed: from 1 down to 0, each less than the one before")
        if len({level.id for level in self.levels}) < len(self.levels):
            raise ValueError("levels: an id is there twice; allowed: distinct ids")
        return self


class Counted(Strict):
    """k-of-n: at least so many of all findings of these expectations must be done."""

    of: Annotated[list[Slug], Field(min_length=1)]
    at_least: Annotated[int, Field(ge=1, le=300)]


class Objective(Strict):
    """A group of expectations that is rated by itself."""

    id: Slug
    title: Both


LIMITING = ("within", "by", "forbidden", "first", "times", "after")  # what only a machine can hold against somebody


class Expectation(Strict):
    """What should (or, `forbidden`, must not) be done about a truth: checked by machine, by people, or counted."""

    id: Slug
    truths: Annotated[list[Slug], Field(min_length=1)]
    follow_up: str = ""
    record: str = ""
    title: Both
    any: list[Way] = Field(default_factory=list)
    judged: Judged | None = None
    counts: Counted | None = None
    within: Annotated[int, Field(ge=1, le=2_400)] | None = None
    by: Annotated[str, StringConstraints(pattern=r"^(\$[a-z][a-z0-9_-]{0,63})?$")] = ""
    weight: Annotated[float, Field(gt=0, le=50, strict=False)]
    critical: bool = False
    forbidden: bool = False
    first: bool = False
    times: Annotated[int, Field(ge=1)] = 1
    after: str = ""
    partial: bool = False
    objective: str = ""
    rule: Both
    advice: Both
    hint: Both
    basis: Annotated[list[Basis], Field(min_length=1)]

    @model_validator(mode="after")
    def one_judge(self) -> "Expectation":
        """Exactly one of `any`, `judged` and `counts`; limits in time and order are the machine's alone."""
        if sum(map(bool, (self.any, self.judged, self.counts))) != 1:
            raise ValueError("allowed: exactly one of any, judged, counts")
        given = [name for name in LIMITING if name in self.model_fields_set]
        if not self.any and given:
            raise ValueError(f"{', '.join(given)}; allowed with any only")
        if self.partial and (self.judged or self.critical or self.forbidden):
            raise ValueError("partial; allowed with any or counts, neither critical nor forbidden")
        return self


class Guide(Strict):
    """The guide file of an exercise; `objectives` are rated each by itself."""

    objectives: list[Objective] = Field(default_factory=list, max_length=12)
    expectations: Annotated[list[Expectation], Field(min_length=1)]
