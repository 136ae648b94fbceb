"""The golden hashes of the bulk world: what its tables say for some regions, days and seeds, for ever.

`python -m tests.golden` compares them with tests/golden.json; it needs NumPy, pyarrow, pandas and PyYAML only, so that
it runs with other versions of them than the locked ones. `python -m tests.golden --write` writes the file anew, after
a change that is meant to make another world.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from kit.world.bulk import Region, content_hash, draw, draw_affairs, draw_offices

FILE = Path(__file__).with_suffix(".json")
JUNE, JULY = date(2025, 6, 12), date(2025, 7, 10)
SPAN = (0, 3000)
HCMC, QUANG_NINH, HUE = (Region.province(code) for code in ("79", "22", "46"))
WORLDS: dict[str, Callable[[], dict[str, pa.Table]]] = {
    "people of 79, seed 1": lambda: draw(HCMC, 1, JUNE, SPAN),
    "people of 79, seed 2": lambda: draw(HCMC, 2, JUNE, SPAN),
    "people of 46, seed 1": lambda: draw(HUE, 1, JUNE, SPAN),
    "people of 22, far off": lambda: draw(QUANG_NINH, 2, JUNE, (40_000_000, 40_003_000)),
    "affairs of 79, seed 1": lambda: draw_affairs(HCMC, 1, JUNE, SPAN),
    "affairs of 79, seed 2": lambda: draw_affairs(HCMC, 2, JULY, SPAN),
    "affairs of 46, seed 1": lambda: draw_affairs(HUE, 1, JUNE, SPAN),
    "offices of 79, seed 1": lambda: draw_offices(HCMC, 1, JULY),
    "offices of 79, seed 2": lambda: draw_offices(HCMC, 2, JULY),
    "offices of 22, seed 1": lambda: draw_offices(QUANG_NINH, 1, JULY),
}


def hashes(world: str) -> dict[str, str]:
    """The content hash of each table of a world."""
    return {name: content_hash({name: table}) for name, table in WORLDS[world]().items()}


def golden() -> dict[str, dict[str, str]]:
    """The hashes as written down, by world and table."""
    found: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def main(arguments: list[str]) -> int:
    """Print each difference; 1 if there is one."""
    found = {world: hashes(world) for world in WORLDS}
    if arguments == ["--write"]:
        FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        return 0
    expected = golden()
    wrong = [f"{world}: {table}" for world in sorted({*found, *expected})
             for table in sorted({*found.get(world, {}), *expected.get(world, {})})
             if found.get(world, {}).get(table) != expected.get(world, {}).get(table)]  # fmt: skip
    tables = sum(map(len, found.values()))
    print(f"NumPy {np.__version__}, pyarrow {pa.__version__}: {tables - len(wrong)} of {tables} tables as written down")
    print("".join(f"  different: {one}\n" for one in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
