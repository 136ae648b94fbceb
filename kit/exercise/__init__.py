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
from kit.errors import BrokenFile, UnknownName, WrongUse
from kit.exercise.case_checks import cross_check_cases
from kit.exercise.checks import cross_check, cross_check_guide
from kit.exercise.counted_checks import cross_check_counted
from kit.exercise.declared import Cases, DeclaredCase, DeclaredPaper, FollowUp
from kit.exercise.problems import Problem, pydantic_problems, unforeseen
from kit.exercise.schema import TRUSTED, Both, Expectation, Guide, Inject, Return, Scenario, Slug, Strict
from kit.yaml_file import Document, read_yaml

__all__ = [
    "TRUSTED", "Both", "Cases", "DeclaredCase", "DeclaredPaper", "Exercise", "Expectation", "FollowUp", "Guide",
    "Inject", "Problem", "Return", "Scenario", "Slug", "Strict", "folders", "load_exercise", "names",
    "pydantic_problems", "read_exercise", "unforeseen",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise, whole and checked; equal to itself alone."""

    folder: Path
    scenario: Scenario
    guide: Guide
    cases: Cases | None = None

    @property
    def id(self) -> str:
        """Its name, the same as its folder's."""
        return self.scenario.id

    def brief(self, language: str) -> str:
        """The text that a trainee reads before starting, Markdown."""
        return (self.folder / f"brief.{language}.md").read_text(encoding="utf-8")

    def office(self) -> dict[str, Any]:
        """What the exercise adds to the office: bodies outside it by code, its own guidebook."""
        found: dict[str, Any] = {}
        if self.cases and self.cases.bodies:
            found["bodies"] = {code: body.model_dump() for code, body in self.cases.bodies.items()}
        pages = {lang: self.folder / f"guidebook.{lang}.md" for lang in ("vi", "en")}
        if pages["vi"].is_file():
            found["guidebook"] = {lang: path.read_text(encoding="utf-8") for lang, path in pages.items()}
        return found


def names() -> list[str]:
    """Every exercise there is, in order."""
    return sorted(path.parent.name for path in home.exercises().glob("*/scenario.yaml"))


def folders() -> list[str]:
    """Every folder among the exercises, in order, whether or not a scenario lies in it."""
    return sorted(path.name for path in home.exercises().glob("[!._]*") if path.is_dir())


def load_exercise(name: str) -> Exercise:
    """The exercise with this name (or its number, "04"); `UnknownName` with the nearest names, or `BrokenFile`.

    Raises `WrongUse` where two folders have the number.
    """
    known = folders()
    found = [name] if name in known else [one for one in known if name == one.split("-")[0]]
    if not found:
        near = ", ".join(get_close_matches(name, known, 3, 0.3) or known)
        raise UnknownName(f"Không có bài diễn tập {name[:80]!r}. Gần nhất: {near}.",
                          f"No exercise {name[:80]!r}. Nearest: {near}.")  # fmt: skip
    if len(found) > 1:
        both = ", ".join(found)
        raise WrongUse(f"Số {name} là của nhiều bài: {both}. Hãy ghi cả tên.",
                       f"Several exercises have the number {name}: {both}. Give the whole name.")  # fmt: skip
    return read_exercise(home.exercises() / found[0])


@cache
def read_exercise(folder: Path) -> Exercise:
    """Read and check a folder; `BrokenFile` names every problem with file, line and place."""
    problems: list[Problem] = []
    said, told = _document(folder / "scenario.yaml"), _document(folder / "guide.yaml")
    dealt = _document(folder / "cases.yaml") if (folder / "cases.yaml").is_file() else None
    scenario, guide, cases = _validated(said, Scenario), _validated(told, Guide), _validated(dealt, Cases)
    for one in (said, told, dealt, scenario, guide, cases):
        problems += one if isinstance(one, list) else []
    problems += [problem for name in _pages(folder) for problem in _unread(folder / name)]
    if isinstance(said, Document):
        declared = dealt if isinstance(dealt, Document) else None
        problems += cross_check(folder, said, declared)
        if isinstance(told, Document):
            problems += cross_check_guide(said, told, declared) + cross_check_counted(said, told)
    problems += cross_check_cases(dealt) if isinstance(dealt, Document) else []
    if problems:
        raise BrokenFile(list(dict.fromkeys(problems)))
    return Exercise(folder, scenario, guide, cases)


def _pages(folder: Path) -> list[str]:
    """The texts that a folder must hold: a brief, and a guidebook in both languages or in none."""
    book = any((folder / f"guidebook.{language}.md").is_file() for language in ("vi", "en"))
    return [f"{name}.{language}.md" for name in (("brief", "guidebook") if book else ("brief",))
            for language in ("vi", "en")]  # fmt: skip


def _absent(path: Path) -> Problem:
    return f"{path}: thiếu tệp", f"{path}: file missing"


def _unread(path: Path) -> list[Problem]:
    """What keeps a text from being read: it is not there, or no UTF-8."""
    if not path.is_file():
        return [_absent(path)]
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return [(f"{path}:{line}: tệp phải là UTF-8", f"{path}:{line}: the file must be UTF-8")]
    return []


def _document(path: Path) -> Document | list[Problem]:
    if not path.is_file():
        return [_absent(path)]
    try:
        return read_yaml(path)
    except BrokenFile as broken:
        return broken.problems


def _validated(document: Document | list[Problem] | None, model: type[Any]) -> Any:
    """The model, or the problems where there are some; None where there is no document."""
    if not isinstance(document, Document):
        return None
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        return pydantic_problems(document, error)
