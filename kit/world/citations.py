"""What legal bases are called in English: `datasets/citations.csv`, each citation translated once; read when compiling.

The English is ours; only the Vietnamese names the law.
"""

import csv
from functools import cache

from kit import home


def english(citation: str) -> str:
    """The English of a Vietnamese citation; "" where the catalogue has none."""
    return _catalogue().get(citation, "")


@cache
def _catalogue() -> dict[str, str]:
    with (home.datasets() / "citations.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["vi"]: row["en"] for row in csv.DictReader(file)}
