"""What the two files of an exercise may say: `scenario.yaml` and `guide.yaml`, as pydantic models."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kit.criteria import NAMES, name_of

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
    """Where a rule stands: the reference, the source that was read, how far to trust it."""

    ref: Line
    source: Slug | Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]+$")]
    confidence: Confidence

    @cached_property
    def data(self) -> dict[str, str]:
        """The same as plain data, made once; not to be changed."""
        return {"ref": self.ref, "source": self.source, "confidence": self.confidence}


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


class Expectation(Strict):
    """What should (or, `forbidden`, must not) be done about a truth."""

    id: Slug
    truths: Annotated[list[Slug], Field(min_length=1)]
    follow_up: str = ""
    record: str = ""
    title: Both
    any: Annotated[list[Way], Field(min_length=1)]
    within: Annotated[int, Field(ge=1)] | None = None
    by: str = ""
    weight: Annotated[float, Field(gt=0, le=50, strict=False)]
    critical: bool = False
    forbidden: bool = False
    first: bool = False
    times: Annotated[int, Field(ge=1)] = 1
    after: str = ""
    rule: Both
    advice: Both
    hint: Both
    basis: Annotated[list[Basis], Field(min_length=1)]


class Guide(Strict):
    """The guide file of an exercise."""

    expectations: Annotated[list[Expectation], Field(min_length=1)]
