"""Notebooks are thin faces: stripped, by the rules of the house, and they run."""

import ast
import json
from pathlib import Path

import nbformat
import pytest

from kit import home
from tests.house import notebooks

FILES = sorted(home.notebooks().glob("*.ipynb"))


def cells(path: Path) -> list[dict]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_notebook_is_valid_stripped_and_thin(path):
    nbformat.validate(nbformat.read(path, 4))
    assert notebooks.problems_of(path.name, path.read_text(encoding="utf-8")) == []
    assert not [cell for cell in cells(path) if cell["outputs"] or cell["execution_count"] is not None]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_notebook_names_no_file_and_no_folder(path):
    for cell in cells(path):
        texts = [node.value for node in ast.walk(ast.parse("".join(cell["source"]))) if isinstance(node, ast.Constant)]
        assert not [
            text for text in texts if isinstance(text, str) and ("/" in text or "\\" in text or text.endswith(".ipynb"))
        ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_a_notebook_imports_is_there(path):
    """Its running is tested by tests/test_rehearsal.py and, for the desk, in a browser."""
    for cell in cells(path):
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ("kit", "grading"):
                module = __import__(node.module, fromlist=["x"])
                assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == []


def test_there_are_only_a_handful():
    assert 0 < len(FILES) <= 8
