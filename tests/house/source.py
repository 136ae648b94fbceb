"""What Python source in kit/, grading/ and the notebooks may not contain: `problems_of(name, text)` lists it.

Each rule takes a syntax tree and the file's name and yields (line, what is wrong).
"""

import ast
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeGuard

Problem = tuple[int, str]
Rule = Callable[[ast.Module, str], Iterator[Problem]]

LONGEST_FUNCTION = 40
LONGEST_FILE = 220
UNSAFE_MODULES = {"pickle", "_pickle", "cPickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"}
UNSAFE_CALLS = {"eval", "exec", "read_pickle", "to_pickle"}
YAML_READERS = {f"{kind}load{all_}" for kind in ("", "safe_", "full_", "unsafe_") for all_ in ("", "_all")}
RAW_HTML = {"HTML", "HTMLMath"}
STYLER = {"apply", "apply_index", "background_gradient", "bar", "format", "hide", "highlight_max", "map",
          "set_caption", "set_properties", "set_table_styles", "to_html"}  # fmt: skip


def problems_of(name: str, text: str) -> list[str]:
    """Every problem of one Python file as "name:line: what"; `name` is its path in the project."""
    try:
        tree = _parsed(text)
    except SyntaxError as error:
        return [f"{name}:{error.lineno}: not Python: {error.msg}"]
    found = sorted(problem for rule in RULES for problem in rule(tree, name))
    return [f"{name}:{line}: {what}" for line, what in found]


def too_long(name: str, text: str) -> list[str]:
    """The file's and its functions' length, in lines; notebooks have their own measure."""
    lines = len(text.splitlines())
    found = [f"{name}:1: {lines} lines; at most {LONGEST_FILE}"] if lines > LONGEST_FILE else []
    for node in _nodes(_parsed(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > LONGEST_FUNCTION:
                found.append(f"{name}:{node.lineno}: {node.name} has {size} lines; at most {LONGEST_FUNCTION}")
    return found


def unsafe_modules(tree: ast.Module, name: str) -> Iterator[Problem]:
    """Unpickling runs what the file says."""
    for line, module, _ in _imports(tree):
        if module.partition(".")[0] in UNSAFE_MODULES:
            yield line, f"import of {module}"
    for node in _nodes(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in {"__import__", "import_module"}:
            yield from ((node.lineno, f"import of {text}") for text in _texts(node) if text in UNSAFE_MODULES)


def unsafe_calls(tree: ast.Module, name: str) -> Iterator[Problem]:
    """No text becomes code; a pandas expression is text that becomes code too."""
    for node in _nodes(tree):
        if isinstance(node, ast.Name | ast.Attribute) and _last_name(node) in UNSAFE_CALLS:
            yield node.lineno, f"use of {_last_name(node)}"


def yaml_readers(tree: ast.Module, name: str) -> Iterator[Problem]:
    """PyYAML reads `no` as False and 012 as 10: only kit/yaml_file.py reads YAML."""
    if name != "kit/yaml_file.py":
        yield from _uses(tree, "yaml", YAML_READERS, "read YAML with kit.yaml_file")


def raw_html(tree: ast.Module, name: str) -> Iterator[Problem]:
    """ipywidgets put such a value into the page uncleaned: only kit/ui/html.py makes one, of escaped text."""
    if name == "kit/ui/html.py":
        return
    yield from _uses(tree, "ipywidgets", RAW_HTML, "make it in kit/ui/html.py")
    for node in _nodes(tree):
        if isinstance(node, ast.keyword) and node.arg == "description_allow_html":
            yield node.value.lineno, "description_allow_html: make it in kit/ui/html.py"


def unescaped_style(tree: ast.Module, name: str) -> Iterator[Problem]:
    """pandas' Styler escapes nothing unless `format(escape="html")` says so."""
    escaped = {id(part) for node in _nodes(tree) if _escapes(node) for part in ast.walk(node.func)}
    for node, parent in _with_parents(tree):
        if id(node) in escaped or not _is_styler(node, parent):
            continue
        yield node.lineno, 'a pandas Styler without format(escape="html")'


def prints(tree: ast.Module, name: str) -> Iterator[Problem]:
    """Only the command line speaks to the terminal."""
    for node in _nodes(tree):
        if isinstance(node, ast.Name) and node.id == "print" and not name.startswith("kit/cli/"):
            yield node.lineno, "print outside kit/cli/"


def kernels_stand_apart(tree: ast.Module, name: str) -> Iterator[Problem]:
    """kit.kernels is generic Jupyter plumbing."""
    if not name.startswith("kit/kernels"):
        return
    for line, module, _ in _imports(tree):
        if module.partition(".")[0] == "grading" or (module.startswith("kit") and "kernels" not in module):
            yield line, f"kit.kernels imports {module}"


RULES: tuple[Rule, ...] = (
    unsafe_modules, unsafe_calls, yaml_readers, raw_html, unescaped_style, prints, kernels_stand_apart,
)  # fmt: skip


@lru_cache(maxsize=1)
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def _imports(tree: ast.Module) -> Iterator[tuple[int, str, ast.alias]]:
    """(line, module, what is named) of each import; for `from a import b` the module is a."""
    for node in _nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, alias) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, node.module or "", alias) for alias in node.names)


def _uses(tree: ast.Module, package: str, names: set[str], advice: str) -> Iterator[Problem]:
    """Each place where one of a package's `names` is used or imported, also through `import package as p`."""
    aliases = {package}
    for line, module, alias in _imports(tree):
        if module == package and alias.name == package:
            aliases.add(alias.asname or package)
        elif module.partition(".")[0] == package and alias.name in names:
            yield line, f"{package}.{alias.name}: {advice}"
    annotations = _annotations(tree)
    for node in _nodes(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in names or id(node) in annotations:
            continue
        if _first_name(node) in aliases:
            yield node.lineno, f"{package}.{node.attr}: {advice}"


def _is_styler(node: ast.AST, parent: ast.AST) -> bool:
    if isinstance(node, ast.Name | ast.Attribute) and _last_name(node) == "Styler":
        return isinstance(parent, ast.Call)
    if not (isinstance(node, ast.Attribute) and node.attr == "style" and isinstance(node.ctx, ast.Load)):
        return False
    if isinstance(parent, ast.Call) and parent.func is node:
        return False  # pandas' style is no method
    # `button.style.button_color` is a widget's; `frame.style.bar` and a style put aside are not.
    return parent.attr in STYLER if isinstance(parent, ast.Attribute) else True


def _escapes(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether this is `….format(escape="html")`."""
    return isinstance(node, ast.Call) and any(
        word.arg == "escape" and isinstance(word.value, ast.Constant) and word.value.value == "html"
        for word in node.keywords
    )


def _annotations(tree: ast.Module) -> set[int]:
    """The ids of all nodes that only name a type: they make nothing."""
    places = [getattr(node, place, None) for node in _nodes(tree) for place in ("annotation", "returns")]
    return {id(part) for place in places if place is not None for part in ast.walk(place)}


@lru_cache(maxsize=1)  # file after file, and every rule looks at all of it
def _nodes(tree: ast.Module) -> list[ast.AST]:
    return [tree, *(child for child, _ in _with_parents(tree))]


@lru_cache(maxsize=1)
def _with_parents(tree: ast.Module) -> list[tuple[ast.AST, ast.AST]]:
    return [(child, parent) for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)]


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _first_name(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _texts(node: ast.Call) -> list[str]:
    return [word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
