"""What stands behind a guide: each source is explained in `datasets/sources.yaml` and trusted no more than there, and
each citation has its English."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kit import home
from kit.exercise.checks import items, problem_at
from kit.exercise.problems import Problem
from kit.exercise.schema import TRUSTED
from kit.world.citations import english
from kit.yaml_file import Document, Steps, read_yaml


def source_problems(folder: Path) -> list[Problem]:
    """Sources of an exercise's guide that nobody explains or that bear less than is said, citations without English."""
    told = read_yaml(folder / "guide.yaml")
    sources = read_yaml(home.datasets() / "sources.yaml").data
    kinds = {str(name): str(source["kind"]) for name, source in sources.items()}
    return [problem for place, basis in _bases(told)
            for problem in _problems(told, place, basis, kinds) + _untranslated(told, place, basis)]  # fmt: skip


def _problems(told: Document, place: Steps, basis: dict[str, Any], kinds: dict[str, str]) -> list[Problem]:
    """One trusted more than its source would stand without the training-value mark."""
    name, confidence = str(basis["source"]), basis["confidence"]
    if name not in kinds:
        return [problem_at(told, (*place, "source"), name, ", ".join(get_close_matches(name, kinds, 3, 0)))]
    if confidence in TRUSTED and confidence != kinds[name]:
        return [problem_at(told, (*place, "confidence"), confidence, kinds[name])]
    return []


def _untranslated(told: Document, place: Steps, basis: dict[str, Any]) -> list[Problem]:
    """One that English readers would see in Vietnamese."""
    if basis.get("ref_en") or english(basis["ref"]):
        return []
    where = f"{told.name}:{told.line((*place, 'ref'))}: {'.'.join(map(str, (*place, 'ref')))}: {basis['ref']}"
    return [(f"{where}: chưa có tiếng Anh; thêm ref_en hoặc một dòng trong datasets/citations.csv",
             f"{where}: has no English; add ref_en, or a line to datasets/citations.csv")]  # fmt: skip


def _bases(told: Document) -> list[tuple[Steps, dict[str, Any]]]:
    return [(("expectations", index, "basis", number), basis)
            for index, one in items(told, "expectations") for number, basis in enumerate(one["basis"])]  # fmt: skip
