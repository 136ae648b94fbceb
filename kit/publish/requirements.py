"""The libraries of a bundle, pinned with their hashes: what the desk imports and what those need, out of the lock."""

import re
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from kit.errors import KitError

SERVED_BY = ("voila", "ipykernel", "jupyter_server", "ipywidgets", "psycopg")  # psycopg: for KIT_STORE=postgresql+...
EXTRAS = {"psycopg": ("psycopg-binary",)}
NAME = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)


def needed(libraries: Iterable[str], lock: Path) -> str:
    """The lines of the lock for these top-level names and all that they require; `KitError` where one is not locked."""
    known = metadata.packages_distributions()
    first = {plain(known[name][0]) for name in libraries if name in known} | {plain(name) for name in SERVED_BY}
    blocks, wanted = _blocks(lock), sorted(_closure(first))
    lost = [name for name in first if name not in blocks]
    if lost:
        raise KitError(f"{lock.name} thiếu: {', '.join(lost)}.", f"{lock.name} lacks: {', '.join(lost)}.")
    return "".join(blocks[name] for name in wanted if name in blocks)


def plain(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _closure(names: set[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [*_required(name), *EXTRAS.get(name, ())]
    return found


def _required(name: str) -> list[str]:
    """What a distribution asks for; extras aside."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    return [plain(match[0]) for line in lines if "extra ==" not in line and (match := NAME.match(line))]


def _blocks(lock: Path) -> dict[str, str]:
    """Each package's lines by its name."""
    found: dict[str, str] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines(keepends=True):
        if line[:1].isalnum():
            name = plain(line.split("==")[0].strip())
        if name and not line.startswith("#"):
            found[name] = found.get(name, "") + line
    return found
