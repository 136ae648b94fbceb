"""The libraries of a bundle, pinned with their hashes: what the desk imports and what those need, out of the lock."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from kit.errors import KitError

SERVED_BY = ("voila", "ipykernel", "jupyter_server", "ipywidgets")
ON_A_SERVER = (("psycopg", ""), ("psycopg", "binary"))  # for KIT_STORE=postgresql+...
ASKED = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:\[([^]]*)\])?", re.ASCII)
FOR_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")
Part = tuple[str, str]  # a distribution's name and one of its extras; without extra: the distribution itself


def needed(libraries: Iterable[str], lock: Path) -> str:
    """The lines of the lock for these top-level names and all that they require; `KitError` where one is not locked."""
    known = _distributions()
    first = {plain(known[name][0]) for name in libraries if name in known} | {plain(name) for name in SERVED_BY}
    blocks, wanted = _blocks(lock), sorted(_closure([*((name, "") for name in first), *ON_A_SERVER]))
    lost = [name for name in first if name not in blocks]
    if lost:
        raise KitError(f"{lock.name} thiếu: {', '.join(lost)}.", f"{lock.name} lacks: {', '.join(lost)}.")
    return "".join(blocks[name] for name in wanted if name in blocks)


_distributions = cache(metadata.packages_distributions)  # the files of all that is installed, by their first name


def plain(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _closure(parts: Iterable[Part]) -> set[str]:
    """The names of these parts and of all that they ask for, on every system."""
    found: set[Part] = set()
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting += _required(*part)
    return {name for name, _ in found}


def _required(name: str, extra: str) -> Iterator[Part]:
    """What a distribution asks for by itself, or for one of its extras."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for line in lines:
        wanted = FOR_EXTRA.search(line)
        if (plain(wanted[1]) if wanted else "") == extra and (asked := ASKED.match(line)):
            extras = [plain(one) for one in (asked[2] or "").split(",") if one.strip()]
            yield from ((plain(asked[1]), one) for one in ("", *extras))


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
