"""The thin notebooks of a bundle: prepared by papermill without being run, and read back to see they stayed thin."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kit.errors import WrongUse

Json = dict[str, Any]
PARAMETERS = {"language": re.compile(r"vi|en")}
INJECTED = "injected-parameters"
FACES = {"open_desk": "kit.ui"}  # the only calls of a published notebook, and where each comes from
METADATA = {"kernelspec", "kit", "language_info", "template_kernel", "title", "voila"}


def check_parameters(given: Mapping[str, object]) -> None:
    """Raise `WrongUse` unless names are declared and values are text of the right form: papermill checks no names."""
    wrong = [name for name, value in given.items() if not (name in PARAMETERS and _fits(name, value))]
    if wrong:
        bad, allowed = ", ".join(repr(name[:60]) for name in wrong), ", ".join(PARAMETERS)
        raise WrongUse(f"Tham số sai: {bad}. Cho phép: {allowed}.", f"Wrong parameters: {bad}. Allowed: {allowed}.")


def _fits(name: str, value: object) -> bool:
    return isinstance(value, str) and PARAMETERS[name].fullmatch(value) is not None


def prepare(source: Path, target: Path, parameters: Mapping[str, str], title: str) -> None:
    """Write a notebook with its parameters set; the same arguments give the same bytes, and no path is named."""
    check_parameters(parameters)
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    notebook = parameterize_notebook(load_notebook_node(str(source)), dict(parameters))
    notebook.metadata = {key: value for key, value in notebook.metadata.items() if key in METADATA}
    notebook.metadata["title"] = title
    for cell in notebook.cells:
        tags = [tag for tag in cell.metadata.get("tags", []) if tag in ("parameters", INJECTED)]
        cell.metadata, cell.outputs, cell.execution_count = ({"tags": tags} if tags else {}), [], None
        cell.id = INJECTED if INJECTED in tags else cell.id
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def problems(text: str) -> Iterator[tuple[str, str]]:
    """What a published notebook holds beyond parameters and the call of its app, in both languages."""
    try:
        notebook = json.loads(text)
        cells = notebook["cells"]
    except (ValueError, KeyError, TypeError):
        yield "không đọc được sổ tay.", "not a notebook."
        return
    if set(notebook.get("metadata", {})) - METADATA:
        yield "siêu dữ liệu lạ.", "unknown metadata."
    for number, cell in enumerate(cells, 1):
        for vi, en in _of_cell(cell):
            yield f"ô {number}: {vi}", f"cell {number}: {en}"


def _of_cell(cell: Json) -> Iterator[tuple[str, str]]:
    if cell.get("cell_type") != "code":
        yield "không phải ô mã của ứng dụng.", "not a code cell of an app."
        return
    if cell.get("outputs") or cell.get("execution_count") is not None or cell.get("attachments"):
        yield "còn kết quả đã chạy.", "has outputs."
    source = cell.get("source", "")
    if not _is_thin("".join(source) if isinstance(source, list) else str(source)):
        yield "có mã ngoài tham số và lệnh mở ứng dụng.", "code beyond parameters and the app's call."


def _is_thin(source: str) -> bool:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return False
    return all(_is_parameter(line) or _is_import(line) or _is_call(line) for line in body)


def _is_parameter(line: ast.stmt) -> bool:
    value = line.value if isinstance(line, ast.Assign | ast.AnnAssign) else None
    return isinstance(value, ast.Constant)


def _is_import(line: ast.stmt) -> bool:
    return isinstance(line, ast.ImportFrom) and all(
        FACES.get(alias.name) == line.module and alias.asname is None for alias in line.names
    )


def _is_call(line: ast.stmt) -> bool:
    call = line.value if isinstance(line, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return False
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    return call.func.id in FACES and all(isinstance(one, ast.Name | ast.Constant) for one in arguments)
