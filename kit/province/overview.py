"""What the province's page shows, as figures in one file: places, exercises, a spot for each of both, what cost most.

The file holds nothing about fewer than five people but how many they are, and nobody's name; so the process that
serves the page opens neither logs nor keys.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from grading.cell import Cell
from kit import home
from kit.errors import BrokenFile, NotFound
from kit.script import Texts

UNIT, GROUP, PROVINCE = "unit", "group", "province"  # as reports on groups name them
Json = dict[str, Any]


@dataclass(frozen=True)
class Requirement:
    """What a guide asks: in words, with its basis; `unsure`: the basis is no more than a training value."""

    title: Texts
    rule: Texts
    advice: Texts
    basis: tuple[str, ...]
    unsure: bool
    critical: bool
    basis_en: tuple[str, ...] = ()


@dataclass(frozen=True)
class Costly:
    """A requirement that cost points in a spot: met of `reached` times how often, in how many attempts it failed."""

    requirement: str
    share: float
    reached: int
    failing: int
    lost: float


@dataclass(frozen=True)
class Spot(Cell):
    """One place in one exercise: what its people came to, how many were expected, what cost them most."""

    expected: int = 0
    costly: tuple[Costly, ...] = ()


@dataclass(frozen=True)
class Place:
    """A unit, a working group or a province, with its people: how many took part, of how many expected."""

    kind: str
    code: str
    name: str
    province: str
    group: str = ""
    people: int = 0
    expected: int = 0

    @property
    def id(self) -> str:
        """What names it on the page."""
        return f"{self.kind}|{self.code}"


@dataclass(frozen=True)
class Overview:
    """A session's figures, made at `made` (ISO, UTC): exercises by id with titles, `spots` by "kind|code|exercise".

    `requirements` by "exercise|name": those that cost most somewhere.
    """

    session: str
    made: str
    exercises: dict[str, Texts]
    places: tuple[Place, ...]
    spots: dict[str, Spot] = field(default_factory=dict)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    attempts: int = 0
    invalid: int = 0

    def spot(self, place: Place, exercise: str) -> Spot | None:
        """A place in an exercise; None where nobody there played it."""
        return self.spots.get(f"{place.id}|{exercise}")

    def place(self, kind: str, code: str) -> Place | None:
        """The place of this kind and code."""
        return next((one for one in self.places if (one.kind, one.code) == (kind, code)), None)

    def units(self, province: str) -> list[Place]:
        """The units of a province, in the order of their names."""
        return [one for one in self.places if one.kind == UNIT and one.province == province]

    def provinces(self) -> list[Place]:
        """The provinces of which somebody took part."""
        return [one for one in self.places if one.kind == PROVINCE]

    def mean(self, place: Place, exercises: Iterable[str] = ()) -> float | None:
        """The mean over those exercises whose figures may be shown; None where there are none."""
        spots = [self.spot(place, one) for one in exercises or self.exercises]
        means = [one.mean for one in spots if one and one.mean is not None]
        return sum(means) / len(means) if means else None


def overview_file(session: str) -> Path:
    """Where the figures of a session are kept."""
    return home.build() / "province" / f"{session}.json"


def write_overview(overview: Overview) -> Path:
    """Keep the figures; returns the file, which only its owner reads."""
    file = overview_file(overview.session)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.write_text(json.dumps(asdict(overview), ensure_ascii=False), encoding="utf-8")
    file.chmod(0o600)
    return file


def read_overview(session: str) -> Overview:
    """The figures of a session; `NotFound` where nobody has made them, `BrokenFile` where the file holds none."""
    file = overview_file(session)
    if not file.is_file():
        command = f"kit serve --province --session {session}"
        raise NotFound(f"Chưa có số liệu của đợt {session!r}; hãy chạy `{command}`.",
                       f"There are no figures of session {session!r}; run `{command}`.")  # fmt: skip
    try:
        return _overview(json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError, KeyError) as error:
        what = (f"{file.name}: không phải số liệu của một đợt.", f"{file.name}: not the figures of a session.")
        raise BrokenFile([what]) from error


def _overview(data: Json) -> Overview:
    places = tuple(Place(**one) for one in data["places"])
    spots = {name: _spot(one) for name, one in data["spots"].items()}
    asked = {name: _requirement(one) for name, one in data["requirements"].items()}
    return Overview(**{**data, "places": places, "spots": spots, "requirements": asked})


def _requirement(data: Json) -> Requirement:
    return Requirement(**{**data, **{name: tuple(data.get(name, ())) for name in ("basis", "basis_en")}})


def _spot(data: Json) -> Spot:
    costly = tuple(Costly(**one) for one in data["costly"])
    return Spot(**{**data, "ratings": tuple(data["ratings"]), "costly": costly})
