"""Exercise: one folder of YAML, read and checked with all its problems named at once.

`scenario.yaml` says what is brought to the trainee and which truth is planted in it, `guide.yaml` what should be done
about each truth, by when, worth how much, on what basis. Neither can hold code.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kit import home
from kit.errors import BrokenFile, UnknownName
from kit.exercise.checks import Problem, cross_check, cross_check_guide
from kit.exercise.schema import TRUSTED, Both, Expectation, Guide, Inject, Scenario, Slug, Strict
from kit.yaml_file import Document, read_yaml

__all__ = [
    "TRUSTED", "Both", "Exercise", "Expectation", "Guide", "Inject", "Problem", "Scenario", "Slug", "Strict",
    "load_exercise", "names", "read_exercise",
]  # fmt: skip


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
        problems += cross_check(folder, *scenario) + cross_check_guide(scenario[0], *guide)
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
