"""Whether each source that a guide names is explained in `datasets/sources.yaml`, and trusted no more than there."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kit import home
from kit.exercise.checks import items, problem_at
from kit.exercise.problems import Problem
from kit.exercise.schema import TRUSTED
from kit.yaml_file import Document, Steps, read_yaml


def source_problems(folder: Path) -> list[Problem]:
    """The sources of an exercise's guide that nobody explains or that bear less than is said, with file and line."""
    told = read_yaml(folder / "guide.yaml")
    sources = read_yaml(home.datasets() / "sources.yaml").data
    kinds = {str(name): str(source["kind"]) for name, source in sources.items()}
    return [problem for place, basis in _bases(told) for problem in _problems(told, place, basis, kinds)]


def _problems(told: Document, place: Steps, basis: dict[str, Any], kinds: dict[str, str]) -> list[Problem]:
    """One trusted more than its source would stand without the training-value mark."""
    name, confidence = str(basis["source"]), basis["confidence"]
    if name not in kinds:
        return [problem_at(told, (*place, "source"), name, ", ".join(get_close_matches(name, kinds, 3, 0)))]
    if confidence in TRUSTED and confidence != kinds[name]:
        return [problem_at(told, (*place, "confidence"), confidence, kinds[name])]
    return []


def _bases(told: Document) -> list[tuple[Steps, dict[str, Any]]]:
    return [(("expectations", index, "basis", number), basis)
            for index, one in items(told, "expectations") for number, basis in enumerate(one["basis"])]  # fmt: skip
