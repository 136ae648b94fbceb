"""Whether every source that a guide names is explained in `datasets/sources.yaml`."""

from difflib import get_close_matches
from pathlib import Path

from kit import home
from kit.exercise.checks import items, problem_at
from kit.exercise.problems import Problem
from kit.yaml_file import Document, Steps, read_yaml


def unknown_sources(folder: Path) -> list[Problem]:
    """The sources of an exercise's guide that nobody explains, with file and line."""
    told = read_yaml(folder / "guide.yaml")
    known = [str(name) for name in read_yaml(home.datasets() / "sources.yaml").data]
    return [problem_at(told, place, name, ", ".join(get_close_matches(name, known, 3, 0)))
            for place, name in _named(told) if name not in known]  # fmt: skip


def _named(told: Document) -> list[tuple[Steps, str]]:
    return [(("expectations", index, "basis", number, "source"), str(basis["source"]))
            for index, one in items(told, "expectations") for number, basis in enumerate(one["basis"])]  # fmt: skip
