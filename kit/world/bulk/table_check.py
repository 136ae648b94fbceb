"""The rules about all tables beyond households and citizens, and how many rows break each."""

from collections.abc import Callable
from datetime import date

import pyarrow as pa

from kit.world.bulk import applicant_rules, certificate_rules, dossier_rules, office_rules, record_rules
from kit.world.bulk.records import Records

Rule = Callable[[Records], int]
RULES: dict[str, tuple[Rule, ...]] = {
    "dossiers": (*applicant_rules.RULES, *dossier_rules.RULES),
    "parcels": record_rules.RULES,
    "documents": office_rules.RULES,
    "certificates": certificate_rules.RULES,
}
"""Rules by a table that must be there for them; households and citizens always must."""


def table_violations(tables: dict[str, pa.Table], day: date) -> dict[str, int]:
    """Rows that break each rule, of the tables that are there: those of `draw`, `draw_affairs`, `draw_offices`."""
    records = Records(tables, day)
    return {rule.__name__: int(rule(records)) for table, rules in RULES.items() if table in tables for rule in rules}
