"""Exercise: one folder of YAML, read and checked with all its problems named at once.

`scenario.yaml` says what is brought to the trainee and which truth is planted in it, `guide.yaml` what should be done
about each truth, by when, worth how much, on what basis. Neither can hold code.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from kit import home
from kit.criteria import NAMES
from kit.errors import BrokenFile, UnknownName
from kit.systems.registry import SYSTEMS
from kit.yaml_file import Document, read_yaml

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Confidence = Literal["primary", "package", "seed", "portal", "page", "memory", "training"]
TRUSTED = ("primary", "package", "seed")  # all else is shown with the training-value mark
Problem = tuple[str, str]


class Strict(BaseModel):
    """A part of a file: unknown names are problems, nothing is converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Both(Strict):
    """A text in both languages."""

    vi: Line
    en: Line


class Basis(Strict):
    """Where a rule stands: the reference, the source that was read, how far to trust it."""

    ref: Line
    source: Slug | Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]+$")]
    confidence: Confidence


class Return(Strict):
    """The citizen comes back with what the slip asked for, some minutes after it was handed out."""

    minutes: Annotated[int, Field(ge=1, le=600)]
    says: Both


class Inject(Strict):
    """One thing brought to the trainee: when, which truth is planted, in which procedures it may be drawn."""

    id: Slug
    minute: Annotated[int, Field(ge=0, le=2_000)]
    movable: bool = True
    truth: Slug
    procedures: list[str]
    says: Both
    returns: Return | None = None


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
    injects: Annotated[list[Inject], Field(min_length=1, max_length=300)]


class Way(Strict):
    """One way to meet an expectation: an action, and what its entries must be."""

    action: Slug
    where: dict[Slug, Any] = {}

    @model_validator(mode="after")
    def known_criteria(self) -> "Way":
        """Criteria come from the closed vocabulary of `kit.criteria`."""
        for field, test in self.where.items():
            if isinstance(test, dict) and next(iter(test), "") not in NAMES:
                raise ValueError(f"where.{field}: {next(iter(test), '')!r}; allowed: {', '.join(NAMES)}")
        return self


class Expectation(Strict):
    """What should (or, `forbidden`, must not) be done about a truth."""

    id: Slug
    truths: Annotated[list[Slug], Field(min_length=1)]
    returned: bool = False
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


@dataclass(frozen=True)
class Exercise:
    """One exercise, whole and checked."""

    folder: Path
    scenario: Scenario
    guide: Guide

    @property
    def id(self) -> str:
        """Its name, the same as its folder's."""
        return self.scenario.id

    def brief(self, language: str) -> str:
        """The text that a trainee reads before starting, Markdown."""
        return (self.folder / f"brief.{language}.md").read_text(encoding="utf-8")


def names() -> list[str]:
    """Every exercise there is, in order."""
    return sorted(path.parent.name for path in home.exercises().glob("*/scenario.yaml"))


def load_exercise(name: str) -> Exercise:
    """The exercise with this name (or its number, "04"); `UnknownName` with the nearest names, or `BrokenFile`."""
    known = names()
    found = [one for one in known if name in (one, one.split("-")[0])]
    if not found:
        near = ", ".join(get_close_matches(name, known, 3, 0.3) or known)
        raise UnknownName(f"Không có bài diễn tập {name[:80]!r}. Gần nhất: {near}.",
                          f"No exercise {name[:80]!r}. Nearest: {near}.")  # fmt: skip
    return read_exercise(home.exercises() / found[0])


@cache
def read_exercise(folder: Path) -> Exercise:
    """Read and check a folder; `BrokenFile` names every problem with file, line and place."""
    scenario, problems = _read(folder / "scenario.yaml", Scenario)
    guide, more = _read(folder / "guide.yaml", Guide)
    problems += more
    problems += [_absent(folder / name) for name in ("brief.vi.md", "brief.en.md") if not (folder / name).is_file()]
    if scenario and guide:
        problems += _cross_check(folder, scenario[0], scenario[1], guide[0], guide[1])
    if problems or not scenario or not guide:
        raise BrokenFile(problems)
    return Exercise(folder, scenario[0], guide[0])


