"""A trainer's plan: what `plan.yaml` may say, and what it comes to once every name in it is known."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from kit.calendar import FIRST_DAY
from kit.exercise import Slug, Strict

Json = dict[str, Any]
BY_ACTIONS = 0.0  # simulated minutes that a real minute brings by itself


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_minutes(value: Any) -> Any:
    return BY_ACTIONS if value == "actions" else value


Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
# A unit's, an exercise's or a person's; 26740 without quotation marks is meant as text.
Code = Annotated[str, BeforeValidator(_as_text), StringConstraints(max_length=80)]
Pace = Annotated[float, BeforeValidator(_as_minutes), Field(ge=0, le=60, strict=False)]


class Title(Strict):
    """What the session is called; in English only where somebody reads it."""

    vi: Name
    en: Annotated[str, StringConstraints(max_length=80)] = ""


class MorePlanned(Strict):
    """More time for one person: deadlines `factor` as long and `minutes` longer; a pace of their own."""

    person: Code
    factor: Annotated[float, Field(ge=1, le=4, strict=False)] = 1.0
    minutes: Annotated[int, Field(ge=0, le=600)] = 0
    pace: Pace | None = None


class MemberPlanned(Strict):
    """Somebody in a team, in a role of the exercise's systems."""

    person: Code
    role: Slug


class TeamPlanned(Strict):
    """Two to six people who share one attempt at one exercise; `unit`: whose office it is, else the first member's."""

    name: Slug
    exercise: Code
    unit: Code = ""
    members: Annotated[list[MemberPlanned], Field(min_length=2, max_length=6)]


class PlanFile(Strict):
    """The file `plan.yaml`."""

    title: Title
    province: Code = ""
    units: list[Code] = Field(default_factory=list, max_length=500)
    exercises: Annotated[list[Code], Field(min_length=1, max_length=50)]
    mode: Literal["guided", "practice", "assessed"] = "practice"
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    day: Name = FIRST_DAY.isoformat()
    pace: Pace = BY_ACTIONS
    more_time: list[MorePlanned] = Field(default_factory=list, max_length=5_000)
    teams: list[TeamPlanned] = Field(default_factory=list, max_length=1_000)


@dataclass(frozen=True)
class MoreTime:
    """What one person gets: deadlines times `factor` plus `minutes`; `pace` None: the session's."""

    factor: float = 1.0
    minutes: int = 0
    pace: float | None = None

    def longer(self, minutes: int) -> int:
        """A time allowed, in minutes, as it is for this person; rounded up."""
        return -int(-minutes * self.factor // 1) + self.minutes


@dataclass(frozen=True)
class Team:
    """A team at one exercise: the office it works in, and each member's role by the person's code."""

    name: str
    exercise: str
    unit: str
    members: dict[str, str]


@dataclass(frozen=True)
class SessionPlan:
    """A checked plan: units and exercises by code, the simulated day, minutes that a real minute brings (0: none)."""

    title: dict[str, str]
    exercises: tuple[str, ...]
    province: str = ""
    units: tuple[str, ...] = ()
    mode: str = "practice"
    seed: int = 1
    day: date = FIRST_DAY
    pace: float = BY_ACTIONS
    more_time: dict[str, MoreTime] = field(default_factory=dict)
    teams: tuple[Team, ...] = ()

    def pace_of(self, person: str) -> float:
        """How many simulated minutes a real minute brings by itself to this person."""
        own = self.more_time.get(person, MoreTime()).pace
        return self.pace if own is None else own

    def to_json(self) -> Json:
        """Plain data; `from_json` reads it."""
        return {**asdict(self), "day": self.day.isoformat()}

    @classmethod
    def from_json(cls, data: Json) -> "SessionPlan":
        """The plan that `to_json` wrote."""
        more = {person: MoreTime(**one) for person, one in data["more_time"].items()}
        teams = tuple(Team(**one) for one in data["teams"])
        kept = {"exercises": tuple(data["exercises"]), "units": tuple(data["units"]), "more_time": more, "teams": teams}
        return cls(**{**data, **kept, "day": date.fromisoformat(data["day"])})
