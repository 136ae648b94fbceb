"""Checks the whole project by the rules of the house: prints every problem, ends with 1 when there is any."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house import notebooks, source, text

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    ".py",
    ".ipynb",
    ".toml",
    ".css",
    ".js",
    ".json",
    ".html",
    ".j2",
    ".tpl",
    ".svg",
    ".yaml",
    ".csv",
    ".md",
}
FOLDERS = ("kit", "grading", "notebooks")


def problems() -> list[str]:
    """Every problem of kit/, grading/ and notebooks/."""
    return [problem for path in _files() for problem in _of_file(path)]


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        found = (path for path in (ROOT / folder).rglob("*") if path.suffix in TEXTS and path.is_file())
        yield from sorted(path for path in found if not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts))


def _of_file(path: Path) -> list[str]:
    name, content = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    found = text.problems_of(name, content)
    if path.suffix == ".ipynb":
        found += notebooks.problems_of(name, content)
    if path.suffix == ".py":
        found += source.problems_of(name, content) + source.too_long(name, content)
    return found


if __name__ == "__main__":
    found = problems()
    print("\n".join(found) or f"House rules: {len(list(_files()))} files, no problem.")
    sys.exit(1 if found else 0)
