"""Everything that the tables beyond households and citizens are drawn from."""

from typing import Any

from kit.world.bulk.freeze_desk import desk_tables
from kit.world.bulk.freeze_records import record_tables

Rows = list[dict[str, Any]]


def more_tables() -> dict[str, Rows]:
    """The tables by name."""
    return desk_tables() | record_tables()
