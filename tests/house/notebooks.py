"""Notebooks are thin and stripped: `problems_of(name, text)` lists what is not."""

import json
from collections.abc import Iterator
from typing import Any

from tests.house import source

MOST_CODE_CELLS = 12
LONGEST_CELL = 15  # lines


def problems_of(name: str, text: str) -> list[str]:
    """Every problem of one notebook file as "name: place: what"; its code obeys the rules for source too."""
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        return [f"{name}:{error.lineno}: not JSON: {error.msg}"]
    cells = [cell for cell in notebook.get("cells", []) if cell.get("cell_type") == "code"]
    found = list(_whole(notebook, len(cells)))
    for number, cell in enumerate(cells, 1):
        found += [f"code cell {number}: {what}" for what in _cell(cell)]
        found += source.problems_of(f"code cell {number}", "".join(cell["source"]))
    return [f"{name}: {what}" for what in found]


def _whole(notebook: dict[str, Any], code_cells: int) -> Iterator[str]:
    metadata = notebook.get("metadata", {})
    kernel = metadata.get("kernelspec", {}).get("name")
    if kernel != "python3":
        yield f"kernelspec is {kernel!r}; must be 'python3'"
    if "widgets" in metadata:
        yield "saved widget state; strip it"
    if code_cells > MOST_CODE_CELLS:
        yield f"{code_cells} code cells; at most {MOST_CODE_CELLS}"


def _cell(cell: dict[str, Any]) -> Iterator[str]:
    if cell.get("outputs"):
        yield "has outputs; strip them (nbstripout)"
    if cell.get("execution_count") is not None:
        yield "has an execution count; strip it (nbstripout)"
    lines = len("".join(cell["source"]).splitlines())
    if lines > LONGEST_CELL:
        yield f"{lines} lines; at most {LONGEST_CELL}"