def _absent(path: Path) -> Problem:
    return f"{path}: thiếu tệp", f"{path}: file missing"


def _read(path: Path, model: type[Any]) -> tuple[tuple[Any, Document] | None, list[Problem]]:
    if not path.is_file():
        return None, [_absent(path)]
    try:
        document = read_yaml(path)
        return (model.model_validate(document.data), document), []
    except BrokenFile as broken:
        return None, broken.problems
    except ValidationError as error:
        return None, [_pydantic_problem(document, one) for one in error.errors()]


def _pydantic_problem(document: Document, error: Any) -> Problem:
    place = tuple(step for step in error["loc"] if isinstance(step, int | str))
    where = f"{document.name}:{document.line(place)}: {'.'.join(map(str, place))}"
    found = str(error["input"])[:60]
    return f"{where}: {error['msg']} (thấy: {found!r})", f"{where}: {error['msg']} (found: {found!r})"


def _cross_check(folder: Path, scenario: Scenario, said: Document, guide: Guide, told: Document) -> list[Problem]:
    """What no single field shows: names that must agree between the two files, the folder and the systems."""
    from kit.world.truths import TRUTHS

    actions = {action.name: action for name in scenario.systems if name in SYSTEMS for action in SYSTEMS[name].actions}
    planted = {inject.truth for inject in scenario.injects}
    found: list[tuple[Document, tuple[str | int, ...], str, str]] = []
    if scenario.id != folder.name:
        found.append((said, ("id",), scenario.id, folder.name))
    for index, name in enumerate(scenario.systems):
        if name not in SYSTEMS:
            found.append((said, ("systems", index), name, ", ".join(SYSTEMS)))
    for index, inject in enumerate(scenario.injects):
        found += [(said, ("injects", index, *place), was, allowed) for place, was, allowed in _inject(inject, TRUTHS)]
    found += [(said, ("injects", i, "id"), one, "khác nhau / distinct") for i, one in _repeated(scenario.injects)]
    for index, expectation in enumerate(guide.expectations):
        found += [(told, ("expectations", index, *place), was, allowed)
                  for place, was, allowed in _expectation(expectation, planted, actions)]  # fmt: skip
    found += [
        (told, ("expectations", i, "id"), one, "khác nhau / distinct") for i, one in _repeated(guide.expectations)
    ]
    return [_cross_problem(*one) for one in found]


def _cross_problem(document: Document, place: tuple[str | int, ...], was: str, allowed: str) -> Problem:
    where = f"{document.name}:{document.line(place)}: {'.'.join(map(str, place))}"
    return f"{where}: thấy {was!r}, cho phép: {allowed}", f"{where}: found {was!r}, allowed: {allowed}"


def _repeated(items: list[Any]) -> list[tuple[int, str]]:
    ids = [item.id for item in items]
    return [(index, one) for index, one in enumerate(ids) if one in ids[:index]]


Trouble = tuple[tuple[str | int, ...], str, str]


def _inject(inject: Inject, truths: Any) -> list[Trouble]:
    if inject.truth not in truths:
        return [(("truth",), inject.truth, ", ".join(sorted(truths)))]
    possible = truths[inject.truth].procedures
    return [(("procedures", index), code, ", ".join(possible))
            for index, code in enumerate(inject.procedures) if code not in possible]  # fmt: skip


def _expectation(expectation: Expectation, planted: set[str], actions: dict[str, Any]) -> list[Trouble]:
    found: list[Trouble] = [(("truths", index), truth, ", ".join(sorted(planted)))
                            for index, truth in enumerate(expectation.truths) if truth not in planted]  # fmt: skip
    for index, way in enumerate(expectation.any):
        if way.action not in actions:
            found.append((("any", index, "action"), way.action, ", ".join(actions)))
            continue
        fields = [field.name for field in actions[way.action].fields]
        found += [(("any", index, "where", name), name, ", ".join(fields) or "-")
                  for name in way.where if name not in fields]  # fmt: skip
    return found
