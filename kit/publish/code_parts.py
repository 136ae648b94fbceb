"""Which code a trainee's desk needs, found by following its imports; and that nothing that knows answers is in it."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kit.errors import KitError

PROJECT = Path(__file__).resolve().parents[2]
# What a bundle starts, and what those start by name.
ROOTS = ("kit.ui", "kit.publish.starting", "kit.publish.server")
# The truth, what draws it and what compares with it; and what only trainers and authors use.
FORBIDDEN = ("grading", "kit.world", "kit.compiling", "kit.exercise", "kit.key_store", "kit.trainer", "kit.explorer",
             "kit.province", "kit.session", "kit.cli", "kit.criteria", "kit.publish.bundle")  # fmt: skip
STARTED = re.compile(r"\bkit\.kernels(?:\.\w+)+")  # processes that are started by a module's name
RESOURCES = {".toml", ".css", ".js", ".json", ".svg", ".html", ".j2", ".ttf", ".txt"}


def modules(roots: tuple[str, ...] = ROOTS, folder: Path = PROJECT) -> dict[str, Path]:
    """Every module of the kit that these import, at their start or later, with its file.

    `KitError` names the way to a module that knows the answers.
    """
    found: dict[str, Path] = {}
    waiting = [(name, name) for name in roots]
    while waiting:
        name, way = waiting.pop()
        file = _file(folder, name)
        if file is None or name in found:
            continue
        refuse_forbidden(name, way)
        found[name] = file
        package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        waiting += [(part, way) for part in _above(name)]
        text = file.read_text(encoding="utf-8")
        waiting += [(one, f"{way} > {one}") for one in (*imported(text, package), *STARTED.findall(text))]
    return dict(sorted(found.items()))


def refuse_forbidden(name: str, way: str) -> None:
    """Raise `KitError` for a module that may not leave the trainer's computer."""
    if is_forbidden(name):
        raise KitError(f"Bàn làm việc nạp {name}, mô-đun không được phát hành: {way}.",
                       f"The desk imports {name}, which may not be published: {way}.")  # fmt: skip


def is_forbidden(name: str) -> bool:
    """Whether a module knows answers, or leads to what does."""
    return any(name == one or name.startswith(f"{one}.") for one in FORBIDDEN)


def imported(source: str, package: str = "") -> Iterator[str]:
    """Every name that a file imports when it runs, wherever in it; relative ones from `package`.

    A package with a `__getattr__` loads late what it shows to type checkers: that counts too.
    """
    for node in _imports(source):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join(filter(None, [*above, node.module]))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


@lru_cache(maxsize=1000)  # a file is read for what it leads to, for its libraries, and when the bundle is checked
def _imports(source: str) -> tuple[ast.Import | ast.ImportFrom, ...]:
    tree = ast.parse(source)
    late = any(isinstance(node, ast.FunctionDef) and node.name == "__getattr__" for node in tree.body)
    nodes = ast.walk(tree) if late else _running(tree)
    return tuple(node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only a type checker reads."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)


def resources(found: dict[str, Path]) -> list[Path]:
    """What lies beside these modules and is read by them: words, stylesheets, templates, fonts."""
    packages = {file.parent for file in found.values()}
    inside = (file for folder in packages for file in folder.rglob("*") if file.suffix in RESOURCES)
    return sorted({file for file in inside if _nearest_package(file) in packages})


def libraries(found: dict[str, Path]) -> set[str]:
    """The top-level names, other than the kit's and Python's, that these modules import."""
    import sys

    names = {name.partition(".")[0] for file in found.values() for name in imported(file.read_text(encoding="utf-8"))}
    return {name for name in names if name and name not in sys.stdlib_module_names and name not in ("kit", "grading")}


def _file(folder: Path, name: str) -> Path | None:
    """The file of one of our own modules; None for a library's, or for what is no module."""
    if name.partition(".")[0] not in ("kit", "grading"):
        return None
    stem = folder.joinpath(*name.split("."))
    return next((file for file in (stem.with_suffix(".py"), stem / "__init__.py") if file.is_file()), None)


def _above(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _nearest_package(file: Path) -> Path:
    return next(folder for folder in file.parents if (folder / "__init__.py").is_file())
