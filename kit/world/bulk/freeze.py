"""`python -m kit.world.bulk.freeze`: make `datasets/frozen/` from the other datasets.

Every table here is what the bulk world is drawn from. A new table is a new dataset: the digests change, and with
them the golden hashes of the tests.
"""

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

from kit import home
from kit.world.bulk import freeze_declared, freeze_names, freeze_types
from kit.world.bulk.freeze_tables import more_tables
from kit.world.bulk.frozen import DIGESTS, FOLDER, digests, frozen
from kit.world.rows import rows

Rows = list[dict[str, Any]]


def freeze() -> dict[str, str]:
    """Write every frozen table and its digest; return the digests by file name."""
    folder = home.datasets() / FOLDER
    folder.mkdir(exist_ok=True)
    surnames = freeze_declared.surname_rows()
    tables: dict[str, Rows] = {
        "age_sex": freeze_declared.age_sex_rows(),
        "household_sizes": freeze_declared.size_rows(),
        "marital": freeze_declared.marital_rows(),
        "household_types": freeze_types.type_rows(),
        "surnames": surnames,
        "names": freeze_names.name_rows({str(row["surname"]) for row in surnames}),
        "ethnicities": freeze_declared.ethnicity_rows(),
        "occupations": freeze_declared.occupation_rows(),
        "streets": [dict(row) for row in rows("streets")],
        "places": freeze_declared.place_rows(),
        "units": freeze_declared.unit_rows(),
        "origins": freeze_declared.origin_rows(),
        "calendar": [dict(row) for row in rows("holidays")],
        **more_tables(),
    }
    _write(folder, tables)
    _write(folder, {"type_weights": freeze_types.weight_rows()})
    return digests()


def _write(folder: Path, tables: dict[str, Rows]) -> None:
    for name, table in tables.items():
        text = io.StringIO()
        writer = csv.DictWriter(text, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
        (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.csv"))}
    (folder / DIGESTS).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    digests.cache_clear()
    frozen.cache_clear()


if __name__ == "__main__":
    freeze()
