"""The floors of pyproject.toml: every module stands on one, and an import that goes up is seen."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
FLOORS = next(contract["layers"] for contract in CONTRACTS if contract["id"] == "floors")
ON_A_FLOOR = {name for floor in FLOORS for name in re.findall(r"(?:kit|grading)\.\w+", floor)}


def test_every_module_stands_on_a_floor():
    found = {
        f"{folder}.{path.stem}"
        for folder in ("kit", "grading")
        for path in (ROOT / folder).iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").is_file()
    }
    assert found - ON_A_FLOOR == set()


@pytest.fixture
def project(tmp_path):
    """A project with the same floors and an empty module for each name on them."""
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    for name in ("kit", "grading", *ON_A_FLOOR):
        folder = tmp_path.joinpath(*name.split("."))
        folder.mkdir()
        (folder / "__init__.py").touch()
    return tmp_path


def broken(project, importer="", imported=""):
    """The names of the contracts that break when one module imports another."""
    if importer:
        project.joinpath(*importer.split("."), "__init__.py").write_text(f"import {imported}\n", encoding="utf-8")
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=project,
        env={"PYTHONPATH": str(project), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    names = re.findall(r"^(.+) BROKEN$", done.stdout, flags=re.MULTILINE)
    assert bool(names) == bool(done.returncode), done.stdout + done.stderr
    return [name.partition(":")[0] for name in names]


def test_nothing_imports_nothing(project):
    assert broken(project) == []


@pytest.mark.parametrize(
    ("importer", "imported", "contract"),
    [
        ("kit.event", "kit.attempt", "Floors"),
        ("kit.world", "kit.systems", "Floors"),
        ("kit.systems", "kit.world", "Floors"),
        ("kit.systems", "kit.store", "Floors"),
        ("kit.attempt", "grading.evaluate", "Floors"),
        ("kit.exercise", "kit.store", "Floors"),
        ("kit.kernels", "kit.errors", "Floors"),
        ("kit.systems", "sqlalchemy", "Rules and grades reach no screen, no database and no notebook"),
        ("grading.evaluate", "ipywidgets", "Rules and grades reach no screen, no database and no notebook"),
        ("kit.ui", "pandas", "The desk holds neither the world nor the key nor the grade"),
        ("kit.ui", "kit.world", "The desk holds neither the world nor the key nor the grade"),
        ("kit.ui", "kit.key_store", "The desk holds neither the world nor the key nor the grade"),
    ],
)
def test_a_forbidden_import_is_seen(project, importer, imported, contract):
    assert broken(project, importer, imported) == [contract]


def test_an_import_through_another_module_is_seen(project):
    (project / "kit" / "attempt" / "__init__.py").write_text("import faker\n", encoding="utf-8")
    assert broken(project, "kit.ui", "kit.attempt") == ["The desk holds neither the world nor the key nor the grade"]


@pytest.mark.parametrize(
    ("importer", "imported"),
    [("kit.cli", "grading.rehearsal"), ("kit.ui", "kit.attempt"), ("kit.store", "sqlalchemy")],
)
def test_an_import_downwards_is_fine(project, importer, imported):
    assert broken(project, importer, imported) == []
