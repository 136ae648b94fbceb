"""environment.yml, pyproject.toml and requirements.lock agree, and the lock names packages, not places."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from kit.yaml_file import read_yaml

ROOT = Path(__file__).resolve().parents[1]
SEVEN = {"jupyterlab", "ipywidgets", "voila", "faker", "pandas", "nbval", "papermill"}
FLOORS = {"jupyter-server": "2.20", "nbconvert": "7.17", "voila": "0.5.8"}
IMPORTED_AS = {"yaml": "pyyaml", "IPython": "ipython", "distributed": "dask"}
PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<marker>[^\\]*)\\\n(?P<hashes>(?: {4}--hash=.*\n)+)", re.M
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def by_name(lines):
    """{canonical name: bounds} of requirement lines."""
    return {canonicalize_name(found.name): found.specifier for found in map(Requirement, lines)}


def declared():
    return by_name(PROJECT["dependencies"])


def extras():
    """What users may add: everything optional but the developers' part."""
    optional = PROJECT["optional-dependencies"]
    return by_name([line for name, lines in optional.items() if name != "dev" for line in lines])


def development():
    return by_name(PROJECT["optional-dependencies"]["dev"])


def conda():
    return read_yaml(ROOT / "environment.yml").data


def pip_section():
    return next(item["pip"] for item in conda()["dependencies"] if isinstance(item, dict))


def pins():
    return {canonicalize_name(pin["name"]): Version(pin["version"]) for pin in PIN.finditer(LOCK)}


def test_the_pip_section_is_what_the_project_declares():
    *lines, last = pip_section()
    assert last == "-e ."
    assert by_name(lines) == declared()
    assert set(by_name(lines)) >= SEVEN


def test_the_build_server_reads_the_whole_pip_section():
    command = [sys.executable, ".ci/pip_section.py", "environment.yml"]
    done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == pip_section()


def test_conda_supplies_python_and_pip_only():
    python, pip = (item for item in conda()["dependencies"] if isinstance(item, str))
    assert pip == "pip"
    assert Requirement(python).name == "python"
    assert {"3.11.0", "3.12.1", "3.13.9"} == set(
        Requirement(python).specifier.filter(["3.10.9", "3.11.0", "3.12.1", "3.13.9", "3.14.0"])
    )
    assert PROJECT["requires-python"] == ">=3.11"


@pytest.mark.parametrize("name", sorted(declared()))
def test_every_dependency_has_both_bounds(name):
    operators = {bound.operator for bound in declared()[name]}
    assert ">=" in operators
    assert "<" in operators


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_versions_with_known_holes_are_outside_the_bounds(name, floor):
    lowest = min(Version(bound.version) for bound in declared()[name] if bound.operator == ">=")
    assert lowest >= Version(floor)


@pytest.mark.parametrize("name", sorted(declared() | development()))
def test_the_lock_is_inside_the_bounds(name):
    assert (declared() | development())[name].contains(pins()[name])


def test_every_line_of_the_lock_is_a_pin_with_hashes():
    rest = re.sub(r"^#.*\n", "", PIN.sub("", LOCK), flags=re.M)
    assert rest == ""
    hashes = [line.strip(" \\") for pin in PIN.finditer(LOCK) for line in pin["hashes"].splitlines()]
    assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes)
    assert len(pins()) > 100


def test_one_version_of_each_package_for_every_python():
    names = [canonicalize_name(pin["name"]) for pin in PIN.finditer(LOCK)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("file", ["requirements.lock", "environment.yml", "pyproject.toml", "Makefile", ".ci/run"])
def test_no_address_of_a_package_index(file):
    content = (ROOT / file).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--extra-index|--find-links=|--trusted-host|file:/", content)


def test_everything_imported_is_declared():
    roots = {name for folder in ("kit", "grading") for path in (ROOT / folder).rglob("*.py") for name in imported(path)}
    foreign = roots - set(sys.stdlib_module_names) - {"kit", "grading"}
    assert {canonicalize_name(IMPORTED_AS.get(name, name)) for name in foreign} <= {*declared(), *extras()}


def imported(path):
    """The first names of all modules that a file imports from outside its own package."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
