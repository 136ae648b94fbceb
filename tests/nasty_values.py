"""What nobody should enter, and somebody will; and, written apart from the rules, what a form may take of it."""

import math
import re
from datetime import date
from typing import Any

from hypothesis import strategies as st

from kit.systems.form import Field, Situation, options

NASTY: list[Any] = [
    None, True, False, 0, -1, 10**13, 1.0, math.nan, math.inf, b"x", (), [], {}, set(), [[]], [None], [1],
    {"a": {"b": [1]}},
    "", " ", "\x00", "a\x00b", "x" * 2_001, "x" * 1_000_000, "\ud800", "2025-02-30", "2025-2-3", "20250701",
    "2025-W27-2",
    "2025-07-01T00:00", "0000-01-01", "9999-12-31", "٢٠٢٥-٠٧-٠١", "1234567890123", "07912345678", "079 123 456 789",
    "٠٧٩١٢٣٤٥٦٧٨٩", "079123456789", "-1", "+8000", "8.000", "8e3", "１２", "٣", "none\n", "NONE", "26740 ", 26740,
    ["form"] * 41, ["form", 1], ["nosuch"], ["form", ["id"]], "form", {"form": True}, object, lambda: None,
    2**70, 10**5_000,
]  # fmt: skip
ANY_VALUE = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.binary(max_size=5),
    st.recursive(st.none() | st.text(max_size=3) | st.integers(), lambda inner: st.lists(inner, max_size=3)
                 | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=8),
)  # fmt: skip


def is_fine(field: Field, value: Any, situation: Situation) -> bool:
    """Whether a form of real software would take a value."""
    if value in (None, [], ()) or (isinstance(value, str) and not value.strip()):
        return not field.required
    if field.kind in ("number", "count"):
        return is_whole(value)
    if field.kind == "allotment":
        rows = situation.record[field.rows]
        return isinstance(value, dict) and set(value) == set(rows) and all(map(is_whole, value.values()))
    if field.listed:
        offered = options(field, situation) or ()
        several = isinstance(value, list | tuple) and len(value) <= 40
        return several and all(isinstance(one, str) and one.strip() in offered for one in value)
    return is_fine_text(field, value, situation)


def is_fine_text(field: Field, value: Any, situation: Situation) -> bool:
    """Whether it is text of the kind that the field asks for."""
    if not isinstance(value, str) or len(value) > 2_000 or set(value) & {"\x00", "\ud800"}:
        return False
    if field.kind == "date":
        return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None and is_day(value)
    if field.kind == "time":
        return re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value.strip()) is not None
    if field.kind == "personal_id":
        return re.fullmatch("[0-9]{12}", value.strip()) is not None
    offered = options(field, situation)
    return offered is None or value.strip() in offered


def is_whole(value: Any) -> bool:
    """Whether it is a whole number that a form can hold, or its digits."""
    if isinstance(value, str):
        return value.isascii() and value.isdigit() and len(value) <= 12
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**12


def is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
